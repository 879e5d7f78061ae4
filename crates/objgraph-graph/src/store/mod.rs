//! Where objects and references are kept: in the records of a trace, or packed.
//!
//! Both give the same answers, so that nothing outside of this folder knows which of them a graph has. Records are
//! taken over from a trace as they are, without touching an object; what comes from elsewhere is packed, because heaps
//! of other programs are large.

mod labels;
mod packed;
mod rows;
mod traced;

use crate::graph::EdgeId;
use crate::node::Bytes;
use objgraph_trace::{Address, EdgeKind, NodeFlags, State};
use std::borrow::Cow;
use std::ops::Range;

pub(crate) use labels::LabelCode;
pub(crate) use packed::{PackedObject, PackedStore, StoreTexts};
pub(crate) use rows::{LooseRows, starts};
pub(crate) use traced::TracedStore;

/// The objects and references of one graph, both by position.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a graph has one store, and every look at an object would go through the pointer"
)]
pub(crate) enum Store {
    Traced(TracedStore),
    Packed(PackedStore),
}

/// References in rows, for searches that are compiled for each store.
pub(crate) trait References {
    /// Where the references of an object are.
    fn row(&self, node: u32) -> Range<u64>;

    fn target(&self, edge: u64) -> u32;

    fn kind(&self, edge: u64) -> EdgeKind;
}

/// Asks whichever store there is.
macro_rules! ask {
    ($store:expr, $objects:ident => $answer:expr) => {
        match $store {
            Store::Traced($objects) => $answer,
            Store::Packed($objects) => $answer,
        }
    };
}

/// Objects.
impl Store {
    pub(crate) fn n_nodes(&self) -> usize {
        ask!(self, objects => objects.n_nodes())
    }

    #[inline]
    pub(crate) fn type_index(&self, node: u32) -> usize {
        ask!(self, objects => objects.type_index(node))
    }

    /// Shallow, used and reserved bytes.
    pub(crate) fn sizes(&self, node: u32) -> [Bytes; 3] {
        ask!(self, objects => objects.sizes(node))
    }

    pub(crate) fn strong(&self, node: u32) -> u64 {
        ask!(self, objects => objects.strong(node))
    }

    pub(crate) fn weak(&self, node: u32) -> u64 {
        ask!(self, objects => objects.weak(node))
    }

    pub(crate) fn state(&self, node: u32) -> State {
        ask!(self, objects => objects.state(node))
    }

    pub(crate) fn set_state(&mut self, node: u32, state: State) {
        ask!(self, objects => objects.set_state(node, state));
    }

    pub(crate) fn has_flag(&self, node: u32, flag: NodeFlags) -> bool {
        ask!(self, objects => objects.has_flag(node, flag))
    }

    pub(crate) fn value(&self, node: u32) -> &str {
        ask!(self, objects => objects.value(node))
    }

    /// Where an object lies, or by which id the file that it comes from knows it.
    pub(crate) fn address(&self, node: u32) -> u64 {
        ask!(self, objects => objects.address(node))
    }

    /// Objects whose counts changed while they were read.
    pub(crate) fn unsteady(&self) -> &[u32] {
        match self {
            Self::Packed(_) => &[],
            Self::Traced(objects) => &objects.unsteady,
        }
    }

    /// The packed objects, which alone have ids of elsewhere, and sites and serial numbers of their own.
    pub(crate) fn packed(&self) -> Option<&PackedStore> {
        match self {
            Self::Packed(objects) => Some(objects),
            Self::Traced(_) => None,
        }
    }
}

/// References.
impl Store {
    pub(crate) fn n_edges(&self) -> usize {
        ask!(self, objects => objects.n_edges())
    }

    /// Where the references of an object are.
    #[inline]
    pub(crate) fn row(&self, node: u32) -> Range<u64> {
        ask!(self, objects => objects.row(node))
    }

    #[inline]
    pub(crate) fn target(&self, edge: u64) -> u32 {
        ask!(self, objects => objects.target(edge))
    }

    #[inline]
    pub(crate) fn kind(&self, edge: u64) -> EdgeKind {
        ask!(self, objects => objects.kind(edge))
    }

    /// The path of the field that holds a reference.
    pub(crate) fn label(&self, edge: EdgeId) -> Cow<'_, str> {
        ask!(self, objects => objects.label(edge.0))
    }

    /// The path with its numbers and keys left out.
    pub(crate) fn field(&self, edge: EdgeId) -> Cow<'_, str> {
        ask!(self, objects => objects.field(edge.0))
    }

    /// A number that references share whose fields are equal; references of different numbers may share a field too.
    pub(crate) fn field_code(&self, edge: EdgeId) -> u64 {
        ask!(self, objects => objects.field_code(edge.0))
    }

    /// Where the strong handle lies that a reference is; `None` if it is none, or nobody asked for that.
    #[inline]
    pub(crate) fn handle(&self, edge: u64) -> Option<Address> {
        match self {
            Self::Packed(_) => None,
            Self::Traced(objects) => objects.handle(edge),
        }
    }

    /// What an object holds that keeps it alive.
    #[inline]
    pub(crate) fn owned_targets(&self, node: u32) -> impl DoubleEndedIterator<Item = u32> {
        self.row(node)
            .filter(|&edge| self.kind(edge).keeps_alive())
            .map(|edge| self.target(edge))
    }
}
