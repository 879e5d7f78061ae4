//! References and raw addresses, which lead to whatever lies where they point.

use crate::address::FastMap;
use crate::target::Target;
use crate::{Address, EdgeKind, Records};
use std::collections::{BTreeSet, VecDeque};

/// A reference whose referent is looked for once everything that is owned was visited.
pub(crate) struct Borrow<'a> {
    /// The referrer.
    pub(crate) owner: u32,
    /// The edge, or the root if there is no referrer.
    pub(crate) edge: usize,
    pub(crate) address: Address,
    pub(crate) type_index: u32,
    pub(crate) kind: EdgeKind,
    /// The referent, if it is to become a node where it lies in none.
    pub(crate) target: Option<Target<'a>>,
}

/// References that wait, and where objects lie. Costs nothing until the first reference is reported.
#[derive(Default)]
pub(crate) struct Borrows<'a> {
    waiting: VecDeque<Borrow<'a>>,
    places: Option<Places>,
    n_unsettled: usize,
}

/// Which object lies where.
#[derive(Default)]
struct Places {
    /// Objects by where they begin.
    by_start: BTreeSet<(Address, u32)>,
    /// Objects by where they begin and their type.
    by_type: FastMap<(Address, u32), u32>,
}

/// Objects in objects in objects: how many that begin before a place are looked at, innermost first.
const MAX_NESTED: usize = 16;

impl<'a> Borrows<'a> {
    pub(crate) fn push(&mut self, borrow: Borrow<'a>) {
        self.waiting.push_back(borrow);
    }

    pub(crate) fn pop(&mut self) -> Option<Borrow<'a>> {
        self.waiting.pop_front()
    }

    /// Notes that an object was found, and where it lies.
    #[inline]
    pub(crate) fn found(&mut self, address: Address, type_index: u32, node: u32) {
        if let Some(places) = &mut self.places {
            places.by_start.insert((address, node));
            places.by_type.insert((address, type_index), node);
        }
    }

    /// Notes that a reference leads nowhere that is known.
    pub(crate) fn leave_unsettled(&mut self) {
        self.n_unsettled += 1;
    }

    pub(crate) fn any_unsettled(&self) -> bool {
        self.n_unsettled > 0
    }

    /// Whether any reference was reported.
    #[inline]
    pub(crate) fn are_known(&self) -> bool {
        self.places.is_some()
    }

    /// The object of a type that begins at an address.
    pub(crate) fn exactly(&self, address: Address, type_index: u32) -> Option<u32> {
        self.places
            .as_ref()?
            .by_type
            .get(&(address, type_index))
            .copied()
    }

    /// The object that lies at or around an address: the one of that type that begins there, else the innermost.
    pub(crate) fn around(
        &mut self,
        address: Address,
        type_index: u32,
        records: &Records,
    ) -> Option<u32> {
        if self.places.is_none() {
            self.places = Some(Places::default());
            for (node, record) in records.nodes.iter().enumerate() {
                self.found(record.address, record.type_index, node as u32);
            }
        }
        self.exactly(address, type_index).or_else(|| {
            let places = self.places.as_ref()?;
            let before = places
                .by_start
                .range(..=(address, u32::MAX))
                .rev()
                .take(MAX_NESTED);
            let mut innermost = None;
            for &(start, node) in before {
                let record = &records.nodes[node as usize];
                if address.0 - start.0 < record.shallow as usize {
                    innermost = innermost.or(Some(node));
                }
            }
            innermost
        })
    }
}

/// Removes the references that lead nowhere: those to plain values, which their referrer's label shows.
pub(crate) fn remove_unsettled(records: &mut Records, vacant: u32) {
    let mut kept = 0;
    let mut order: Vec<u32> = (0..records.nodes.len() as u32).collect();
    order.sort_unstable_by_key(|&node| records.nodes[node as usize].first_edge);
    for node in order {
        let record = &mut records.nodes[node as usize];
        let row = record.first_edge as usize..record.first_edge as usize + record.n_edges as usize;
        let first_kept = kept;
        for edge in row {
            if records.edges[edge].target != vacant {
                records.edges[kept] = records.edges[edge];
                if !records.handles.is_empty() {
                    records.handles[kept] = records.handles[edge];
                }
                kept += 1;
            }
        }
        (record.first_edge, record.n_edges) = (first_kept as u32, (kept - first_kept) as u32);
    }
    records.edges.truncate(kept);
    records.handles.truncate(kept);
    records.roots.retain(|root| root.node != vacant);
}
