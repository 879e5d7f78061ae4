//! Random graphs for the tests of analyses, and the obvious way to tell what is alive in them.

use crate::builder::{GraphBuilder, NewNode};
use crate::graph::{Edge, NodeId, ObjectGraph};
use objgraph_trace::EdgeKind;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A few objects of the types `A`, `B` and `C`, with references of all kinds and perhaps some roots.
pub(crate) fn random_graph() -> impl Strategy<Value = ObjectGraph> {
    let nodes = prop::collection::vec(0..3_usize, 1..14);
    nodes.prop_flat_map(|types| {
        let nodes = 0..types.len() as u32;
        let kind = prop::sample::select(&EdgeKind::ALL[..]);
        let edges = prop::collection::vec((nodes.clone(), nodes.clone(), kind), 0..30);
        let roots = prop::collection::vec(nodes, 0..3);
        (edges, roots).prop_map(move |(edges, roots)| graph(&types, &edges, &roots))
    })
}

/// The bytes of each object are twice as many as of the one before, so that a sum tells what is in it.
fn graph(types: &[usize], edges: &[(u32, u32, EdgeKind)], roots: &[u32]) -> ObjectGraph {
    let mut builder = GraphBuilder::default();
    for (node, kind) in types.iter().enumerate() {
        let name = ["mine::A", "mine::B", "other::C"][*kind];
        let size = 1 << (2 * node);
        builder.add_node(NewNode::new(name).sizes(size, 2 * size));
    }
    for (source, target, kind) in edges {
        builder.add_edge(NodeId(*source), NodeId(*target), *kind, "");
    }
    for root in roots {
        builder.add_root("", NodeId(*root));
    }
    builder.finish()
}

/// What is reached from some objects along the owning references that are not cut.
pub(crate) fn reached(
    graph: &ObjectGraph,
    from: impl IntoIterator<Item = NodeId>,
    is_cut: impl Fn(&Edge<'_>) -> bool,
) -> BTreeSet<NodeId> {
    let mut reached: BTreeSet<_> = from.into_iter().collect();
    let mut n_before = 0;
    while n_before < reached.len() {
        n_before = reached.len();
        let edges = reached.iter().flat_map(|node| graph.edges_from(*node));
        let kept = edges.filter(|edge| edge.kind.keeps_alive() && !is_cut(edge));
        let targets: Vec<_> = kept.map(|edge| edge.target).collect();
        reached.extend(targets);
    }
    reached
}

/// The roots, and the objects without an owning referrer.
pub(crate) fn entered(graph: &ObjectGraph) -> BTreeSet<NodeId> {
    let is_owned = |node: &NodeId| graph.edges_to(*node).any(|edge| edge.kind.keeps_alive());
    let roots = graph.roots().iter().map(|root| root.node);
    roots
        .chain(graph.node_ids().filter(|node| !is_owned(node)))
        .collect()
}

/// What lives on because of what the graph does not know, and because of the roots.
pub(crate) fn alive(graph: &ObjectGraph, is_cut: impl Fn(&Edge<'_>) -> bool) -> BTreeSet<NodeId> {
    reached(graph, entered(graph), is_cut)
}

/// The shallow and owned bytes of some objects.
pub(crate) fn bytes<'n>(graph: &ObjectGraph, nodes: impl IntoIterator<Item = &'n NodeId>) -> u64 {
    let sizes = nodes.into_iter().map(|node| graph.node(*node));
    sizes
        .map(|node| node.shallow_size().0 + node.owned_size().0)
        .sum()
}
