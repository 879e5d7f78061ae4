//! How many handles of each object a graph knows.

use crate::graph::ObjectGraph;
use crate::node::Node;

/// The strong handles that were found, by object.
///
/// Those on the stack, in statics, in what could not be read, or leaked are in an object's strong count and not here.
pub(super) struct Found(Option<Vec<u32>>);

impl Found {
    /// Counts references that keep their referent alive, and the handles that the caller passed as roots.
    pub(super) fn of(graph: &ObjectGraph) -> Self {
        // Where a limit cut the trace, what was not found may only not have been looked for.
        if !graph.cuts().is_empty() {
            return Self(None);
        }
        let mut n_found = vec![0; graph.n_nodes()];
        for target in graph
            .node_ids()
            .flat_map(|node| graph.store.owned_targets(node.0))
        {
            n_found[target as usize] += 1;
        }
        for root in graph.roots() {
            n_found[root.node.index()] += 1;
        }
        Self(Some(n_found))
    }

    /// How many handles were found, if that is known and fewer than there are.
    pub(super) fn too_few(&self, node: Node<'_>) -> Option<usize> {
        let n_found = self.0.as_ref()?[node.id().index()] as usize;
        (n_found < node.strong_count()).then_some(n_found)
    }
}
