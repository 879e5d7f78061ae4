//! Objects that nothing known leads to.

use super::walk::{reach, without_referrer};
use crate::graph::{NodeId, ObjectGraph};

/// The objects that no root keeps alive, in visiting order: all of them if there are no roots.
///
/// Only the roots count that the graph names. An object that is found through a weak or borrowed reference only is
/// among the unreachable, and so is what something else holds that was not traced.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, unreachable};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [app, page, left, right] = ["App", "Page", "Left", "Right"].map(|name| builder.add_node(NewNode::new(name)));
/// builder.add_edge(app, page, Strong, "");
/// builder.add_edge(left, right, Strong, "");
/// builder.add_edge(right, left, Strong, "");
/// builder.add_root("app", app);
/// assert_eq!(unreachable(&builder.finish()), [left, right]);
/// ```
#[must_use]
pub fn unreachable(graph: &ObjectGraph) -> Vec<NodeId> {
    let roots = graph.roots.iter().map(|root| root.node.0);
    let is_reached = reach(graph, roots, |_| true);
    graph
        .node_ids()
        .filter(|node| !is_reached[node.index()])
        .collect()
}

/// The objects that no reference of any kind leads to and that are no roots, in visiting order.
///
/// In a heap of objects that are counted, something must hold them that the heap does not show: a frame of a stack, code
/// in another language, or a count that was never lowered. Python's objgraph asks so with `get_leaking_objects`, but
/// among tracked objects only: it sees neither the other objects nor what they refer to.
///
/// A cycle is not among them, since its objects have referrers; [`unreachable()`] finds it.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, leaking};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [app, lost, page] = ["App", "Lost", "Page"].map(|name| builder.add_node(NewNode::new(name)));
/// builder.add_edge(lost, page, Strong, "");
/// builder.add_root("app", app);
/// assert_eq!(leaking(&builder.finish()), [lost]);
/// ```
#[must_use]
pub fn leaking(graph: &ObjectGraph) -> Vec<NodeId> {
    let mut roots: Vec<u32> = graph.roots.iter().map(|root| root.node.0).collect();
    roots.sort_unstable();
    without_referrer(graph, |_| true)
        .filter(|node| roots.binary_search(node).is_err())
        .map(NodeId)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{leaking, unreachable};
    use crate::analysis::random::kinds::{random_graph, reached};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn the_unreachable_are_those_that_no_search_from_a_root_reaches(graph in random_graph()) {
            let roots = graph.roots().iter().map(|root| root.node);
            let mut nodes = reached(&graph, roots, |_| false);
            nodes.extend(unreachable(&graph));
            prop_assert_eq!(nodes, graph.node_ids().collect::<BTreeSet<_>>());
        }

        #[test]
        fn the_leaking_have_no_referrer_and_are_no_roots(graph in random_graph()) {
            let is_root = |node| graph.roots().iter().any(|root| root.node == node);
            let is_leaking = |node| graph.referrers(node).len() == 0 && !is_root(node);
            let nodes = graph.node_ids().filter(|node| is_leaking(*node));
            prop_assert_eq!(leaking(&graph), nodes.collect::<Vec<_>>());
        }
    }
}
