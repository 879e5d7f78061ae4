//! Views of something that was found: chains, a cycle.

use super::frames::frames;
use super::label::Labeller;
use super::model::{Role, Roles, View};
use super::options::ViewOptions;
use crate::analysis::{Chain, Cycle, EdgeToWeaken, Leaks};
use crate::graph::{EdgeId, NodeId, ObjectGraph};
use std::collections::{BTreeMap, HashMap};

/// Shows a chain: the objects on the way, and the references between them.
///
/// # Complexity
/// O(objects + references) of the whole graph, for its cycles.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, Role, ViewOptions, chain_to, view_chain};
///
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new(1), Box::new(2)]));
/// let chain = chain_to(&graph, graph.roots()[0].node, |node| node.id().0 == 2).unwrap();
/// let view = view_chain(&chain, &ViewOptions::default());
/// assert_eq!((view.nodes.len(), view.edges[0].label.as_str()), (2, "[1]"));
/// assert!(view.nodes[1].roles.contains(Role::Target));
/// ```
#[must_use]
pub fn view_chain(chain: &Chain<'_>, options: &ViewOptions<'_>) -> View {
    view_chains(std::slice::from_ref(chain), options)
}

/// Shows several chains of one graph in one picture: what they share is drawn once. No chains give an empty view.
///
/// # Complexity
/// O(objects + references) of the whole graph, for its cycles.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{
///     ChainOptions, GraphBuilder, NewNode, ViewOptions, chains_from_roots, view_chains,
/// };
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [app, cache, page] = ["App", "Cache", "Page"].map(|name| builder.add_node(NewNode::new(name)));
/// for (source, target, label) in [(app, page, ".page"), (app, cache, ".cache"), (cache, page, "[0]")] {
///     builder.add_edge(source, target, Strong, label);
/// }
/// builder.add_root("app", app);
/// let graph = builder.finish();
/// let found = chains_from_roots(&graph, page, &ChainOptions::default());
/// let view = view_chains(&found.chains, &ViewOptions::default());
/// assert_eq!((found.chains.len(), view.nodes.len(), view.edges.len()), (2, 3, 3));
/// ```
#[must_use]
pub fn view_chains(chains: &[Chain<'_>], options: &ViewOptions<'_>) -> View {
    let Some(first) = chains.first() else {
        return View::default();
    };
    let mut selection = Selection::new(first.graph);
    for chain in chains {
        selection.add(&chain.nodes, &chain.edges);
        if let [first, .., last] = chain.nodes[..] {
            selection.place(first, Role::Root);
            selection.place(last, Role::Target);
        }
    }
    selection.view(options)
}

/// Shows a cycle: the objects on the way, and the references between them.
///
/// # Complexity
/// O(objects + references) of the whole graph, for its cycles.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, ViewOptions, cycles, view_cycle};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [a, b, c] = ["A", "B", "C"].map(|name| builder.add_node(NewNode::new(name)));
/// for (source, target) in [(a, b), (b, a), (b, c)] {
///     builder.add_edge(source, target, Strong, "");
/// }
/// let graph = builder.finish();
/// let view = view_cycle(&cycles(&graph)[0], &ViewOptions::default());
/// assert_eq!((view.nodes.len(), view.edges.len()), (2, 2));
/// ```
#[must_use]
pub fn view_cycle(cycle: &Cycle<'_>, options: &ViewOptions<'_>) -> View {
    let mut selection = Selection::new(cycle.graph);
    selection.add(&cycle.nodes, &cycle.edges);
    selection.view(options)
}

/// Shows a cycle, with those of its references marked that a suggestion would make weak.
///
/// # Complexity
/// O(objects + references) of the whole graph, for its cycles.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{
///     GraphBuilder, NewNode, ViewOptions, WeakenOptions, components, cycles, edges_to_weaken, view_cycle_to_weaken,
/// };
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [list, item] = ["List", "Item"].map(|name| builder.add_node(NewNode::new(name)));
/// builder.add_edge(list, item, Strong, "[0]");
/// builder.add_edge(item, list, Strong, ".owner");
/// let graph = builder.finish();
/// let found = edges_to_weaken(&graph, &components(&graph), &WeakenOptions::default());
/// let view = view_cycle_to_weaken(&cycles(&graph)[0], &found.suggestions[0], &ViewOptions::default());
/// let marked: Vec<_> = view.edges.iter().filter(|edge| edge.to_weaken).collect();
/// assert_eq!((marked.len(), marked[0].label.as_str()), (1, ".owner"));
/// ```
#[must_use]
pub fn view_cycle_to_weaken(
    cycle: &Cycle<'_>,
    suggestion: &EdgeToWeaken,
    options: &ViewOptions<'_>,
) -> View {
    let mut selection = Selection::new(cycle.graph);
    selection.add(&cycle.nodes, &cycle.edges);
    selection.to_weaken = vec![suggestion];
    selection.view(options)
}

/// How many kinds of leaked cycles are shown.
const MAX_KINDS: usize = 6;

/// How many objects that hang on an object of a cycle are shown.
const MAX_HANGING: usize = 3;

/// Shows an example of each kind of leaked cycle, the first few kinds, with some of what hangs on it, and the references to make
/// weak.
///
/// # Complexity
/// O(objects + references) of the whole graph, for its cycles.
#[must_use]
pub fn view_leaks(graph: &ObjectGraph, leaks: &Leaks, options: &ViewOptions<'_>) -> View {
    let mut selection = Selection::new(graph);
    for kind in leaks.kinds.iter().take(MAX_KINDS) {
        let (nodes, edges) = &kind.example;
        selection.add(nodes, edges);
        nodes.iter().for_each(|node| selection.add_referents(*node));
        selection.to_weaken.extend(&kind.fixes);
        selection.notes.push(format!(
            "{} × {}: {} objects, {}",
            kind.n_cycles,
            kind.shape,
            kind.n_on_cycles + kind.n_hanging,
            kind.bytes
        ));
    }
    if let n_more @ 1.. = leaks.kinds.len().saturating_sub(MAX_KINDS) {
        let kinds = if n_more == 1 { "kind" } else { "kinds" };
        selection
            .notes
            .push(format!("{n_more} more {kinds} of cycles"));
    }
    selection.view(options)
}

/// Objects and references that were chosen one by one.
struct Selection<'g> {
    graph: &'g ObjectGraph,
    /// Objects, how far along their way they are in percent, and their roles.
    nodes: Vec<(NodeId, u8, Roles)>,
    places: HashMap<NodeId, usize>,
    /// References, by the places of their ends and by number.
    edges: BTreeMap<(usize, EdgeId), usize>,
    to_weaken: Vec<&'g EdgeToWeaken>,
    notes: Vec<String>,
}

