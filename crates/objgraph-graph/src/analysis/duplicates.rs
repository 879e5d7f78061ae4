//! Values that are there more than once.

use super::containers::n_items;
use crate::graph::{NodeId, ObjectGraph};
use crate::node::Bytes;
use foldhash::fast::FixedState;
use objgraph_trace::State;
use std::cmp::Reverse;
use std::hash::BuildHasher as _;
use std::ops::Range;

/// What equal values waste.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Duplicates {
    /// The values that waste the most, as many as were asked for.
    pub groups: Vec<DuplicateGroup>,
    /// How many values there are more than once.
    pub n_groups: usize,
    /// The bytes that all of them waste: those of all objects but one of each value.
    pub wasted: Bytes,
}

/// Objects of one type that have the same value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DuplicateGroup {
    /// The objects, in visiting order.
    pub nodes: Vec<NodeId>,
    /// The shallow and owned bytes of all but one of them.
    pub wasted: Bytes,
}

/// Finds objects of equal type, size and value that hold no references; those that waste the most bytes come first.
///
/// Graphs know values as one short line each, so only what is told in full can be compared: values with `…` in them, and
/// those that only tell a number of items or, in angle brackets, what the object is, are left out. A file whose writer cuts values without that mark makes equal
/// what only begins alike. Graphs that were traced without values have no duplicates.
///
/// # Complexity
/// O(objects × log objects) time, 16 bytes an object that holds no references.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, duplicates};
///
/// let mut builder = GraphBuilder::default();
/// let text = NewNode::new("str").value("'spam'").sizes(53, 0);
/// let nodes = [1, 2, 3].map(|_| builder.add_node(text));
/// builder.add_node(text.value("'ham'"));
///
/// let duplicates = duplicates(&builder.finish(), 10);
/// assert_eq!(duplicates.wasted.0, 106);
/// assert_eq!(duplicates.groups[0].nodes, nodes);
/// ```
#[must_use]
pub fn duplicates(graph: &ObjectGraph, limit: usize) -> Duplicates {
    let mut nodes = by_hash(graph);
    let mut groups = Vec::new();
    let mut start = 0;
    for same_hash in nodes.chunk_by_mut(|one, other| one.0 == other.0) {
        // Few hashes belong to two values; a sort tells them apart, and keeps the order of equal ones.
        same_hash.sort_by_key(|(_, node)| key(graph, *node));
        for same in same_hash.chunk_by(|one, other| key(graph, one.1) == key(graph, other.1)) {
            let group = Group::new(graph, same, start);
            start = group.nodes.end;
            groups.extend((same.len() > 1).then_some(group));
        }
    }
    let sum = |sum: Bytes, group: &Group| sum.saturating_add(group.wasted);
    let (n_groups, wasted) = (groups.len(), groups.iter().fold(Bytes(0), sum));
    groups.sort_unstable_by_key(|group| {
        (
            Reverse(group.wasted),
            Reverse(group.nodes.len()),
            group.first,
        )
    });
    groups.truncate(limit);
    Duplicates {
        groups: groups
            .into_iter()
            .map(|group| group.finish(&nodes))
            .collect(),
        n_groups,
        wasted,
    }
}

/// What equal objects have in common: type, sizes and value.
type Key<'g> = (usize, [Bytes; 3], &'g str);

fn key(graph: &ObjectGraph, node: u32) -> Key<'_> {
    (
        graph.store.type_index(node),
        graph.store.sizes(node),
        graph.store.value(node),
    )
}

/// The objects that can be compared, each with a hash of its key, those of one hash together.
fn by_hash(graph: &ObjectGraph) -> Vec<(u64, u32)> {
    let hasher = FixedState::default();
    let nodes = (0..graph.n_nodes() as u32).filter(|node| is_told_in_full(graph, *node));
    let mut nodes: Vec<_> = nodes
        .map(|node| (hasher.hash_one(key(graph, node)), node))
        .collect();
    nodes.sort_unstable();
    nodes
}

fn is_told_in_full(graph: &ObjectGraph, node: u32) -> bool {
    let value = graph.store.value(node);
    graph.store.row(node).is_empty()
        && graph.store.state(node) == State::Traced
        && !value.is_empty()
        && !value.contains('…')
        && n_items(value).is_none()
        // Python writes `<weakref>` of what has no value that could be written.
        && !(value.starts_with('<') && value.ends_with('>'))
}

