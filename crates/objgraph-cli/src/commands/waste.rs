//! `objgraph waste`: equal values that are kept more than once, and containers that hold much or little.

use clap::Args;
use objgraph::{Bytes, Graph, grouped};
use objgraph_graph::{container_sizes, containers, duplicates};
use serde::Serialize;

use crate::answer::{Answer, Limit};
use crate::count::counted;
use crate::exit::Failure;
use crate::heap::HeapFile;
use crate::style::{Style, output_width};
use crate::table::{Column, Table};

/// Finds equal values that are kept more than once, and the largest containers
///
/// Equal are objects of one type, size and value that hold no references; values that the file has cut are left out.
#[derive(Args, Debug)]
#[command(after_help = "\
Exit codes: 0 answered, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 5 the output cannot be \
written.")]
pub(crate) struct Waste {
    #[command(flatten)]
    heap: HeapFile,

    #[command(flatten)]
    limit: Limit,

    #[command(flatten)]
    answer: Answer,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Told {
    /// How many values there are more than once.
    duplicates: usize,
    /// The bytes of all objects but one of each of them.
    wasted: u64,
    groups: Vec<Group>,
    containers: Vec<Container>,
    /// How many containers there are with at least so many items, and fewer than twice as many.
    sizes: Vec<Size>,
}

#[derive(Serialize)]
struct Group {
    r#type: String,
    value: String,
    count: usize,
    wasted: u64,
    /// The first of them.
    id: u64,
}

#[derive(Serialize)]
struct Container {
    id: u64,
    r#type: String,
    refs: u64,
    items: u64,
    bytes: u64,
    /// The part of its buffers that is in use; null if that is not known.
    fill: Option<f64>,
}

#[derive(Serialize)]
struct Size {
    at_least: u64,
    containers: usize,
    bytes: u64,
}

impl Waste {
    pub(crate) fn run(&self, style: Style) -> Result<(), Failure> {
        let graph = self.heap.load()?.graph;
        let told = Told::of(&graph, self.limit.get());
        self.answer.give(&told, || told.to_text(style))
    }
}

impl Told {
    fn of(graph: &Graph, limit: usize) -> Self {
        let found = duplicates(graph, limit);
        let groups = found.groups.iter().map(|group| {
            let first = graph.node(group.nodes[0]);
            Group {
                r#type: first.type_name().to_owned(),
                value: first.value().to_owned(),
                count: group.nodes.len(),
                wasted: group.wasted.0,
                id: first.shown_id(),
            }
        });
        let largest = containers(graph, limit);
        let largest = largest.iter().map(|container| {
            let node = graph.node(container.node);
            Container {
                id: node.shown_id(),
                r#type: node.type_name().to_owned(),
                refs: container.n_references,
                items: container.n_elements(),
                bytes: node.shallow_size().0 + node.owned_size().0,
                fill: container.fill(),
            }
        });
        let sizes = container_sizes(graph);
        let sizes = sizes.iter().map(|size| Size {
            at_least: size.at_least,
            containers: size.count,
            bytes: size.bytes.0,
        });
        Self {
            duplicates: found.n_groups,
            wasted: found.wasted.0,
            groups: groups.collect(),
            containers: largest.collect(),
            sizes: sizes.collect(),
        }
    }

    fn to_text(&self, style: Style) -> String {
        let mut text = format!(
            "{} kept more than once, which wastes {}\n\n",
            counted(self.duplicates, "value"),
            style.bold(&Bytes(self.wasted).to_string()),
        );
        let mut table = Table::new([
            Column::Number("wasted"),
            Column::Number("objects"),
            Column::Text("type"),
            Column::Text("value"),
        ]);
        for group in &self.groups {
            let wasted = Bytes(group.wasted).to_string();
            table.push([
                wasted,
                grouped(group.count as u64),
                group.r#type.clone(),
                group.value.clone(),
            ]);
        }
        if !self.groups.is_empty() {
            text += &table.to_text(output_width(), style);
            text.push('\n');
        }
        text += &self.containers_text(style);
        text.push('\n');
        text + &self.sizes_text(style)
    }

    fn containers_text(&self, style: Style) -> String {
        let mut table = Table::new([
            Column::Number("items"),
            Column::Number("references"),
            Column::Number("size"),
            Column::Number("full"),
            Column::Text("container"),
        ]);
        for container in &self.containers {
            table.push([
                grouped(container.items),
                grouped(container.refs),
                Bytes(container.bytes).to_string(),
                container
                    .fill
                    .map_or_else(String::new, |fill| format!("{:.0}%", 100.0 * fill)),
                format!("{}#{}", container.r#type, container.id),
            ]);
        }
        table.to_text(output_width(), style)
    }

    fn sizes_text(&self, style: Style) -> String {
        let mut table = Table::new([
            Column::Number("items from"),
            Column::Number("containers"),
            Column::Number("size"),
        ]);
        for size in &self.sizes {
            table.push([
                grouped(size.at_least),
                grouped(size.containers as u64),
                Bytes(size.bytes).to_string(),
            ]);
        }
        table.to_text(output_width(), style)
    }
}
