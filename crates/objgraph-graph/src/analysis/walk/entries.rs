//! Where a graph is entered: what is alive without any object of the graph.

use crate::graph::ObjectGraph;
use objgraph_trace::EdgeKind;

/// The roots in their order, and then the objects that no owning reference leads to.
///
/// The latter are alive through something that the graph does not know: a stack, a register, another language. An
/// object may be named twice.
///
/// # Complexity
/// O(objects + references).
pub(crate) fn entries(graph: &ObjectGraph) -> Vec<u32> {
    let roots = graph.roots.iter().map(|root| root.node.0);
    roots
        .chain(without_referrer(graph, EdgeKind::keeps_alive))
        .collect()
}

/// The objects that no reference of the kinds that count leads to, in visiting order.
pub(crate) fn without_referrer(
    graph: &ObjectGraph,
    counts: impl Fn(EdgeKind) -> bool,
) -> impl Iterator<Item = u32> {
    let store = &graph.store;
    let mut is_led_to = vec![false; graph.n_nodes()];
    for edge in (0..store.n_edges() as u64).filter(|edge| counts(store.kind(*edge))) {
        is_led_to[store.target(edge) as usize] = true;
    }
    (0..graph.n_nodes() as u32).filter(move |node| !is_led_to[*node as usize])
}
