//! What an impl of `Trace` talks to: it takes reports, and walks.

use crate::address::{AddressMap, VACANT};
use crate::borrows::{Borrow, Borrows};
use crate::frontier::Frontier;
use crate::impls::with_look_ahead;
use crate::record::{NodeFlags, TOO_LARGE};
use crate::target::{Entry, GuardStack, Pin, Target, lengthen};
use crate::types::TypeTable;
use crate::{
    Address, CutRecord, EdgeKind, EdgeRecord, Limit, Nesting, NodeRecord, PathId, Records, Repr,
    RootRecord, Segment, SharedPointer, State, Trace, TraceOptions, TypeFacts, WeakPointer,
};
use std::ops::Deref;

/// Takes the reports of [`Trace`] impls, and decides who is asked next.
///
/// Impls report what they refer to and under which name; they never walk into it. The tracer keeps
/// its own worklist, so depth costs memory on the heap and never on the stack.
pub struct Tracer<'a> {
    // Declared first, so that it is dropped first: guards lie in memory that pins keep alive.
    guards: GuardStack<'a>,
    pins: Vec<Pin>,
    frontier: Frontier<'a>,
    borrows: Borrows<'a>,
    shared: AddressMap,
    types: TypeTable,
    records: Records,
    options: TraceOptions,
    visit: Visit,
    /// What was read ahead; only that it is read matters.
    read_ahead: usize,
}

/// The object that is reporting now.
struct Visit {
    node: u32,
    path: PathId,
    fillings: Vec<u32>,
    first_edge: usize,
    used: u64,
    reserved: u64,
    /// Whether its references are followed, or only counted because the depth limit is reached.
    expand: bool,
    n_left_out: u32,
    /// How many containers of containers the path goes through.
    inline_depth: u8,
}

/// The owner of what is reported while a root pointer is asked what it points at.
const NO_NODE: u32 = u32::MAX;

/// Elements of elements of elements… nested deeper than this are nodes whatever they say, for the sake of the stack.
const MAX_INLINE_DEPTH: u8 = 32;

impl Tracer<'_> {
    pub(crate) fn new(options: TraceOptions) -> Self {
        Self {
            guards: GuardStack::new(),
            pins: Vec::new(),
            frontier: Frontier::new(options.max_depth),
            borrows: Borrows::default(),
            shared: AddressMap::new(),
            types: TypeTable::default(),
            records: Records::default(),
            options,
            visit: Visit {
                node: NO_NODE,
                path: PathId::EMPTY,
                fillings: Vec::new(),
                first_edge: 0,
                used: 0,
                reserved: 0,
                expand: true,
                n_left_out: 0,
                inline_depth: 0,
            },
            read_ahead: 0,
        }
    }
}

/// Reports: where in the object we are.
impl<'a> Tracer<'a> {
    /// Reports a field: what its value holds is labelled `.name`.
    #[inline]
    pub fn field<T: Trace>(&mut self, name: &'static str, value: &'a T) {
        if T::is_leaf() {
            return;
        }
        if T::has_edges(Nesting::OUTERMOST) {
            self.at_field(name, |tracer| value.trace(tracer));
        } else {
            value.trace(self);
        }
    }

    /// Reports a field whose type has no size of its own: the last of a struct with an unsized tail.
    #[inline]
    pub fn unsized_field<T: Trace + ?Sized>(&mut self, name: &'static str, value: &'a T) {
        self.at_field(name, |tracer| value.trace(tracer));
    }

    /// Lets a closure report with `.name` added to the label.
    #[inline]
    pub fn at_field(&mut self, name: &'static str, report: impl FnOnce(&mut Self)) {
        self.at(Segment::Field(name), report);
    }

    /// Lets a closure report with `::Name` added to the label.
    #[inline]
    pub fn at_variant(&mut self, name: &'static str, report: impl FnOnce(&mut Self)) {
        self.at(Segment::Variant(name), report);
    }