/// A group on its way: where its objects are among all that are compared.
struct Group {
    nodes: Range<usize>,
    first: u32,
    wasted: Bytes,
}

impl Group {
    fn new(graph: &ObjectGraph, same: &[(u64, u32)], start: usize) -> Self {
        let first = same[0].1;
        let [shallow, owned, _] = graph.store.sizes(first);
        let each = shallow.saturating_add(owned).0;
        Self {
            nodes: start..start + same.len(),
            first,
            wasted: Bytes(each.saturating_mul(same.len() as u64 - 1)),
        }
    }

    fn finish(self, nodes: &[(u64, u32)]) -> DuplicateGroup {
        DuplicateGroup {
            nodes: nodes[self.nodes]
                .iter()
                .map(|(_, node)| NodeId(*node))
                .collect(),
            wasted: self.wasted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Duplicates, duplicates};
    use crate::builder::{GraphBuilder, NewNode};
    use crate::graph::NodeId;
    use objgraph_trace::EdgeKind::Weak;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const VALUES: [&str; 4] = ["", "1", "'a'", "'b'"];

    proptest! {
        #[test]
        fn equal_objects_are_those_that_a_map_puts_together(
            objects in prop::collection::vec((0..2_usize, 0..4_usize, 1..3_u64), 0..20),
        ) {
            let mut builder = GraphBuilder::default();
            let mut groups: BTreeMap<_, Vec<NodeId>> = BTreeMap::new();
            for (name, value, size) in &objects {
                let new = NewNode::new(["A", "B"][*name]).value(VALUES[*value]).sizes(*size, 8);
                groups.entry((*name, *value, *size)).or_default().push(builder.add_node(new));
            }
            groups.retain(|(_, value, _), nodes| *value > 0 && nodes.len() > 1);
            let found = duplicates(&builder.finish(), usize::MAX);
            let wasted = |size: u64, nodes: &[NodeId]| (size + 8) * (nodes.len() as u64 - 1);
            let mut expected: Vec<_> = groups.iter().map(|(key, nodes)| (wasted(key.2, nodes), nodes.clone())).collect();
            prop_assert_eq!(found.n_groups, expected.len());
            prop_assert_eq!(found.wasted.0, expected.iter().map(|(wasted, _)| wasted).sum::<u64>());
            prop_assert!(found.groups.is_sorted_by(|one, other| one.wasted >= other.wasted));
            expected.sort();
            let mut found: Vec<_> = found.groups.into_iter().map(|group| (group.wasted.0, group.nodes)).collect();
            found.sort();
            prop_assert_eq!(found, expected);
        }
    }

    fn of_two(value: &str) -> Duplicates {
        let mut builder = GraphBuilder::default();
        for _ in 0..2 {
            builder.add_node(NewNode::new("T").value(value).sizes(10, 0));
        }
        duplicates(&builder.finish(), 1)
    }

    #[test]
    fn values_that_are_not_told_in_full_are_not_compared() {
        assert_eq!(of_two("'whole'").n_groups, 1);
        for value in [
            "'beginning…",
            "[0, 1, … 4096 bytes]",
            "4 items",
            "<weakref>",
            "",
        ] {
            assert_eq!(of_two(value), Duplicates::default(), "{value}");
        }
    }

    #[test]
    fn values_that_a_builder_cuts_are_not_compared() {
        for value in ["two\nlines", &"x".repeat(501)] {
            assert_eq!(of_two(value), Duplicates::default());
        }
        assert_eq!(of_two(&"x".repeat(500)).n_groups, 1);
    }

    #[test]
    fn what_holds_references_is_no_duplicate() {
        let mut builder = GraphBuilder::default();
        let [one, other] =
            [1, 2].map(|_| builder.add_node(NewNode::new("T").value("'a'").sizes(10, 0)));
        builder.add_edge(one, other, Weak, "");
        assert_eq!(duplicates(&builder.finish(), 1).n_groups, 0);
    }

    #[test]
    fn as_many_groups_are_told_as_are_asked_for() {
        let mut builder = GraphBuilder::default();
        for (value, size) in [("'a'", 10), ("'b'", 20), ("'a'", 10), ("'b'", 20)] {
            builder.add_node(NewNode::new("T").value(value).sizes(size, 0));
        }
        let found = duplicates(&builder.finish(), 1);
        assert_eq!(
            (found.n_groups, found.wasted.0, found.groups.len()),
            (2, 30, 1)
        );
        assert_eq!(found.groups[0].nodes, [NodeId(1), NodeId(3)]);
    }
}
