//! Cycles as they are found: counted by shape.

use crate::analysis::walk::{StepId, least_rotation};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher as _;

/// A cycle inside of components, by the numbers of its objects and steps.
#[derive(Clone, Debug)]
pub(super) struct Ring {
    pub(super) nodes: Vec<u32>,
    pub(super) steps: Vec<StepId>,
}

impl Ring {
    /// Begins it at another of its objects.
    pub(super) fn rotate(&mut self, start: usize) {
        self.nodes.rotate_left(start);
        self.steps.rotate_left(start);
    }
}

/// What was found so far.
pub(super) struct Tally {
    /// The first of each shape, and how many have it. Steps are in their least rotation.
    pub(super) shapes: Vec<(Ring, usize)>,
    by_steps: HashTable<u32>,
    hasher: FixedState,
    /// The first that were found.
    pub(super) first: Vec<Ring>,
    max_first: usize,
    pub(super) n_cycles: usize,
}

impl Tally {
    pub(super) fn new(max_first: usize) -> Self {
        Self {
            shapes: Vec::new(),
            by_steps: HashTable::new(),
            hasher: FixedState::default(),
            first: Vec::new(),
            max_first,
            n_cycles: 0,
        }
    }

    /// Counts a cycle; `true` if its shape is a new one.
    pub(super) fn add(&mut self, mut ring: Ring) -> bool {
        ring.rotate(least_rotation(&ring.steps));
        self.n_cycles += 1;
        if self.first.len() < self.max_first {
            self.first.push(ring.clone());
        }
        let Self {
            shapes,
            by_steps,
            hasher,
            ..
        } = self;
        let hash = hasher.hash_one(&ring.steps);
        let known = by_steps.find(hash, |place| shapes[*place as usize].0.steps == ring.steps);
        if let Some(place) = known {
            shapes[*place as usize].1 += 1;
            return false;
        }
        let place = shapes.len() as u32;
        shapes.push((ring, 1));
        by_steps.insert_unique(hash, place, |place| {
            hasher.hash_one(&shapes[*place as usize].0.steps)
        });
        true
    }
}
