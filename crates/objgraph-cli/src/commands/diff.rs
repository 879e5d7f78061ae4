//! `objgraph diff`: what has changed from one heap to a later one.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use objgraph::{Bytes, Graph, Identity, NodeId, grouped};
use objgraph_graph::diff;
use serde::Serialize;

use crate::answer::{Answer, Limit};
use crate::count::counted;
use crate::exit::Failure;
use crate::heap::{self, Heap, Reading};
use crate::printable::printable;
use crate::style::{Style, output_width};
use crate::table::{Column, Table};

/// Compares two heaps of one program: which types grew, what is new, gone or larger
///
/// Objects are told apart by their serial numbers if both heaps have them, else by their ids if both heaps are of one process.
/// Else only groups of objects are compared that are alike.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph diff before.jsonl.gz after.jsonl.gz

Exit codes: 0 answered, 1 a heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 5 the output cannot be \
written.")]
pub(crate) struct Diff {
    /// The earlier heap file
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The later heap file
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// By what objects are told apart
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    by: By,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    limit: Limit,

    #[command(flatten)]
    answer: Answer,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// The best that both heaps have
    #[default]
    Auto,
    /// The order of creation
    Serial,
    /// Ids, which have to mean the same in both heaps
    Id,
    /// Not at all: groups of objects that are alike
    Shape,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Told {
    /// `serial`, `id` or `shape`.
    by: &'static str,
    /// The types whose number or bytes changed, what grew most first.
    types: Vec<TypeRow>,
    /// Null if objects are not told apart.
    new: Option<Objects>,
    gone: Option<Objects>,
    grown: Option<Vec<Grown>>,
}

#[derive(Serialize)]
struct TypeRow {
    r#type: String,
    old: usize,
    new: usize,
    delta: i64,
    old_bytes: u64,
    new_bytes: u64,
    delta_bytes: i64,
}

#[derive(Serialize)]
struct Objects {
    #[serde(rename = "objects")]
    count: usize,
    bytes: u64,
    /// The first of them.
    examples: Vec<u64>,
}

#[derive(Serialize)]
struct Grown {
    id: u64,
    r#type: String,
    bytes: u64,
}

impl Diff {
    pub(crate) fn run(&self, style: Style) -> Result<(), Failure> {
        let old = heap::load(&self.old, self.reading)?;
        let new = heap::load(&self.new, self.reading)?;
        let told = self.told(&old, &new);
        self.answer
            .give(&told, || told.to_text(style, self.limit.get()))
    }

    fn told(&self, old: &Heap, new: &Heap) -> Told {
        let identity = self.by.identity(old, new);
        let found = diff(&old.graph, &new.graph, identity);
        let is_changed = |row: &TypeRow| row.delta != 0 || row.delta_bytes != 0;
        let types = found.types.into_iter().map(|known| TypeRow {
            r#type: known.type_name,
            old: known.change.old.count,
            new: known.change.new.count,
            delta: known.change.count_delta(),
            old_bytes: known.change.old.bytes.0,
            new_bytes: known.change.new.bytes.0,
            delta_bytes: known.change.bytes_delta(),
        });
        let objects = found.objects.as_ref();
        let limit = self.limit.get();
        Told {
            by: word(identity),
            types: types.filter(is_changed).take(limit).collect(),
            new: objects.map(|objects| Objects::of(&new.graph, &objects.new, limit)),
            gone: objects.map(|objects| Objects::of(&old.graph, &objects.gone, limit)),
            grown: objects.map(|objects| {
                let grown = objects.grown.iter().take(limit);
                let row = |grown: &objgraph_graph::Grown| Grown {
                    id: new.graph.node(grown.new).shown_id(),
                    r#type: new.graph.node(grown.new).type_name().to_owned(),
                    bytes: grown.by.0,
                };
                grown.map(row).collect()
            }),
        }
    }
}

impl By {
    fn identity(self, old: &Heap, new: &Heap) -> Identity {
        match self {
            Self::Serial => Identity::Serial,
            Self::Id => Identity::Id,
            Self::Shape => Identity::Shape,
            Self::Auto => match Identity::of(&old.graph, &new.graph) {
                Identity::Shape if is_one_process(old, new) => Identity::Id,
                identity => identity,
            },
        }
    }
}

/// Whether two heaps are of one process, so that ids are addresses in the same memory.
fn is_one_process(old: &Heap, new: &Heap) -> bool {
    let process = |heap: &Heap| {
        (
            heap.header.pid,
            heap.header.program.clone(),
            heap.header.runtime.clone(),
        )
    };
    old.header.pid.is_some() && process(old) == process(new)
}

fn word(identity: Identity) -> &'static str {
    match identity {
        Identity::Serial => "serial",
        Identity::Id => "id",
        _ => "shape",
    }
}

impl Objects {
    fn of(graph: &Graph, nodes: &[NodeId], limit: usize) -> Self {
        let sizes = nodes.iter().map(|node| {
            let node = graph.node(*node);
            node.shallow_size().0 + node.owned_size().0
        });
        Self {
            count: nodes.len(),
            bytes: sizes.sum(),
            examples: nodes
                .iter()
                .take(limit)
                .map(|node| graph.node(*node).shown_id())
                .collect(),
        }
    }

    fn to_text(&self, what: &str) -> String {
        let examples = self.examples.iter().take(5);
        let examples: Vec<String> = examples.map(|id| format!("#{id}")).collect();
        let such = if examples.is_empty() {
            ""
        } else {
            ", such as "
        };
        let objects = counted(self.count, &format!("{what} object"));
        format!(
            "{objects}, {}{such}{}\n",
            Bytes(self.bytes),
            examples.join(", ")
        )
    }
}

impl Told {
    fn to_text(&self, style: Style, limit: usize) -> String {
        let mut table = Table::new([
            Column::Number("objects"),
            Column::Number("change"),
            Column::Number("size"),
            Column::Number("change"),
            Column::Text("type"),
        ]);
        for row in &self.types {
            table.push([
                grouped(row.new as u64),
                signed(row.delta, grouped),
                Bytes(row.new_bytes).to_string(),
                signed(row.delta_bytes, |bytes| Bytes(bytes).to_string()),
                row.r#type.clone(),
            ]);
        }
        let mut text = if self.types.is_empty() {
            "no type has more or fewer objects or bytes\n".to_owned()
        } else {
            table.to_text(output_width(), style)
        };
        let parts = [(&self.new, "new"), (&self.gone, "gone")];
        for (objects, what) in parts {
            text += &objects
                .as_ref()
                .map_or_else(String::new, |objects| objects.to_text(what));
        }
        for grown in self.grown.iter().flatten().take(limit) {
            let object = printable(&format!("{}#{}", grown.r#type, grown.id));
            _ = writeln!(text, "{object} has grown by {}", Bytes(grown.bytes));
        }
        if self.by == "shape" {
            let said = "objects of these heaps cannot be told apart; only types are compared";
            text += &(style.dim(said) + "\n");
        }
        text
    }
}

fn signed(change: i64, show: impl Fn(u64) -> String) -> String {
    let sign = match change {
        0 => return "0".to_owned(),
        1.. => "+",
        _ => "-",
    };
    format!("{sign}{}", show(change.unsigned_abs()))
}
