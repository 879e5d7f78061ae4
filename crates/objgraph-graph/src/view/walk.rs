//! The objects around some objects, to a depth and a breadth.

use super::label::{Labeller, grouped};
use super::model::{ArrowKind, Role, View, ViewEdge};
use super::options::{Direction, ViewOptions};
use crate::graph::{Edge, NodeId, ObjectGraph};
use objgraph_trace::Limit;
use std::collections::{HashMap, VecDeque};

/// Shows what some objects refer to, or what refers to them, as far as the options go.
///
/// Breadth first, as Python's objgraph does: of an object with too many references, those to objects that are
/// not shown yet are folded into one box.
///
/// # Complexity
/// O(objects + references) of the whole graph, for its cycles.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, ViewOptions, view_from};
///
/// let many: Vec<Box<u32>> = (0..100).map(Box::new).collect();
/// let graph = ObjectGraph::from(objgraph_trace::trace(&many));
/// let view = view_from(&graph, &[graph.roots()[0].node], &ViewOptions::default());
/// assert_eq!(view.nodes.len(), 1 + 10 + 1);
/// assert_eq!(view.nodes[11].lines[0].text, "90 more references");
/// ```
#[must_use]
pub fn view_from(graph: &ObjectGraph, starts: &[NodeId], options: &ViewOptions<'_>) -> View {
    let walk = Walk::new(graph, options).run(starts);
    walk.into_view()
}

struct Walk<'v> {
    graph: &'v ObjectGraph,
    options: &'v ViewOptions<'v>,
    /// Objects in the order in which they were found, with their distance.
    shown: Vec<(NodeId, usize)>,
    places: HashMap<NodeId, usize>,
    edges: Vec<(Edge<'v>, usize, usize)>,
    /// References that were folded, by the place of the object that has them.
    folded: Vec<(usize, usize)>,
    n_unfollowed: usize,
    n_unshown: usize,
}

impl<'v> Walk<'v> {
    fn new(graph: &'v ObjectGraph, options: &'v ViewOptions<'v>) -> Self {
        Self {
            graph,
            options,
            shown: Vec::new(),
            places: HashMap::new(),
            edges: Vec::new(),
            folded: Vec::new(),
            n_unfollowed: 0,
            n_unshown: 0,
        }
    }

    fn run(mut self, starts: &[NodeId]) -> Self {
        for start in starts {
            if !self.places.contains_key(start) {
                self.show(*start, 0);
            }
        }
        let mut waiting: VecDeque<usize> = (0..self.shown.len()).collect();
        while let Some(place) = waiting.pop_front() {
            if self.shown[place].1 < self.options.max_depth {
                let found = self.shown.len();
                self.expand(place);
                waiting.extend(found..self.shown.len());
            } else {
                self.link(place);
            }
        }
        self
    }

    fn show(&mut self, node: NodeId, depth: usize) -> usize {
        self.places.insert(node, self.shown.len());
        self.shown.push((node, depth));
        self.shown.len() - 1
    }

    fn expand(&mut self, place: usize) {
        let (node, depth) = self.shown[place];
        let graph = self.graph;
        let (mut n_shown, mut n_folded) = (0, self.n_cut(node));
        let edges = self.edges_of(node);
        for edge in edges {
            let neighbour = if self.is_forward() {
                edge.target
            } else {
                edge.source
            };
            if !self.options.admits(graph.node(neighbour)) {
                continue;
            }
            let Some(other) = self.place_of(neighbour, depth + 1, n_shown) else {
                n_folded += 1;
                continue;
            };
            n_shown += 1;
            self.push_edge(edge, place, other);
        }
        if n_folded > 0 {
            self.folded.push((place, n_folded));
        }
    }

    fn is_forward(&self) -> bool {
        self.options.direction == Direction::Referents
    }

    /// Where an object is shown, from now on if there is room for it beside the `n_shown` neighbours before it.
    fn place_of(&mut self, node: NodeId, depth: usize, n_shown: usize) -> Option<usize> {
        if let Some(place) = self.places.get(&node) {
            return Some(*place);
        }
        if n_shown >= self.options.too_many {
            return None;
        }
        if self.shown.len() >= self.options.max_nodes {
            self.n_unshown += 1;
            return None;
        }
        Some(self.show(node, depth))
    }

