//! Which references of a kind of leaked cycles to make weak.

use super::kinds::Kinds;
use crate::analysis::walk::{Follow as _, Inside, Outside, Part, StepId, Steps};
use crate::analysis::weaken::{EdgeToWeaken, Field, Trial, fields, steps_of_cycles};
use crate::graph::{NodeId, ObjectGraph};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::cmp::Reverse;

/// Fields to weaken, by kind.
pub(super) struct Fixes<'f> {
    graph: &'f ObjectGraph,
    steps: &'f Steps,
    kinds: &'f Kinds,
    /// How many objects of each kind a step alone keeps alive.
    orphaned: HashMap<(u32, StepId), usize, FixedState>,
    /// What was chosen for other kinds: it will be weak wherever it occurs.
    chosen: Vec<StepId>,
    /// How many objects and references may still be looked at.
    budget: u64,
}

/// A field to weaken.
pub(super) struct Fix {
    pub(super) step: StepId,
    pub(super) change: EdgeToWeaken,
}

/// How many objects and references are looked at for all kinds together: a few seconds. The first field of each kind is tried
/// in any case.
const BUDGET: u64 = 50_000_000;

/// How many fields are tried for each that is chosen.
const MAX_TRIED: usize = 10;

/// How many fields are chosen: who has to change more than that will not do it one by one.
const MAX_FIXES: usize = 10;

impl<'f> Fixes<'f> {
    pub(super) fn new(
        graph: &'f ObjectGraph,
        part: &Part,
        steps: &'f Steps,
        kinds: &'f Kinds,
    ) -> Self {
        Self {
            graph,
            steps,
            kinds,
            orphaned: orphaned(part, kinds),
            chosen: Vec::new(),
            budget: BUDGET,
        }
    }

    /// The fewest fields that leave no cycle of a kind, as far as it is found by taking the best first, and before those what
    /// was chosen for other kinds. `components` are the places of its culprits.
    pub(super) fn of(&mut self, kind: u32, components: &[usize]) -> Vec<Fix> {
        let inside = self.kinds.culprits.only(components);
        let n_entries = components.len();
        let (mut fixes, mut left) = self.chosen_already(kind, inside, n_entries);
        // Each culprit has a cycle with these steps: no other one can break them all.
        let mut breaking = self.kinds.examples[kind as usize].steps.clone();
        breaking.sort_unstable();
        if let (Some(inside), false) = (&left, fixes.is_empty()) {
            breaking = steps_of_cycles(inside).into_iter().collect();
        }
        while let Some(inside) = left.take() {
            if !fixes.is_empty() && (self.budget == 0 || fixes.len() >= MAX_FIXES) {
                break;
            }
            let trial = Trial {
                inside: &inside,
                n_entries,
            };
            let Some(fix) = self.best(kind, &trial, &breaking) else {
                break;
            };
            if !fix.change.leaves_acyclic {
                let rest = inside_without(&trial, fix.step);
                breaking = steps_of_cycles(&rest).into_iter().collect();
                left = Some(rest);
            }
            self.chosen.push(fix.step);
            fixes.push(fix);
        }
        fixes
    }

    /// What was chosen for other kinds and breaks cycles of this one too, and the cycles that are left, if any.
    fn chosen_already(
        &self,
        kind: u32,
        mut inside: Inside,
        n_entries: usize,
    ) -> (Vec<Fix>, Option<Inside>) {
        let mut fixes = Vec::new();
        for step in &self.chosen {
            if !inside.steps_of.contains(step) {
                continue;
            }
            let trial = Trial {
                inside: &inside,
                n_entries,
            };
            let fields = self.fields(kind, &inside);
            let Some(field) = fields.iter().find(|field| field.number == *step) else {
                continue;
            };
            let change = trial.attempt(field);
            let (leaves_acyclic, breaks) =
                (change.leaves_acyclic, change.n_left < inside.n_nodes());
            if breaks {
                fixes.push(Fix {
                    step: *step,
                    change,
                });
            }
            if leaves_acyclic {
                return (fixes, None);
            }
            inside = inside_without(&trial, *step);
        }
        (fixes, Some(inside))
    }

