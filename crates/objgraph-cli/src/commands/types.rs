//! `objgraph types`: how many objects of each type there are, and what they weigh.

use clap::{Args, ValueEnum};
use objgraph::{Bytes, Graph, Node, StatsOptions, StatsOrder, grouped};
use objgraph_graph::{module_stats, type_stats_with};
use serde::Serialize;

use crate::answer::{Answer, Limit};
use crate::exit::Failure;
use crate::heap::HeapFile;
use crate::objects::Chosen;
use crate::style::{Style, output_width};
use crate::table::{Column, Table};

/// Counts objects by type or module, with their bytes and what they alone keep alive
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph types heap.jsonl.gz --sort retained
  objgraph types heap.jsonl.gz --by module
  objgraph types heap.jsonl.gz --filter 'module:app* and not root' --limit 0

Exit codes: 0 answered, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 5 the output cannot be \
written.")]
pub(crate) struct Types {
    #[command(flatten)]
    heap: HeapFile,

    /// Counts only objects that match
    #[arg(long, value_name = "OBJECTS")]
    filter: Option<String>,

    /// What comes first
    #[arg(long, value_enum, default_value_t, value_name = "ORDER")]
    sort: Order,

    /// What is counted together
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    by: Group,

    #[command(flatten)]
    limit: Limit,

    #[command(flatten)]
    answer: Answer,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The most objects
    #[default]
    Count,
    /// The most bytes of the objects themselves
    Shallow,
    /// The most bytes of buffers that belong to them alone
    Owned,
    /// The most bytes that would be freed with them
    Retained,
    /// By name
    Name,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Group {
    #[default]
    Type,
    Module,
}

impl From<Order> for StatsOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Count => Self::Count,
            Order::Shallow => Self::Shallow,
            Order::Owned => Self::Owned,
            Order::Retained => Self::Retained,
            Order::Name => Self::Name,
        }
    }
}

/// A line of the answer.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// Left out where modules are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<String>,
    module: String,
    count: usize,
    shallow: u64,
    owned: u64,
    retained: u64,
}

impl Row {
    pub(super) fn name(&self) -> &str {
        self.r#type.as_deref().unwrap_or_default()
    }
}

impl Types {
    pub(crate) fn run(&self, style: Style) -> Result<(), Failure> {
        let graph = self.heap.load()?.graph;
        let chosen = self.filter.as_ref();
        let chosen = chosen
            .map(|text| Chosen::of_option(text, &graph, "--filter"))
            .transpose()?;
        let matcher = chosen.as_ref().map(|chosen| chosen.matcher(&graph));
        let matches = |node: Node<'_>| matcher.as_ref().is_none_or(|matcher| matcher.matches(node));
        let rows = match self.by {
            Group::Type => by_type(&graph, self.sort.into(), matches),
            Group::Module => by_module(&graph, self.sort.into(), matches),
        };
        let shown = &rows[..rows.len().min(self.limit.get())];
        self.answer.give(&shown, || {
            let more = rows.len() - shown.len();
            let mut text = to_text(shown, self.by == Group::Module, style);
            if more > 0 {
                let more = grouped(more as u64);
                text += &(style.dim(&format!("{more} more; --limit 0 lists all")) + "\n");
            }
            text
        })
    }
}

pub(super) fn by_type(
    graph: &Graph,
    order: StatsOrder,
    matches: impl Fn(Node<'_>) -> bool,
) -> Vec<Row> {
    let dominators = graph.dominators();
    let options = StatsOptions::default().retained(&dominators).order(order);
    let stats = type_stats_with(graph, &options, matches).into_iter();
    let rows = stats.map(|stats| Row {
        r#type: Some(stats.type_name),
        module: stats.module,
        count: stats.count,
        shallow: stats.shallow.0,
        owned: stats.owned.0,
        retained: stats.retained.unwrap_or_default().0,
    });
    rows.collect()
}

fn by_module(graph: &Graph, order: StatsOrder, matches: impl Fn(Node<'_>) -> bool) -> Vec<Row> {
    let dominators = graph.dominators();
    let options = StatsOptions::default().retained(&dominators).order(order);
    let stats = module_stats(graph, &options, matches).into_iter();
    let rows = stats.map(|stats| Row {
        r#type: None,
        module: stats.module,
        count: stats.count,
        shallow: stats.shallow.0,
        owned: stats.owned.0,
        retained: stats.retained.unwrap_or_default().0,
    });
    rows.collect()
}

pub(super) fn to_text(rows: &[Row], is_by_module: bool, style: Style) -> String {
    // Owned buffers are Rust's; heaps of other runtimes have none.
    let sizes = |row: &Row| Bytes(row.shallow + row.owned).to_string();
    let numbers = |row: &Row| {
        [
            grouped(row.count as u64),
            sizes(row),
            Bytes(row.retained).to_string(),
        ]
    };
    if is_by_module {
        let mut table = Table::new([
            Column::Number("objects"),
            Column::Number("size"),
            Column::Number("retained"),
            Column::Text("module"),
        ]);
        for row in rows {
            let [count, size, retained] = numbers(row);
            table.push([count, size, retained, row.module.clone()]);
        }
        return table.to_text(output_width(), style);
    }
    let mut table = Table::new([
        Column::Number("objects"),
        Column::Number("size"),
        Column::Number("retained"),
        Column::Text("type"),
        Column::Text("module"),
    ]);
    for row in rows {
        let [count, size, retained] = numbers(row);
        let name = row.r#type.clone().unwrap_or_default();
        table.push([count, size, retained, name, row.module.clone()]);
    }
    table.to_text(output_width(), style)
}
