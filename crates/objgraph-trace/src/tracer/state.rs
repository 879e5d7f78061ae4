//! Reports: what cannot be read, and why.

use super::Tracer;
use crate::record::NodeFlags;
use crate::{Address, EdgeKind, State, Trace};

impl<'a> Tracer<'a> {
    /// Reports a value that nobody can look into; it may hold references that are not shown.
    pub fn opaque<T: ?Sized>(&mut self, value: &'a T) {
        self.stub(value, State::Opaque);
    }

    /// Reports memory that may not hold a value yet, so that nobody may look.
    pub fn uninitialised<T: ?Sized>(&mut self, value: &'a T) {
        self.stub(value, State::Uninitialised);
    }

    /// Reports a field that is left out on purpose, so that the picture can say so.
    pub fn skip_field(&mut self, name: &'static str) {
        let _ = name;
        if let Some(node) = self.records.nodes.get_mut(self.visit.node as usize) {
            node.flags.insert(NodeFlags::HAS_SKIPPED_FIELD);
        }
    }

    /// Reports a cell or a lock that cannot be read now.
    pub fn unreadable<T: Trace + ?Sized>(&mut self, cell: &'a T, state: State) {
        if self.is_at_node() {
            self.set_state(state);
        } else {
            self.node(cell);
        }
    }

    /// Reports what a cell or lock holds although something is to be said of it, such as being poisoned:
    /// calls `report` if the cell is a node of its own, and makes it one if it is not.
    pub fn readable_but<T: Trace + ?Sized>(
        &mut self,
        cell: &'a T,
        state: State,
        report: impl FnOnce(&mut Self),
    ) {
        if self.is_at_node() {
            self.set_state(state);
            report(self);
        } else {
            self.node(cell);
        }
    }

    /// Reports that the object's references may change while it is read, without a lock: an `ArcSwap`.
    ///
    /// Whether such an object is leaked is not judged, since a pointer that moves may be seen in two of them.
    pub fn unsteady(&mut self) {
        if let Some(node) = self.records.nodes.get_mut(self.visit.node as usize) {
            node.flags.insert(NodeFlags::UNSTEADY);
        }
    }

    /// A node for a value that is not visited, unless it is the node already.
    fn stub<T: ?Sized>(&mut self, value: &'a T, state: State) {
        if self.is_at_node() {
            self.set_state(state);
        } else if !self.leaves_out_new() {
            let node = self.add_node(Address::of(value), (0, 0), NodeFlags::INLINE);
            let type_index = self.type_index::<T>();
            self.set_unread(node, type_index, state);
            self.set_sizes(node, [size_of_val(value) as u64, 0, 0]);
            self.edge(node, EdgeKind::Owned);
        }
    }
}
