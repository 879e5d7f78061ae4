//! `objgraph why`: what keeps an object alive.

use std::fmt::Write as _;

use clap::Args;
use objgraph::{Chain, Graph, NodeId, ViewOptions};
use objgraph_graph::view_chain;
use serde::Serialize;

use crate::answer::Answer;
use crate::exit::Failure;
use crate::heap::HeapFile;
use crate::objects::the_one;
use crate::picture::Picture;

/// Tells what keeps an object alive: a shortest chain of owning references from a root
///
/// Exit codes: 0 answered, also if no root leads to the object, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or
/// damaged, 4 it cannot be drawn, 5 the output cannot be written, 6 no object matches.
#[derive(Args, Debug)]
pub(crate) struct Why {
    #[command(flatten)]
    heap: HeapFile,

    /// The object: `#12`, `type:Session`, `value~regex and size>1MB`
    #[arg(value_name = "OBJECT")]
    object: String,

    #[command(flatten)]
    answer: Answer,

    #[command(flatten)]
    picture: Picture,
}

/// The answer in JSON.
#[derive(Serialize)]
pub(super) struct Found {
    /// Whether there is a chain.
    #[serde(rename = "found")]
    is_there: bool,
    /// From the root to the object; empty if there is none.
    chain: Vec<Link>,
    /// The name of the root; null if there is no chain, or it begins at no root.
    root: Option<String>,
}

/// An object on the way.
#[derive(Serialize)]
pub(super) struct Link {
    id: u64,
    r#type: String,
    /// On a chain, the field of the object before that refers to this one; on a cycle, that of this one which refers to the
    /// next.
    label: String,
}

impl Link {
    pub(super) fn of(graph: &Graph, node: NodeId, label: String) -> Self {
        Self {
            id: graph.node(node).shown_id(),
            r#type: graph.node(node).type_name().to_owned(),
            label,
        }
    }

    pub(super) fn name(&self) -> String {
        format!("{}#{}", self.r#type, self.id)
    }
}

impl Found {
    pub(super) fn of(graph: &Graph, chain: Option<&Chain<'_>>) -> Self {
        let Some(chain) = chain else {
            return Self {
                is_there: false,
                chain: Vec::new(),
                root: None,
            };
        };
        let mut labels = vec![String::new()];
        labels.extend(chain.nodes.iter().zip(&chain.edges).map(|(node, edge)| {
            let edge = graph.edge_from(*node, *edge);
            edge.map(|edge| edge.label()).unwrap_or_default()
        }));
        let links = chain.nodes.iter().zip(labels);
        let links = links.map(|(node, label)| Link::of(graph, *node, label));
        Self {
            is_there: true,
            chain: links.collect(),
            root: root_name(graph, chain.nodes[0]),
        }
    }
}

fn root_name(graph: &Graph, node: NodeId) -> Option<String> {
    let root = graph.roots().iter().find(|root| root.node == node)?;
    Some(root.name.clone())
}

impl Why {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let target = self.picture.wanted()?;
        let graph = self.heap.load()?.graph;
        let object = the_one(&self.object, &graph, "OBJECT")?;
        let why = graph.why_alive_id(object);
        let chain = why.chain();
        if let (Some(target), Some(chain)) = (&target, chain) {
            return target.draw(&view_chain(chain, &ViewOptions::default()));
        }
        self.answer.give(&Found::of(&graph, chain), || match chain {
            Some(chain) => steps(&graph, chain),
            None => format!("{why}\n"),
        })
    }
}

/// A line for each object on the way.
pub(super) fn steps(graph: &Graph, chain: &Chain<'_>) -> String {
    let found = Found::of(graph, Some(chain));
    let mut text = found
        .root
        .map_or_else(String::new, |root| format!("{root}\n"));
    for (node, link) in chain.nodes.iter().zip(&found.chain) {
        let node = graph.node(*node);
        let value = if node.value().is_empty() {
            String::new()
        } else {
            format!("  {}", node.value())
        };
        _ = writeln!(
            text,
            "  {}{}→ {node}{value}",
            link.label,
            if link.label.is_empty() { "" } else { " " }
        );
    }
    text
}