    /// References that the trace itself did not follow, since there are too many.
    fn n_cut(&self, node: NodeId) -> usize {
        let cuts = self.graph.cuts();
        let cut = cuts
            .binary_search_by_key(&node, |cut| cut.node)
            .ok()
            .map(|place| cuts[place]);
        match (self.options.direction, cut) {
            (Direction::Referents, Some(cut)) if cut.limit == Limit::Breadth => cut.n_references,
            _ => 0,
        }
    }

    /// Draws the references of an object at the depth limit to what is shown already: a cycle may close with one.
    fn link(&mut self, place: usize) {
        let node = self.shown[place].0;
        let mut has_more = self
            .graph
            .cuts()
            .binary_search_by_key(&node, |cut| cut.node)
            .is_ok()
            && self.is_forward();
        for edge in self.edges_of(node) {
            let neighbour = if self.is_forward() {
                edge.target
            } else {
                edge.source
            };
            match self.places.get(&neighbour) {
                Some(&other) if self.options.admits(self.graph.node(neighbour)) => {
                    self.push_edge(edge, place, other);
                }
                Some(_) => {}
                None => has_more = true,
            }
        }
        self.n_unfollowed += usize::from(has_more);
    }

    fn edges_of(&self, node: NodeId) -> Box<dyn Iterator<Item = Edge<'v>> + 'v> {
        let graph = self.graph;
        match self.options.direction {
            Direction::Referents => Box::new(graph.edges_from(node)),
            Direction::Referrers => Box::new(graph.edges_to(node)),
        }
    }

    fn push_edge(&mut self, edge: Edge<'v>, place: usize, other: usize) {
        let (source, target) = if self.is_forward() {
            (place, other)
        } else {
            (other, place)
        };
        self.edges.push((edge, source, target));
    }

    fn into_view(self) -> View {
        let notes = self.notes();
        let forward = self.is_forward();
        let deepest = self.shown.last().map_or(1, |shown| shown.1.max(1));
        let percent = |depth: usize| (depth * 100 / deepest).min(100) as u8;
        let labeller = Labeller::new(self.graph, self.options);
        let start = if forward { Role::Root } else { Role::Target };
        let nodes = self.shown.iter().map(|(id, depth)| {
            let place = (*depth == 0).then_some(start);
            labeller.node(*id, place, percent(*depth))
        });
        let edges = self
            .edges
            .iter()
            .map(|(edge, source, target)| labeller.edge(edge, *source, *target));
        let mut view = View {
            title: labeller.title(),
            nodes: nodes.collect(),
            edges: edges.collect(),
            notes,
            legend: self.options.legend,
        };
        for (place, count) in self.folded {
            let (id, depth) = self.shown[place];
            let noun = if forward {
                "references"
            } else {
                "backreferences"
            };
            let more = view.nodes.len();
            view.nodes
                .push(labeller.folded(id, count, noun, percent(depth + 1)));
            let (source, target) = if forward {
                (place, more)
            } else {
                (more, place)
            };
            view.edges.push(ViewEdge {
                source,
                target,
                kind: ArrowKind::More,
                label: String::new(),
                tooltip: view.nodes[more].tooltip.clone(),
                in_cycle: false,
                to_weaken: false,
            });
        }
        view
    }

    /// What is left out, in sentences.
    fn notes(&self) -> Vec<String> {
        let n_folded: usize = self.folded.iter().map(|(_, count)| count).sum();
        let way = if self.is_forward() {
            "references"
        } else {
            "referrers"
        };
        let mut notes = Vec::new();
        if n_folded > 0 {
            notes.push(format!(
                "{} {} folded: an object shows at most {} (too_many).",
                grouped(n_folded),
                if n_folded == 1 {
                    "reference is"
                } else {
                    "references are"
                },
                self.options.too_many,
            ));
        }
        if self.n_unfollowed > 0 {
            notes.push(format!(
                "{} {} {way} that are not followed: the picture goes {} deep (max_depth).",
                grouped(self.n_unfollowed),
                if self.n_unfollowed == 1 {
                    "object has"
                } else {
                    "objects have"
                },
                self.options.max_depth,
            ));
        }
        if self.n_unshown > 0 {
            notes.push(format!(
                "Only {} objects are shown (max_nodes); narrow the picture by max_depth, too_many or filter.",
                grouped(self.options.max_nodes),
            ));
        }
        notes
    }
}
