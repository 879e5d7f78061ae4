//! The references on cycles, grouped by the field that they come from.

use super::change::{Change, Targets};
use super::points_back::points_back;
use crate::analysis::walk::{Follow as _, Inside, Step, StepId, Steps};
use crate::graph::{Edge, ObjectGraph};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use objgraph_trace::EdgeKind;

/// What is known of a field before it is tried.
pub(in crate::analysis) struct Field<'g> {
    pub(in crate::analysis) number: StepId,
    pub(in crate::analysis) step: Step,
    pub(in crate::analysis) points_back: bool,
    /// How many references on cycles it holds.
    pub(in crate::analysis) n_edges: usize,
    /// How many objects it alone keeps alive.
    pub(in crate::analysis) n_orphaned: usize,
    /// One of its references.
    pub(super) example: Edge<'g>,
    pub(super) change: Change,
}

impl Field<'_> {
    /// Whether it holds what it alone owns, rather than counted pointers.
    pub(super) fn is_owner(&self) -> bool {
        self.example.kind == EdgeKind::Owned
    }

    /// The lowest is the best of those that leave equally much.
    pub(in crate::analysis) fn rank(&self) -> impl Ord + '_ {
        let named = !self.points_back;
        (
            self.is_owner(),
            self.n_orphaned,
            named,
            self.n_edges,
            &self.step,
        )
    }
}

/// The references of a field, as they are met.
struct Met {
    n_edges: usize,
    /// The first object that has one.
    holder: u32,
    targets: Targets,
}

/// All fields that hold references inside of components, in the order in which they were met.
pub(in crate::analysis) fn fields<'g>(
    graph: &'g ObjectGraph,
    inside: &Inside,
    steps: &Steps,
    n_orphaned: impl Fn(StepId) -> usize,
) -> Vec<Field<'g>> {
    let field = |(number, met): (StepId, Met)| {
        let step = steps.get(graph, number);
        let mut row = graph.edges_from(inside.nodes[met.holder as usize]);
        let is_of_it = |edge: &Edge<'_>| steps.find(graph, edge) == Some(number);
        let example = row.find(|edge| edge.kind.keeps_alive() && is_of_it(edge))?;
        Some(Field {
            number,
            points_back: points_back(&step.field),
            step,
            n_edges: met.n_edges,
            n_orphaned: n_orphaned(number),
            change: Change::of(graph, &example, &met.targets),
            example,
        })
    };
    met(graph, inside).into_iter().filter_map(field).collect()
}

fn met(graph: &ObjectGraph, inside: &Inside) -> Vec<(StepId, Met)> {
    let mut of_steps: HashMap<StepId, Met, FixedState> = HashMap::default();
    for node in 0..inside.n_nodes() as u32 {
        for edge in inside.row(node) {
            let targets = Targets::of(graph, inside, edge);
            let step = inside.steps_of[edge as usize];
            let met = of_steps.entry(step).or_insert(Met {
                n_edges: 0,
                holder: node,
                targets,
            });
            met.n_edges += 1;
            met.targets.add(targets);
        }
    }
    let mut all: Vec<_> = of_steps.into_iter().collect();
    all.sort_unstable_by_key(|(step, _)| *step);
    all
}

/// Stands for an object that no reference keeps alive, and for one that other references do too.
const NOT_HELD: u32 = u32::MAX;
const HELD_OTHERWISE: u32 = u32::MAX - 1;

/// For each step, how many objects of the graph it alone keeps alive.
pub(super) fn n_orphaned(graph: &ObjectGraph, steps: &mut Steps) -> Vec<usize> {
    let mut held_by = vec![NOT_HELD; graph.n_nodes()];
    for root in graph.roots() {
        held_by[root.node.index()] = HELD_OTHERWISE;
    }
    for edge in graph.node_ids().flat_map(|id| graph.edges_from(id)) {
        let holder = &mut held_by[edge.target.index()];
        if *holder == HELD_OTHERWISE || !edge.kind.keeps_alive() {
            continue;
        }
        match steps.known(graph, &edge) {
            Some(step) if *holder == NOT_HELD || *holder == step => *holder = step,
            _ => *holder = HELD_OTHERWISE,
        }
    }
    let mut counts = vec![0; steps.len()];
    for step in held_by {
        if let Some(count) = counts.get_mut(step as usize) {
            *count += 1;
        }
    }
    counts
}
