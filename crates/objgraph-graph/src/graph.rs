//! The graph of everything that was found.

use crate::births::Births;
use crate::node::{Bytes, Node};
use crate::reverse::Reverse;
use crate::store::Store;
use objgraph_trace::{Address, EdgeKind, Limit, NodeFlags, State};
use std::borrow::Cow;
use std::sync::OnceLock;

/// The number of an object, in visiting order from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// The number of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId(pub u64);

impl NodeId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Objects and the references between them, in compressed sparse rows in both directions.
///
/// Immutable, and independent of the values that it was made from. Once referrers were asked for, an object with two
/// references takes some 76 bytes after a trace; one from a heap file takes 45, and 29 before. The benches `trace` and
/// `heap` measure it.
#[derive(Debug)]
pub struct ObjectGraph {
    pub(crate) types: Vec<Type>,
    pub(crate) store: Store,
    /// Made when it is first asked for: most questions follow references forwards.
    pub(crate) reverse: OnceLock<Reverse>,
    pub(crate) roots: Vec<Root>,
    pub(crate) cuts: Vec<Cut>,
    pub(crate) births: Births,
}

/// A type that occurs in a graph.
#[derive(Clone, Debug)]
pub(crate) struct Type {
    pub(crate) path: Cow<'static, str>,
    pub(crate) short: Box<str>,
    pub(crate) module: Box<str>,
    pub(crate) has_drop_impl: bool,
}

/// Something that is there by itself, and from where everything else was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The name that the caller gave; empty if none.
    pub name: String,
    /// The object.
    pub node: NodeId,
    /// Where the strong handle lies that the root is, which explains one of the object's; no address where that is not
    /// known, and `None` if the root is the object itself, or holds it otherwise.
    pub handle: Option<Address>,
}

/// References of an object that the limits of the trace left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The referrer.
    pub node: NodeId,
    /// How many references were left out.
    pub n_references: usize,
    /// Which limit it was.
    pub limit: Limit,
}

/// One reference, from its referrer to its referent.
#[derive(Clone, Copy)]
pub struct Edge<'g> {
    graph: &'g ObjectGraph,
    /// Its number.
    pub id: EdgeId,
    /// The referrer.
    pub source: NodeId,
    /// The referent.
    pub target: NodeId,
    /// How the referrer holds the referent.
    pub kind: EdgeKind,
}

impl Edge<'_> {
    /// The path of the field that holds the reference: `.children[3]`; empty if it has none.
    #[must_use]
    pub fn label(&self) -> String {
        self.graph.store.label(self.id).into_owned()
    }

    /// The path with its numbers and keys left out, equal for all elements of one container: `.children[]`.
    #[must_use]
    pub fn field(&self) -> String {
        self.graph.store.field(self.id).into_owned()
    }

    /// The number of the referrer's type.
    pub(crate) fn type_index(&self) -> usize {
        self.graph.store.type_index(self.source.0)
    }
}