    #[inline]
    fn at(&mut self, segment: Segment, report: impl FnOnce(&mut Self)) {
        let outer = self.visit.path;
        self.visit.path = self.records.paths.child(outer, segment);
        report(self);
        self.visit.path = outer;
    }

    #[inline]
    fn at_filled(&mut self, segment: Segment, filling: u32, report: impl FnOnce(&mut Self)) {
        self.visit.fillings.push(filling);
        self.visit.inline_depth += 1;
        self.at(segment, report);
        self.visit.inline_depth -= 1;
        self.visit.fillings.pop();
    }

    /// Reports an element of a sequence: what it holds is labelled `[3]`.
    ///
    /// It becomes a node of its own if [its type asks for that](Trace::is_node).
    #[inline]
    pub fn element<T: Trace>(&mut self, index: usize, value: &'a T) {
        self.at_filled(Segment::Index, saturate(index), |tracer| tracer.item(value));
    }

    /// Reports the elements of a sequence, as [`element`](Self::element) does one.
    #[inline]
    pub fn elements<T: Trace + 'a>(&mut self, elements: impl IntoIterator<Item = &'a T>) {
        self.numbered(Segment::Index, elements);
    }

    /// Reports the members of a set, in the order of iteration.
    #[inline]
    pub fn members<T: Trace + 'a>(&mut self, members: impl IntoIterator<Item = &'a T>) {
        self.numbered(Segment::Member, members);
    }

    /// Reports items that differ in their number alone: the path is worked out once for all.
    #[inline]
    fn numbered<T: Trace + 'a>(
        &mut self,
        segment: Segment,
        items: impl IntoIterator<Item = &'a T>,
    ) {
        let items = items.into_iter();
        if items.size_hint().1 == Some(0) {
            return;
        }
        self.at_filled(segment, 0, |tracer| {
            let place = tracer.visit.fillings.len() - 1;
            with_look_ahead(items, tracer, T::trace_ahead, |index, item, tracer| {
                tracer.visit.fillings[place] = saturate(index);
                tracer.item(item);
            });
        });
    }

    /// Reports a part of an array, which lies inside the object: what it holds is labelled `[3]`.
    #[inline]
    pub fn part<T: Trace>(&mut self, index: usize, value: &'a T) {
        self.at_filled(Segment::Index, saturate(index), |tracer| {
            value.trace(tracer);
        });
    }

    /// Reports a key of a map, in the order of iteration.
    #[inline]
    pub fn map_key<K: Trace>(&mut self, index: usize, key: &'a K) {
        self.at_filled(Segment::MapKey, saturate(index), |tracer| tracer.item(key));
    }

    /// Reports the value at a key of a map: what it holds is labelled `["main"]`.
    #[inline]
    pub fn entry<V: Trace>(&mut self, key: impl FnOnce(&mut Repr<'_>), value: &'a V) {
        let n_edges = self.records.edges.len();
        let filling = self.records.paths.key(key);
        self.at_filled(Segment::Key, filling, |tracer| tracer.item(value));
        if self.records.edges.len() == n_edges {
            self.records.paths.forget_key(filling);
        }
    }

    #[inline]
    fn item<T: Trace>(&mut self, value: &'a T) {
        let is_node = T::is_node() && T::has_edges(Nesting::OUTERMOST);
        if is_node || self.visit.inline_depth > MAX_INLINE_DEPTH {
            self.node(value);
        } else {
            value.trace(self);
        }
    }

    /// Whether the value that reports is the node itself, rather than a part of it.
    fn is_at_node(&self) -> bool {
        self.visit.path == PathId::EMPTY && self.visit.node != NO_NODE
    }
}

/// Reports: what the object holds.
impl<'a> Tracer<'a> {
    /// Reports a buffer that belongs to the object alone: bytes in use, and bytes reserved.
    #[inline]
    pub fn buffer(&mut self, used: usize, reserved: usize) {
        self.visit.used += used as u64;
        self.visit.reserved += reserved as u64;
    }

