//! The walk: from one waiting object to the next.

use super::{NO_NODE, Shelter, Tracer, saturate, shared_flags};
use crate::address::VACANT;
use crate::held::Entry;
use crate::record::NodeFlags;
use crate::target::Target;
use crate::{Address, CutRecord, Limit, PathId, Records, Repr, RootRecord, SharedPointer, Trace};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

impl<'a> Tracer<'a> {
    /// Adds a root: the value itself, or what it points at if it is nothing but a pointer.
    pub(crate) fn add_root<T: Trace + ?Sized>(&mut self, name: &str, value: &'a T) {
        let n_roots = self.records.roots.len();
        self.visit.node = NO_NODE;
        self.visit.expand = true;
        self.visit.first_edge = self.records.edges.len();
        self.frontier.at_roots();
        if value.trace_type().is_pointer() {
            self.ask(value);
        }
        if self.records.roots.len() == n_roots {
            self.node(value);
        }
        for place in n_roots..self.records.roots.len() {
            let root = &mut self.records.roots[place];
            name.clone_into(&mut root.name);
            if let Some(node) = self.records.nodes.get(root.node as usize) {
                self.root_places.push(node.address);
                self.roots_by_place
                    .insert((node.address, node.type_index), root.node);
            }
        }
    }

    /// Adds an object that is no root, of whose strong handles so many are the caller's own.
    pub(crate) fn add_object<P: SharedPointer>(&mut self, handle: &'a P, n_own: usize) -> u32 {
        self.visit.node = NO_NODE;
        self.visit.expand = true;
        self.visit.first_edge = self.records.edges.len();
        self.frontier.at_roots();
        let counts = handle.counts();
        let known = *self.shared.slot(handle.allocation());
        if known != VACANT {
            let node = &mut self.records.nodes[known as usize - 1];
            node.strong = node.strong.saturating_sub(saturate(n_own));
            return known - 1;
        }
        let foreign = (counts.0.saturating_sub(n_own), counts.1);
        let node = match self.already_found(handle.target()) {
            Some(node) => node,
            None => self.add_shared(handle, foreign),
        };
        *self.shared.slot(handle.allocation()) = node + 1;
        self.watch_counts(node, handle, counts);
        node
    }

    fn add_shared<P: SharedPointer>(&mut self, handle: &'a P, counts: (usize, usize)) -> u32 {
        let node = self.add_node(Address::default(), counts, shared_flags::<P>());
        self.visit_later(node, handle.target());
        node
    }

    pub(crate) fn name_object(&mut self, name: &str, object: u32, handle: Address) {
        self.records.roots.push(RootRecord {
            name: name.to_owned(),
            node: object,
            handle: Some(handle),
        });
    }

    /// Visits everything that is waiting, and returns what was seen.
    pub(crate) fn run(&mut self) -> Records {
        self.frontier.in_order_since(0);
        let visit_all = || {
            self.visit_all();
            self.read_counts_again();
        };
        if let Err(panic) = catch_unwind(AssertUnwindSafe(visit_all)) {
            // Released before the panic goes on: a lock whose guard is dropped while panicking is poisoned.
            self.guards.unwind_to(0);
            self.pins.release();
            resume_unwind(panic);
        }
        let any_unsettled = self.borrows.any_unsettled();
        let mut records = std::mem::take(&mut self.records);
        if any_unsettled {
            crate::borrows::remove_unsettled(&mut records, NO_NODE);
        }
        settle_cuts(&mut records);
        records.large.sort_by_key(|large| large.0);
        records.paths.shrink();
        records
    }

    fn visit_all(&mut self) {
        loop {
            if let Some(entry) = self.guards.pop() {
                if let Entry::Visit(node, target) = entry {
                    self.visit.shelter = Shelter::of(self.guards.len());
                    self.visit_target(node, target);
                    self.visit.shelter = Shelter::of(0);
                }
            } else if let Some((node, target)) = self.frontier.pop() {
                self.visit_target(node, target);
            } else if let Some(borrow) = self.borrows.pop() {
                self.settle(borrow);
            } else {
                return;
            }
        }
    }

    #[inline]
    fn visit_target(&mut self, node: u32, target: Target<'a>) {
        if self.is_done(node) {
            return;
        }
        self.visit.node = node;
        self.visit.expand = self.frontier.enter(node);
        // SAFETY: see `target`: what waits is borrowed for `'a`, pinned, or guarded by an entry that is
        // still on the guard stack.
        unsafe { target.visit(self) }
    }

    /// Lets one object report.
    #[inline]
    pub(crate) fn visit<T: Trace + ?Sized>(&mut self, value: &'a T) {
        let node = self.visit.node;
        let first_edge = self.records.edges.len();
        self.visit.path = PathId::EMPTY;
        self.visit.fillings.clear();
        self.visit.inline_depth = 0;
        self.visit.first_edge = first_edge;
        self.visit.first_edge_here = first_edge;
        (self.visit.used, self.visit.reserved, self.visit.n_left_out) = (0, 0, 0);
        // Before its references: what lies behind a lock is not to be read again while its guard is held.
        if self.options.values {
            let chars = self.options.max_value_chars;
            self.records
                .values
                .write(node, |text| value.trace_repr(&mut Repr::new(text, chars)));
        }
        let mark = self.frontier.mark();
        self.ask(value);
        self.frontier.in_order_since(mark);

        let record = &mut self.records.nodes[node as usize];
        if record.n_edges > 0 {
            // The row of an earlier visit, at the depth limit: it is left behind, and removed at last.
            self.borrows.leave_unsettled();
        }
        record.first_edge = first_edge as u32;
        let n_edges = self.records.edges.len() - first_edge;
        // What is visited while another reports has no edges, or they are in the other's row.
        record.n_edges = if self.visit.is_at_once {
            0
        } else {
            n_edges as u32
        };
        record.flags.remove(NodeFlags::UNVISITED);
        record.flags.set(NodeFlags::UNEXPANDED, !self.visit.expand);
        self.set_sizes(
            node,
            [
                size_of_val(value) as u64,
                self.visit.used,
                self.visit.reserved,
            ],
        );
        if self.visit.n_left_out > 0 {
            let limit = if self.visit.expand {
                Limit::Breadth
            } else {
                Limit::Depth
            };
            self.records.cuts.push(CutRecord {
                node,
                n_references: self.visit.n_left_out,
                limit,
            });
        }
    }
}

/// Sorts the cuts by node; of an object that was visited twice, since a shorter way to it was found, the last counts.
fn settle_cuts(records: &mut Records) {
    let nodes = &records.nodes;
    records.cuts.sort_by_key(|cut| cut.node);
    records.cuts.reverse();
    records.cuts.dedup_by_key(|cut| cut.node);
    records.cuts.reverse();
    records.cuts.retain(|cut| {
        cut.limit == Limit::Breadth
            || nodes[cut.node as usize]
                .flags
                .contains(NodeFlags::UNEXPANDED)
    });
}
