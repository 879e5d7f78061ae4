//! Objects that nothing holds, but that a `Weak` can still reach which is not leaked itself.

use super::live::Live;
use crate::graph::{Edge, NodeId, ObjectGraph};
use objgraph_trace::{EdgeKind, NodeFlags};

/// The objects that do not live, and that a weak handle leads to which lies in a live object or is not known, and all that
/// these lead to; in visiting order.
///
/// # Complexity
/// O(objects + references); nothing if all live.
pub(super) fn weakly_held(graph: &ObjectGraph, live: &Live) -> Vec<NodeId> {
    let unheld: Vec<NodeId> = live.others().collect();
    if unheld.is_empty() {
        return unheld;
    }
    let mut reached = Reached {
        graph,
        live,
        is_found: vec![false; graph.n_nodes()],
        waiting: Vec::new(),
    };
    let n_leaked_weak = reached.start_from_live();
    for node in &unheld {
        if has_other_weak(graph, *node, n_leaked_weak[node.index()]) {
            reached.find(*node);
        }
    }
    reached.spread();
    let is_found = |node: &NodeId| reached.is_found[node.index()];
    unheld.into_iter().filter(is_found).collect()
}

/// Whether there are weak handles beside the watcher's and those that were found, or that is not known.
fn has_other_weak(graph: &ObjectGraph, node: NodeId, n_found: u32) -> bool {
    if !graph.has_flag(node, NodeFlags::SHARED) {
        return false;
    }
    let explained = u64::from(n_found).saturating_add(graph.births.n_handles(node));
    !graph.is_weak_known(node) || graph.store.weak(node.0) != explained
}

struct Reached<'r> {
    graph: &'r ObjectGraph,
    live: &'r Live,
    is_found: Vec<bool>,
    waiting: Vec<NodeId>,
}

impl Reached<'_> {
    /// Starts where weak references of live objects lead, and counts those of others.
    fn start_from_live(&mut self) -> Vec<u32> {
        let mut n_weak = vec![0_u32; self.graph.n_nodes()];
        for source in self.graph.node_ids() {
            let is_live = self.live.contains(source);
            for edge in self.graph.edges_from(source) {
                if edge.kind != EdgeKind::Weak || self.live.contains(edge.target) {
                    continue;
                }
                if is_live {
                    self.find(edge.target);
                } else {
                    let count = &mut n_weak[edge.target.index()];
                    *count = count.saturating_add(1);
                }
            }
        }
        n_weak
    }

    fn find(&mut self, node: NodeId) {
        let is_new =
            !self.live.contains(node) && !std::mem::replace(&mut self.is_found[node.index()], true);
        if is_new {
            self.waiting.push(node);
        }
    }

    fn spread(&mut self) {
        let leads_on = |edge: &Edge<'_>| edge.kind.keeps_alive() || edge.kind == EdgeKind::Weak;
        while let Some(node) = self.waiting.pop() {
            let edges = self.graph.edges_from(node);
            edges
                .filter(leads_on)
                .for_each(|edge| self.find(edge.target));
        }
    }
}
