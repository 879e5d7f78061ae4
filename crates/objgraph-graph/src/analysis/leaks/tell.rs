//! What is told of leaked objects: kinds of cycles, what they keep, where they come from, and what to change.

use super::fixes::{Fix, Fixes};
use super::freed::dropped;
use super::kinds::{Kinds, SEVERAL, kinds};
use super::{LeakKind, Leaks};
use crate::analysis::diff::Amount;
use crate::analysis::kept::allocated;
use crate::analysis::walk::{Part, Step, StepId, Steps, least_rotation};
use crate::graph::{Edge, EdgeId, NodeId, ObjectGraph};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::cmp::Reverse;

/// Fills in all but the objects themselves.
pub(super) fn tell(graph: &ObjectGraph, part: &Part, steps: &Steps, leaks: &mut Leaks) {
    let kinds = kinds(part);
    let teller = Teller {
        graph,
        part,
        steps,
        kinds: &kinds,
    };
    let mut told = teller.kinds();
    teller.add_objects(&mut told, leaks);
    teller.add_sites(&mut told);
    teller.add_fixes(&mut told, leaks);
    told.sort_by(|one, other| {
        let kept = |kind: &LeakKind| Reverse(kind.kept().bytes);
        (kept(one), &one.steps).cmp(&(kept(other), &other.steps))
    });
    leaks.kinds = told;
}

struct Teller<'t> {
    graph: &'t ObjectGraph,
    part: &'t Part,
    steps: &'t Steps,
    kinds: &'t Kinds,
}

impl Teller<'_> {
    /// The kinds with their shapes and cycles.
    fn kinds(&self) -> Vec<LeakKind> {
        let culprits = &self.kinds.culprits;
        let mut kinds: Vec<LeakKind> = self
            .kinds
            .examples
            .iter()
            .map(|ring| {
                let component = culprits.component(ring.nodes[0]);
                let size = culprits.components[component + 1] - culprits.components[component];
                let nodes = ring
                    .nodes
                    .iter()
                    .map(|number| culprits.nodes[*number as usize]);
                self.kind(nodes.collect(), &ring.steps, size as usize)
            })
            .collect();
        for (place, kind) in self.kinds.of_culprits.iter().enumerate() {
            let members = culprits.members(place);
            kinds[*kind as usize].culprits.extend(members.iter().min());
        }
        kinds
    }

    fn kind(&self, mut nodes: Vec<NodeId>, numbers: &[StepId], example_size: usize) -> LeakKind {
        let mut edges: Vec<EdgeId> = nodes
            .iter()
            .zip(nodes.iter().cycle().skip(1))
            .zip(numbers)
            .filter_map(|((node, next), step)| self.edge(*node, *next, *step))
            .collect();
        let mut steps: Vec<Step> = numbers
            .iter()
            .map(|step| self.steps.get(self.graph, *step))
            .collect();
        let start = least_rotation(&steps);
        steps.rotate_left(start);
        nodes.rotate_left(start);
        edges.rotate_left(start);
        LeakKind {
            steps,
            culprits: Vec::new(),
            on_cycles: Amount::default(),
            hanging: Amount::default(),
            sites: Vec::new(),
            serials: None,
            fixes: Vec::new(),
            n_freed: 0,
            example: (nodes, edges),
            example_size,
        }
    }

    fn edge(&self, source: NodeId, target: NodeId, step: StepId) -> Option<EdgeId> {
        let is_it = |edge: &Edge<'_>| {
            edge.target == target
                && edge.kind.keeps_alive()
                && self.steps.find(self.graph, edge) == Some(step)
        };
        let edge = self.graph.edges_from(source).find(is_it)?;
        Some(edge.id)
    }

    /// Counts objects and bytes.
    fn add_objects(&self, told: &mut [LeakKind], leaks: &mut Leaks) {
        let objects = self.part.nodes.iter().zip(&self.kinds.of_objects);
        for ((node, kind), is_culprit) in objects.zip(&self.kinds.is_culprit) {
            let bytes = allocated(self.graph, *node);
            leaks.amount.add(bytes);
            let amount = match told.get_mut(*kind as usize) {
                Some(kind) if *is_culprit => &mut kind.on_cycles,
                Some(kind) => &mut kind.hanging,
                None => &mut leaks.hanging_on_several,
            };
            amount.add(bytes);
        }
    }

    /// Where and when the objects of the cycles were created.
    fn add_sites(&self, told: &mut [LeakKind]) {
        let mut counts: HashMap<(u32, &str), usize, FixedState> = HashMap::default();
        let objects = self.part.nodes.iter().zip(&self.kinds.of_objects);
        let objects = objects
            .zip(&self.kinds.is_culprit)
            .filter(|(_, is_culprit)| **is_culprit);
        for ((id, kind), _) in objects {
            let node = self.graph.node(*id);
            if !node.site().is_empty() {
                *counts.entry((*kind, node.site())).or_default() += 1;
            }
            if let Some(serial) = node.serial() {
                let serials = &mut told[*kind as usize].serials;
                let known = serials.take().unwrap_or(serial..=serial);
                *serials = Some(serial.min(*known.start())..=serial.max(*known.end()));
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|((kind, site), count)| (*kind, Reverse(*count), *site));
        for ((kind, site), count) in counts {
            told[kind as usize].sites.push((site.to_owned(), count));
        }
    }

    /// What to change, and what that frees.
    fn add_fixes(&self, told: &mut [LeakKind], leaks: &mut Leaks) {
        let mut fixes = Fixes::new(self.graph, self.part, self.steps, self.kinds);
        let mut components = vec![Vec::new(); told.len()];
        for (place, kind) in self.kinds.of_culprits.iter().enumerate() {
            components[*kind as usize].push(place);
        }
        let of_kinds: Vec<Vec<Fix>> = components
            .iter()
            .zip(0..)
            .map(|(components, kind)| fixes.of(kind, components))
            .collect();
        self.count_freed(&of_kinds, told, leaks);
        for (kind, fixes) in told.iter_mut().zip(of_kinds) {
            kind.fixes = fixes.into_iter().map(|fix| fix.change).collect();
        }
    }

    fn count_freed(&self, fixes: &[Vec<Fix>], told: &mut [LeakKind], leaks: &mut Leaks) {
        let of_kind = |node: u32, step: StepId| {
            let kind = self.kinds.of_objects[node as usize];
            let fixes = fixes.get(kind as usize);
            fixes.is_some_and(|fixes| fixes.iter().any(|fix| fix.step == step))
        };
        for (is_dropped, kind) in dropped(self.graph, self.part, of_kind)
            .iter()
            .zip(&self.kinds.of_objects)
        {
            if *is_dropped && *kind != SEVERAL {
                told[*kind as usize].n_freed += 1;
            }
        }
        let mut all = vec![false; self.steps.len()];
        for fix in fixes.iter().flatten() {
            all[fix.step as usize] = true;
        }
        let is_dropped = dropped(self.graph, self.part, |_, step| all[step as usize]);
        leaks.n_freed = is_dropped.iter().filter(|is_dropped| **is_dropped).count();
    }
}
