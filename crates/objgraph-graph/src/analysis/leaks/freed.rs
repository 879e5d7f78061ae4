//! What is dropped when references are let go: counts fall, and what falls to zero takes along what it holds.

use crate::analysis::cut::Freed;
use crate::analysis::walk::{Follow as _, Part, owning};
use crate::graph::{Edge, EdgeId, NodeId, ObjectGraph};
use objgraph_trace::NodeFlags;

/// What is dropped if references that some objects hold are let go, as a program would do it.
///
/// Nothing is searched from roots: the strong count of each counted object goes down with each reference that is cut, and
/// with each that a dropped object held. At zero it is dropped, and so is what it owns. Handles that the graph does not
/// know keep what they hold. So this tells exactly which destructors run when leaked objects are
/// [set free](crate::leaks()); of objects that do not leak, [`freed_without`](crate::freed_without) tells what nothing would
/// lead to.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, freed_by_counting};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [a, b, c] = [1, 1, 2].map(|strong| builder.add_node(NewNode::new("A").counts(strong, 0)));
/// for (source, target, label) in [(a, b, ".next"), (b, a, ".back"), (b, c, ".text")] {
///     builder.add_edge(source, target, Strong, label);
/// }
/// let graph = builder.finish();
/// let freed = freed_by_counting(&graph, &[a, b], |edge| edge.label() == ".back");
/// assert_eq!(freed.nodes, [a, b]);
/// ```
#[must_use]
pub fn freed_by_counting(
    graph: &ObjectGraph,
    nodes: &[NodeId],
    mut is_cut: impl FnMut(&Edge<'_>) -> bool,
) -> Freed {
    let edges = nodes.iter().flat_map(|node| graph.edges_from(*node));
    let cut = edges.filter(|edge| edge.kind.keeps_alive() && is_cut(edge));
    let cut: Vec<Edge<'_>> = cut.collect();
    let mut cut_ids: Vec<EdgeId> = cut.iter().map(|edge| edge.id).collect();
    cut_ids.sort_unstable();
    let mut counts = Counts::of(graph);
    for edge in cut {
        counts.release(edge.target.0);
    }
    let mut freed = Freed::default();
    while let Some(node) = counts.dropped.pop() {
        let node = NodeId(node);
        let [shallow, owned, _] = graph.sizes(node);
        freed.nodes.push(node);
        freed.bytes = freed.bytes.saturating_add(shallow).saturating_add(owned);
        let held = graph
            .edges_from(node)
            .filter(|edge| edge.kind.keeps_alive() && cut_ids.binary_search(&edge.id).is_err());
        held.for_each(|edge| counts.release(edge.target.0));
    }
    freed.nodes.sort_unstable();
    freed
}

/// Whether each object of a part is dropped if references are cut, of which the referrer and the tag tell.
pub(super) fn dropped(
    graph: &ObjectGraph,
    part: &Part,
    is_cut: impl Fn(u32, u32) -> bool,
) -> Vec<bool> {
    let mut counts = Counts::of_part(graph, part);
    for node in part.numbers() {
        for edge in part.row(node).filter(|edge| is_cut(node, part.tag(*edge))) {
            counts.release(part.target(edge));
        }
    }
    let mut is_dropped = vec![false; part.n_nodes()];
    while let Some(node) = counts.dropped.pop() {
        is_dropped[node as usize] = true;
        for edge in part.row(node).filter(|edge| !is_cut(node, part.tag(*edge))) {
            counts.release(part.target(edge));
        }
    }
    is_dropped
}

/// How many handles of each object there are: the strong count of what is counted, and how many owners all else has.
struct Counts {
    n_holders: Vec<u64>,
    /// Objects that were dropped, and what they hold not yet.
    dropped: Vec<u32>,
}

impl Counts {
    fn of(graph: &ObjectGraph) -> Self {
        let mut n_holders = vec![0; graph.n_nodes()];
        owning!(graph, rows => for edge in 0..graph.n_edges() as u64 {
            if let Some(target) = rows.follow(edge) {
                n_holders[target as usize] += 1;
            }
        });
        Self::with(graph, n_holders, graph.node_ids())
    }

    fn of_part(graph: &ObjectGraph, part: &Part) -> Self {
        let mut n_holders = vec![0; part.n_nodes()];
        for edge in part.numbers().flat_map(|node| part.row(node)) {
            n_holders[part.target(edge) as usize] += 1;
        }
        Self::with(graph, n_holders, part.nodes.iter().copied())
    }

    fn with(
        graph: &ObjectGraph,
        mut n_holders: Vec<u64>,
        nodes: impl Iterator<Item = NodeId>,
    ) -> Self {
        for (n_holders, node) in n_holders.iter_mut().zip(nodes) {
            if graph.has_flag(node, NodeFlags::SHARED) {
                *n_holders = graph.store.strong(node.0);
            }
        }
        Self {
            n_holders,
            dropped: Vec::new(),
        }
    }

    /// Takes one of an object's handles away; it is dropped with its last one.
    fn release(&mut self, node: u32) {
        let n_holders = &mut self.n_holders[node as usize];
        if *n_holders == 1 {
            self.dropped.push(node);
        }
        *n_holders = n_holders.saturating_sub(1);
    }
}
