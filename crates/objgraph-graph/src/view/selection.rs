//! Objects and references that were chosen one by one.

use super::frames::{frame, frames, numbered};
use super::label::Labeller;
use super::model::{ArrowKind, FrameKind, Role, Roles, View, ViewEdge, ViewFrame};
use super::options::ViewOptions;
use crate::analysis::EdgeToWeaken;
use crate::graph::{EdgeId, NodeId, ObjectGraph};
use std::collections::{BTreeMap, HashMap};

/// What is to be shown, before it has labels.
pub(super) struct Selection<'g> {
    pub(super) graph: &'g ObjectGraph,
    /// Objects, how far along their way they are in percent, and their roles.
    pub(super) nodes: Vec<(NodeId, u8, Roles)>,
    places: HashMap<NodeId, usize>,
    /// References, by the places of their ends and by number.
    edges: BTreeMap<(usize, EdgeId), usize>,
    /// What is left out, a box each.
    folded: Vec<Folded>,
    /// Titles of components, each by one of its objects; if there are none, frames are those of the options.
    titles: Vec<(NodeId, String)>,
    pub(super) to_weaken: Vec<&'g EdgeToWeaken>,
    pub(super) notes: Vec<String>,
}

/// A box for what is left out behind an object, and perhaps before another.
pub(super) struct Folded {
    pub(super) source: usize,
    pub(super) target: Option<usize>,
    /// The object that names the box.
    pub(super) of: NodeId,
    pub(super) count: usize,
    pub(super) noun: &'static str,
}

/// Choosing.
impl<'g> Selection<'g> {
    pub(super) fn new(graph: &'g ObjectGraph) -> Self {
        Self {
            graph,
            nodes: Vec::new(),
            places: HashMap::new(),
            edges: BTreeMap::new(),
            folded: Vec::new(),
            titles: Vec::new(),
            to_weaken: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a way; with as many references as objects, it leads back to its first object.
    pub(super) fn add(&mut self, nodes: &[NodeId], edges: &[EdgeId]) {
        let last = nodes.len().saturating_sub(1).max(1);
        let places: Vec<usize> = nodes
            .iter()
            .enumerate()
            .map(|(step, node)| self.show(*node, (step * 100 / last).min(100) as u8))
            .collect();
        let next = places.iter().cycle().skip(1);
        for ((source, target), edge) in places.iter().zip(next).zip(edges) {
            self.edges.insert((*source, *edge), *target);
        }
    }

    /// The place of an object, from now on if it had none.
    pub(super) fn show(&mut self, node: NodeId, depth_percent: u8) -> usize {
        let nodes = &mut self.nodes;
        *self.places.entry(node).or_insert_with(|| {
            nodes.push((node, depth_percent, Roles::default()));
            nodes.len() - 1
        })
    }

    pub(super) fn place_of(&self, node: NodeId) -> Option<usize> {
        self.places.get(&node).copied()
    }

    /// Gives an object that is shown a role.
    pub(super) fn place(&mut self, node: NodeId, role: Role) {
        if let Some(place) = self.places.get(&node) {
            self.nodes[*place].2.insert(role);
        }
    }

    /// Adds all owning references between the objects that are shown.
    pub(super) fn link(&mut self) {
        for (source, (node, ..)) in self.nodes.iter().enumerate() {
            let edges = self.graph.edges_from(*node);
            for edge in edges.filter(|edge| edge.kind.keeps_alive()) {
                if let Some(target) = self.places.get(&edge.target) {
                    self.edges.insert((source, edge.id), *target);
                }
            }
        }
    }

    pub(super) fn fold(&mut self, folded: Folded) {
        self.folded.push(folded);
    }

    /// Puts a frame around the objects that are shown of a component.
    pub(super) fn frame(&mut self, of: NodeId, title: String) {
        self.titles.push((of, title));
    }
}

/// Showing.
impl Selection<'_> {
    pub(super) fn view(&self, options: &ViewOptions<'_>) -> View {
        let labeller = Labeller::new(self.graph, options);
        let boxes = self.nodes.iter().map(|(id, depth_percent, roles)| {
            let mut shown = labeller.node(*id, None, *depth_percent);
            roles.iter().for_each(|role| shown.roles.insert(role));
            shown
        });
        let arrows = self.edges.iter().filter_map(|((source, id), target)| {
            let edge = self.graph.edge_from(self.nodes[*source].0, *id)?;
            let mut shown = labeller.edge(&edge, *source, *target);
            let mut suggestions = self.to_weaken.iter();
            shown.to_weaken = suggestions.any(|suggestion| suggestion.applies_to(&edge));
            Some(shown)
        });
        let mut view = View {
            title: labeller.title(),
            nodes: boxes.collect(),
            edges: arrows.collect(),
            frames: Vec::new(),
            notes: self.notes.clone(),
            legend: options.legend,
        };
        for folded in &self.folded {
            folded.add_to(&mut view, &labeller);
        }
        view.frames = self.frames(&labeller);
        view
    }

    fn frames(&self, labeller: &Labeller<'_>) -> Vec<ViewFrame> {
        let objects: Vec<NodeId> = self.nodes.iter().map(|node| node.0).collect();
        if self.titles.is_empty() {
            return frames(labeller, &objects, &[]);
        }
        let framed = self.titles.iter().map(|(of, title)| {
            let is_inside = |place: &usize| labeller.components.are_together(*of, objects[*place]);
            let mut inside: Vec<usize> = (0..objects.len()).filter(is_inside).collect();
            let folded = (objects.len()..).zip(&self.folded);
            let on_the_way = folded.filter(|(_, folded)| folded.is_on_the_way_of(&inside));
            let on_the_way: Vec<usize> = on_the_way.map(|(place, _)| place).collect();
            inside.extend(on_the_way);
            frame(FrameKind::Component, title, title.clone(), inside)
        });
        numbered(framed.collect())
    }
}

impl Folded {
    /// Whether it stands between objects of these places.
    fn is_on_the_way_of(&self, places: &[usize]) -> bool {
        self.target.is_some() && places.binary_search(&self.source).is_ok()
    }

    fn add_to(&self, view: &mut View, labeller: &Labeller<'_>) {
        let more = view.nodes.len();
        let depth_percent = view.nodes[self.source].depth_percent;
        let shown = labeller.folded(self.of, self.count, self.noun, depth_percent);
        let tooltip = shown.tooltip.clone();
        view.nodes.push(shown);
        let arrow = |source, target| ViewEdge {
            source,
            target,
            kind: ArrowKind::More,
            label: String::new(),
            tooltip: tooltip.clone(),
            in_cycle: self.target.is_some(),
            to_weaken: false,
        };
        view.edges.push(arrow(self.source, more));
        view.edges
            .extend(self.target.map(|target| arrow(more, target)));
    }
}