    /// Reports a value in an allocation of its own, of which the object is the only owner: a `Box`.
    ///
    /// A value without a size has no allocation, and nothing is reported.
    #[inline]
    pub fn owned<T: Trace + ?Sized>(&mut self, value: &'a T) {
        if size_of_val(value) != 0 {
            self.own(value, NodeFlags::default());
        }
    }

    /// Makes a value that lies inside the object a node of its own.
    #[inline]
    pub fn node<T: Trace + ?Sized>(&mut self, value: &'a T) {
        self.own(value, NodeFlags::INLINE);
    }

    fn own<T: Trace + ?Sized>(&mut self, value: &'a T, flags: NodeFlags) {
        if let Some(node) = self.already_borrowed(value) {
            if !self.leaves_out_known() {
                self.edge(node, EdgeKind::Owned);
            }
        } else if !self.leaves_out_new() {
            let node = self.add_node(Address::of(value), (0, 0), flags);
            self.enqueue(node, Target::new(value));
            self.edge(node, EdgeKind::Owned);
        }
    }

    /// Reports a shared pointer: an `Rc`, an `Arc` or a type of yours.
    #[inline]
    pub fn strong<P: SharedPointer>(&mut self, pointer: &'a P) {
        let Some(found) = self.shared_node(pointer.allocation(), || pointer.counts()) else {
            return;
        };
        let mut node = found.node;
        if found.is_new
            && let Some(borrowed) = self.already_borrowed(pointer.target())
        {
            node = self.unite(node, borrowed, pointer.allocation());
        } else if self.wants_visit(found) {
            let target = if self.guards.is_guarding() {
                self.pin(pointer.clone())
            } else {
                pointer.target()
            };
            self.visit_later(node, target);
        }
        self.edge(node, EdgeKind::Strong);
    }

