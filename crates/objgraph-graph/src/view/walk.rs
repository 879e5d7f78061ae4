//! The objects around some objects, to a depth and a breadth.

use super::frames::frames;
use super::label::Labeller;
use super::left_out::LeftOut;
use super::model::{ArrowKind, Role, View, ViewEdge, ViewFrame};
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
    left_out: LeftOut,
}

/// Why an object found no room.
#[derive(PartialEq, Eq)]
enum NoRoom {
    BesideOthers,
    InView,
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
            left_out: LeftOut::default(),
        }
    }

    fn run(mut self, starts: &[NodeId]) -> Self {
        for start in starts {
            if self.places.contains_key(start) {
                continue;
            }
            if self.is_full() {
                self.left_out.is_full = true;
                break;
            }
            self.show(*start, 0);
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

    fn is_full(&self) -> bool {
        self.shown.len() >= self.options.max_nodes
    }

    fn show(&mut self, node: NodeId, depth: usize) -> usize {
        self.places.insert(node, self.shown.len());
        self.shown.push((node, depth));
        self.shown.len() - 1
    }

    fn expand(&mut self, place: usize) {
        let (node, depth) = self.shown[place];
        let (mut n_shown, mut n_unshown) = (0, 0);
        let mut n_folded = self.n_cut(node);
        let edges = self.edges_of(node);
        for edge in edges {
            let neighbour = self.neighbour(&edge);
            if !self.admits(neighbour) {
                continue;
            }
            match self.place_of(neighbour, depth + 1, n_shown) {
                Ok(other) => {
                    n_shown += 1;
                    self.push_edge(edge, place, other);
                }
                Err(NoRoom::BesideOthers) => n_folded += 1,
                Err(NoRoom::InView) => n_unshown += 1,
            }
        }
        self.left_out.n_folded += n_folded;
        self.left_out.is_full |= n_unshown > 0;
        if n_folded + n_unshown > 0 {
            self.folded.push((place, n_folded + n_unshown));
        }
    }

    /// The end of a reference of an object that is not the object itself.
    fn neighbour(&self, edge: &Edge<'_>) -> NodeId {
        if self.is_forward() {
            edge.target
        } else {
            edge.source
        }
    }

    /// Whether an object may be shown; if not, it is counted.
    fn admits(&mut self, node: NodeId) -> bool {
        let refusal = self.options.refusal(self.graph.node(node));
        if let Some(refusal) = refusal
            && !self.places.contains_key(&node)
        {
            self.left_out.refuse(node, refusal);
        }
        refusal.is_none()
    }

    fn is_forward(&self) -> bool {
        self.options.direction == Direction::Referents
    }

    /// Where an object is shown, from now on if there is room for it beside the `n_shown` neighbours before it.
    fn place_of(&mut self, node: NodeId, depth: usize, n_shown: usize) -> Result<usize, NoRoom> {
        if let Some(place) = self.places.get(&node) {
            return Ok(*place);
        }
        if n_shown >= self.options.too_many {
            return Err(NoRoom::BesideOthers);
        }
        if self.is_full() {
            return Err(NoRoom::InView);
        }
        Ok(self.show(node, depth))
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
            let neighbour = self.neighbour(&edge);
            if !self.admits(neighbour) {
                continue;
            }
            match self.places.get(&neighbour) {
                Some(&other) => self.push_edge(edge, place, other),
                None => has_more = true,
            }
        }
        self.left_out.n_unfollowed += usize::from(has_more);
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

    fn into_view(mut self) -> View {
        let shown = self.shown.iter().map(|(id, _)| self.graph.node(*id));
        self.left_out.n_with_skipped_field = shown.filter(|node| node.has_skipped_field()).count();
        let notes = self.left_out.sentences(self.options);
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
            frames: self.frames(&labeller),
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

    fn frames(&self, labeller: &Labeller<'_>) -> Vec<ViewFrame> {
        let objects: Vec<_> = self.shown.iter().map(|(id, _)| *id).collect();
        // Folded boxes come after all objects.
        let places = self.folded.iter().map(|(place, _)| *place);
        let folded: Vec<_> = places.zip(objects.len()..).collect();
        frames(labeller, &objects, &folded)
    }
}
