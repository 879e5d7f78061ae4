//! What an impl of `Trace` talks to: it takes reports, and walks.

mod borrow;
mod breaking;
mod freeze;
mod guard;
mod hold;
mod place;
mod state;
mod trust;
mod walk;

use crate::address::{AddressMap, FastMap, VACANT};
use crate::borrows::Borrows;
use crate::frontier::Frontier;
use crate::held::{Entry, GuardStack, Pin, Pins};
use crate::record::{NodeFlags, TOO_LARGE};
use crate::target::{Target, lengthen};
use crate::types::TypeTable;
use crate::{
    Address, EdgeKind, EdgeRecord, NodeRecord, PathId, Records, RootRecord, SharedPointer, State,
    Trace, TraceOptions, TypeFacts,
};

pub use breaking::Breakers;

use breaking::Breaker;
use freeze::Watched;

/// Takes the reports of [`Trace`] impls, and decides who is asked next.
///
/// Impls report what they refer to and under which name; they never walk into it. The tracer keeps
/// its own worklist, so depth costs memory on the heap and never on the stack.
pub struct Tracer<'a> {
    // Declared first, so that it is dropped first: guards lie in memory that pins keep alive.
    guards: GuardStack<'a>,
    pins: Pins,
    frontier: Frontier<'a>,
    borrows: Borrows<'a>,
    shared: AddressMap,
    /// The roots by where they lie and their type: a field of another object may lead to one.
    roots_by_place: FastMap<(Address, u32), u32>,
    /// Where the roots lie.
    root_places: Vec<Address>,
    types: TypeTable,
    records: Records,
    options: TraceOptions,
    visit: Visit,
    /// Whether more is asked for than objects and references. Nobody else pays for that but by this one look.
    has_extras: bool,
    /// What was read ahead; only that it is read matters.
    read_ahead: usize,
    /// Handles whose counts are read again at the end of a frozen walk.
    watched: Vec<Watched<'a>>,
    /// What lets go of references, if that was asked for.
    breakers: Option<Vec<Breaker<'a>>>,
}

/// The object that is reporting now.
struct Visit {
    node: u32,
    path: PathId,
    fillings: Vec<u32>,
    first_edge: usize,
    /// The first edge of the part that reports.
    first_edge_here: usize,
    used: u64,
    reserved: u64,
    /// Whether its references are followed, or only counted because the depth limit is reached.
    expand: bool,
    n_left_out: u32,
    /// How many segments the path has.
    inline_depth: u16,
    /// Whether another object reports meanwhile, since this one says that it has no edges.
    is_at_once: bool,
    shelter: Shelter,
}

/// What keeps the values alive that are reported now.
#[derive(Clone, Copy)]
struct Shelter {
    /// The height of the guard stack up to which nothing may be released before they were visited.
    n_guards: usize,
    /// Whether all impls that were called behind the uppermost of these guards are known to be honest.
    is_trusted: bool,
}

impl Shelter {
    /// That of values which are visited while only so many guards are held as are needed.
    fn of(n_guards: usize) -> Self {
        Self {
            n_guards,
            is_trusted: true,
        }
    }
}

impl Visit {
    fn of(node: u32) -> Self {
        Self {
            node,
            path: PathId::EMPTY,
            fillings: Vec::new(),
            first_edge: 0,
            first_edge_here: 0,
            used: 0,
            reserved: 0,
            expand: true,
            n_left_out: 0,
            inline_depth: 0,
            is_at_once: false,
            shelter: Shelter::of(0),
        }
    }
}

/// The owner of what is reported while a root pointer is asked what it points at.
const NO_NODE: u32 = u32::MAX;

/// Parts of parts of parts… nested deeper than this are nodes whatever they say, for the sake of the stack.
const MAX_INLINE_DEPTH: u16 = 64;