    /// Reports a weak pointer. What it points at is shown, but not kept alive by the edge.
    pub fn weak<W: WeakPointer>(&mut self, pointer: &'a W)
    where
        W::Strong: 'a,
    {
        let Some(allocation) = pointer.allocation() else {
            return;
        };
        let Some(found) = self.shared_node(allocation, || pointer.counts()) else {
            return;
        };
        if self.wants_visit(found) {
            if let Some(strong) = pointer.upgrade() {
                let target = self.pin(strong);
                self.visit_later(found.node, target);
            } else {
                let type_index = self.type_index::<<W::Strong as SharedPointer>::Target>();
                self.set_unread(found.node, type_index, State::Dropped);
            }
        }
        self.edge(found.node, EdgeKind::Weak);
    }

    /// Queues what a shared pointer points at: it is borrowed or pinned until the trace is over.
    #[inline]
    fn visit_later<T: Trace + ?Sized>(&mut self, node: u32, target: &'a T) {
        self.records.nodes[node as usize].address = Address::of(target);
        if target.trace_type().has_edges() {
            self.frontier.push(node, Target::new(target));
        } else {
            self.visit_at_once(node, target);
        }
    }

    /// Visits an object that cannot hold an edge while another reports: its memory is in the cache now.
    fn visit_at_once<T: Trace + ?Sized>(&mut self, node: u32, target: &'a T) {
        let Visit {
            node: outer,
            path,
            first_edge,
            used,
            reserved,
            expand,
            n_left_out,
            inline_depth,
            ..
        } = self.visit;
        let fillings = std::mem::take(&mut self.visit.fillings);
        self.visit.node = node;
        self.visit(target);
        self.visit = Visit {
            node: outer,
            path,
            fillings,
            first_edge,
            used,
            reserved,
            expand,
            n_left_out,
            inline_depth,
        };
    }

    /// Reads where a shared pointer leads, so that it lies in the cache when its turn comes.
    #[doc(hidden)]
    #[inline]
    pub fn look_ahead<P: SharedPointer>(&mut self, pointer: &P) {
        self.read_ahead ^= pointer.counts().0 ^ *self.shared.slot(pointer.allocation()) as usize;
    }

    /// Reads the beginning of a text, so that it lies in the cache when its turn comes.
    #[doc(hidden)]
    #[inline]
    pub fn look_ahead_bytes(&mut self, bytes: &[u8]) {
        self.read_ahead ^= usize::from(bytes.first().copied().unwrap_or_default());
    }

    /// Reports a reference with a lifetime.
    ///
    /// It leads to the node whose memory it points into, if there is one, else to a node of its own.
    pub fn borrowed<T: Trace + ?Sized>(&mut self, value: &'a T) {
        if size_of_val(value) == 0 || self.leaves_out_known() {
            return;
        }
        let facts = value.trace_type();
        // What has no references of its own is shown where it is referred to, if it lies in no object.
        let target = (!facts.is_leaf()).then(|| Target::new(value));
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
        if self.guards.is_guarding() && borrow.target.is_some() {
            // Settled now, even if its owner may be found only later: it may go away with the guard.
            self.settle(borrow);
        } else {
            self.borrows.push(borrow);
        }
    }

    /// Finds out where a reference leads.
    fn settle(&mut self, borrow: Borrow<'a>) {
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

    /// The node that a reference made of a value whose owner is found only now.
    #[inline]
    fn already_borrowed<T: Trace + ?Sized>(&mut self, value: &T) -> Option<u32> {
        if !self.borrows.are_known() {
            return None;
        }
        let type_index = self
            .types
            .intern(&mut self.records.types, value.trace_type());
        self.borrows.exactly(Address::of(value), type_index)
    }

    /// Takes back the node that was just made for an allocation, since a reference had made one.
    fn unite(&mut self, made: u32, borrowed: u32, allocation: Address) -> u32 {
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

    /// Reports what lies behind a guard, which is released as soon as what it alone protects was visited.
    ///
    /// Take guards by `try_` only: a trace never waits.
    pub fn guarded<G>(&mut self, guard: G)
    where
        G: Deref + 'a,
        G::Target: Trace,
    {
        let guard = Box::new(guard);
        // SAFETY: the box does not move its content, which is lent to nobody else; see `behind`.
        let value = unsafe { lengthen(&**guard) };
        self.behind(value, guard);
    }

    /// Like [`guarded`](Self::guarded), for guards whose target stays where it is when they are moved.
    ///
    /// # Safety
    /// The target of the guard does not lie inside the guard.
    #[inline]
    pub(crate) unsafe fn guarded_elsewhere<G>(&mut self, guard: G)
    where
        G: Deref + 'a,
        G::Target: Trace,
    {
        // SAFETY: moving the guard does not move its target, says the caller; see `behind`.
        let value = unsafe { lengthen(&*guard) };
        self.behind(value, guard);
    }

    /// Lets a value report that is valid until `guard` is dropped.
    #[inline]
    fn behind<T: Trace + ?Sized, G: 'a>(&mut self, value: &'a T, guard: G) {
        let scope = GuardScope::open(self);
        value.trace(scope.tracer);
        if scope.nothing_waits() {
            // Closed first: nothing refers to what the guard protects any more.
            drop(scope);
            drop(guard);
        } else {
            scope.keep(Box::new(guard));
        }
    }
}

/// The time in which a guard is held on the stack of an impl.
struct GuardScope<'t, 'a> {
    tracer: &'t mut Tracer<'a>,
    place: usize,
}

impl<'t, 'a> GuardScope<'t, 'a> {
    fn open(tracer: &'t mut Tracer<'a>) -> Self {
        let place = tracer.guards.len();
        tracer.guards.push(Entry::Release(None));
        Self { tracer, place }
    }

    fn nothing_waits(&self) -> bool {
        self.tracer.guards.len() == self.place + 1
    }

    fn keep<G: 'a>(self, guard: Box<G>) {
        self.tracer.guards.keep(self.place, guard);
        std::mem::forget(self);
    }
}

impl Drop for GuardScope<'_, '_> {
    /// Also on panic: what waits behind a guard that is gone must never be visited.
    fn drop(&mut self) {
        self.tracer.guards.unwind_to(self.place);
    }
}

/// Bookkeeping.
impl<'a> Tracer<'a> {
    /// Whether a reference to an object that was never seen is left out by a limit.
    #[inline]
    fn leaves_out_new(&mut self) -> bool {
        let row = self.records.edges.len() - self.visit.first_edge;
        let leaves_out = self.leaves_out_known() || row >= self.options.max_breadth;
        if leaves_out && self.visit.expand {
            self.visit.n_left_out = self.visit.n_left_out.saturating_add(1);
        }
        leaves_out
    }

