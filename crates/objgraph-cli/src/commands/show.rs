//! `objgraph show`: everything that is known of one object.

use std::fmt::Write as _;

use clap::Args;
use objgraph::{Bytes, Edge, Graph, NodeId, grouped};
use serde::Serialize;

use crate::answer::{Answer, Limit};
use crate::count::counted;
use crate::exit::Failure;
use crate::heap::HeapFile;
use crate::objects::the_one;
use crate::printable::printable;
use crate::style::{Style, output_width};
use crate::table::{Column, Table};

/// Tells everything about one object: sizes, counts, what it holds, what holds it
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph show heap.jsonl.gz '#12'
  objgraph show heap.jsonl.gz 'type:dict and refs>1000' --limit 5

Exit codes: 0 answered, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 5 the output cannot be \
written, 6 no object matches.")]
pub(crate) struct Show {
    #[command(flatten)]
    heap: HeapFile,

    /// The object, in quotes: `#12`, `type:Session`, `value~regex and size>1MB`; of several, the first
    #[arg(value_name = "OBJECT")]
    object: String,

    #[command(flatten)]
    limit: Limit,

    #[command(flatten)]
    answer: Answer,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Told {
    id: u64,
    r#type: String,
    module: String,
    value: String,
    state: &'static str,
    size: u64,
    owned: u64,
    strong: usize,
    weak: usize,
    site: String,
    serial: Option<u64>,
    /// The names under which it is a root.
    roots: Vec<String>,
    retained: u64,
    retained_objects: usize,
    /// How many objects keep each other alive with it; 0 if it is on no cycle.
    component: usize,
    n_referents: usize,
    referents: Vec<End>,
    n_referrers: usize,
    referrers: Vec<End>,
}

/// The other end of a reference.
#[derive(Serialize)]
struct End {
    id: u64,
    r#type: String,
    value: String,
    label: String,
    kind: &'static str,
}

impl Show {
    pub(crate) fn run(&self, style: Style) -> Result<(), Failure> {
        let graph = self.heap.load()?.graph;
        let object = the_one(&self.object, &graph, "OBJECT")?;
        let told = told(&graph, object, self.limit.get());
        self.answer.give(&told, || told.to_text(style))
    }
}

fn told(graph: &Graph, id: NodeId, limit: usize) -> Told {
    let (node, dominators) = (graph.node(id), graph.dominators());
    let roots = graph.roots().iter().filter(|root| root.node == id);
    let referents = graph.edges_from(id).take(limit);
    let referrers = graph.edges_to(id).take(limit);
    Told {
        id: node.shown_id(),
        r#type: node.type_name().to_owned(),
        module: node.module().to_owned(),
        value: node.value().to_owned(),
        state: node.state().label(),
        size: node.shallow_size().0,
        owned: node.owned_size().0,
        strong: node.strong_count(),
        weak: node.weak_count(),
        site: node.site().to_owned(),
        serial: node.serial(),
        roots: roots.map(|root| root.name.clone()).collect(),
        retained: dominators.retained(id).0,
        retained_objects: dominators.n_retained(id),
        component: graph.components().around(id).map_or(0, <[_]>::len),
        n_referents: graph.referents(id).len(),
        referents: referents
            .map(|edge| end(graph, &edge, edge.target))
            .collect(),
        n_referrers: graph.referrers(id).len(),
        referrers: referrers
            .map(|edge| end(graph, &edge, edge.source))
            .collect(),
    }
}

fn end(graph: &Graph, edge: &Edge<'_>, other: NodeId) -> End {
    let node = graph.node(other);
    End {
        id: node.shown_id(),
        r#type: node.type_name().to_owned(),
        value: node.value().to_owned(),
        label: edge.label(),
        kind: edge.kind.label(),
    }
}

impl Told {
    fn to_text(&self, style: Style) -> String {
        let facts = [
            ("value", self.value.clone()),
            ("module", self.module.clone()),
            ("state", self.state.to_owned()),
            ("size", bytes(self.size)),
            ("owned", bytes(self.owned)),
            ("strong", count(self.strong)),
            ("weak", count(self.weak)),
            ("allocated", self.site.clone()),
            ("root", self.roots.join(", ")),
            (
                "retains",
                format!(
                    "{} in {}",
                    Bytes(self.retained),
                    counted(self.retained_objects, "object")
                ),
            ),
            ("cycles", self.on_cycles()),
        ];
        let title = printable(&format!("{}#{}", self.r#type, self.id));
        let mut text = style.bold(&title) + "\n";
        for (name, fact) in facts.iter().filter(|(_, fact)| !fact.is_empty()) {
            _ = writeln!(text, "  {name:<10} {}", printable(fact));
        }
        text += &ends("it refers to", self.n_referents, &self.referents, style);
        text + &ends(
            "it is referred to by",
            self.n_referrers,
            &self.referrers,
            style,
        )
    }

    fn on_cycles(&self) -> String {
        match self.component {
            0 => String::new(),
            1 => "with itself".to_owned(),
            n_objects => format!("with {}", counted(n_objects - 1, "other object")),
        }
    }
}

fn bytes(size: u64) -> String {
    if size == 0 {
        String::new()
    } else {
        Bytes(size).to_string()
    }
}

fn count(count: usize) -> String {
    if count == 0 {
        String::new()
    } else {
        grouped(count as u64)
    }
}

fn ends(title: &str, n_all: usize, ends: &[End], style: Style) -> String {
    if n_all == 0 {
        return format!("\n{title} nothing\n");
    }
    let mut table = Table::new([
        Column::Text("label"),
        Column::Text("kind"),
        Column::Text("object"),
        Column::Text("value"),
    ]);
    for end in ends {
        let object = format!("{}#{}", end.r#type, end.id);
        table.push([
            end.label.clone(),
            end.kind.to_owned(),
            object,
            end.value.clone(),
        ]);
    }
    let mut text = format!(
        "\n{title} {}\n{}",
        grouped(n_all as u64),
        table.to_text(output_width(), style)
    );
    if ends.len() < n_all {
        let more = grouped((n_all - ends.len()) as u64);
        text += &style.dim(&format!("{more} more; --limit 0 lists all"));
        text.push('\n');
    }
    text
}
