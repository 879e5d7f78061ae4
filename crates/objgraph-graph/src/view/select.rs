//! Views of something that was found: a chain, a cycle.

use super::frames::frames;
use super::label::Labeller;
use super::model::{Role, View};
use super::options::ViewOptions;
use crate::analysis::{Chain, Cycle};
use crate::graph::{EdgeId, NodeId, ObjectGraph};

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
    let mut view = view_path(chain.graph, &chain.nodes, &chain.edges, options);
    if let [first, .., last] = &mut view.nodes[..] {
        first.roles.insert(Role::Root);
        last.roles.insert(Role::Target);
    }
    view
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
    view_path(cycle.graph, &cycle.nodes, &cycle.edges, options)
}

fn view_path(
    graph: &ObjectGraph,
    nodes: &[NodeId],
    edges: &[EdgeId],
    options: &ViewOptions<'_>,
) -> View {
    let labeller = Labeller::new(graph, options);
    let last = nodes.len().saturating_sub(1).max(1);
    let boxes = nodes
        .iter()
        .enumerate()
        .map(|(place, id)| labeller.node(*id, None, (place * 100 / last).min(100) as u8));
    let arrows = nodes
        .iter()
        .zip(edges)
        .enumerate()
        .filter_map(|(place, (source, id))| {
            let edge = graph.edge_from(*source, *id)?;
            Some(labeller.edge(&edge, place, (place + 1) % nodes.len()))
        });
    View {
        title: labeller.title(),
        nodes: boxes.collect(),
        edges: arrows.collect(),
        frames: frames(&labeller, nodes, &[]),
        notes: Vec::new(),
        legend: options.legend,
    }
}
