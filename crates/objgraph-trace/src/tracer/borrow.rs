//! Reports: what the object refers to without owning it.

use super::{NO_NODE, Tracer};
use crate::borrows::Borrow;
use crate::record::NodeFlags;
use crate::target::Target;
use crate::{Address, EdgeKind, NodeRecord, State, Trace, TypeFacts};

/// Up to this many roots are compared one by one, which costs less than a look-up.
const FEW_ROOTS: usize = 8;

impl<'a> Tracer<'a> {
    /// Reports a reference with a lifetime.
    ///
    /// It leads to the node whose memory it points into, if there is one, else to a node of its own.
    pub fn borrowed<T: Trace + ?Sized>(&mut self, value: &'a T) {
        if size_of_val(value) == 0 || self.leaves_out_known() {
            return;
        }
        let facts = value.trace_type();
        // What has no references of its own is shown where it is referred to, if it lies in no object.
        let is_node = !facts.is_leaf() || self.visit.node == NO_NODE;
        let target = is_node.then(|| Target::new(value));
        self.borrow(Address::of(value), facts, EdgeKind::Borrowed, target);
    }

    /// Reports an address that nothing vouches for. It leads to the node whose memory it points into, if
    /// there is one, else to a node that is not followed. Null is nothing.
    pub fn raw<T: ?Sized>(&mut self, pointer: *const T) {
        if pointer.is_null() || self.leaves_out_known() {
            return;
        }
        self.borrow(
            Address::of(pointer),
            TypeFacts::of::<T>(),
            EdgeKind::Raw,
            None,
        );
    }

    fn borrow(
        &mut self,
        address: Address,
        facts: TypeFacts,
        kind: EdgeKind,
        target: Option<Target<'a>>,
    ) {
        let type_index = self.types.intern(&mut self.records.types, facts);
        let owner = self.visit.node;
        let edge = if owner == NO_NODE {
            self.records.roots.len()
        } else {
            self.records.edges.len()
        };
        self.edge(NO_NODE, kind);
        let borrow = Borrow {
            owner,
            edge,
            address,
            type_index,
            kind,
            target,
        };
        if borrow.target.is_none() || self.is_lent() {
            self.borrows.push(borrow);
        } else {
            // Settled now, even if its owner may be found only later: it may go away with the guard.
            self.settle(borrow);
        }
    }

    /// Finds out where a reference leads.
    pub(super) fn settle(&mut self, borrow: Borrow<'a>) {
        let Borrow {
            owner,
            edge,
            address,
            type_index,
            kind,
            target,
        } = borrow;
        let node = match self.borrows.around(address, type_index, &self.records) {
            Some(node) => node,
            None if target.is_none() && kind == EdgeKind::Borrowed => {
                self.borrows.leave_unsettled();
                return;
            }
            None => {
                if owner == NO_NODE {
                    self.frontier.at_roots();
                } else {
                    _ = self.frontier.enter(owner);
                }
                let node = self.add_node(address, (0, 0), NodeFlags::INLINE);
                self.borrows.found(address, type_index, node);
                let record = &mut self.records.nodes[node as usize];
                record.type_index = type_index;
                if self.records.types[type_index as usize].is_opaque() {
                    record.state = State::Opaque;
                }
                match target {
                    Some(target) => self.enqueue(node, target),
                    None => self.set_unread(node, type_index, State::AddressOnly),
                }
                node
            }
        };
        if owner == NO_NODE {
            self.records.roots[edge].node = node;
        } else {
            self.records.edges[edge].target = node;
        }
    }

    /// The node that a value is already, because it is a root or a reference led to it.
    #[inline]
    pub(super) fn already_found<T: Trace + ?Sized>(&mut self, value: &T) -> Option<u32> {
        // Values without a size may share their place with others of their type.
        if size_of_val(value) == 0 {
            return None;
        }
        let address = Address::of(value);
        let may_be_root = if self.root_places.len() <= FEW_ROOTS {
            self.root_places.contains(&address)
        } else {
            true
        };
        if !(may_be_root || self.borrows.are_known()) {
            return None;
        }
        let type_index = self
            .types
            .intern(&mut self.records.types, value.trace_type());
        let root = self.roots_by_place.get(&(address, type_index));
        root.copied()
            .or_else(|| self.borrows.exactly(address, type_index))
    }

    /// Takes back the node that was just made for an allocation, since a root or a reference had made one.
    pub(super) fn unite(&mut self, made: u32, borrowed: u32, allocation: Address) -> u32 {
        *self.shared.slot(allocation) = borrowed + 1;
        self.frontier.unfound();
        let NodeRecord { strong, weak, .. } = self.records.nodes[made as usize];
        self.records.nodes.pop();
        let node = &mut self.records.nodes[borrowed as usize];
        (node.strong, node.weak) = (strong, weak);
        node.flags.insert(NodeFlags::SHARED);
        node.flags.remove(NodeFlags::INLINE);
        borrowed
    }
}
