//! Sums over the dominator tree.

use crate::graph::{NodeId, ObjectGraph};
use crate::node::Bytes;

/// What the end of an object would free, itself included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Retained {
    pub(super) bytes: Bytes,
    pub(super) n_objects: u32,
}

/// What each object retains, by number; 0 is the super-root.
///
/// Dominators have lower numbers than what they dominate, so that one pass from behind adds everything up.
pub(super) fn sums(graph: &ObjectGraph, nodes: &[u32], immediate: &[u32]) -> Vec<Retained> {
    let mut retained = vec![Retained::default(); nodes.len()];
    for number in (1..nodes.len()).rev() {
        let [shallow, owned, _] = graph.sizes(NodeId(nodes[number]));
        let own = Retained {
            bytes: shallow.saturating_add(owned),
            n_objects: 1,
        };
        retained[number].add(own);
        let sum = retained[number];
        retained[immediate[number] as usize].add(sum);
    }
    retained
}

impl Retained {
    fn add(&mut self, other: Self) {
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.n_objects += other.n_objects;
    }
}
