//! All cycles of a length, one after the other.

use super::{Breadth, Follow as _, Inside, Referrers, StepId};
use std::ops::Range;

/// A cycle inside of components, by the numbers of its objects and steps.
#[derive(Clone, Debug)]
pub(crate) struct Ring {
    pub(crate) nodes: Vec<u32>,
    pub(crate) steps: Vec<StepId>,
}

/// Takes cycles as they are found.
pub(crate) trait Collect {
    /// Takes a cycle; `true` if it had to be kept.
    fn add(&mut self, ring: Ring) -> bool;
}

/// Finds each cycle once: from that of its objects which has the lowest number.
pub(crate) struct Enumeration<'i, C> {
    inside: &'i Inside,
    referrers: Referrers,
    /// How many references each object is away from the start, against the references; 0 if that is too far.
    distances: Vec<u32>,
    /// The objects that have a distance.
    near: Vec<u32>,
    path: Path,
    /// Whether a cycle was found in each component.
    is_met: Vec<bool>,
    pub(crate) found: C,
    /// How many references may still be looked at.
    pub(crate) budget: u64,
}

/// The way from the start, and the references of each object on it that are still to be followed.
#[derive(Default)]
struct Path {
    nodes: Vec<u32>,
    steps: Vec<StepId>,
    rows: Vec<Range<u64>>,
}

/// The budget is used up.
pub(crate) struct RanOut;

/// What a cycle costs that is kept, in references.
const KEPT_COST: u64 = 100;

impl<'i, C: Collect> Enumeration<'i, C> {
    pub(crate) fn new(inside: &'i Inside, found: C, budget: u64) -> Self {
        Self {
            inside,
            referrers: inside.referrers(),
            distances: vec![0; inside.n_nodes()],
            near: Vec::new(),
            path: Path::default(),
            is_met: vec![false; inside.n_components()],
            found,
            budget,
        }
    }

    /// Finds the cycles of a length whose lowest object is a start.
    pub(crate) fn run(&mut self, starts: &[u32], length: usize) -> Result<(), RanOut> {
        for start in starts {
            if self.inside.row_from(*start, *start).is_empty() {
                continue;
            }
            let searched = self
                .measure(*start, length as u32 - 1)
                .and_then(|()| self.search(*start, length));
            self.near
                .drain(..)
                .for_each(|node| self.distances[node as usize] = 0);
            searched?;
        }
        Ok(())
    }

    /// Searches against the references, up to a distance, among objects of higher numbers.
    fn measure(&mut self, start: u32, max_distance: u32) -> Result<(), RanOut> {
        let mut layer = 0..0;
        for distance in 1..=max_distance {
            let end = self.near.len();
            if distance == 1 {
                self.reach_from(start, start, distance)?;
            }
            for place in layer {
                self.reach_from(self.near[place], start, distance)?;
            }
            layer = end..self.near.len();
        }
        Ok(())
    }

    fn reach_from(&mut self, node: u32, start: u32, distance: u32) -> Result<(), RanOut> {
        let referrers = self.referrers.of(node);
        let higher = &referrers[referrers.partition_point(|referrer| *referrer <= start)..];
        self.budget = self.budget.checked_sub(higher.len() as u64).ok_or(RanOut)?;
        for referrer in higher {
            let known = &mut self.distances[*referrer as usize];
            if *known == 0 {
                *known = distance;
                self.near.push(*referrer);
            }
        }
        Ok(())
    }

    /// Follows every way from the start that can be back after exactly `length` references.
    fn search(&mut self, start: u32, length: usize) -> Result<(), RanOut> {
        self.path.clear();
        self.path.push(start, self.inside.row_from(start, start));
        while let Some(row) = self.path.rows.last_mut() {
            let Some(edge) = row.next() else {
                self.path.pop();
                continue;
            };
            self.budget = self.budget.checked_sub(1).ok_or(RanOut)?;
            let target = self.inside.target(edge);
            let n_left = length - self.path.nodes.len();
            if n_left == 0 && target == start {
                self.add(start, self.inside.steps_of[edge as usize])?;
            } else if n_left == 0 {
                // Targets ascend, and the start is the lowest.
                *row = 0..0;
            } else if target != start && self.leads_back(target, n_left) {
                self.path.steps.push(self.inside.steps_of[edge as usize]);
                self.path.push(target, self.inside.row_from(target, start));
            }
        }
        Ok(())
    }

    fn leads_back(&self, node: u32, n_left: usize) -> bool {
        let distance = self.distances[node as usize] as usize;
        (1..=n_left).contains(&distance) && !self.path.nodes.contains(&node)
    }

    fn add(&mut self, start: u32, last_step: StepId) -> Result<(), RanOut> {
        let mut steps = self.path.steps.clone();
        steps.push(last_step);
        let nodes = self.path.nodes.clone();
        self.is_met[self.inside.component(start)] = true;
        if self.found.add(Ring { nodes, steps }) {
            self.budget = self.budget.checked_sub(KEPT_COST).ok_or(RanOut)?;
        }
        Ok(())
    }

    /// Adds a shortest cycle through the first object of each component that has none so far.
    pub(crate) fn add_longer_ones(&mut self) {
        let mut breadth = Breadth::new(self.inside.n_nodes());
        for (place, is_met) in self.is_met.iter().enumerate() {
            let start = self.inside.components[place];
            if !is_met && let Some(ring) = Ring::around(self.inside, &mut breadth, start) {
                self.found.add(ring);
            }
        }
    }
}

impl Ring {
    /// A shortest cycle through an object.
    pub(crate) fn around(inside: &Inside, breadth: &mut Breadth, start: u32) -> Option<Self> {
        let nodes = breadth.way_around(inside, start)?;
        let next = nodes.iter().cycle().skip(1);
        let steps = nodes.iter().zip(next).filter_map(|(node, next)| {
            let edge = inside.edge_between(*node, *next)?;
            Some(inside.steps_of[edge.0 as usize])
        });
        Some(Self {
            steps: steps.collect(),
            nodes,
        })
    }

    /// Begins it at another of its objects.
    pub(crate) fn rotate(&mut self, start: usize) {
        self.nodes.rotate_left(start);
        self.steps.rotate_left(start);
    }
}

impl Path {
    fn clear(&mut self) {
        self.nodes.clear();
        self.steps.clear();
        self.rows.clear();
    }

    fn push(&mut self, node: u32, row: Range<u64>) {
        self.nodes.push(node);
        self.rows.push(row);
    }

    fn pop(&mut self) {
        self.nodes.pop();
        self.rows.pop();
        self.steps.pop();
    }
}
