//! The search for several chains, from their ends.

use super::{ChainOptions, Chains};
use crate::analysis::chain::Chain;
use crate::analysis::walk::{Breadth, Follow, StepId, Steps, UNSEEN};
use crate::graph::{Edge, EdgeId, NodeId, ObjectGraph};
use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The search for chains from their ends.
pub(super) struct Search<'g, 'r, R, E> {
    graph: &'g ObjectGraph,
    rows: &'r R,
    /// How far each object is from where chains begin.
    distances: Vec<u32>,
    is_end: E,
    tails: Vec<Tail>,
    /// The tails that wait, by the length of the shortest chain that they can become, and how much of it is missing:
    /// of equal ones, the first that is begun is finished first, so that one chain is there soon.
    waiting: BinaryHeap<Reverse<(u32, u32, u32)>>,
    shapes: Shapes,
    /// Objects from where a tail of a shape was followed.
    followed: HashSet<(u32, ShapeId), FixedState>,
    budget: u64,
}

/// The last part of a chain.
struct Tail {
    node: u32,
    /// The reference to the next object, and the tail from there on.
    next: Option<(EdgeId, u32)>,
    shape: ShapeId,
    length: u32,
    /// The least distance of its objects from where chains begin.
    nearest: u32,
}

/// The number of a list of steps.
type ShapeId = u32;

/// Lists of steps, each known as one step before another list.
#[derive(Default)]
struct Shapes {
    steps: Steps,
    longer: HashMap<(StepId, ShapeId), ShapeId, FixedState>,
}

const NO_STEPS: ShapeId = 0;

impl Shapes {
    fn before(&mut self, graph: &ObjectGraph, edge: &Edge<'_>, shape: ShapeId) -> ShapeId {
        let step = self.steps.number(graph, edge);
        let next = self.longer.len() as u32 + 1;
        *self.longer.entry((step, shape)).or_insert(next)
    }
}

impl<'g, R: Follow, E: Fn(u32) -> bool> Search<'g, '_, R, E> {
    pub(super) fn new<'r>(
        graph: &'g ObjectGraph,
        rows: &'r R,
        starts: impl Iterator<Item = u32>,
        is_end: E,
    ) -> Search<'g, 'r, R, E> {
        Search {
            graph,
            rows,
            distances: Breadth::new(graph.n_nodes()).distances(rows, starts),
            is_end,
            tails: Vec::new(),
            waiting: BinaryHeap::new(),
            shapes: Shapes::default(),
            followed: HashSet::default(),
            budget: 0,
        }
    }

    pub(super) fn run(
        mut self,
        ends: impl IntoIterator<Item = u32>,
        options: &ChainOptions,
    ) -> Chains<'g> {
        self.budget = options.budget;
        for node in ends {
            if self.distances[node as usize] != UNSEEN && (self.is_end)(node) {
                self.add(Tail {
                    node,
                    next: None,
                    shape: NO_STEPS,
                    length: 0,
                    nearest: self.distances[node as usize],
                });
            }
        }
        let mut chains: Vec<Chain<'g>> = Vec::new();
        let mut found = HashSet::with_hasher(FixedState::default());
        while chains.len() < options.max_chains
            && let Some(Reverse((.., place))) = self.waiting.pop()
        {
            let tail = &self.tails[place as usize];
            if self.distances[tail.node as usize] > 0 {
                if self.budget == 0 && !chains.is_empty() {
                    break;
                }
                self.extend(place);
            } else if found.insert(tail.shape) {
                chains.push(self.chain(place));
            }
        }
        Chains {
            ran_out: self.budget == 0 && chains.len() < options.max_chains,
            chains,
        }
    }

    fn add(&mut self, tail: Tail) {
        let missing = self.distances[tail.node as usize];
        let place = self.tails.len() as u32;
        self.waiting
            .push(Reverse((tail.length + missing, missing, place)));
        self.tails.push(tail);
    }

    /// Adds the tails that are longer by one reference.
    fn extend(&mut self, place: u32) {
        let graph = self.graph;
        let node = self.tails[place as usize].node;
        let mut last = None;
        for referrer in graph.reverse().of(node) {
            // A referrer stands in the row once for each of its references.
            if last.replace(referrer) == Some(referrer) || !self.can_begin(referrer, place) {
                continue;
            }
            let row = self.rows.row(referrer);
            self.budget = self.budget.saturating_sub(row.end - row.start);
            for edge in row {
                if self.rows.follow(edge) == Some(node)
                    && let Some(edge) = graph.edge_from(NodeId(referrer), EdgeId(edge))
                {
                    self.prepend(&edge, place);
                }
            }
        }
    }

    /// Whether an object can come before a tail: chains lead to it, and it is no end and not in the tail.
    fn can_begin(&mut self, node: u32, place: u32) -> bool {
        self.budget = self.budget.saturating_sub(1);
        let distance = self.distances[node as usize];
        if distance == UNSEEN || (self.is_end)(node) {
            return false;
        }
        let Tail {
            nearest, length, ..
        } = self.tails[place as usize];
        // Nearer than all of the tail, as always on the way to a shortest chain, which may be a million long.
        distance < nearest
            || self.budget > 0 && {
                let others = self.tail(place).take_while(|tail| tail.node != node);
                let n_others = others.count() as u64;
                self.budget = self.budget.saturating_sub(n_others);
                n_others > u64::from(length)
            }
    }

    fn prepend(&mut self, edge: &Edge<'_>, place: u32) {
        let Tail {
            shape,
            length,
            nearest,
            ..
        } = self.tails[place as usize];
        let shape = self.shapes.before(self.graph, edge, shape);
        let node = edge.source.0;
        if self.followed.insert((node, shape)) {
            self.add(Tail {
                node,
                next: Some((edge.id, place)),
                shape,
                length: length + 1,
                nearest: nearest.min(self.distances[node as usize]),
            });
        }
    }

    /// A tail, and what is left of it after each of its references.
    fn tail(&self, place: u32) -> impl Iterator<Item = &Tail> {
        let first = Some(&self.tails[place as usize]);
        std::iter::successors(first, |tail| Some(&self.tails[tail.next?.1 as usize]))
    }

    fn chain(&self, place: u32) -> Chain<'g> {
        Chain {
            graph: self.graph,
            nodes: self.tail(place).map(|tail| NodeId(tail.node)).collect(),
            edges: self
                .tail(place)
                .filter_map(|tail| Some(tail.next?.0))
                .collect(),
        }
    }
}
