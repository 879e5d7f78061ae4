//! Which objects are roots, and under which names.

use crate::graph::{NodeId, ObjectGraph};

/// The roots of a graph, sorted by object: a heap dump has a hundred thousand of them.
pub(super) struct Roots<'g>(Vec<(NodeId, &'g str)>);

impl<'g> Roots<'g> {
    pub(super) fn of(graph: &'g ObjectGraph) -> Self {
        let roots = graph.roots().iter();
        let mut sorted: Vec<_> = roots.map(|root| (root.node, root.name.as_str())).collect();
        // Stable: the names of one object stay in the caller's order.
        sorted.sort_by_key(|(node, _)| *node);
        Self(sorted)
    }

    pub(super) fn contain(&self, node: NodeId) -> bool {
        !self.at(node).is_empty()
    }

    /// The names under which the caller passed an object, as a list; empty if it has none.
    pub(super) fn names(&self, node: NodeId) -> String {
        let names = self.at(node).iter().map(|(_, name)| *name);
        let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
        names.join(", ")
    }

    fn at(&self, node: NodeId) -> &[(NodeId, &'g str)] {
        let first = self.0.partition_point(|(other, _)| *other < node);
        let roots = &self.0[first..];
        &roots[..roots.partition_point(|(other, _)| *other == node)]
    }
}
