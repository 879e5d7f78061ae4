//! The inside of components: owning references between objects that keep each other alive, by `Type.field`.

use super::follow::Follow;
use super::steps::{StepId, Steps};
use crate::analysis::components::Components;
use crate::graph::{Edge, NodeId, ObjectGraph};
use crate::packed::Packed;
use std::cmp::Reverse;
use std::ops::Range;

/// The references inside some components, in rows of their own.
///
/// Objects are renumbered, component after component. Of several references between two objects that come from one
/// field, one is kept. Takes 8 bytes a reference, and while it is made, 4 an object of the graph.
pub(crate) struct Inside {
    /// The object of each number.
    pub(crate) nodes: Vec<NodeId>,
    /// Where the numbers of each component begin, and where the last ends.
    pub(crate) components: Vec<u32>,
    starts: Packed,
    /// In each row ascending.
    targets: Vec<u32>,
    pub(crate) steps_of: Vec<StepId>,
}

/// Owning references that an [`Inside`] is taken from.
pub(crate) trait Outside {
    fn n_nodes(&self) -> usize;

    /// What an object holds.
    fn held(&self, node: NodeId) -> impl Iterator<Item = NodeId>;

    /// What an object holds among some, with the step of each reference.
    fn held_by_step(
        &mut self,
        node: NodeId,
        is_among: impl Fn(NodeId) -> bool,
    ) -> impl Iterator<Item = (NodeId, StepId)>;
}

/// Those of a graph, whose steps are numbered as they are met.
pub(crate) struct OfGraph<'g, 's> {
    pub(crate) graph: &'g ObjectGraph,
    pub(crate) steps: &'s mut Steps,
}

impl Outside for OfGraph<'_, '_> {
    fn n_nodes(&self) -> usize {
        self.graph.n_nodes()
    }

    fn held(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        self.graph.store.owned_targets(node.0).map(NodeId)
    }

    fn held_by_step(
        &mut self,
        node: NodeId,
        is_among: impl Fn(NodeId) -> bool,
    ) -> impl Iterator<Item = (NodeId, StepId)> {
        let Self { graph, steps } = self;
        let edges = graph.edges_from(node);
        edges
            .filter(move |edge| edge.kind.keeps_alive() && is_among(edge.target))
            .map(|edge| (edge.target, steps.number(graph, &edge)))
    }
}

impl Follow for Inside {
    #[inline]
    fn row(&self, node: u32) -> Range<u64> {
        self.starts.get(node as usize)..self.starts.get(node as usize + 1)
    }

    #[inline]
    fn follow(&self, edge: u64) -> Option<u32> {
        Some(self.target(edge))
    }
}

impl Inside {
    /// The inside of the components with these members. In each, objects that come `late` get higher numbers than all
    /// others, and of both kinds, the ones with fewer references.
    pub(crate) fn new(
        mut outside: impl Outside,
        components: &Components,
        members: &[&[NodeId]],
        late: impl Fn(NodeId) -> bool,
    ) -> Self {
        let mut numbers = degrees(&outside, components, members);
        let mut inside = Self {
            nodes: Vec::with_capacity(members.iter().map(|members| members.len()).sum()),
            components: vec![0],
            starts: Packed::default(),
            targets: Vec::new(),
            steps_of: Vec::new(),
        };
        for members in members {
            let first = inside.nodes.len();
            inside.nodes.extend(*members);
            inside.nodes[first..]
                .sort_by_cached_key(|node| (late(*node), Reverse(numbers[node.index()]), *node));
            inside.components.push(inside.nodes.len() as u32);
        }
        for (number, node) in inside.nodes.iter().enumerate() {
            numbers[node.index()] = number as u32;
        }
        inside.fill(&mut outside, components, &numbers);
        inside
    }

    fn fill(&mut self, outside: &mut impl Outside, components: &Components, numbers: &[u32]) {
        let mut row = Vec::new();
        self.starts.push(0);
        for node in &self.nodes {
            let inner =
                outside.held_by_step(*node, |target| components.are_together(*node, target));
            row.extend(inner.map(|(target, step)| (numbers[target.index()], step)));
            row.sort_unstable();
            row.dedup();
            self.targets.extend(row.iter().map(|(target, _)| *target));
            self.steps_of.extend(row.drain(..).map(|(_, step)| step));
            self.starts.push(self.targets.len() as u64);
        }
    }