impl Tracer<'_> {
    pub(crate) fn new(options: TraceOptions) -> Self {
        Self {
            guards: GuardStack::default(),
            pins: Pins::default(),
            frontier: Frontier::new(options.max_depth),
            borrows: Borrows::default(),
            shared: AddressMap::new(),
            roots_by_place: FastMap::default(),
            root_places: Vec::new(),
            types: TypeTable::default(),
            records: Records::default(),
            has_extras: options.handles || options.freeze || options.within.is_some(),
            options,
            visit: Visit::of(NO_NODE),
            read_ahead: 0,
            watched: Vec::new(),
            breakers: None,
        }
    }
}

/// Bookkeeping.
impl<'a> Tracer<'a> {
    /// Whether a reference to an object that was never seen is left out by a limit.
    #[inline]
    fn leaves_out_new(&mut self) -> bool {
        let row = self.records.edges.len() - self.visit.first_edge;
        let is_full = row >= self.options.max_breadth && self.visit.node != NO_NODE;
        let leaves_out = self.leaves_out_known() || is_full;
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
        flags: NodeFlags,
        counts: impl FnOnce() -> (usize, usize),
    ) -> Option<Found> {
        let known = *self.shared.slot(allocation);
        if known != VACANT {
            // Also from an object at the depth limit: both ends are there, and a cycle may close with it.
            return Some(Found {
                node: known - 1,
                is_new: false,
            });
        }
        if self.leaves_out_new() {
            return None;
        }
        // Asked before the slot is filled: a pointer of a user's own may panic.
        let counts = counts();
        let node = self.add_node(allocation, counts, flags);
        *self.shared.slot(allocation) = node + 1;
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
        if self.is_lent() {
            self.frontier.push(node, target);
        } else {
            self.guards.push(Entry::Visit(node, target));
        }
    }

    /// Holds a shared pointer until the trace is over, and before it what an impl may have lent to it.
    fn pin<P: SharedPointer + 'a>(&mut self, pointer: P) -> &'a P::Target {
        _ = self.is_lent();
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
        self.edge_by(target, kind, Address::default());
    }

    /// An edge by a strong handle at an address, or by none.
    #[inline]
    fn edge_by(&mut self, target: u32, kind: EdgeKind, handle: Address) {
        if self.visit.node == NO_NODE {
            return self.add_root_by(target, kind, handle);
        }
        if self.has_extras {
            self.note_handle(handle);
        }
        let label = self
            .records
            .paths
            .label(self.visit.path, &self.visit.fillings);
        self.records
            .edges
            .push(EdgeRecord::new(target, kind, label));
    }

    #[cold]
    fn add_root_by(&mut self, target: u32, kind: EdgeKind, handle: Address) {
        self.records.roots.push(RootRecord {
            name: String::new(),
            node: target,
            handle: (kind == EdgeKind::Strong).then_some(handle),
        });
    }

    #[cold]
    fn note_handle(&mut self, handle: Address) {
        if self.options.handles {
            self.records.handles.push(handle);
        }
    }

    fn set_state(&mut self, state: State) {
        self.records.nodes[self.visit.node as usize].state = state;
    }

    /// Writes down what is known of a value before its visit: where it lies, its type and its size.
    #[inline]
    fn describe<T: Trace + ?Sized>(&mut self, node: u32, value: &T) -> TypeFacts {
        let facts = value.trace_type();
        let type_index = self.types.intern(&mut self.records.types, facts);
        let record = &mut self.records.nodes[node as usize];
        record.address = Address::of(value);
        record.type_index = type_index;
        record.shallow = u32::try_from(size_of_val(value)).unwrap_or(TOO_LARGE);
        if facts.is_opaque() {
            record.state = State::Opaque;
        }
        self.borrows.found(Address::of(value), type_index, node);
        facts
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

/// A node that a report led to.
#[derive(Clone, Copy)]
struct Found {
    node: u32,
    is_new: bool,
}

/// What is known of every object that such a pointer leads to.
#[inline]
fn shared_flags<P: SharedPointer>() -> NodeFlags {
    let mut flags = NodeFlags::SHARED;
    flags.set(NodeFlags::ATOMIC, P::is_atomic());
    flags
}

#[inline]
fn saturate(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
