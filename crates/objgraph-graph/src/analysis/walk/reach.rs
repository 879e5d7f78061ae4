//! What a search along owning references reaches.

use crate::graph::{Edge, NodeId, ObjectGraph};

/// Whether each object is reached from some others along the owning references that may be followed.
///
/// # Complexity
/// O(objects + references).
pub(crate) fn reach(
    graph: &ObjectGraph,
    from: impl IntoIterator<Item = u32>,
    follows: impl Fn(&Edge<'_>) -> bool,
) -> Vec<bool> {
    let mut is_reached = vec![false; graph.n_nodes()];
    let mut waiting = Vec::new();
    let mut find = |node: u32, waiting: &mut Vec<u32>| {
        if !std::mem::replace(&mut is_reached[node as usize], true) {
            waiting.push(node);
        }
    };
    from.into_iter().for_each(|node| find(node, &mut waiting));
    while let Some(node) = waiting.pop() {
        let edges = graph.edges_from(NodeId(node));
        edges
            .filter(|edge| edge.kind.keeps_alive() && follows(edge))
            .for_each(|edge| find(edge.target.0, &mut waiting));
    }
    is_reached
}
