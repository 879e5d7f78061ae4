//! `objgraph retained`: the objects that keep the most bytes alive.

use clap::Args;
use objgraph::{Bytes, Dominators, Graph, NodeId, grouped};
use serde::Serialize;

use crate::answer::{Answer, Limit};
use crate::exit::Failure;
use crate::heap::HeapFile;
use crate::objects::Chosen;
use crate::style::{Style, output_width};
use crate::table::{Column, Table};

/// Lists the objects that alone keep the most bytes alive: what their end would free
///
/// In JSON, `dominator` is the id of the nearest object that every way to this one leads through, -1 if there is none, and
/// null if neither a root nor an object without referrers leads to it; such objects come last.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph retained heap.jsonl.gz
  objgraph retained heap.jsonl.gz --filter type:Session --limit 5

Exit codes: 0 answered, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 5 the output cannot be \
written.")]
pub(crate) struct Retained {
    #[command(flatten)]
    heap: HeapFile,

    /// Lists only objects that match
    #[arg(long, value_name = "OBJECTS")]
    filter: Option<String>,

    #[command(flatten)]
    limit: Limit,

    #[command(flatten)]
    answer: Answer,
}

/// A line of the answer.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    id: u64,
    r#type: String,
    shallow: u64,
    retained: u64,
    dominator: Option<i128>,
}

impl Row {
    pub(super) fn id(&self) -> u64 {
        self.id
    }
}

impl Retained {
    pub(crate) fn run(&self, style: Style) -> Result<(), Failure> {
        let graph = self.heap.load()?.graph;
        let dominators = graph.dominators();
        let mut nodes = match &self.filter {
            None => everything(&graph, &dominators, self.limit.get()),
            Some(text) => {
                let chosen = Chosen::of_option(text, &graph, "--filter")?;
                let mut nodes: Vec<NodeId> = chosen.matcher(&graph).all().collect();
                nodes.sort_by_key(|node| (std::cmp::Reverse(dominators.retained(*node)), *node));
                nodes
            }
        };
        nodes.truncate(self.limit.get());
        let rows = rows(&graph, &dominators, &nodes);
        self.answer
            .give(&rows, || to_text(&graph, &dominators, &nodes, style))
    }
}

/// The biggest objects, then those that retain nothing since nothing leads to them; no fewer than a limit if there are.
fn everything(graph: &Graph, dominators: &Dominators, limit: usize) -> Vec<NodeId> {
    let mut nodes = dominators.biggest(limit);
    if nodes.len() < limit {
        let is_lost = |node: &NodeId| !dominators.is_reachable(*node);
        nodes.extend(graph.node_ids().filter(is_lost));
    }
    nodes
}

pub(super) fn rows(graph: &Graph, dominators: &Dominators, nodes: &[NodeId]) -> Vec<Row> {
    let row = |node: &NodeId| {
        let object = graph.node(*node);
        let dominator = dominators.immediate(*node);
        let dominator = dominator.map_or(-1, |dominator| graph.node(dominator).shown_id().into());
        Row {
            id: object.shown_id(),
            r#type: object.type_name().to_owned(),
            shallow: object.shallow_size().0,
            retained: dominators.retained(*node).0,
            dominator: dominators.is_reachable(*node).then_some(dominator),
        }
    };
    nodes.iter().map(row).collect()
}

pub(super) fn to_text(
    graph: &Graph,
    dominators: &Dominators,
    nodes: &[NodeId],
    style: Style,
) -> String {
    let mut table = Table::new([
        Column::Number("retained"),
        Column::Number("objects"),
        Column::Number("size"),
        Column::Text("object"),
        Column::Text("value"),
    ]);
    for node in nodes {
        let object = graph.node(*node);
        table.push([
            dominators.retained(*node).to_string(),
            grouped(dominators.n_retained(*node) as u64),
            Bytes(object.shallow_size().0 + object.owned_size().0).to_string(),
            object.to_string(),
            object.value().to_owned(),
        ]);
    }
    table.to_text(output_width(), style)
}
