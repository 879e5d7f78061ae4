//! Who refers to an object: the rows of the graph, turned around.

use crate::packed::Packed;
use crate::store::Store;

/// The referrers of every object, in compressed rows.
///
/// Made in plain numbers rather than packed ones: to place each reference, memory is written at random, where packed
/// numbers would take four times as long.
#[derive(Debug)]
pub(crate) struct Reverse {
    /// Where the row of each object begins; one more than there are objects.
    starts: Packed,
    referrers: Vec<u32>,
}

impl Reverse {
    /// Two passes over the references: count, then place. O(objects + references).
    pub(crate) fn new(store: &Store) -> Self {
        // Counted two places ahead, so that after the sums `starts[target + 1]` is where the row of `target` begins,
        // and after the placing where it ends: no second list of positions.
        let mut starts = vec![0_u64; store.n_nodes() + 2];
        for edge in 0..store.n_edges() as u64 {
            starts[store.target(edge) as usize + 2] += 1;
        }
        for place in 2..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut referrers = vec![0; store.n_edges()];
        for node in 0..store.n_nodes() as u32 {
            for edge in store.row(node) {
                let place = &mut starts[store.target(edge) as usize + 1];
                referrers[*place as usize] = node;
                *place += 1;
            }
        }
        starts.pop();
        Self {
            starts: Packed::of(&starts, referrers.len() as u64),
            referrers,
        }
    }

    pub(crate) fn of(
        &self,
        node: u32,
    ) -> impl ExactSizeIterator<Item = u32> + DoubleEndedIterator + use<'_> {
        let row = node as usize;
        let (start, end) = (self.starts.get(row), self.starts.get(row + 1));
        self.referrers[start as usize..end as usize].iter().copied()
    }
}
