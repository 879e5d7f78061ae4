//! A graph of objects that are known by ids of elsewhere: the addresses of another process, the numbers of a file.

use crate::builder::{GraphBuilder, KnownLabel, KnownType, NewNode};
use crate::graph::{NodeId, ObjectGraph};
use crate::ids::Ids;
use crate::packed::Packed;
use objgraph_trace::EdgeKind;

/// Takes objects with ids, and references to ids that may come later or never, and makes a graph of them.
///
/// Objects are numbered in the order in which they are added. The graph shows them under their ids.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{HeapBuilder, NewNode};
/// use objgraph_trace::EdgeKind;
///
/// let mut builder = HeapBuilder::default();
/// let list = builder.add_node(0x7f10, NewNode::new("list")).unwrap();
/// let label = builder.add_label("[0]");
/// builder.add_edge(list, 0x7f20, EdgeKind::Strong, label);
/// builder.add_edge(list, 0x7f30, EdgeKind::Strong, label);
/// builder.add_node(0x7f20, NewNode::new("int")).unwrap();
///
/// let (graph, missing) = builder.finish();
/// assert_eq!((graph.n_nodes(), graph.n_edges()), (2, 1));
/// assert_eq!((missing.n_references, missing.first), (1, Some((list, 0x7f30))));
/// ```
#[derive(Debug, Default)]
pub struct HeapBuilder {
    graph: GraphBuilder,
    /// A slot for each id, in the order in which the ids are first met.
    slots: Ids,
    /// The object of each slot, one higher; 0 until it is added.
    nodes: Packed,
    ids: Packed,
}

/// An id that a [`HeapBuilder`] has looked up, for that builder alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownId {
    id: u64,
    slot: u32,
}

/// References to ids that no object has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// How many references there are.
    pub n_references: usize,
    /// How many ids they name.
    pub n_ids: usize,
    /// The first of the references: its referrer, and the id that it names.
    pub first: Option<(NodeId, u64)>,
}

impl HeapBuilder {
    /// A type by its module, its name in there, and what stands between the two; see [`GraphBuilder::add_type`].
    pub fn add_type(&mut self, module: &str, name: &str, separator: &str) -> KnownType {
        self.graph.add_type(module, name, separator)
    }

    /// A label of references, to be used for many of them; see [`GraphBuilder::add_label`].
    pub fn add_label(&mut self, label: &str) -> KnownLabel {
        self.graph.add_label(label)
    }

    /// Adds an object.
    ///
    /// # Errors
    /// The object that has the id already.
    ///
    /// # Panics
    /// Beyond four billion objects.
    pub fn add_node(&mut self, id: u64, new: NewNode<'_>) -> Result<NodeId, NodeId> {
        let known = self.known(id);
        self.add_known_node(known, new)
    }

    /// Adds an object whose id was looked up.
    ///
    /// # Errors
    /// As [`add_node`](Self::add_node).
    ///
    /// # Panics
    /// Beyond four billion objects, and perhaps if another builder looked the id up.
    pub fn add_known_node(&mut self, known: KnownId, new: NewNode<'_>) -> Result<NodeId, NodeId> {
        let slot = self.slot(known) as usize;
        if let Some(first) = self.node_in(slot) {
            return Err(first);
        }
        let node = self.graph.add_node(new);
        self.nodes.set(slot, u64::from(node.0) + 1);
        self.ids.push(known.id);
        Ok(node)
    }

    /// Adds a reference to the object that has an id, or will have it.
    ///
    /// # Panics
    /// With more than four billion different ids, and if the referrer was not added before.
    #[inline]
    pub fn add_edge(&mut self, source: NodeId, target: u64, kind: EdgeKind, label: KnownLabel) {
        let target = self.known(target);
        self.add_edge_to(source, target, kind, label);
    }

    /// Looks ids up together, which is several times faster than one by one: one does not wait for the other's memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_graph::{HeapBuilder, NewNode};
    ///
    /// let mut builder = HeapBuilder::default();
    /// let ids = builder.add_ids([0x7f20, 0x7f10].into_iter());
    /// let first = builder.add_known_node(ids[1], NewNode::new("list"));
    /// assert_eq!(builder.add_node(0x7f10, NewNode::new("list")), Err(first.unwrap()));
    /// ```
    ///
    /// # Panics
    /// With more than four billion different ids.
    pub fn add_ids(&mut self, ids: impl Iterator<Item = u64>) -> Vec<KnownId> {
        ids.map(|id| self.known(id)).collect()
    }

    /// Adds a reference to an object whose id was looked up.
    ///
    /// # Panics
    /// If the referrer was not added before, and perhaps if another builder looked the id up or knows the label.
    #[inline]
    pub fn add_edge_to(
        &mut self,
        source: NodeId,
        target: KnownId,
        kind: EdgeKind,
        label: KnownLabel,
    ) {
        assert!(
            source.index() < self.ids.len(),
            "a referrer is added before its references"
        );
        let slot = self.slot(target);
        self.graph.push_edge(source, slot, kind, label);
    }

    /// Names an object that is there by itself.
    ///
    /// # Panics
    /// If the object was not added before.
    pub fn add_root(&mut self, name: &str, node: NodeId) {
        self.graph.add_root(name, node);
    }

