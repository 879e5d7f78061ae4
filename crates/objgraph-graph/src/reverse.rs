//! Who refers to an object: the rows of the graph, turned around.

use crate::packed::Packed;
use crate::store::{Store, starts};

/// The referrers of every object, in compressed rows.
#[derive(Debug)]
pub(crate) struct Reverse {
    /// Where the row of each object begins; one more than there are objects.
    starts: Packed,
    referrers: Packed,
}

impl Reverse {
    /// Two passes over the references: count, then place. O(objects + references).
    pub(crate) fn new(store: &Store) -> Self {
        let targets = (0..store.n_edges()).map(|edge| store.target(edge as u64).into());
        let starts = starts(store.n_nodes(), targets);
        let mut next = starts.clone();
        let mut referrers = Packed::zeros(store.n_edges(), store.n_nodes() as u64);
        for node in 0..store.n_nodes() as u32 {
            for edge in store.row(node) {
                let target = store.target(edge) as usize;
                let place = next.get(target);
                referrers.set(place as usize, node.into());
                next.set(target, place + 1);
            }
        }
        Self { starts, referrers }
    }

    pub(crate) fn of(
        &self,
        node: u32,
    ) -> impl ExactSizeIterator<Item = u32> + DoubleEndedIterator + use<'_> {
        let start = self.starts.get(node as usize) as usize;
        let end = self.starts.get(node as usize + 1) as usize;
        (start..end).map(|place| self.referrers.get_u32(place))
    }
}
