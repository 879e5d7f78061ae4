//! How many objects of each type there are, and how many bytes they take.

mod totals;

use crate::graph::ObjectGraph;
use crate::node::{Bytes, Node};

pub use totals::{StatsOptions, StatsOrder};
pub(super) use totals::{by_type, totals};

/// The objects of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TypeStats {
    /// The type's name without module paths.
    pub type_name: String,
    /// The type's full path.
    pub type_path: String,
    /// The module or crate path of the type; empty if it has none.
    pub module: String,
    /// How many objects there are.
    pub count: usize,
    /// The bytes of the objects themselves, together.
    pub shallow: Bytes,
    /// The bytes in use of the buffers that belong to them alone, together.
    pub owned: Bytes,
    /// What they retain, together: an object that another of the type dominates does not count twice. `None` unless
    /// [asked for](StatsOptions::retained).
    pub retained: Option<Bytes>,
}

/// Counts objects by type, the most frequent first; types of equal count by name.
///
/// # Complexity
/// O(objects + types log types).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, type_stats};
///
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new(1_u8), Box::new(2)]));
/// let stats = type_stats(&graph);
/// assert_eq!((stats[0].type_name.as_str(), stats[0].count, stats[0].shallow.0), ("u8", 2, 2));
/// ```
#[must_use]
pub fn type_stats(graph: &ObjectGraph) -> Vec<TypeStats> {
    type_stats_with(graph, &StatsOptions::default(), |_| true)
}

/// Counts those objects by type that match, with retained bytes and in another order if the options say so.
///
/// # Complexity
/// O(objects + types log types).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, StatsOptions, StatsOrder, dominators, type_stats_with};
///
/// let words = ["one", "two"].map(|word| Box::new(word.to_owned())).to_vec();
/// let graph = ObjectGraph::from(objgraph_trace::trace(&words));
/// let dominators = dominators(&graph);
/// let options = StatsOptions::default().retained(&dominators).order(StatsOrder::Retained);
/// let stats = type_stats_with(&graph, &options, |node| node.module() == "alloc::vec");
/// assert_eq!(stats[0].type_name, "Vec<Box<String>>");
/// assert_eq!(stats[0].retained, Some(dominators.total()));
/// ```
#[must_use]
pub fn type_stats_with(
    graph: &ObjectGraph,
    options: &StatsOptions<'_>,
    matches: impl Fn(Node<'_>) -> bool,
) -> Vec<TypeStats> {
    let names: Vec<(&str, &str)> = (graph.types.iter())
        .map(|known| (&*known.short, &*known.path))
        .collect();
    let type_of = by_type(graph, matches, |type_index| type_index);
    let totals = totals(graph, options, &names, type_of);
    let stats = totals.into_iter().map(|(type_index, totals)| TypeStats {
        type_name: names[type_index].0.to_owned(),
        type_path: names[type_index].1.to_owned(),
        module: graph.types[type_index].module.to_string(),
        count: totals.count,
        shallow: totals.shallow,
        owned: totals.owned,
        retained: totals.retained,
    });
    stats.collect()
}

#[cfg(test)]
mod tests {
    use super::{StatsOptions, type_stats_with};
    use crate::analysis::dominators::{Dominators, dominators};
    use crate::analysis::random::kinds::{bytes, random_graph};
    use crate::analysis::types::StatsOrder;
    use crate::builder::{GraphBuilder, NewNode};
    use crate::graph::{NodeId, ObjectGraph};
    use crate::node::Node;
    use objgraph_trace::EdgeKind::Strong;
    use proptest::prelude::*;

    /// What the end of some objects frees that are dominated by no other of them.
    fn retained(dominators: &Dominators, nodes: &[NodeId]) -> u64 {
        let is_top = |node: &&NodeId| {
            let mut others = nodes.iter().filter(|other| other != node);
            !others.any(|other| dominators.dominates(*other, **node))
        };
        let tops = nodes.iter().filter(is_top);
        tops.map(|node| dominators.retained(*node).0).sum()
    }

    proptest! {
        #[test]
        fn a_type_is_the_sum_of_its_objects(graph in random_graph(), from in 0..4_u32) {
            let dominators = dominators(&graph);
            let options = StatsOptions::default().retained(&dominators);
            for stats in type_stats_with(&graph, &options, |node| node.id().0 >= from) {
                let of_type = graph.nodes().filter(|node| node.type_path() == stats.type_path);
                let nodes: Vec<_> = of_type.map(Node::id).filter(|node| node.0 >= from).collect();
                prop_assert_eq!(stats.count, nodes.len());
                prop_assert_eq!(stats.shallow.0 + stats.owned.0, bytes(&graph, &nodes));
                prop_assert_eq!(stats.retained.unwrap().0, retained(&dominators, &nodes));
            }
        }
    }

    /// One big `B` that holds two small `A`, the second of which holds a third.
    fn graph() -> ObjectGraph {
        let mut builder = GraphBuilder::default();
        let big = builder.add_node(NewNode::new("B").sizes(100, 1));
        let [one, two, three] =
            [1, 2, 3].map(|_| builder.add_node(NewNode::new("A").sizes(10, 10)));
        for (source, target) in [(big, one), (big, two), (two, three)] {
            builder.add_edge(source, target, Strong, "");
        }
        builder.finish()
    }

    #[test]
    fn the_order_is_that_of_the_amount_asked_for() {
        let graph = graph();
        let dominators = dominators(&graph);
        let names = |order| {
            let options = StatsOptions::default().retained(&dominators).order(order);
            let stats = type_stats_with(&graph, &options, |_| true);
            stats
                .into_iter()
                .map(|stats| stats.type_name)
                .collect::<String>()
        };
        assert_eq!(names(StatsOrder::Count), "AB");
        assert_eq!(names(StatsOrder::Shallow), "BA");
        assert_eq!(names(StatsOrder::Owned), "AB");
        assert_eq!(names(StatsOrder::Retained), "BA");
        assert_eq!(names(StatsOrder::Name), "AB");
    }

    #[test]
    fn retained_bytes_of_a_type_count_once() {
        let graph = graph();
        let dominators = dominators(&graph);
        let stats = type_stats_with(
            &graph,
            &StatsOptions::default().retained(&dominators),
            |_| true,
        );
        let retained: Vec<_> = stats
            .iter()
            .map(|stats| stats.retained.unwrap().0)
            .collect();
        assert_eq!(retained, [60, 161]);
    }
}