impl<'g> Selection<'g> {
    fn new(graph: &'g ObjectGraph) -> Self {
        Self {
            graph,
            nodes: Vec::new(),
            places: HashMap::new(),
            edges: BTreeMap::new(),
            to_weaken: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a way; with as many references as objects, it leads back to its first object.
    fn add(&mut self, nodes: &[NodeId], edges: &[EdgeId]) {
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

    /// Adds some of what an object keeps alive.
    fn add_referents(&mut self, node: NodeId) {
        let edges = self
            .graph
            .edges_from(node)
            .filter(|edge| edge.kind.keeps_alive());
        for edge in edges.take(MAX_HANGING) {
            let (source, target) = (self.show(node, 0), self.show(edge.target, 100));
            self.edges.insert((source, edge.id), target);
        }
    }

    fn show(&mut self, node: NodeId, depth_percent: u8) -> usize {
        let nodes = &mut self.nodes;
        *self.places.entry(node).or_insert_with(|| {
            nodes.push((node, depth_percent, Roles::default()));
            nodes.len() - 1
        })
    }

    fn place(&mut self, node: NodeId, role: Role) {
        if let Some(place) = self.places.get(&node) {
            self.nodes[*place].2.insert(role);
        }
    }

    fn view(&self, options: &ViewOptions<'_>) -> View {
        let labeller = Labeller::new(self.graph, options);
        let objects: Vec<NodeId> = self.nodes.iter().map(|node| node.0).collect();
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
        View {
            title: labeller.title(),
            nodes: boxes.collect(),
            edges: arrows.collect(),
            frames: frames(&labeller, &objects, &[]),
            notes: self.notes.clone(),
            legend: options.legend,
        }
    }
}
