//! Which strong handles the references that were found explain.

use crate::graph::{NodeId, ObjectGraph};
use crate::store::{References, Store};
use objgraph_trace::{Address, EdgeKind, NodeFlags};

/// What was found to hold each object.
pub(super) struct Holders {
    /// How many strong references lead to it.
    n_strong: Vec<u32>,
    is_owned: Vec<bool>,
}

impl Holders {
    /// One pass over all references.
    pub(super) fn of(graph: &ObjectGraph) -> Self {
        match &graph.store {
            Store::Traced(store) => Self::counted(graph, store),
            Store::Packed(store) => Self::counted(graph, store),
        }
    }

    fn counted(graph: &ObjectGraph, store: &impl References) -> Self {
        let mut n_strong = vec![0_u32; graph.n_nodes()];
        let mut is_owned = vec![false; graph.n_nodes()];
        for edge in 0..graph.n_edges() as u64 {
            match store.kind(edge) {
                EdgeKind::Strong => {
                    let count = &mut n_strong[store.target(edge) as usize];
                    *count = count.saturating_add(1);
                }
                EdgeKind::Owned => is_owned[store.target(edge) as usize] = true,
                _ => {}
            }
        }
        Self { n_strong, is_owned }
    }

    /// How many strong handles of a counted object no reference is, which may be fewer than none; `None` if it is not
    /// counted.
    #[inline]
    pub(super) fn external(&self, graph: &ObjectGraph, node: NodeId) -> Option<i64> {
        if !graph.has_flag(node, NodeFlags::SHARED) {
            return None;
        }
        let strong = i64::try_from(graph.store.strong(node.0)).unwrap_or(i64::MAX);
        Some(strong - i64::from(self.n_strong[node.index()]))
    }

    /// Whether an object that is not counted has an owner, which is then its only one.
    #[inline]
    pub(super) fn has_owner(&self, node: NodeId) -> bool {
        self.is_owned[node.index()] && self.n_strong[node.index()] == 0
    }

    /// Counts roots that are handles as well. One that lies in an object is found there, too.
    fn add_roots(&mut self, graph: &ObjectGraph) {
        let handles = graph
            .roots()
            .iter()
            .filter_map(|root| Some((root.handle?, root.node)));
        let mut handles: Vec<_> = handles.collect();
        handles.sort_unstable();
        handles.dedup_by(|one, other| one == other && one.0 != Address::default());
        let mut is_in_object = vec![false; handles.len()];
        if handles.iter().any(|handle| handle.0 != Address::default()) {
            for edge in 0..graph.n_edges() as u64 {
                if let Some(place) = graph.store.handle(edge)
                    && let handle = (place, NodeId(graph.store.target(edge)))
                    && let Ok(place) = handles.binary_search(&handle)
                {
                    is_in_object[place] = true;
                }
            }
        }
        let roots = handles.iter().zip(is_in_object);
        for ((_, node), _) in roots.filter(|(_, is_in_object)| !is_in_object) {
            self.n_strong[node.index()] += 1;
        }
    }
}

/// How many strong handles of each counted object nothing explains that was found: neither a reference nor a root.
///
/// Handles on the stack, in statics, in what was not traced or was forgotten are more than 0: "held by 2 unknown". Fewer
/// than 0 means that an impl reports handles which are not there. Objects come in visiting order.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, unexplained};
/// use std::rc::Rc;
///
/// let text = Rc::new(String::from("text"));
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![text.clone(), text.clone()]));
/// let (node, count) = unexplained(&graph).next().unwrap();
/// assert_eq!((graph.node(node).type_name(), count), ("String", 1));
/// ```
pub fn unexplained(graph: &ObjectGraph) -> impl Iterator<Item = (NodeId, i64)> {
    let mut holders = Holders::of(graph);
    holders.add_roots(graph);
    let counted = move |node| Some((node, holders.external(graph, node)?));
    graph.node_ids().filter_map(counted)
}

#[cfg(test)]
mod tests {
    use super::unexplained;
    use crate::{GraphBuilder, NewNode, NodeId, ObjectGraph};
    use objgraph_trace::EdgeKind::{Owned, Strong, Weak};
    use objgraph_trace::{Address, TraceOptions, Walk};
    use std::rc::Rc;

    fn counts(graph: &ObjectGraph) -> Vec<(u32, i64)> {
        unexplained(graph)
            .map(|(node, count)| (node.0, count))
            .collect()
    }

    #[test]
    fn strong_references_and_roots_that_are_handles_explain_counts() {
        let mut builder = GraphBuilder::default();
        let [a, b, c] =
            [1, 4, 2].map(|strong| builder.add_node(NewNode::new("A").counts(strong, 1)));
        let plain = builder.add_node(NewNode::new("B"));
        for kind in [Strong, Strong, Weak, Owned] {
            builder.add_edge(a, b, kind, "");
        }
        builder.add_edge(b, plain, Owned, "");
        builder.add_root("itself", c);
        builder.add_handle_root("local", c);
        builder.add_handle_root("another", c);
        builder.add_root("itself", b);
        assert_eq!(counts(&builder.finish()), [(0, 1), (1, 2), (2, 0)]);
    }

    #[test]
    fn more_references_than_handles_are_fewer_than_none() {
        let mut builder = GraphBuilder::default();
        let node = builder.add_node(NewNode::new("A").counts(1, 0));
        builder.add_edge(node, node, Strong, ".a");
        builder.add_edge(node, node, Strong, ".b");
        assert_eq!(counts(&builder.finish()), [(0, -1)]);
    }

    #[test]
    fn a_root_that_lies_in_an_object_is_counted_once() {
        let (inner, other) = (Rc::new(Box::new(7)), Rc::new(Box::new(8)));
        let outer = (inner.clone(), other.clone(), other);
        let mut walk = Walk::new(TraceOptions::default().handles(true));
        walk.add_root("outer", &outer);
        walk.add_root("field", &outer.0);
        walk.add_root("again", &outer.0);
        walk.add_root("local", &inner);
        let graph = ObjectGraph::from(walk.finish());
        assert_eq!(
            graph.roots()[2].handle,
            Some(Address::of(&raw const outer.0))
        );
        let kinds = unexplained(&graph).map(|(_, count)| count);
        assert_eq!(kinds.collect::<Vec<_>>(), [0, 0]);
        assert_eq!(graph.strong_count(NodeId(1)), 2);
    }
}
