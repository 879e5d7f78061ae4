//! A depth-first search from the super-root, which numbers what it reaches from 1 on.

use super::super::walk::entries;
use super::SUPER_ROOT;
use crate::graph::ObjectGraph;
use crate::store::Store;
use std::ops::Range;

/// What the search leaves behind. All but `nodes` is in its own numbers, which lie close together where objects do not.
pub(super) struct Search {
    /// The object of each number; the super-root is none.
    pub(super) nodes: Vec<u32>,
    /// By number: through whom it was found.
    pub(super) parents: Vec<u32>,
    /// By number: the earliest of the referrers with a lower number. They all are its ancestors.
    pub(super) semis: Vec<u32>,
    /// The references that lead back or across: target, and its referrer with a higher number.
    pub(super) late: Vec<(u32, u32)>,
}

impl Search {
    pub(super) fn new(graph: &ObjectGraph) -> Self {
        let mut walk = Walk::new(graph);
        for entry in entries(graph) {
            walk.enter_at(entry);
        }
        walk.found
    }

    /// The super-root, with room for all objects.
    fn with_capacity(n_nodes: usize) -> Self {
        let only = |super_root| {
            let mut column = Vec::with_capacity(n_nodes + 1);
            column.push(super_root);
            column
        };
        Self {
            nodes: only(u32::MAX),
            parents: only(SUPER_ROOT),
            semis: only(SUPER_ROOT),
            late: Vec::new(),
        }
    }
}

struct Walk<'g> {
    store: &'g Store,
    /// By object; the super-root is none, so that its number is free.
    numbers: Vec<u32>,
    /// The objects whose references are being followed.
    path: Vec<Step>,
    found: Search,
}

const UNSEEN: u32 = SUPER_ROOT;

struct Step {
    number: u32,
    /// The references that are still to be followed.
    edges: Range<u64>,
}

impl<'g> Walk<'g> {
    fn new(graph: &'g ObjectGraph) -> Self {
        Self {
            store: &graph.store,
            numbers: vec![UNSEEN; graph.n_nodes()],
            path: Vec::new(),
            found: Search::with_capacity(graph.n_nodes()),
        }
    }

    fn enter_at(&mut self, entry: u32) {
        match self.numbers[entry as usize] {
            UNSEEN => self.explore(entry),
            number => self.found.semis[number as usize] = SUPER_ROOT,
        }
    }

    fn explore(&mut self, entry: u32) {
        self.find(entry, SUPER_ROOT);
        while let Some(step) = self.path.last_mut() {
            let Some(edge) = step.edges.next() else {
                self.path.pop();
                continue;
            };
            if !self.store.kind(edge).keeps_alive() {
                continue;
            }
            let from = step.number;
            let target = self.store.target(edge);
            match self.numbers[target as usize] {
                UNSEEN => self.find(target, from),
                number => self.found.meet(from, number),
            }
        }
    }

    fn find(&mut self, node: u32, parent: u32) {
        let number = self.found.nodes.len() as u32;
        self.numbers[node as usize] = number;
        self.found.nodes.push(node);
        self.found.parents.push(parent);
        self.found.semis.push(parent);
        let edges = self.store.row(node);
        self.path.push(Step { number, edges });
    }
}

impl Search {
    /// A reference to an object that was found before.
    #[inline]
    fn meet(&mut self, from: u32, to: u32) {
        let semi = &mut self.semis[to as usize];
        if from < to {
            *semi = from.min(*semi);
        } else if from > to && *semi != SUPER_ROOT {
            // What the super-root refers to has the lowest semidominator, and needs no other referrers.
            self.late.push((to, from));
        }
    }
}
