//! What would be freed if some references were cut.

use super::walk::{entries, reach};
use crate::graph::{Edge, EdgeId, NodeId, ObjectGraph};
use crate::node::Bytes;
use std::collections::BTreeMap;

/// References that could be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum References<'n> {
    /// The one with this number.
    One(EdgeId),
    /// All that lead to an object. What a root holds it holds on: a root is no reference.
    To(NodeId),
    /// Those of one field, in all objects of a type.
    Field {
        /// The name of the type, or its full path.
        type_name: &'n str,
        /// The field, as [`Edge::field`] writes it: `.children[]`.
        field: &'n str,
    },
}

/// The objects that nothing would keep alive any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Freed {
    /// The objects, in visiting order.
    pub nodes: Vec<NodeId>,
    /// Their shallow and owned bytes, together.
    pub bytes: Bytes,
}

/// What would be freed if references were cut.
///
/// Alive is what the roots lead to, or an object that no owning reference led to before the cut: something holds such an
/// object that the graph does not know. A cycle that nothing leads to is not alive, and cannot be freed by a cut.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, References, freed_by_cutting};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [app, cache, page] = ["App", "Cache", "Page"].map(|name| builder.add_node(NewNode::new(name).sizes(8, 2)));
/// builder.add_edge(app, cache, Strong, ".cache");
/// builder.add_edge(cache, page, Strong, ".pages[0]");
/// builder.add_edge(page, cache, Strong, ".owner");
/// let graph = builder.finish();
///
/// let freed = freed_by_cutting(&graph, &References::Field { type_name: "App", field: ".cache" });
/// assert_eq!((freed.nodes, freed.bytes.0), (vec![cache, page], 20));
/// let freed = freed_by_cutting(&graph, &References::Field { type_name: "Page", field: ".owner" });
/// assert!(freed.nodes.is_empty());
/// ```
#[must_use]
pub fn freed_by_cutting(graph: &ObjectGraph, references: &References<'_>) -> Freed {
    match *references {
        References::One(id) => freed_without(graph, |edge| edge.id == id),
        References::To(node) => freed_without(graph, |edge| edge.target == node),
        References::Field { type_name, field } => {
            let of_field = FieldOfType::new(graph, type_name, field);
            freed_without(graph, |edge| of_field.has(edge))
        }
    }
}

/// What would be freed if the references were cut that match.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, freed_without};
///
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new(1_u64), Box::new(2)]));
/// assert_eq!(freed_without(&graph, |edge| edge.label() == "[1]").bytes.0, 8);
/// ```
#[must_use]
pub fn freed_without(graph: &ObjectGraph, is_cut: impl Fn(&Edge<'_>) -> bool) -> Freed {
    let entries = entries(graph);
    let before = reach(graph, entries.iter().copied(), |_| true);
    let after = reach(graph, entries, |edge| !is_cut(edge));
    let mut freed = Freed::default();
    for node in graph.node_ids() {
        if before[node.index()] && !after[node.index()] {
            let [shallow, owned, _] = graph.sizes(node);
            freed.nodes.push(node);
            freed.bytes = freed.bytes.saturating_add(shallow).saturating_add(owned);
        }
    }
    freed
}

/// Tells the references of one field of one type without writing a text for each.
struct FieldOfType<'g> {
    graph: &'g ObjectGraph,
    is_of_type: Vec<bool>,
    /// Whether each code that occurs stands for the field.
    codes: BTreeMap<u64, bool>,
}

impl<'g> FieldOfType<'g> {
    fn new(graph: &'g ObjectGraph, type_name: &str, field: &str) -> Self {
        let is_named = graph
            .types
            .iter()
            .map(|known| *known.short == *type_name || known.path == type_name);
        let mut of_field = Self {
            graph,
            is_of_type: is_named.collect(),
            codes: BTreeMap::new(),
        };
        for source in graph
            .node_ids()
            .filter(|node| of_field.is_of_type[graph.store.type_index(node.0)])
        {
            for edge in graph.edges_from(source) {
                let code = graph.store.field_code(edge.id);
                of_field
                    .codes
                    .entry(code)
                    .or_insert_with(|| graph.store.field(edge.id) == field);
            }
        }
        of_field
    }

    fn has(&self, edge: &Edge<'_>) -> bool {
        let store = &self.graph.store;
        self.is_of_type[store.type_index(edge.source.0)]
            && self
                .codes
                .get(&store.field_code(edge.id))
                .is_some_and(|is_field| *is_field)
    }
}

#[cfg(test)]
mod tests {
    use super::{Freed, References, freed_by_cutting, freed_without};
    use crate::analysis::dominators::dominators;
    use crate::analysis::random::kinds::{alive, bytes, random_graph};
    use crate::builder::{GraphBuilder, NewNode};
    use crate::graph::{Edge, ObjectGraph};
    use objgraph_trace::EdgeKind::Strong;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn assert_frees(graph: &ObjectGraph, freed: &Freed, is_cut: impl Fn(&Edge<'_>) -> bool) {
        let expected = &alive(graph, |_| false) - &alive(graph, is_cut);
        assert_eq!(freed.bytes.0, bytes(graph, &expected));
        assert_eq!(
            freed.nodes.iter().copied().collect::<BTreeSet<_>>(),
            expected
        );
    }

    proptest! {
        #[test]
        fn what_is_alive_before_and_not_after_is_freed(graph in random_graph(), cut in 0..20_u64) {
            for edge in graph.node_ids().flat_map(|node| graph.edges_from(node)) {
                assert_frees(&graph, &freed_by_cutting(&graph, &References::One(edge.id)), |other| {
                    other.id == edge.id
                });
            }
            let is_cut = |edge: &Edge<'_>| edge.id.0 % 20 >= cut;
            assert_frees(&graph, &freed_without(&graph, is_cut), is_cut);
        }

        /// A root stays, and so does what nothing owned in the first place.
        #[test]
        fn without_its_referrers_an_object_frees_what_it_retains(graph in random_graph()) {
            let dominators = dominators(&graph);
            for node in graph.node_ids() {
                let freed = freed_by_cutting(&graph, &References::To(node));
                assert_frees(&graph, &freed, |edge| edge.target == node);
                prop_assert!(freed.nodes.is_empty() || freed.bytes == dominators.retained(node));
            }
        }
    }

    #[test]
    fn a_field_is_cut_in_all_objects_of_the_type_and_in_no_others() {
        let mut builder = GraphBuilder::default();
        let [list, other] =
            ["a::List", "a::Other"].map(|name| builder.add_node(NewNode::new(name)));
        let items = [1, 2, 3].map(|_| builder.add_node(NewNode::new("Item")));
        builder.add_edge(list, items[0], Strong, ".items[0]");
        builder.add_edge(list, items[1], Strong, ".items[1]");
        builder.add_edge(list, items[2], Strong, ".items");
        builder.add_edge(other, items[1], Strong, ".items[1]");
        let graph = builder.finish();
        for type_name in ["List", "a::List"] {
            let field = References::Field {
                type_name,
                field: ".items[]",
            };
            assert_eq!(freed_by_cutting(&graph, &field).nodes, [items[0]]);
        }
    }
}
