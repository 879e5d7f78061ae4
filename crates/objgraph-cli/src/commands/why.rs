//! `objgraph why`: what keeps an object alive.

use std::fmt::Write as _;

use clap::Args;
use objgraph::{Chain, ChainOptions, Chains, Graph, NodeId, ViewOptions};
use objgraph_graph::view_chains;
use serde::Serialize;

use crate::answer::Answer;
use crate::count::counted;
use crate::exit::Failure;
use crate::heap::HeapFile;
use crate::objects::the_one;
use crate::picture::Picture;
use crate::printable::printable;

/// Tells what keeps an object alive: a shortest chain of owning references from a root
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph why heap.jsonl.gz type:Session                  the first session
  objgraph why heap.jsonl.gz '#12' --chains 5              all that keeps object 12 alive
  objgraph why heap.jsonl.gz 'Page and size>1MB' -o why.svg

Exit codes: 0 answered, also if no root leads to the object, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or \
damaged, 4 it cannot be drawn, 5 the output cannot be written, 6 no object matches.")]
pub(crate) struct Why {
    #[command(flatten)]
    heap: HeapFile,

    /// The object, in quotes: `#12`, `type:Session`, `value~regex and size>1MB`; of several, the first
    #[arg(value_name = "OBJECT")]
    object: String,

    /// Tells so many chains, the shortest first, each through other fields
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = at_least_one)]
    chains: usize,

    #[command(flatten)]
    answer: Answer,

    #[command(flatten)]
    picture: Picture,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    shortest: Found,
    /// Further chains, if they were asked for.
    others: Vec<Found>,
    /// Whether there may be more: a search has its limits.
    ran_out: bool,
}

/// A chain in JSON.
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
        let target = self.picture.wanted(self.heap.is_quiet())?;
        let graph = self.heap.load()?.graph;
        let object = the_one(&self.object, &graph, "OBJECT")?;
        let options = ChainOptions::default().max_chains(self.chains);
        let found = graph.chains_from_roots(object, &options);
        if let (Some(target), [_, ..]) = (&target, &found.chains[..]) {
            return target.draw(&view_chains(&found.chains, &ViewOptions::default()));
        }
        self.answer.give(&Told::of(&graph, &found), || {
            if found.chains.is_empty() {
                return not_kept(&graph, object);
            }
            let chains = found.chains.iter().map(|chain| steps(&graph, chain));
            chains.collect::<Vec<String>>().join("\n")
        })
    }
}

impl Told {
    fn of(graph: &Graph, found: &Chains<'_>) -> Self {
        let others = found.chains.iter().skip(1);
        Self {
            shortest: Found::of(graph, found.chains.first()),
            others: others.map(|chain| Found::of(graph, Some(chain))).collect(),
            ran_out: found.ran_out,
        }
    }
}

fn at_least_one(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "a number from 1 on is needed".to_owned())
}

/// What is known of an object that no root keeps alive.
fn not_kept(graph: &Graph, object: NodeId) -> String {
    let node = printable(&graph.node(object).to_string());
    if graph.roots().is_empty() {
        return format!("what keeps {node} alive cannot be told: the heap names no roots\n");
    }
    let Some(edge) = graph.edges_to(object).next() else {
        return format!("no root keeps {node} alive, and nothing refers to it\n");
    };
    let referrer = printable(&format!(
        "{} ({})",
        graph.node(edge.source),
        edge.kind.label()
    ));
    let n_edges = graph.edges_to(object).count();
    let verb = if n_edges == 1 { "leads" } else { "lead" };
    format!(
        "no root keeps {node} alive; {} {verb} to it, the first from {referrer}\n",
        counted(n_edges, "reference")
    )
}

/// A line for each object on the way, below the root.
pub(super) fn steps(graph: &Graph, chain: &Chain<'_>) -> String {
    let found = Found::of(graph, Some(chain));
    let mut text = found
        .root
        .map_or_else(String::new, |root| format!("{}\n", printable(&root)));
    for (node, link) in chain.nodes.iter().zip(&found.chain) {
        let node = graph.node(*node);
        let words = [&link.label, "→", &node.to_string(), "", node.value()];
        let line = printable(&words.join(" "));
        _ = writeln!(text, "  {}", line.trim());
    }
    text
}
