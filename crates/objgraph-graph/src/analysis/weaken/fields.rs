//! The references on cycles, grouped by the field that they come from.

use super::points_back::points_back;
use crate::analysis::walk::{Follow as _, Inside, Step, StepId};
use crate::graph::{Edge, ObjectGraph};

/// What is known of a field before it is tried.
pub(super) struct Field<'g> {
    pub(super) number: StepId,
    pub(super) step: Step,
    pub(super) points_back: bool,
    /// How many references on cycles it holds.
    pub(super) n_edges: usize,
    /// How many objects it alone keeps alive.
    pub(super) n_orphaned: usize,
    /// One of its references.
    pub(super) example: Edge<'g>,
}

/// All fields that hold references inside of components, in the order in which they were met.
pub(super) fn fields<'g>(graph: &'g ObjectGraph, inside: &mut Inside) -> Vec<Field<'g>> {
    let n_orphaned = n_orphaned(graph, inside);
    let mut n_edges = vec![0; inside.steps.len()];
    let mut holders = vec![0; inside.steps.len()];
    for node in (0..inside.n_nodes() as u32).rev() {
        for edge in inside.row(node) {
            let step = inside.steps_of[edge as usize] as usize;
            n_edges[step] += 1;
            holders[step] = node;
        }
    }
    let field = |number: usize| {
        let step = inside.steps.get(graph, number as StepId);
        let mut row = graph.edges_from(inside.nodes[holders[number] as usize]);
        let is_of_it = |edge: &Edge<'_>| inside.steps.find(graph, edge) == Some(number as StepId);
        Some(Field {
            number: number as StepId,
            points_back: points_back(&step.field),
            step,
            n_edges: n_edges[number],
            n_orphaned: n_orphaned[number],
            example: row.find(|edge| edge.kind.keeps_alive() && is_of_it(edge))?,
        })
    };
    (0..inside.steps.len()).filter_map(field).collect()
}

/// Stands for an object that no reference keeps alive, and for one that other references do too.
const NOT_HELD: u32 = u32::MAX;
const HELD_OTHERWISE: u32 = u32::MAX - 1;

/// For each step, how many objects of the graph it alone keeps alive.
fn n_orphaned(graph: &ObjectGraph, inside: &mut Inside) -> Vec<usize> {
    let mut held_by = vec![NOT_HELD; graph.n_nodes()];
    for root in graph.roots() {
        held_by[root.node.index()] = HELD_OTHERWISE;
    }
    for edge in graph.node_ids().flat_map(|id| graph.edges_from(id)) {
        let holder = &mut held_by[edge.target.index()];
        if *holder == HELD_OTHERWISE || !edge.kind.keeps_alive() {
            continue;
        }
        match inside.steps.known(graph, &edge) {
            Some(step) if *holder == NOT_HELD || *holder == step => *holder = step,
            _ => *holder = HELD_OTHERWISE,
        }
    }
    let mut counts = vec![0; inside.steps.len()];
    for step in held_by {
        if let Some(count) = counts.get_mut(step as usize) {
            *count += 1;
        }
    }
    counts
}
