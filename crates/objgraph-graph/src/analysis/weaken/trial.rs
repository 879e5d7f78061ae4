//! What is left of cycles without the references of a field.

use super::fields::Field;
use super::{EdgeToWeaken, Reason};
use crate::analysis::components::{Components, components_of};
use crate::analysis::walk::{Follow, Inside, StepId};
use std::ops::Range;

/// Tries fields.
pub(in crate::analysis) struct Trial<'t> {
    pub(in crate::analysis) inside: &'t Inside,
    /// How many objects may be left without an owner, since something unknown is meant to hold them.
    pub(in crate::analysis) n_entries: usize,
}

impl Trial<'_> {
    pub(in crate::analysis) fn attempt(&self, field: &Field<'_>) -> EdgeToWeaken {
        let left = self.left_without(field.number);
        let sizes = || left.cyclic().map(<[_]>::len);
        let leaves_acyclic = left.n_cyclic() == 0;
        let reasons = [
            (field.points_back, Reason::PointsBack),
            (leaves_acyclic, Reason::LeavesNoCycle),
            (field.n_orphaned <= self.n_entries, Reason::KeepsOwners),
        ];
        EdgeToWeaken {
            step: field.step.clone(),
            n_edges: field.n_edges,
            n_orphaned: field.n_orphaned,
            leaves_acyclic,
            n_left: sizes().sum(),
            largest_left: sizes().max().unwrap_or(0),
            points_back: field.points_back,
            reasons: reasons
                .into_iter()
                .filter_map(|(holds, reason)| holds.then_some(reason))
                .collect(),
            example: (field.example.source, field.example.id),
            type_index: field.example.type_index(),
            is_owner: field.is_owner(),
            change: field.change.clone(),
        }
    }

    /// How many objects and references an attempt looks at.
    pub(in crate::analysis) fn cost(&self) -> u64 {
        (self.inside.n_nodes() + self.inside.steps_of.len()) as u64
    }

    /// The components without the references of one step.
    pub(in crate::analysis) fn left_without(&self, step: StepId) -> Components {
        let rest = Without {
            inside: self.inside,
            step,
        };
        components_of(&rest, self.inside.n_nodes())
    }
}

/// The inside of components without the references of one field.
struct Without<'i> {
    inside: &'i Inside,
    step: StepId,
}

impl Follow for Without<'_> {
    #[inline]
    fn row(&self, node: u32) -> Range<u64> {
        self.inside.row(node)
    }

    #[inline]
    fn follow(&self, edge: u64) -> Option<u32> {
        (self.inside.steps_of[edge as usize] != self.step).then(|| self.inside.target(edge))
    }
}
