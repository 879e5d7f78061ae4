//! Strong handles that nothing found explains.

use crate::graph::{NodeId, ObjectGraph};
use objgraph_trace::{Address, EdgeKind, NodeFlags};
use std::collections::BTreeSet;

/// For each counted object, how many of its strong handles no reference or root explains that was found.
///
/// More than none: something unknown holds the object, such as a local, a closure or another thread. Less than none: some
/// impl of `Trace` reports more handles than there are.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, unexplained};
/// use std::rc::Rc;
///
/// let page = Rc::new(7);
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![page.clone()]));
/// let unknown: Vec<i64> = unexplained(&graph).map(|(_, n_handles)| n_handles).collect();
/// assert_eq!(unknown, [1]);
/// # drop(page);
/// ```
pub fn unexplained(graph: &ObjectGraph) -> impl Iterator<Item = (NodeId, i64)> {
    let found = Handles::found(graph);
    graph
        .node_ids()
        .filter(|node| graph.has_flag(*node, NodeFlags::SHARED))
        .map(move |node| (node, found.unexplained(graph, node)))
}

/// How many references and roots hold each object.
pub(super) struct Handles {
    /// Strong references and roots that are handles, by node; of what is not counted, owners.
    n_found: Vec<u32>,
}

impl Handles {
    pub(super) fn found(graph: &ObjectGraph) -> Self {
        let mut n_found = vec![0_u32; graph.n_nodes()];
        let mut places: BTreeSet<Address> =
            graph.roots.iter().filter_map(|root| root.handle).collect();
        for root in &graph.roots {
            // Two roots at one place are one handle.
            if root.handle.is_some_and(|place| places.contains(&place)) {
                n_found[root.node.index()] += 1;
                root.handle.map(|place| places.remove(&place));
            }
        }
        let places: BTreeSet<Address> = graph.roots.iter().filter_map(|root| root.handle).collect();
        for node in graph.node_ids() {
            for edge in graph.store.row(node.0) {
                if !graph.store.kind(edge).keeps_alive() {
                    continue;
                }
                // A root may be a field of another object: one handle all the same.
                let is_root = !places.is_empty()
                    && graph
                        .store
                        .handle(edge)
                        .is_some_and(|place| places.contains(&place));
                n_found[graph.store.target(edge) as usize] += u32::from(!is_root);
            }
        }
        Self { n_found }
    }

    pub(super) fn unexplained(&self, graph: &ObjectGraph, node: NodeId) -> i64 {
        graph.store.strong(node.0).cast_signed() - i64::from(self.n_found[node.index()])
    }

    pub(super) fn has_owner(&self, node: NodeId) -> bool {
        self.n_found[node.index()] > 0
    }
}

/// How many weak references of the graph lead to each object.
pub(super) fn weak_found(graph: &ObjectGraph) -> Vec<u32> {
    let mut n_found = vec![0_u32; graph.n_nodes()];
    for edge in graph.node_ids().flat_map(|node| graph.store.row(node.0)) {
        if graph.store.kind(edge) == EdgeKind::Weak {
            n_found[graph.store.target(edge) as usize] += 1;
        }
    }
    n_found
}
