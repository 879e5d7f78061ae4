//! Chains of references: how one object leads to another, and what keeps it alive.

use crate::graph::{Edge, EdgeId, NodeId, ObjectGraph};
use crate::node::Node;
use std::collections::VecDeque;
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
            f.write_str(&edge.map(|edge| edge.label()).unwrap_or_default())?;
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
    search(graph, &[from], |_| true, matches)
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
    let roots: Vec<NodeId> = graph.roots().iter().map(|root| root.node).collect();
    search(
        graph,
        &roots,
        |edge| edge.kind.keeps_alive(),
        |node| node.id() == target,
    )
}

const UNSEEN: u32 = u32::MAX;

fn search<'g>(
    graph: &'g ObjectGraph,
    from: &[NodeId],
    follows: impl Fn(&Edge<'_>) -> bool,
    matches: impl Fn(Node<'_>) -> bool,
) -> Option<Chain<'g>> {
    // The referrer through which each object was found; a start is its own.
    let mut found_from = vec![UNSEEN; graph.n_nodes()];
    from.iter()
        .for_each(|start| found_from[start.index()] = start.0);
    let mut waiting: VecDeque<NodeId> = from.iter().copied().collect();
    while let Some(node) = waiting.pop_front() {
        if matches(graph.node(node)) {
            return Some(way_back(graph, &found_from, node, follows));
        }
        for edge in graph.edges_from(node).filter(&follows) {
            let found = &mut found_from[edge.target.index()];
            if *found == UNSEEN {
                *found = node.0;
                waiting.push_back(edge.target);
            }
        }
    }
    None
}

fn way_back<'g>(
    graph: &'g ObjectGraph,
    found_from: &[u32],
    end: NodeId,
    follows: impl Fn(&Edge<'_>) -> bool,
) -> Chain<'g> {
    let mut chain = Chain {
        graph,
        nodes: vec![end],
        edges: Vec::new(),
    };
    let mut node = end;
    while found_from[node.index()] != node.0 {
        let referrer = NodeId(found_from[node.index()]);
        let edge = graph
            .edges_from(referrer)
            .find(|edge| edge.target == node && follows(edge));
        chain.edges.extend(edge.map(|edge| edge.id));
        chain.nodes.push(referrer);
        node = referrer;
    }
    chain.nodes.reverse();
    chain.edges.reverse();
    chain
}