    /// A few of the components, by their places.
    pub(crate) fn only(&self, places: &[usize]) -> Self {
        let mut few = Self {
            nodes: Vec::new(),
            components: vec![0],
            starts: Packed::default(),
            targets: Vec::new(),
            steps_of: Vec::new(),
        };
        few.starts.push(0);
        for place in places {
            let first = self.components[*place];
            let moved_by = few.nodes.len() as u32;
            for node in first..self.components[place + 1] {
                let Range { start, end } = self.row(node);
                let row = start as usize..end as usize;
                let targets = self.targets[row.clone()].iter();
                few.targets
                    .extend(targets.map(|target| target - first + moved_by));
                few.steps_of.extend_from_slice(&self.steps_of[row]);
                few.starts.push(few.targets.len() as u64);
            }
            few.nodes.extend_from_slice(self.members(*place));
            few.components.push(few.nodes.len() as u32);
        }
        few
    }

    /// Gives the objects other names.
    pub(crate) fn rename(&mut self, name: impl Fn(NodeId) -> NodeId) {
        self.nodes.iter_mut().for_each(|node| *node = name(*node));
    }

    /// The objects of a component.
    pub(crate) fn members(&self, place: usize) -> &[NodeId] {
        &self.nodes[self.components[place] as usize..self.components[place + 1] as usize]
    }

    pub(crate) fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn n_components(&self) -> usize {
        self.components.len() - 1
    }

    /// The step of all references between two objects; `None` if they take several.
    pub(crate) fn only_step(&self, source: u32, target: u32) -> Option<StepId> {
        let between = self.row_from(source, target);
        let mut between = between.take_while(|edge| self.target(*edge) == target);
        let only = between.next()?;
        (between.next().is_none()).then(|| self.steps_of[only as usize])
    }

    /// How many objects the largest component has.
    pub(crate) fn largest(&self) -> usize {
        let sizes = self.components.windows(2).map(|ends| ends[1] - ends[0]);
        sizes.max().unwrap_or(0) as usize
    }

    /// The place of an object's component.
    pub(crate) fn component(&self, node: u32) -> usize {
        self.components.partition_point(|first| *first <= node) - 1
    }

    #[inline]
    pub(crate) fn target(&self, edge: u64) -> u32 {
        self.targets[edge as usize]
    }

    /// The references of an object to others from a number on.
    pub(crate) fn row_from(&self, node: u32, lowest: u32) -> Range<u64> {
        let Range { start, end } = self.row(node);
        let row = &self.targets[start as usize..end as usize];
        start + row.partition_point(|target| *target < lowest) as u64..end
    }

    /// The referrers of each object, in rows.
    pub(crate) fn referrers(&self) -> Referrers {
        let targets = self.targets.iter().map(|target| u64::from(*target));
        let starts = crate::store::starts(self.n_nodes(), targets);
        let mut next = starts.clone();
        let mut all = vec![0; self.targets.len()];
        for node in 0..self.n_nodes() as u32 {
            for edge in self.row(node) {
                let target = self.target(edge) as usize;
                let place = next.get(target);
                all[place as usize] = node;
                next.set(target, place + 1);
            }
        }
        Referrers { starts, all }
    }
}

/// Who refers to whom inside of components.
pub(crate) struct Referrers {
    starts: Packed,
    /// In each row ascending.
    all: Vec<u32>,
}

impl Referrers {
    pub(crate) fn of(&self, node: u32) -> &[u32] {
        let start = self.starts.get(node as usize) as usize;
        &self.all[start..self.starts.get(node as usize + 1) as usize]
    }
}

/// The owning references of an object to others of its component.
pub(crate) fn inner_edges<'g>(
    graph: &'g ObjectGraph,
    components: &Components,
    node: NodeId,
) -> impl Iterator<Item = Edge<'g>> {
    graph
        .edges_from(node)
        .filter(move |edge| edge.kind.keeps_alive() && components.are_together(node, edge.target))
}

/// How many references inside of its component lead from and to each object.
fn degrees(outside: &impl Outside, components: &Components, members: &[&[NodeId]]) -> Vec<u32> {
    let mut degrees = vec![0_u32; outside.n_nodes()];
    for node in members.iter().copied().flatten() {
        let inner = outside.held(*node);
        for target in inner.filter(|target| components.are_together(*node, *target)) {
            for end in [*node, target] {
                let degree = &mut degrees[end.index()];
                *degree = degree.saturating_add(1);
            }
        }
    }
    degrees
}
