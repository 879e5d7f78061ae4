//! Objects from elsewhere, each in as few bytes as it needs.

use super::References;
use super::rows::{LooseRows, Rows};
use crate::node::Bytes;
use crate::packed::Packed;
use crate::texts::Texts;
use objgraph_trace::{EdgeKind, NodeFlags, State};
use std::borrow::Cow;
use std::ops::Range;

/// Columns of packed numbers: what no object has takes no memory.
#[derive(Debug, Default)]
pub(crate) struct PackedStore {
    n_nodes: usize,
    types: Packed,
    shallow: Packed,
    owned: Packed,
    strong: Packed,
    weak: Packed,
    /// Positions in [`State::ALL`].
    states: Packed,
    /// Positions in the texts of values and of sites.
    values: Packed,
    sites: Packed,
    serials: Packed,
    /// The ids of elsewhere; none unless every object has one.
    ids: Packed,
    rows: Rows,
    texts: StoreTexts,
}

/// What objects and references name by number.
#[derive(Debug, Default)]
pub(crate) struct StoreTexts {
    pub(crate) labels: Texts,
    pub(crate) values: Texts,
    pub(crate) sites: Texts,
}

/// An object on its way into a [`PackedStore`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct PackedObject {
    pub(crate) type_index: u32,
    pub(crate) shallow: u64,
    pub(crate) owned: u64,
    pub(crate) strong: u64,
    pub(crate) weak: u64,
    pub(crate) state: State,
    pub(crate) value: u32,
    pub(crate) site: u32,
    pub(crate) serial: u64,
}

/// Making one.
impl PackedStore {
    #[inline]
    pub(crate) fn push(&mut self, object: PackedObject) {
        self.n_nodes += 1;
        self.types.push(object.type_index.into());
        self.shallow.push(object.shallow);
        self.owned.push(object.owned);
        self.strong.push(object.strong);
        self.weak.push(object.weak);
        self.states.push(object.state as u64);
        self.values.push(object.value.into());
        self.sites.push(object.site.into());
        self.serials.push(object.serial);
    }

    /// Adds what belongs to all objects together: references, texts, and ids of elsewhere if there are any.
    pub(crate) fn finish(
        mut self,
        rows: LooseRows,
        texts: StoreTexts,
        ids: Option<Packed>,
    ) -> Self {
        self.rows = rows.into_rows(self.n_nodes);
        self.texts = texts;
        self.ids = ids.unwrap_or_default();
        for column in [
            &mut self.types,
            &mut self.shallow,
            &mut self.owned,
            &mut self.strong,
            &mut self.weak,
            &mut self.states,
            &mut self.values,
            &mut self.sites,
            &mut self.serials,
            &mut self.ids,
        ] {
            column.shrink();
        }
        self
    }
}

/// Objects.
impl PackedStore {
    pub(crate) fn n_nodes(&self) -> usize {
        self.n_nodes
    }

    #[inline]
    pub(super) fn type_index(&self, node: u32) -> usize {
        self.types.get(node as usize) as usize
    }

    pub(super) fn sizes(&self, node: u32) -> [Bytes; 3] {
        let owned = Bytes(self.owned.get(node as usize));
        [Bytes(self.shallow.get(node as usize)), owned, owned]
    }

    pub(super) fn strong(&self, node: u32) -> u64 {
        self.strong.get(node as usize)
    }

    pub(super) fn weak(&self, node: u32) -> u64 {
        self.weak.get(node as usize)
    }

    pub(super) fn state(&self, node: u32) -> State {
        State::ALL[self.states.get(node as usize) as usize]
    }

    pub(super) fn set_state(&mut self, node: u32, state: State) {
        self.states.set(node as usize, state as u64);
    }

    /// Only handles that are counted are told of objects from elsewhere.
    pub(super) fn has_flag(&self, node: u32, flag: NodeFlags) -> bool {
        flag == NodeFlags::SHARED && self.strong(node) > 0
    }

    pub(super) fn value(&self, node: u32) -> &str {
        self.texts.values.get(self.values.get_u32(node as usize))
    }

    pub(super) fn address(&self, node: u32) -> u64 {
        self.id(node).unwrap_or(node.into())
    }

    /// The id by which the file knows an object; `None` if it has no ids of its own.
    pub(crate) fn id(&self, node: u32) -> Option<u64> {
        self.has_ids().then(|| self.ids.get(node as usize))
    }

    pub(crate) fn has_ids(&self) -> bool {
        self.ids.len() > 0
    }

    /// The object with an id of the file. O(objects).
    pub(crate) fn with_id(&self, id: u64) -> Option<u32> {
        let place = self.ids.iter().position(|known| known == id)?;
        Some(place as u32)
    }

    /// Where an object was allocated; empty if that is not known.
    pub(crate) fn site(&self, node: u32) -> &str {
        self.texts.sites.get(self.sites.get_u32(node as usize))
    }

    /// The place of an object in the order of creation; `None` if that is not known.
    pub(crate) fn serial(&self, node: u32) -> Option<u64> {
        self.serials.get(node as usize).checked_sub(1)
    }
}

/// References.
impl PackedStore {
    pub(super) fn n_edges(&self) -> usize {
        self.rows.n_edges()
    }

    pub(super) fn label(&self, edge: u64) -> Cow<'_, str> {
        self.rows.label(edge).label(&self.texts.labels)
    }

    pub(super) fn field(&self, edge: u64) -> Cow<'_, str> {
        self.rows.label(edge).field(&self.texts.labels)
    }

    pub(super) fn field_code(&self, edge: u64) -> u64 {
        self.rows.label(edge).field_code()
    }
}

impl References for PackedStore {
    #[inline]
    fn row(&self, node: u32) -> Range<u64> {
        self.rows.row(node)
    }

    #[inline]
    fn target(&self, edge: u64) -> u32 {
        self.rows.target(edge)
    }

    #[inline]
    fn kind(&self, edge: u64) -> EdgeKind {
        self.rows.kind(edge)
    }
}
