//! Cycles as they are found: counted by shape.

use crate::analysis::walk::{Collect, Ring, Shapes, least_rotation};

/// What was found so far.
pub(super) struct Tally {
    shapes: Shapes,
    /// How many cycles have each shape.
    counts: Vec<usize>,
    /// The first that were found.
    pub(super) first: Vec<Ring>,
    max_first: usize,
    pub(super) n_cycles: usize,
}

impl Tally {
    pub(super) fn new(max_first: usize) -> Self {
        Self {
            shapes: Shapes::default(),
            counts: Vec::new(),
            first: Vec::new(),
            max_first,
            n_cycles: 0,
        }
    }

    pub(super) fn n_shapes(&self) -> usize {
        self.counts.len()
    }

    /// The first cycle of each shape, and how many have it.
    pub(super) fn into_shapes(self) -> Vec<(Ring, usize)> {
        self.shapes.firsts.into_iter().zip(self.counts).collect()
    }
}

impl Collect for Tally {
    /// Counts a cycle; `true` if its shape is a new one.
    fn add(&mut self, mut ring: Ring) -> bool {
        ring.rotate(least_rotation(&ring.steps));
        self.n_cycles += 1;
        if self.first.len() < self.max_first {
            self.first.push(ring.clone());
        }
        let shape = self.shapes.number(ring);
        let is_new = shape == self.counts.len();
        if is_new {
            self.counts.push(0);
        }
        self.counts[shape] += 1;
        is_new
    }
}