    /// The graph, and what had to be left out of it: references to ids that no object has.
    ///
    /// # Complexity
    /// O(objects + references).
    #[must_use]
    pub fn finish(mut self) -> (ObjectGraph, Missing) {
        // All that this needs is freed before the graph is made.
        let ids = std::mem::take(&mut self.slots);
        let missing = self.missing(&ids);
        drop(ids);
        let nodes = self.nodes;
        let is_renamed = nodes
            .iter()
            .enumerate()
            .any(|(slot, node)| node != slot as u64 + 1);
        if is_renamed {
            let node = |slot: u32| nodes.get_u32(slot as usize).checked_sub(1);
            self.graph.rows.rename(node);
        }
        drop(nodes);
        (self.graph.finish_with(Some(self.ids)), missing)
    }

    #[inline]
    fn known(&mut self, id: u64) -> KnownId {
        let slot = self.slots.number(id);
        if slot as usize == self.nodes.len() {
            self.nodes.push(0);
        }
        KnownId { id, slot }
    }

    /// The slot of an id; numbers of another builder must not get into the columns.
    #[inline]
    fn slot(&self, known: KnownId) -> u32 {
        assert!(
            (known.slot as usize) < self.nodes.len(),
            "an id is looked up by the builder that it is for"
        );
        known.slot
    }

    fn node_in(&self, slot: usize) -> Option<NodeId> {
        self.nodes.get_u32(slot).checked_sub(1).map(NodeId)
    }

    fn missing(&self, slots: &Ids) -> Missing {
        let n_ids = self.nodes.iter().filter(|node| *node == 0).count();
        if n_ids == 0 {
            return Missing::default();
        }
        let is_missing = |slot: u32| self.nodes.get(slot as usize) == 0;
        let mut missing = self
            .graph
            .rows
            .iter()
            .filter(|(_, target)| is_missing(*target))
            .peekable();
        let first = missing.peek().copied();
        Missing {
            n_ids,
            first: first.and_then(|(source, slot)| Some((NodeId(source), slots.id(slot)?))),
            n_references: missing.count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HeapBuilder, NewNode};
    use crate::NodeId;
    use objgraph_trace::EdgeKind;
    use proptest::prelude::*;

    #[test]
    #[should_panic(expected = "an id is looked up by the builder that it is for")]
    fn an_id_of_another_builder_is_refused() {
        let known = HeapBuilder::default().add_ids(0..3)[2];
        let mut builder = HeapBuilder::default();
        let node = builder.add_node(0, NewNode::new("")).unwrap();
        let label = builder.add_label("");
        builder.add_edge_to(node, known, EdgeKind::Strong, label);
    }

    #[test]
    #[should_panic(expected = "a referrer is added before its references")]
    fn a_referrer_that_was_not_added_is_refused() {
        let mut builder = HeapBuilder::default();
        let label = builder.add_label("");
        builder.add_edge(NodeId(0), 0, EdgeKind::Strong, label);
    }

    #[test]
    #[should_panic(expected = "object #1 is not in a graph of 1")]
    fn objects_that_are_not_there_have_no_references() {
        let mut builder = HeapBuilder::default();
        builder.add_node(7, NewNode::new("")).unwrap();
        _ = builder.finish().0.edges_from(NodeId(1)).len();
    }

    proptest! {
        /// Objects have the ids 0, 10, 20, …; the referrers of references come in any order, and some targets never.
        #[test]
        fn references_find_their_objects_whatever_comes_first(
            n_nodes in 1..12_u64,
            edges in prop::collection::vec((0..12_u64, 0..14_u64), 0..30),
        ) {
            let mut builder = HeapBuilder::default();
            let mut nodes = Vec::new();
            let mut expected = vec![Vec::new(); n_nodes as usize];
            let mut n_missing = 0;
            let (early, late) = edges.split_at(edges.len() / 2);
            let label = builder.add_label("[7]");
            nodes.push(builder.add_node(0, NewNode::new("first")).unwrap());
            for (_, target) in early {
                builder.add_edge(nodes[0], target * 10, EdgeKind::Weak, label);
            }
            for id in 1..n_nodes {
                nodes.push(builder.add_node(id * 10, NewNode::new("other").sizes(id, 1 << 40)).unwrap());
            }
            for (source, target) in late {
                builder.add_edge(nodes[(source % n_nodes) as usize], target * 10, EdgeKind::Owned, label);
            }
            let all = early.iter().map(|edge| (0, edge.1, EdgeKind::Weak));
            let all = all.chain(late.iter().map(|edge| (edge.0 % n_nodes, edge.1, EdgeKind::Owned)));
            for (source, target, kind) in all {
                if target < n_nodes {
                    expected[source as usize].push((target * 10, kind, "[7]".to_owned()));
                } else {
                    n_missing += 1;
                }
            }
            prop_assert_eq!(builder.add_node(0, NewNode::new("again")), Err(nodes[0]));

            let (graph, missing) = builder.finish();
            prop_assert_eq!(missing.n_references, n_missing);
            prop_assert_eq!(missing.first.is_some(), n_missing > 0);
            for (node, expected) in graph.nodes().zip(expected) {
                let found: Vec<_> = graph.edges_from(node.id())
                    .map(|edge| (graph.node(edge.target).shown_id(), edge.kind, edge.label()))
                    .collect();
                prop_assert_eq!(found, expected);
                let forwards = graph.nodes().flat_map(|other| graph.edges_from(other.id()));
                let referrers: Vec<_> = forwards
                    .filter(|edge| edge.target == node.id())
                    .map(|edge| edge.source)
                    .collect();
                prop_assert!(graph.referrers(node.id()).eq(referrers));
            }
        }
    }
}
