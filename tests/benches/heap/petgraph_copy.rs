//! The graph as a user of petgraph would make it: without anything but nodes and edges.

use objgraph_graph::ObjectGraph;
use petgraph::graph::{DiGraph, NodeIndex};

/// A copy of the references that keep their referents alive.
pub(crate) fn owning(graph: &ObjectGraph) -> DiGraph<(), ()> {
    let mut copy = DiGraph::with_capacity(graph.n_nodes(), graph.n_edges());
    graph.node_ids().for_each(|_| _ = copy.add_node(()));
    for edge in graph.node_ids().flat_map(|id| graph.edges_from(id)) {
        if edge.kind.keeps_alive() {
            copy.add_edge(index(edge.source.0), index(edge.target.0), ());
        }
    }
    copy
}

/// The same below a super-root, which leads to the roots and to all that nothing else leads to; and that super-root.
pub(crate) fn below_super_root(graph: &ObjectGraph) -> (DiGraph<(), ()>, NodeIndex) {
    let mut copy = owning(graph);
    let is_led_to = |id: NodeIndex| {
        copy.neighbors_directed(id, petgraph::Incoming)
            .next()
            .is_some()
    };
    let without_referrer = copy.node_indices().filter(|id| !is_led_to(*id));
    let roots = graph.roots().iter().map(|root| index(root.node.0));
    let entries: Vec<_> = roots.chain(without_referrer).collect();
    let super_root = copy.add_node(());
    for entry in entries {
        copy.add_edge(super_root, entry, ());
    }
    (copy, super_root)
}

fn index(node: u32) -> NodeIndex {
    NodeIndex::new(node as usize)
}
