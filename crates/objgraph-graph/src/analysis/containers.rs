//! Which objects hold the most references, and how full containers are.

mod items;

use crate::graph::{NodeId, ObjectGraph};
use crate::node::Bytes;
use std::cmp::Reverse;

pub(super) use items::n_items;

/// An object that holds references, or whose value says how many items it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Container {
    /// The object.
    pub node: NodeId,
    /// How many references it holds, of all kinds: of a Python dict, those to keys and to values.
    pub n_references: u64,
    /// How many items it says it has: 4 if its value is `4 items`.
    pub n_items: Option<u64>,
    /// The bytes in use of the buffers that belong to it alone.
    pub used: Bytes,
    /// The bytes reserved by those buffers; heap files do not tell.
    pub reserved: Option<Bytes>,
}

impl Container {
    fn new(graph: &ObjectGraph, node: NodeId) -> Option<Self> {
        let row = graph.store.row(node.0);
        let n_items = n_items(graph.store.value(node.0));
        if row.is_empty() && n_items.is_none() {
            return None;
        }
        let [_, used, reserved] = graph.sizes(node);
        Some(Self {
            node,
            n_references: row.end - row.start,
            n_items,
            used,
            reserved: graph.store.packed().is_none().then_some(reserved),
        })
    }

    /// How many items it has: as many as it says, else one for each reference.
    #[must_use]
    pub fn n_elements(&self) -> u64 {
        self.n_items.unwrap_or(self.n_references)
    }

    /// How much of its buffers is in use, from 0 to 1; `None` if it has none or that is not known.
    #[must_use]
    pub fn fill(&self) -> Option<f64> {
        let reserved = self.reserved.filter(|reserved| reserved.0 > 0)?;
        Some(self.used.0 as f64 / reserved.0 as f64)
    }

    fn unused(&self) -> Bytes {
        let reserved = self.reserved.unwrap_or(self.used);
        Bytes(reserved.0.saturating_sub(self.used.0))
    }
}

/// The objects that hold the most references; of equal ones, that of the lower number comes first.
///
/// # Complexity
/// O(objects + limit × log limit) time, 12 bytes an object at most.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, containers};
///
/// let mut list = Vec::with_capacity(4);
/// list.extend([Box::new(1), Box::new(2), Box::new(3)]);
/// let graph = ObjectGraph::from(objgraph_trace::trace(&list));
/// let biggest = containers(&graph, 1)[0];
/// assert_eq!((biggest.n_references, biggest.fill()), (3, Some(0.75)));
/// ```
#[must_use]
pub fn containers(graph: &ObjectGraph, limit: usize) -> Vec<Container> {
    let n_references = |node: &NodeId| {
        let row = graph.store.row(node.0);
        (Reverse(row.end - row.start), *node)
    };
    let holds_any = |node: &NodeId| !graph.store.row(node.0).is_empty();
    let mut nodes: Vec<NodeId> = graph.node_ids().filter(holds_any).collect();
    if (1..nodes.len()).contains(&limit) {
        nodes.select_nth_unstable_by_key(limit - 1, n_references);
    }
    nodes.truncate(limit);
    nodes.sort_unstable_by_key(n_references);
    nodes
        .into_iter()
        .filter_map(|node| Container::new(graph, node))
        .collect()
}

/// The containers of about one size: up to twice as many items as the smallest of them may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContainerSizes {
    /// The fewest [items](Container::n_elements) of a container that is counted here: 0, 1, 2, 4, 8 and so on.
    pub at_least: u64,
    /// How many containers there are.
    pub count: usize,
    /// The bytes of the objects and the bytes in use of their buffers, together.
    pub bytes: Bytes,
    /// The bytes that their buffers reserve and do not use, as far as that is known.
    pub unused: Bytes,
}

/// How many containers there are of each size, the smallest first; sizes that do not occur are left out.
///
/// # Complexity
/// O(objects).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, container_sizes};
///
/// let mut builder = GraphBuilder::default();
/// for value in ["0 items", "5 items", "0 items", "7 items"] {
///     builder.add_node(NewNode::new("dict").value(value).sizes(64, 0));
/// }
/// let sizes = container_sizes(&builder.finish());
/// let sizes: Vec<_> = sizes.iter().map(|sizes| (sizes.at_least, sizes.count, sizes.bytes.0)).collect();
/// assert_eq!(sizes, [(0, 2, 128), (4, 2, 128)]);
/// ```
#[must_use]
pub fn container_sizes(graph: &ObjectGraph) -> Vec<ContainerSizes> {
    let mut sizes = [ContainerSizes::default(); u64::BITS as usize + 1];
    for container in graph
        .node_ids()
        .filter_map(|node| Container::new(graph, node))
    {
        let n_elements = container.n_elements();
        let [shallow, used, _] = graph.sizes(container.node);
        let sizes = &mut sizes[n_bits(n_elements)];
        sizes.at_least = n_elements.checked_ilog2().map_or(0, |power| 1 << power);
        sizes.count += 1;
        sizes.bytes = sizes.bytes.saturating_add(shallow).saturating_add(used);
        sizes.unused = sizes.unused.saturating_add(container.unused());
    }
    sizes.into_iter().filter(|sizes| sizes.count > 0).collect()
}

fn n_bits(number: u64) -> usize {
    (u64::BITS - number.leading_zeros()) as usize
}

#[cfg(test)]
mod tests {
    use super::{container_sizes, containers};
    use crate::analysis::random::kinds::random_graph;
    use crate::builder::{GraphBuilder, NewNode};
    use crate::graph::ObjectGraph;
    use proptest::prelude::*;
    use std::cmp::Reverse;

    proptest! {
        #[test]
        fn the_biggest_containers_are_the_first_of_all_sorted(graph in random_graph(), limit in 0..16_usize) {
            let mut expected: Vec<_> = graph.node_ids().filter(|node| graph.referents(*node).len() > 0).collect();
            expected.sort_by_key(|node| (Reverse(graph.referents(*node).len()), *node));
            expected.truncate(limit);
            let found: Vec<_> = containers(&graph, limit).iter().map(|container| container.node).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn every_container_has_one_size(graph in random_graph()) {
            for sizes in container_sizes(&graph) {
                let lengths = graph.node_ids().map(|node| graph.referents(node).len() as u64);
                let within = sizes.at_least..2 * sizes.at_least;
                prop_assert_eq!(lengths.filter(|length| within.contains(length)).count(), sizes.count);
            }
        }
    }

    #[test]
    fn what_is_reserved_and_not_used_is_told() {
        let mut list = Vec::with_capacity(8);
        list.push(Box::new(1_u8));
        let graph = ObjectGraph::from(objgraph_trace::trace(&list));
        let sizes = container_sizes(&graph);
        assert_eq!(
            (sizes.len(), sizes[0].at_least, sizes[0].unused.0),
            (1, 1, 7 * 8)
        );
    }

    #[test]
    fn of_a_heap_file_the_fill_is_not_known() {
        let mut builder = GraphBuilder::default();
        let dict = builder.add_node(NewNode::new("dict").value("2 items").sizes(64, 100));
        builder.add_edge(dict, dict, objgraph_trace::EdgeKind::Strong, "");
        let container = containers(&builder.finish(), 1)[0];
        assert_eq!((container.n_elements(), container.fill()), (2, None));
    }

    #[test]
    fn a_value_may_claim_any_number_of_items() {
        let mut builder = GraphBuilder::default();
        builder.add_node(NewNode::new("dict").value(&format!("{} items", u64::MAX)));
        assert_eq!(container_sizes(&builder.finish())[0].at_least, 1 << 63);
    }
}
