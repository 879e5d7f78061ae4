//! Reports: where in the object we are.

use super::{MAX_INLINE_DEPTH, NO_NODE, Tracer, saturate};
use crate::impls::with_look_ahead;
use crate::{Nesting, PathId, Repr, Segment, Trace};

/// Reports: where in the object we are.
impl<'a> Tracer<'a> {
    /// Reports a field: what its value holds is labelled `.name`.
    #[inline]
    pub fn field<T: Trace>(&mut self, name: &'static str, value: &'a T) {
        if T::is_leaf() {
            return;
        }
        if T::has_edges(Nesting::OUTERMOST) {
            self.at_field(name, |tracer| tracer.inline(value));
        } else {
            self.ask(value);
        }
    }

    /// Reports a field whose type has no size of its own: the last of a struct with an unsized tail.
    #[inline]
    pub fn unsized_field<T: Trace + ?Sized>(&mut self, name: &'static str, value: &'a T) {
        self.at_field(name, |tracer| tracer.ask(value));
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
        self.visit.inline_depth += 1;
        let scope = PathScope {
            n_fillings: self.visit.fillings.len(),
            tracer: self,
            outer,
        };
        let outer = scope.tracer.begin_part();
        report(scope.tracer);
        scope.tracer.end_part(outer);
    }

    #[inline]
    fn at_filled(&mut self, segment: Segment, filling: u32, report: impl FnOnce(&mut Self)) {
        self.at(segment, |tracer| {
            tracer.visit.fillings.push(filling);
            report(tracer);
        });
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
            tracer.ask(value);
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
        if T::is_node() && T::has_edges(Nesting::OUTERMOST) {
            self.node(value);
        } else {
            self.inline(value);
        }
    }

    /// Lets a part of the object report, unless parts of parts have gone too deep for the stack.
    #[inline]
    fn inline<T: Trace>(&mut self, value: &'a T) {
        if self.visit.inline_depth > MAX_INLINE_DEPTH {
            self.node(value);
        } else {
            self.ask(value);
        }
    }

    /// Whether the value that reports is the node itself, rather than a part of it.
    pub(super) fn is_at_node(&self) -> bool {
        self.visit.path == PathId::EMPTY && self.visit.node != NO_NODE
    }
}

/// The time in which a part of the object reports.
struct PathScope<'t, 'a> {
    tracer: &'t mut Tracer<'a>,
    outer: PathId,
    n_fillings: usize,
}

impl Drop for PathScope<'_, '_> {
    /// Also on panic: an impl further out may catch it and go on.
    #[inline]
    fn drop(&mut self) {
        let visit = &mut self.tracer.visit;
        visit.path = self.outer;
        visit.fillings.truncate(self.n_fillings);
        visit.inline_depth -= 1;
    }
}
