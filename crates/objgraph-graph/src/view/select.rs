//! Views of something that was found: a chain, a cycle.

use super::label::Labeller;
use super::model::{Role, View};
use super::options::ViewOptions;
use crate::analysis::{Chain, Cycle};
use crate::graph::{EdgeId, NodeId, ObjectGraph};

/// Shows a chain: the objects on the way, and the references between them.
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
        notes: Vec::new(),
        legend: options.legend,
    }
}