    /// Whether a reference is left out even if its target is known, and counts it if so.
    #[inline]
    fn leaves_out_known(&mut self) -> bool {
        if !self.visit.expand {
            self.visit.n_left_out = self.visit.n_left_out.saturating_add(1);
        }
        !self.visit.expand
    }

    /// The node of a shared allocation, made if it is new; `None` if a limit leaves the reference out.
    #[inline]
    fn shared_node(
        &mut self,
        allocation: Address,
        counts: impl FnOnce() -> (usize, usize),
    ) -> Option<Found> {
        let slot = self.shared.slot(allocation);
        let known = *slot;
        if known != VACANT {
            return (!self.leaves_out_known()).then_some(Found {
                node: known - 1,
                is_new: false,
            });
        }
        // Filled at once, while it is at hand; emptied again in the rare case that a limit leaves the node out.
        *slot = self.records.nodes.len() as u32 + 1;
        if self.leaves_out_new() {
            *self.shared.slot(allocation) = VACANT;
            return None;
        }
        let node = self.add_node(allocation, counts(), NodeFlags::SHARED);
        Some(Found { node, is_new: true })
    }

    #[inline]
    fn add_node(
        &mut self,
        address: Address,
        (strong, weak): (usize, usize),
        mut flags: NodeFlags,
    ) -> u32 {
        let node = self.records.nodes.len() as u32;
        assert!(
            node < NO_NODE,
            "a graph has fewer than four billion objects"
        );
        flags.insert(NodeFlags::UNVISITED);
        self.records.nodes.push(NodeRecord {
            address,
            type_index: 0,
            strong: saturate(strong),
            weak: u16::try_from(weak).unwrap_or(u16::MAX),
            state: State::Traced,
            flags,
            shallow: 0,
            used: 0,
            reserved: 0,
            first_edge: 0,
            n_edges: 0,
        });
        self.frontier.found();
        node
    }

    /// Whether a node was just made, or can be followed further now than when it was made.
    #[inline]
    fn wants_visit(&mut self, found: Found) -> bool {
        found.is_new || self.frontier.shortens(found.node) && !self.is_done(found.node)
    }

    /// Whether the object was visited, and all its references were followed.
    #[inline]
    fn is_done(&self, node: u32) -> bool {
        let flags = self.records.nodes[node as usize].flags;
        !flags.contains(NodeFlags::UNVISITED) && !flags.contains(NodeFlags::UNEXPANDED)
    }

    #[inline]
    fn enqueue(&mut self, node: u32, target: Target<'a>) {
        if self.guards.is_guarding() {
            self.guards.push(Entry::Visit(node, target));
        } else {
            self.frontier.push(node, target);
        }
    }

    /// Holds a shared pointer until the trace is over.
    fn pin<P: SharedPointer + 'a>(&mut self, pointer: P) -> &'a P::Target {
        // SAFETY: case 2 of the argument in `target`: the pin is held until the tracer is dropped, and
        // `SharedPointer` promises that the target stays where it is when the pin is moved.
        unsafe {
            let target = lengthen(pointer.target());
            self.pins.push(Pin::new(pointer));
            target
        }
    }

    #[inline]
    fn edge(&mut self, target: u32, kind: EdgeKind) {
        if self.visit.node == NO_NODE {
            self.records.roots.push(RootRecord {
                name: String::new(),
                node: target,
            });
            return;
        }
        let label = self
            .records
            .paths
            .label(self.visit.path, &self.visit.fillings);
        self.records
            .edges
            .push(EdgeRecord::new(target, kind, label));
    }