    fn fields(&self, kind: u32, inside: &Inside) -> Vec<Field<'f>> {
        let n_orphaned = |step| self.orphaned.get(&(kind, step)).copied().unwrap_or(0);
        fields(self.graph, inside, self.steps, n_orphaned)
    }

    /// The best field, one that leaves no cycle if there is one; `breaking` are those that alone could, sorted.
    fn best(&mut self, kind: u32, trial: &Trial<'_>, breaking: &[StepId]) -> Option<Fix> {
        let fields = self.fields(kind, trial.inside);
        let can_break = |field: &&Field<'_>| breaking.binary_search(&field.number).is_ok();
        let (mut first, mut later): (Vec<_>, Vec<_>) = fields.iter().partition(can_break);
        first.sort_by_key(|field| field.rank());
        later.sort_by_key(|field| (Reverse(field.n_edges), field.rank()));
        let mut best: Option<Fix> = None;
        for field in first.into_iter().chain(later).take(MAX_TRIED) {
            if self.budget == 0 && best.is_some() {
                break;
            }
            self.budget = self.budget.saturating_sub(trial.cost());
            let change = trial.attempt(field);
            let is_best = best
                .as_ref()
                .is_none_or(|best| change.rank() < best.change.rank());
            if is_best {
                let step = field.number;
                best = Some(Fix { step, change });
            }
            // Fields that leave no cycle are met in their order, the best first.
            if best.as_ref().is_some_and(|best| best.change.leaves_acyclic) {
                break;
            }
        }
        best
    }
}

/// What a field leaves of components.
fn inside_without(trial: &Trial<'_>, step: StepId) -> Inside {
    let left = trial.left_without(step);
    let members: Vec<_> = left.cyclic().collect();
    let rest = Rest {
        inside: trial.inside,
        step,
    };
    let mut inside = Inside::new(rest, &left, &members, |_| false);
    inside.rename(|number| trial.inside.nodes[number.index()]);
    inside
}

/// The inside of components without the references of one step; objects go by their numbers in there.
struct Rest<'i> {
    inside: &'i Inside,
    step: StepId,
}

impl Outside for Rest<'_> {
    fn n_nodes(&self) -> usize {
        self.inside.n_nodes()
    }

    fn held(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        self.edges(node)
            .map(|edge| NodeId(self.inside.target(edge)))
    }

    fn held_by_step(
        &mut self,
        node: NodeId,
        is_among: impl Fn(NodeId) -> bool,
    ) -> impl Iterator<Item = (NodeId, StepId)> {
        let inside = self.inside;
        self.edges(node)
            .map(|edge| (NodeId(inside.target(edge)), inside.steps_of[edge as usize]))
            .filter(move |(target, _)| is_among(*target))
    }
}

impl Rest<'_> {
    fn edges(&self, node: NodeId) -> impl Iterator<Item = u64> {
        let row = self.inside.row(node.0);
        row.filter(|edge| self.inside.steps_of[*edge as usize] != self.step)
    }
}

/// Stands for an object that no reference was found to hold, and for one that several fields hold.
const NOT_HELD: StepId = StepId::MAX;
const HELD_BY_SEVERAL: StepId = StepId::MAX - 1;

/// How many objects of each kind a step alone keeps alive.
fn orphaned(part: &Part, kinds: &Kinds) -> HashMap<(u32, StepId), usize, FixedState> {
    let mut held_by = vec![NOT_HELD; part.n_nodes()];
    for edge in part.numbers().flat_map(|node| part.row(node)) {
        let (holder, step) = (&mut held_by[part.target(edge) as usize], part.tag(edge));
        *holder = match *holder {
            NOT_HELD => step,
            known if known == step => step,
            _ => HELD_BY_SEVERAL,
        };
    }
    let mut counts = HashMap::default();
    for (kind, step) in kinds.of_objects.iter().zip(held_by) {
        if step != HELD_BY_SEVERAL {
            *counts.entry((*kind, step)).or_default() += 1;
        }
    }
    counts
}
