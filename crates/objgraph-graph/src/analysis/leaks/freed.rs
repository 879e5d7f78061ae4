//! Which objects stay when references are let go, by counting.

use crate::graph::{Edge, NodeId, ObjectGraph};

/// Those of some objects that are still there when everything was dropped that nothing holds, after references were cut.
///
/// Only references among these objects count: nothing else holds them.
pub(super) fn kept_by_cycles(
    graph: &ObjectGraph,
    is_among: &[bool],
    is_cut: impl Fn(&Edge<'_>) -> bool,
) -> Vec<bool> {
    let among = || graph.node_ids().filter(|node| is_among[node.index()]);
    let mut counts = vec![0_u32; graph.n_nodes()];
    for edge in among().flat_map(|node| graph.edges_from(node)) {
        if edge.kind.keeps_alive() && !is_cut(&edge) {
            counts[edge.target.index()] += 1;
        }
    }
    let mut is_kept = is_among.to_vec();
    let mut dropped: Vec<NodeId> = among().filter(|node| counts[node.index()] == 0).collect();
    while let Some(node) = dropped.pop() {
        is_kept[node.index()] = false;
        for edge in graph.edges_from(node) {
            let target = edge.target.index();
            if edge.kind.keeps_alive() && is_among[target] && !is_cut(&edge) {
                counts[target] -= 1;
                if counts[target] == 0 {
                    dropped.push(edge.target);
                }
            }
        }
    }
    is_kept
}
