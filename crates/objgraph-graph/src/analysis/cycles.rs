//! Cycles of references that keep their referents alive: what leaks when nothing else holds it.

use super::components::{Components, components};
use crate::graph::{Edge, EdgeId, NodeId, ObjectGraph};
use std::collections::{HashMap, VecDeque};
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
    /// Everything that is in the same strongly connected component, in visiting order.
    pub component: Vec<NodeId>,
}

impl fmt::Display for Cycle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (node, edge) in self.nodes.iter().zip(&self.edges) {
            let edge = self.graph.edge_from(*node, *edge);
            let label = edge.map(|edge| edge.label());
            write!(
                f,
                "{}{} → ",
                self.graph.node(*node).type_name(),
                label.unwrap_or_default()
            )?;
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
    let short = components.cyclic().iter().filter_map(|members| {
        let within = |node| components.are_together(node, members[0]);
        let steps = shortest_way(graph, members[0], within)?;
        Some(cycle(graph, &steps, members.clone()))
    });
    short.collect()
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
    let steps = shortest_way(graph, through, |node| {
        components.are_together(node, through)
    })?;
    let members = components
        .cyclic()
        .iter()
        .find(|members| members.binary_search(&through).is_ok())?;
    Some(cycle(graph, &steps, members.clone()))
}

fn cycle<'g>(graph: &'g ObjectGraph, steps: &[Edge<'_>], component: Vec<NodeId>) -> Cycle<'g> {
    Cycle {
        graph,
        nodes: steps.iter().map(|edge| edge.source).collect(),
        edges: steps.iter().map(|edge| edge.id).collect(),
        component,
    }
}

/// The shortest way from a node back to itself within its component, breadth first.
fn shortest_way<'g>(
    graph: &'g ObjectGraph,
    start: NodeId,
    within: impl Fn(NodeId) -> bool,
) -> Option<Vec<Edge<'g>>> {
    let mut came_by: HashMap<NodeId, Edge<'g>> = HashMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(node) = waiting.pop_front() {
        for edge in graph
            .edges_from(node)
            .filter(|edge| edge.kind.keeps_alive() && within(edge.target))
        {
            if edge.target == start {
                let mut steps = vec![edge];
                while steps[steps.len() - 1].source != start {
                    steps.push(came_by[&steps[steps.len() - 1].source]);
                }
                steps.reverse();
                return Some(steps);
            }
            came_by.entry(edge.target).or_insert_with(|| {
                waiting.push_back(edge.target);
                edge
            });
        }
    }
    None
}
