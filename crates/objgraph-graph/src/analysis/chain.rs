//! Chains of references: how one object leads to another, and what keeps it alive.

use super::walk::{Breadth, Follow, every, owning};
use crate::graph::{EdgeId, NodeId, ObjectGraph};
use crate::names::step;
use crate::node::Node;
use std::fmt;

/// A shortest way along references from one object to another.
///
/// Displayed as a path of fields, `app.cache["main"].owner → Widget#12`, that begins with the name of the root, or
/// with the type of the first object if that is no named root.
#[derive(Clone, Debug)]
pub struct Chain<'g> {
    pub(crate) graph: &'g ObjectGraph,
    /// The objects on the way, both ends included.
    pub nodes: Vec<NodeId>,
    /// The references on the way: one fewer than objects.
    pub edges: Vec<EdgeId>,
}

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ([first, ..], [.., last]) = (&self.nodes[..], &self.nodes[..]) else {
            return Ok(());
        };
        if first == last && root_name(self.graph, *first).is_none() {
            return write!(f, "{}", self.graph.node(*last));
        }
        f.write_str(start(self.graph, *first))?;
        for (node, edge) in self.nodes.iter().zip(&self.edges) {
            let edge = self.graph.edge_from(*node, *edge);
            let label = edge.map(|edge| edge.label()).unwrap_or_default();
            f.write_str(&step("", &label))?;
        }
        write!(f, " → {}", self.graph.node(*last))
    }
}

fn start(graph: &ObjectGraph, first: NodeId) -> &str {
    root_name(graph, first).unwrap_or_else(|| graph.node(first).type_name())
}

fn root_name(graph: &ObjectGraph, node: NodeId) -> Option<&str> {
    let root = graph.roots().iter().find(|root| root.node == node)?;
    (!root.name.is_empty()).then_some(root.name.as_str())
}

/// A shortest chain of any references from some objects to the first that matches; `None` if none does.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, chain_to};
///
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new("a".to_string())]));
/// let chain = chain_to(&graph, graph.roots()[0].node, |node| node.type_name() == "String").unwrap();
/// assert_eq!(chain.to_string(), "Vec<Box<String>>[0] → String#1");
/// ```
#[must_use]
pub fn chain_to(
    graph: &ObjectGraph,
    from: NodeId,
    matches: impl Fn(Node<'_>) -> bool,
) -> Option<Chain<'_>> {
    every!(graph, rows => search(graph, &rows, [from.0], |node| matches(graph.node(NodeId(node)))))
}

/// A shortest chain of any references from an object that matches to one that matches; `None` if there is none.
///
/// # Complexity
/// O(objects + references), and less if the chain is short.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, chain_between};
///
/// let lists = vec![vec![Box::new(1_u8)], vec![Box::new(2), Box::new(3)]];
/// let graph = ObjectGraph::from(objgraph_trace::trace(&lists));
/// let is_number = |node: objgraph_graph::Node<'_>| node.type_name() == "u8";
/// let chain = chain_between(&graph, |node| !is_number(node), is_number).unwrap();
/// assert_eq!(chain.edges.len(), 1);
/// assert!(chain_between(&graph, is_number, |node| !is_number(node)).is_none());
/// ```
#[must_use]
pub fn chain_between(
    graph: &ObjectGraph,
    from: impl Fn(Node<'_>) -> bool,
    to: impl Fn(Node<'_>) -> bool,
) -> Option<Chain<'_>> {
    let starts = graph.node_ids().filter(|id| from(graph.node(*id)));
    every!(graph, rows => {
        search(graph, &rows, starts.map(|id| id.0), |node| to(graph.node(NodeId(node))))
    })
}

/// A shortest chain of references that keep `target` alive, from any root; `None` if no root does.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, chain_from_roots};
///
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new(1), Box::new(2)]));
/// let target = graph.node_ids().last().unwrap();
/// assert_eq!(chain_from_roots(&graph, target).unwrap().to_string(), "Vec<Box<i32>>[1] → i32#2");
/// ```
#[must_use]
pub fn chain_from_roots(graph: &ObjectGraph, target: NodeId) -> Option<Chain<'_>> {
    let roots = graph.roots().iter().map(|root| root.node.0);
    owning!(graph, rows => search(graph, &rows, roots, |node| node == target.0))
}

fn search<'g>(
    graph: &'g ObjectGraph,
    rows: &impl Follow,
    starts: impl IntoIterator<Item = u32>,
    matches: impl FnMut(u32) -> bool,
) -> Option<Chain<'g>> {
    let way = Breadth::new(graph.n_nodes()).way(rows, starts, matches)?;
    Some(chain_along(graph, rows, &way))
}

/// The chain along some objects, each of which refers to the next.
fn chain_along<'g>(graph: &'g ObjectGraph, rows: &impl Follow, way: &[u32]) -> Chain<'g> {
    let steps = way.windows(2);
    Chain {
        graph,
        nodes: way.iter().copied().map(NodeId).collect(),
        edges: steps
            .filter_map(|step| rows.edge_between(step[0], step[1]))
            .collect(),
    }
}
