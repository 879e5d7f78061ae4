//! Cycles by the steps that they take.

use super::{Ring, StepId, least_rotation};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher as _;

/// Shapes of cycles: those that are rotations of each other are one.
#[derive(Default)]
pub(crate) struct Shapes {
    /// The first of each shape, its steps in their least rotation.
    pub(crate) firsts: Vec<Ring>,
    by_steps: HashTable<u32>,
    hasher: FixedState,
}

impl Shapes {
    /// The number of a cycle's shape; the next one if the shape is new.
    pub(crate) fn number(&mut self, mut ring: Ring) -> usize {
        ring.rotate(least_rotation(&ring.steps));
        let Self {
            firsts,
            by_steps,
            hasher,
        } = self;
        let hash_of = |steps: &[StepId]| hasher.hash_one(steps);
        let hash = hash_of(&ring.steps);
        let known = by_steps.find(hash, |place| firsts[*place as usize].steps == ring.steps);
        if let Some(place) = known {
            return *place as usize;
        }
        let place = firsts.len() as u32;
        firsts.push(ring);
        by_steps.insert_unique(hash, place, |place| hash_of(&firsts[*place as usize].steps));
        place as usize
    }
}
