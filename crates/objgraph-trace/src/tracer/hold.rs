//! Reports: what the object owns or shares.

use super::{Found, NO_NODE, Tracer, Visit, shared_flags};
use crate::record::NodeFlags;
use crate::target::Target;
use crate::{Address, EdgeKind, SharedPointer, State, Trace, WeakPointer};

/// Reports: what the object holds.
impl<'a> Tracer<'a> {
    /// Reports a buffer that belongs to the object alone: bytes in use, and bytes reserved.
    #[inline]
    pub fn buffer(&mut self, used: usize, reserved: usize) {
        self.visit.used = self.visit.used.saturating_add(used as u64);
        self.visit.reserved = self.visit.reserved.saturating_add(reserved as u64);
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
        if let Some(node) = self.already_found(value) {
            self.edge(node, EdgeKind::Owned);
        } else if !self.leaves_out_new() {
            let node = self.add_node(Address::of(value), (0, 0), flags);
            self.describe(node, value);
            self.enqueue(node, Target::new(value));
            self.edge(node, EdgeKind::Owned);
        }
    }

    /// Reports a shared pointer: an `Rc`, an `Arc` or a type of yours.
    #[inline]
    pub fn strong<P: SharedPointer>(&mut self, pointer: &'a P) {
        if self.has_extras && self.is_outside(pointer) {
            return;
        }
        let counts = pointer.counts();
        // Nothing else leads to what has one handle, so there is nothing to look up: the visited map is the dearest
        // part. Only a root may be passed twice.
        let found = if P::is_only_handle(counts) && self.visit.node != NO_NODE {
            (!self.leaves_out_new()).then(|| Found {
                node: self.add_node(Address::default(), counts, shared_flags::<P>()),
                is_new: true,
            })
        } else {
            self.shared_node(pointer.allocation(), shared_flags::<P>(), || counts)
        };
        let Some(found) = found else { return };
        if self.has_extras && found.is_new {
            self.watch_counts(found.node, pointer, counts);
        }
        let mut node = found.node;
        if found.is_new
            && let Some(known) = self.already_found(pointer.target())
        {
            node = self.unite(node, known, pointer.allocation());
        } else if self.wants_visit(found) {
            let target = if self.is_lent() {
                pointer.target()
            } else {
                self.pin(pointer.clone())
            };
            self.visit_later(node, target);
        }
        self.edge_by(node, EdgeKind::Strong, Address::of(pointer));
    }

    /// Whether the walk is to stay within some objects, and this is none of them.
    #[cold]
    fn is_outside<P: SharedPointer>(&self, pointer: &P) -> bool {
        let within = self.options.within.as_ref();
        within.is_some_and(|within| !within.contains(&Address::of(pointer.target())))
    }

    /// Reports a weak pointer. What it points at is shown, but not kept alive by the edge.
    pub fn weak<W: WeakPointer>(&mut self, pointer: &'a W)
    where
        W::Strong: 'a,
    {
        let Some(allocation) = pointer.allocation() else {
            return;
        };
        let flags = shared_flags::<W::Strong>();
        if self.options.within.is_some() && !self.is_within(pointer) {
            return;
        }
        let Some(found) = self.shared_node(allocation, flags, || pointer.counts()) else {
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

    /// Whether a weak pointer leads to one of the objects that the walk is to stay within; what lives is pinned, since nobody
    /// else may hold it when it is let go.
    fn is_within<W: WeakPointer>(&mut self, pointer: &'a W) -> bool
    where
        W::Strong: 'a,
    {
        let Some(strong) = pointer.upgrade() else {
            return false;
        };
        let is_within = !self.is_outside(&strong);
        self.pin(strong);
        is_within
    }

    /// Queues what a shared pointer points at: it is borrowed or pinned until the trace is over.
    #[inline]
    pub(super) fn visit_later<T: Trace + ?Sized>(&mut self, node: u32, target: &'a T) {
        let facts = self.describe(node, target);
        // A type that says it has no edges and reports one is not believed a second time.
        if facts.has_edges() || self.visit.is_at_once {
            self.frontier.push(node, Target::new(target));
        } else {
            self.visit_at_once(node, target);
        }
    }

    /// Visits an object that cannot hold an edge while another reports: its memory is in the cache now.
    fn visit_at_once<T: Trace + ?Sized>(&mut self, node: u32, target: &'a T) {
        let inner = Visit {
            expand: self.visit.expand,
            is_at_once: true,
            ..Visit::of(node)
        };
        let outer = std::mem::replace(&mut self.visit, inner);
        let scope = VisitScope {
            tracer: self,
            outer,
        };
        scope.tracer.visit(target);
    }

    /// Reads where a shared pointer leads, so that it lies in the cache when its turn comes.
    #[doc(hidden)]
    #[inline]
    pub fn look_ahead<P: SharedPointer>(&mut self, pointer: &P) {
        self.read_ahead ^= pointer.counts().0;
    }

    /// Reads the beginning of a text, so that it lies in the cache when its turn comes.
    #[doc(hidden)]
    #[inline]
    pub fn look_ahead_bytes(&mut self, bytes: &[u8]) {
        self.read_ahead ^= usize::from(bytes.first().copied().unwrap_or_default());
    }
}

/// The time in which one object is visited while another reports.
struct VisitScope<'t, 'a> {
    tracer: &'t mut Tracer<'a>,
    outer: Visit,
}

impl Drop for VisitScope<'_, '_> {
    /// Also on panic: the impl of the outer object may catch it and go on.
    fn drop(&mut self) {
        std::mem::swap(&mut self.tracer.visit, &mut self.outer);
    }
}
