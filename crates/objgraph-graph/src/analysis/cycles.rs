//! Cycles of references that keep their referents alive: what leaks when nothing else holds it.

use super::components::{Components, components};
use super::walk::{Breadth, Follow as _, Within, owning};
use crate::graph::{EdgeId, NodeId, ObjectGraph};
use crate::names::step;
use std::fmt;

/// A cycle: a way along references from an object back to itself.
///
/// Displayed as steps of `Type.field`, back to where it began: `List.items[3] → List.items[3] → List`.
#[derive(Clone, Debug)]
pub struct Cycle<'g> {
    pub(crate) graph: &'g ObjectGraph,
    /// The objects on the way, each once.
    pub nodes: Vec<NodeId>,
    /// The references on the way; the last leads back to the first object.
    pub edges: Vec<EdgeId>,
    /// How many objects are in the same strongly connected component, which [`Components::around`] lists.
    pub component_size: usize,
}

impl fmt::Display for Cycle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (node, edge) in self.nodes.iter().zip(&self.edges) {
            let label = self.graph.edge_from(*node, *edge).map(|edge| edge.label());
            let type_name = self.graph.node(*node).type_name();
            write!(f, "{} → ", step(type_name, &label.unwrap_or_default()))?;
        }
        f.write_str(
            self.nodes
                .first()
                .map_or("", |first| self.graph.node(*first).type_name()),
        )
    }
}

/// One short cycle for each strongly connected component that has one, in visiting order.
///
/// Each is the shortest through the component's first object. Weak, borrowed and raw references make no cycle.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, cycles};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [a, b] = ["A", "B"].map(|name| builder.add_node(NewNode::new(name)));
/// builder.add_edge(a, b, Strong, ".b");
/// builder.add_edge(b, a, Strong, ".a");
/// let graph = builder.finish();
/// assert_eq!(cycles(&graph)[0].to_string(), "A.b → B.a → A");
/// ```
#[must_use]
pub fn cycles(graph: &ObjectGraph) -> Vec<Cycle<'_>> {
    let components = components(graph);
    let firsts = components.cyclic().map(|members| members[0]);
    cycles_around(graph, &components, firsts)
}

/// The shortest cycle through each of some objects.
pub(super) fn cycles_around<'g>(
    graph: &'g ObjectGraph,
    components: &Components,
    starts: impl Iterator<Item = NodeId>,
) -> Vec<Cycle<'g>> {
    let mut breadth = Breadth::new(graph.n_nodes());
    starts
        .filter_map(|start| cycle_around(graph, components, start, &mut breadth))
        .collect()
}

/// The shortest cycle through an object; `None` if it is on none.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, components, shortest_cycle};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [a, b] = ["A", "B"].map(|name| builder.add_node(NewNode::new(name)));
/// builder.add_edge(a, b, Strong, ".b");
/// builder.add_edge(b, a, Strong, ".a");
/// let graph = builder.finish();
/// assert_eq!(shortest_cycle(&graph, &components(&graph), b).unwrap().to_string(), "B.a → A.b → B");
/// ```
#[must_use]
pub fn shortest_cycle<'g>(
    graph: &'g ObjectGraph,
    components: &Components,
    through: NodeId,
) -> Option<Cycle<'g>> {
    components.around(through)?;
    cycle_around(
        graph,
        components,
        through,
        &mut Breadth::new(graph.n_nodes()),
    )
}

/// The shortest way from an object back to itself, which never leaves its component.
pub(super) fn cycle_around<'g>(
    graph: &'g ObjectGraph,
    components: &Components,
    start: NodeId,
    breadth: &mut Breadth,
) -> Option<Cycle<'g>> {
    owning!(graph, rows => {
        let within = Within { rows: &rows, components, of: start };
        let nodes = breadth.way_around(&within, start.0)?;
        let steps = nodes.iter().zip(nodes.iter().cycle().skip(1));
        Some(Cycle {
            graph,
            edges: steps
                .filter_map(|(node, next)| within.edge_between(*node, *next))
                .collect(),
            nodes: nodes.into_iter().map(NodeId).collect(),
            component_size: components.around(start)?.len(),
        })
    })
}