/// Counts and parts.
impl ObjectGraph {
    /// How many objects there are.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.store.n_nodes()
    }

    /// How many references there are.
    #[must_use]
    pub fn n_edges(&self) -> usize {
        self.store.n_edges()
    }

    /// What everything was found from, in the caller's order.
    #[must_use]
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// What the limits of the trace left out, by object.
    #[must_use]
    pub fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// The numbers of all objects, in visiting order.
    pub fn node_ids(&self) -> impl ExactSizeIterator<Item = NodeId> + DoubleEndedIterator + use<> {
        (0..self.store.n_nodes() as u32).map(NodeId)
    }

    /// All objects, in visiting order.
    #[must_use]
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = Node<'_>> + DoubleEndedIterator {
        self.node_ids().map(|id| Node { graph: self, id })
    }

    /// An object by its number.
    ///
    /// # Panics
    /// If the number is another graph's.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node<'_> {
        self.check(id);
        Node { graph: self, id }
    }

    /// Columns of packed numbers may answer for objects that are not there.
    #[inline]
    fn check(&self, id: NodeId) {
        let n_nodes = self.store.n_nodes();
        assert!(
            id.index() < n_nodes,
            "object #{} is not in a graph of {n_nodes}",
            id.0
        );
    }

    /// The references that an object holds, in field order.
    ///
    /// # Panics
    /// If the number is another graph's.
    #[must_use]
    pub fn edges_from(
        &self,
        source: NodeId,
    ) -> impl ExactSizeIterator<Item = Edge<'_>> + DoubleEndedIterator {
        self.check(source);
        let row = self.store.row(source.0);
        // As positions, since a range of 64 bits knows no exact size.
        (row.start as usize..row.end as usize).map(move |edge| self.edge_of(source, edge as u64))
    }

    /// The reference with a number among those that an object holds; `None` if another object holds it.
    ///
    /// # Panics
    /// If the number of the object is another graph's.
    ///
    /// # Complexity
    /// O(1).
    #[must_use]
    pub fn edge_from(&self, source: NodeId, id: EdgeId) -> Option<Edge<'_>> {
        self.check(source);
        (self.store.row(source.0).contains(&id.0)).then(|| self.edge_of(source, id.0))
    }

    #[inline]
    fn edge_of(&self, source: NodeId, edge: u64) -> Edge<'_> {
        Edge {
            graph: self,
            id: EdgeId(edge),
            source,
            target: NodeId(self.store.target(edge)),
            kind: self.store.kind(edge),
        }
    }

    /// The references that others hold to an object, by referrer.
    ///
    /// # Panics
    /// If the number is another graph's.
    ///
    /// # Complexity
    /// O(references held by its referrers); the first question of this kind turns all references around.
    pub fn edges_to(&self, target: NodeId) -> impl Iterator<Item = Edge<'_>> {
        self.check(target);
        let mut last = None;
        let referrers = self.reverse().of(target.0);
        // A referrer stands in the row once for each of its references; they are all found at its first.
        let distinct = referrers.filter(move |referrer| last.replace(*referrer) != Some(*referrer));
        distinct.flat_map(move |source| {
            self.edges_from(NodeId(source))
                .filter(move |edge| edge.target == target)
        })
    }

    /// What an object refers to, once for each reference.
    ///
    /// # Panics
    /// If the number is another graph's.
    #[must_use]
    pub fn referents(
        &self,
        id: NodeId,
    ) -> impl ExactSizeIterator<Item = NodeId> + DoubleEndedIterator {
        self.edges_from(id).map(|edge| edge.target)
    }

    /// What refers to an object, once for each reference.
    ///
    /// # Panics
    /// If the number is another graph's.
    ///
    /// # Complexity
    /// O(referrers); the first question of this kind turns all references around.
    #[must_use]
    pub fn referrers(
        &self,
        id: NodeId,
    ) -> impl ExactSizeIterator<Item = NodeId> + DoubleEndedIterator {
        self.check(id);
        self.reverse().of(id.0).map(NodeId)
    }

    /// The object that is shown under a number: that of the heap file which the graph comes from, else its own.
    ///
    /// # Complexity
    /// O(objects) if the file has numbers of its own.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_graph::{HeapBuilder, NewNode, NodeId};
    ///
    /// let mut builder = HeapBuilder::default();
    /// builder.add_node(0xbeef, NewNode::new("list")).unwrap();
    /// let (graph, _) = builder.finish();
    /// assert_eq!(graph.with_shown_id(0xbeef), Some(NodeId(0)));
    /// assert_eq!(graph.with_shown_id(0), None);
    /// ```
    #[must_use]
    pub fn with_shown_id(&self, id: u64) -> Option<NodeId> {
        match self.store.packed().filter(|store| store.has_ids()) {
            Some(store) => store.with_id(id).map(NodeId),
            None => (id < self.n_nodes() as u64).then_some(NodeId(id as u32)),
        }
    }

    /// How many strong handles an object had before the trace touched anything; 0 if it is not counted.
    #[must_use]
    pub fn strong_count(&self, id: NodeId) -> usize {
        self.node(id).strong_count()
    }

    /// How many weak handles an object had before the trace touched anything.
    #[must_use]
    pub fn weak_count(&self, id: NodeId) -> usize {
        self.node(id).weak_count()
    }

    /// The innermost object whose own memory an address lies in.
    ///
    /// # Complexity
    /// O(objects).
    #[must_use]
    pub fn around(&self, address: Address) -> Option<NodeId> {
        let around = |id: &NodeId| {
            let offset = (address.0 as u64).checked_sub(self.store.address(id.0));
            offset.is_some_and(|offset| offset < self.sizes(*id)[0].0)
        };
        self.node_ids()
            .filter(around)
            .max_by_key(|id| self.store.address(id.0))
    }

    /// The object at an address; of several that begin there, the one of the type with that path.
    ///
    /// # Complexity
    /// O(objects).
    #[must_use]
    pub fn at(&self, address: Address, type_path: &str) -> Option<NodeId> {
        let mut there = self
            .node_ids()
            .filter(|id| self.store.address(id.0) == address.0 as u64);
        there.find(|id| self.type_of(*id).path == type_path)
    }

    /// The reference with a number.
    ///
    /// # Complexity
    /// O(objects): rows do not know whose they are. [`edge_from`](Self::edge_from) takes the referrer too.
    #[must_use]
    pub fn edge(&self, id: EdgeId) -> Option<Edge<'_>> {
        let holds = |node: &NodeId| self.store.row(node.0).contains(&id.0);
        self.edge_from(self.node_ids().find(holds)?, id)
    }
}

/// What the crate's own files read.
impl ObjectGraph {
    pub(crate) fn type_of(&self, id: NodeId) -> &Type {
        &self.types[self.store.type_index(id.0)]
    }

    pub(crate) fn reverse(&self) -> &Reverse {
        self.reverse.get_or_init(|| Reverse::new(&self.store))
    }

    /// Shallow, used and reserved bytes.
    pub(crate) fn sizes(&self, id: NodeId) -> [Bytes; 3] {
        self.store.sizes(id.0)
    }

    pub(crate) fn state(&self, id: NodeId) -> State {
        self.store.state(id.0)
    }

    pub(crate) fn has_flag(&self, id: NodeId, flag: NodeFlags) -> bool {
        self.store.has_flag(id.0, flag)
    }
}
