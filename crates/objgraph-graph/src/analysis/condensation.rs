//! The condensation: each strongly connected component as one node.

use super::components::{ComponentId, Components};
use super::cycles::{Cycle, cycles_around};
use super::walk::{Follow, owning};
use crate::graph::{NodeId, ObjectGraph};
use crate::packed::Packed;

/// The components of a graph and the owning references between them, which form no cycle.
///
/// Components are numbered in topological order: each leads only to higher numbers.
#[derive(Clone, Debug)]
pub struct Condensation {
    members: Rows<NodeId>,
    successors: Rows<ComponentId>,
}

/// Lists, one after the other.
#[derive(Clone, Debug)]
struct Rows<T> {
    /// Where each list begins, and where the last ends.
    starts: Packed,
    all: Vec<T>,
}

impl<T> Rows<T> {
    fn of(&self, component: ComponentId) -> &[T] {
        let place = component.0 as usize;
        &self.all[self.starts.get(place) as usize..self.starts.get(place + 1) as usize]
    }
}

impl Condensation {
    /// How many components there are, those of one object included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.successors.starts.len() - 1
    }

    /// How many pairs of components there are of which one refers to the other.
    #[must_use]
    pub fn n_edges(&self) -> usize {
        self.successors.all.len()
    }

    /// The components, in topological order.
    #[must_use]
    pub fn ids(&self) -> impl ExactSizeIterator<Item = ComponentId> + DoubleEndedIterator + use<> {
        (0..self.count() as u32).map(ComponentId)
    }

    /// The objects of a component, in visiting order.
    #[must_use]
    pub fn members(&self, component: ComponentId) -> &[NodeId] {
        self.members.of(component)
    }

    /// The other components that a component refers to, each once.
    #[must_use]
    pub fn successors(&self, component: ComponentId) -> &[ComponentId] {
        self.successors.of(component)
    }

    /// The components that no other refers to, in topological order: every object is in one or reachable from one.
    pub fn sources(&self) -> impl Iterator<Item = ComponentId> + use<> {
        let mut is_source = vec![true; self.count()];
        for successor in &self.successors.all {
            is_source[successor.0 as usize] = false;
        }
        self.ids().filter(move |id| is_source[id.0 as usize])
    }
}

/// Shrinks each component to one node.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, components, condensation};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [a, b, c] = ["A", "B", "C"].map(|name| builder.add_node(NewNode::new(name)));
/// for (source, target) in [(a, b), (b, a), (a, c), (b, c)] {
///     builder.add_edge(source, target, Strong, "");
/// }
/// let graph = builder.finish();
/// let components = components(&graph);
/// let condensation = condensation(&graph, &components);
/// assert_eq!((condensation.count(), condensation.n_edges()), (2, 1));
/// assert_eq!(condensation.members(components.of(b)), [a, b]);
/// assert_eq!(condensation.successors(components.of(b)), [components.of(c)]);
/// assert!(condensation.sources().eq([components.of(a)]));
/// ```
#[must_use]
pub fn condensation(graph: &ObjectGraph, components: &Components) -> Condensation {
    let members = members(graph, components);
    let successors = owning!(graph, rows => successors(&rows, components, &members));
    Condensation {
        members,
        successors,
    }
}

fn members(graph: &ObjectGraph, components: &Components) -> Rows<NodeId> {
    let of_nodes = graph.node_ids().map(|id| components.of(id).0.into());
    let starts = crate::store::starts(components.count(), of_nodes);
    let mut next = starts.clone();
    let mut all = vec![NodeId(0); graph.n_nodes()];
    for id in graph.node_ids() {
        let component = components.of(id).0 as usize;
        let place = next.get(component);
        all[place as usize] = id;
        next.set(component, place + 1);
    }
    Rows { starts, all }
}

fn successors(
    rows: &impl Follow,
    components: &Components,
    members: &Rows<NodeId>,
) -> Rows<ComponentId> {
    let mut starts = Packed::default();
    let mut all = Vec::new();
    // The last component that was found to refer to each.
    let mut referred_by = vec![u32::MAX; components.count()];
    for component in (0..components.count() as u32).map(ComponentId) {
        starts.push(all.len() as u64);
        for node in members.of(component) {
            for target in rows.row(node.0).filter_map(|edge| rows.follow(edge)) {
                let other = components.of(NodeId(target));
                let last = &mut referred_by[other.0 as usize];
                if other != component && *last != component.0 {
                    *last = component.0;
                    all.push(other);
                }
            }
        }
    }
    starts.push(all.len() as u64);
    Rows { starts, all }
}

/// One short cycle for each component that nothing outside of it keeps alive: the cycles that everything else hangs on.
///
/// Those of [`cycles`](super::cycles()) to none of whose component's objects an owning reference leads from an object of
/// another component. refcycle's `key_cycles` are these, in a graph of garbage. That an object is a root makes no
/// difference, since a root is no reference. [`Components::around`] lists the objects of such a component.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, components, key_cycles};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [a, b, c] = ["A", "B", "C"].map(|name| builder.add_node(NewNode::new(name)));
/// for (source, target) in [(a, b), (b, a), (b, c), (c, c)] {
///     builder.add_edge(source, target, Strong, "");
/// }
/// let graph = builder.finish();
/// let cycles = key_cycles(&graph, &components(&graph));
/// assert_eq!((cycles.len(), cycles[0].nodes.as_slice()), (1, &[a, b][..]));
/// ```
#[must_use]
pub fn key_cycles<'g>(graph: &'g ObjectGraph, components: &Components) -> Vec<Cycle<'g>> {
    let mut is_entered = vec![false; components.n_cyclic()];
    owning!(graph, rows => for source in graph.node_ids() {
        for target in rows.row(source.0).filter_map(|edge| rows.follow(edge)) {
            if !components.are_together(source, NodeId(target))
                && let Some(place) = components.place(NodeId(target))
            {
                is_entered[place] = true;
            }
        }
    });
    let keys = components.cyclic().zip(is_entered);
    let firsts = keys.filter_map(|(members, is_entered)| (!is_entered).then_some(members[0]));
    cycles_around(graph, components, firsts)
}
