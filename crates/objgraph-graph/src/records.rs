//! A graph of what a trace has written down.

use crate::births::Births;
use crate::graph::{Cut, NodeId, ObjectGraph, Root, Type};
use crate::names::{module_of, shorten};
use crate::store::{Store, TracedStore};
use objgraph_trace::Records;
use std::borrow::Cow;
use std::sync::OnceLock;

impl From<Records> for ObjectGraph {
    /// Takes the columns as they are; the rows are turned around when referrers are first asked for.
    ///
    /// # Complexity
    /// O(types + cut references): no object is touched.
    fn from(records: Records) -> Self {
        let Records {
            types,
            nodes,
            edges,
            paths,
            roots,
            large,
            cuts,
            values,
            handles,
            unsteady,
            ..
        } = records;
        let types = types.iter().map(|facts| Type {
            path: Cow::Borrowed(facts.name()),
            short: if facts.is_renamed() {
                facts.name().into()
            } else {
                shorten(facts.name()).into()
            },
            module: if facts.is_renamed() {
                "".into()
            } else {
                module_of(facts.name()).into()
            },
            has_drop_impl: facts.has_drop_impl(),
        });
        let roots = roots.into_iter().map(|root| Root {
            name: root.name,
            node: NodeId(root.node),
            handle: root.handle,
        });
        let cuts = cuts.into_iter().map(|cut| Cut {
            node: NodeId(cut.node),
            n_references: cut.n_references as usize,
            limit: cut.limit,
        });
        Self {
            types: types.collect(),
            store: Store::Traced(TracedStore {
                nodes,
                edges,
                paths,
                values,
                large,
                handles,
                unsteady,
            }),
            reverse: OnceLock::new(),
            roots: roots.collect(),
            cuts: cuts.collect(),
            births: Births::default(),
        }
    }
}

impl ObjectGraph {
    /// Gives objects of a traced graph one-line values, as a trace that was asked for values would have.
    ///
    /// For graphs of many objects of which few are shown: values cost more than all else that is learned.
    ///
    /// # Complexity
    /// O(values).
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_graph::{NodeId, ObjectGraph};
    ///
    /// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new(1), Box::new(2)]));
    /// let graph = graph.with_values([(NodeId(2), "two".to_owned())]);
    /// assert_eq!((graph.node(NodeId(1)).value(), graph.node(NodeId(2)).value()), ("", "two"));
    /// ```
    #[must_use]
    pub fn with_values(mut self, values: impl IntoIterator<Item = (NodeId, String)>) -> Self {
        if let Store::Traced(objects) = &mut self.store {
            for (node, value) in values {
                objects.values.set(node.0, &value);
            }
        }
        self
    }
}
