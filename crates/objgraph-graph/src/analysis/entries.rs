//! Where a graph is entered: what is alive without any object of the graph.

use crate::graph::ObjectGraph;

/// The roots in their order, and then the objects that no owning reference leads to.
///
/// The latter are alive through something that the graph does not know: a stack, a register, another language. An
/// object may be named twice.
///
/// # Complexity
/// O(objects + references).
pub(super) fn entries(graph: &ObjectGraph) -> Vec<u32> {
    let mut is_led_to = vec![false; graph.n_nodes()];
    for node in 0..graph.n_nodes() as u32 {
        for target in graph.store.owned_targets(node) {
            is_led_to[target as usize] = true;
        }
    }
    let roots = graph.roots.iter().map(|root| root.node.0);
    let strays = (0..graph.n_nodes() as u32).filter(|node| !is_led_to[*node as usize]);
    roots.chain(strays).collect()
}