    fn set_state(&mut self, state: State) {
        self.records.nodes[self.visit.node as usize].state = state;
    }

    fn type_index<T: ?Sized>(&mut self) -> u32 {
        self.types
            .intern(&mut self.records.types, TypeFacts::of::<T>())
    }

    /// Describes a node that is not visited.
    fn set_unread(&mut self, node: u32, type_index: u32, state: State) {
        let record = &mut self.records.nodes[node as usize];
        record.type_index = type_index;
        record.state = state;
        record.flags.remove(NodeFlags::UNVISITED);
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

    #[inline]
    fn set_sizes(&mut self, node: u32, sizes: [u64; 3]) {
        let [shallow, used, reserved] = sizes;
        let record = &mut self.records.nodes[node as usize];
        if (shallow | used | reserved) < u64::from(TOO_LARGE) {
            (record.shallow, record.used, record.reserved) =
                (shallow as u32, used as u32, reserved as u32);
        } else {
            let [shallow, used, reserved] =
                sizes.map(|size| u32::try_from(size).unwrap_or(TOO_LARGE));
            (record.shallow, record.used, record.reserved) = (shallow, used, reserved);
            self.records.large.push((node, sizes));
        }
    }
}

/// The walk.
impl<'a> Tracer<'a> {
    /// Adds a root: the value itself, or what it points at if it is nothing but a pointer.
    pub(crate) fn add_root<T: Trace + ?Sized>(&mut self, name: &str, value: &'a T) {
        let n_roots = self.records.roots.len();
        self.visit.node = NO_NODE;
        self.visit.expand = true;
        self.visit.first_edge = self.records.edges.len();
        self.frontier.at_roots();
        if value.trace_type().is_pointer() {
            value.trace(self);
        }
        if self.records.roots.len() == n_roots {
            self.node(value);
        }
        for root in &mut self.records.roots[n_roots..] {
            name.clone_into(&mut root.name);
        }
    }

    /// Visits everything that is waiting, and returns what was seen.
    pub(crate) fn finish(mut self) -> Records {
        self.frontier.in_order_since(0);
        loop {
            if let Some(entry) = self.guards.pop() {
                match entry {
                    Entry::Visit(node, target) => self.visit_target(node, target),
                    Entry::Release(guard) => drop(guard),
                }
            } else if let Some((node, target)) = self.frontier.pop() {
                self.visit_target(node, target);
            } else if let Some(borrow) = self.borrows.pop() {
                self.settle(borrow);
            } else {
                break;
            }
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
        (self.visit.used, self.visit.reserved, self.visit.n_left_out) = (0, 0, 0);
        let facts = value.trace_type();
        let type_index = self.types.intern(&mut self.records.types, facts);

        let mark = self.frontier.mark();
        value.trace(self);
        self.frontier.in_order_since(mark);

        let record = &mut self.records.nodes[node as usize];
        record.type_index = type_index;
        record.first_edge = first_edge as u32;
        record.n_edges = (self.records.edges.len() - first_edge) as u32;
        record.flags.remove(NodeFlags::UNVISITED);
        record.flags.set(NodeFlags::UNEXPANDED, !self.visit.expand);
        if facts.is_opaque() {
            record.state = State::Opaque;
        }
        let address = record.address;
        self.set_sizes(
            node,
            [
                size_of_val(value) as u64,
                self.visit.used,
                self.visit.reserved,
            ],
        );
        self.borrows.visited(address, node);
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
        if self.options.values {
            let chars = self.options.max_value_chars;
            self.records
                .values
                .write(node, |text| value.trace_repr(&mut Repr::new(text, chars)));
        }
    }
}

/// A node that a report led to.
#[derive(Clone, Copy)]
struct Found {
    node: u32,
    is_new: bool,
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

#[inline]
fn saturate(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
