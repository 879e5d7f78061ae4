//! The records of a trace, as they are.

use super::References;
use crate::node::Bytes;
use objgraph_trace::{
    Address, Column, EdgeKind, EdgeRecord, NodeFlags, NodeRecord, Paths, State, TOO_LARGE, Values,
};
use std::borrow::Cow;
use std::ops::Range;

/// Columns that a trace has filled.
#[derive(Debug)]
pub(crate) struct TracedStore {
    pub(crate) nodes: Column<NodeRecord>,
    pub(crate) edges: Column<EdgeRecord>,
    pub(crate) paths: Paths,
    pub(crate) values: Values,
    pub(crate) large: Vec<(u32, [u64; 3])>,
    pub(crate) handles: Column<Address>,
    pub(crate) unsteady: Vec<u32>,
}

/// Objects.
impl TracedStore {
    #[inline]
    fn node(&self, node: u32) -> &NodeRecord {
        &self.nodes[node as usize]
    }

    pub(super) fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    #[inline]
    pub(super) fn type_index(&self, node: u32) -> usize {
        self.node(node).type_index as usize
    }

    pub(super) fn sizes(&self, node: u32) -> [Bytes; 3] {
        let record = self.node(node);
        let sizes = [record.shallow, record.used, record.reserved];
        if sizes.contains(&TOO_LARGE)
            && let Ok(place) = self.large.binary_search_by_key(&node, |large| large.0)
        {
            return self.large[place].1.map(Bytes);
        }
        sizes.map(|size| Bytes(size.into()))
    }

    pub(super) fn strong(&self, node: u32) -> u64 {
        self.node(node).strong.into()
    }

    pub(super) fn weak(&self, node: u32) -> u64 {
        self.node(node).weak.into()
    }

    pub(super) fn state(&self, node: u32) -> State {
        self.node(node).state
    }

    pub(super) fn set_state(&mut self, node: u32, state: State) {
        self.nodes[node as usize].state = state;
    }

    pub(super) fn has_flag(&self, node: u32, flag: NodeFlags) -> bool {
        self.node(node).flags.contains(flag)
    }

    pub(super) fn value(&self, node: u32) -> &str {
        self.values.of(node)
    }

    pub(super) fn address(&self, node: u32) -> u64 {
        self.node(node).address.0 as u64
    }
}

/// References.
impl TracedStore {
    #[inline]
    fn edge(&self, edge: u64) -> &EdgeRecord {
        &self.edges[edge as usize]
    }

    pub(super) fn n_edges(&self) -> usize {
        self.edges.len()
    }

    pub(super) fn label(&self, edge: u64) -> Cow<'_, str> {
        Cow::Owned(self.paths.text(self.edge(edge).label()))
    }

    pub(super) fn field(&self, edge: u64) -> Cow<'_, str> {
        Cow::Owned(self.paths.shape_text(self.edge(edge).label().path))
    }

    /// Where the strong handle lies that a reference is.
    #[inline]
    pub(super) fn handle(&self, edge: u64) -> Option<Address> {
        let known = !self.handles.is_empty();
        let handle = known.then(|| self.handles[edge as usize]);
        handle.filter(|handle| *handle != Address::default())
    }

    pub(super) fn field_code(&self, edge: u64) -> u64 {
        self.edge(edge).label().path.0.into()
    }
}

impl References for TracedStore {
    #[inline]
    fn row(&self, node: u32) -> Range<u64> {
        let record = self.node(node);
        let first = u64::from(record.first_edge);
        first..first + u64::from(record.n_edges)
    }

    #[inline]
    fn target(&self, edge: u64) -> u32 {
        self.edge(edge).target
    }

    #[inline]
    fn kind(&self, edge: u64) -> EdgeKind {
        self.edge(edge).kind()
    }
}
