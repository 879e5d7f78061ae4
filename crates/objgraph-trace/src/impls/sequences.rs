//! Sequences with elements of one type.

use crate::{Nesting, Repr, Trace, Tracer, TypeFacts};
use std::collections::{BinaryHeap, LinkedList, VecDeque};

/// Reports the elements of a sequence, and spends no time on those that hold nothing.
#[inline]
pub(crate) fn trace_elements<'a, T: Trace + 'a>(elements: impl IntoIterator<Item = &'a T>, tracer: &mut Tracer<'a>) {
    if T::is_leaf() {
        return;
    }
    if T::has_edges(Nesting::OUTERMOST) {
        elements.into_iter().enumerate().for_each(|(index, element)| tracer.element(index, element));
    } else {
        elements.into_iter().for_each(|element| element.trace(tracer));
    }
}

/// Writes plain elements as a list, and others as their number: they are objects with boxes of their own.
pub(crate) fn repr_elements<'t, T: Trace + 't>(elements: impl ExactSizeIterator<Item = &'t T>, out: &mut Repr<'_>) {
    if T::is_leaf() {
        out.sequence(elements);
    } else {
        out.count(elements.len(), "item", "items");
    }
}

/// Whether a container of such elements can hold an edge.
pub(crate) fn elements_have_edges<T: Trace>(nesting: Nesting) -> bool {
    !T::is_leaf() && nesting.deeper().is_none_or(T::has_edges)
}

impl<T: Trace> Trace for [T] {
    #[inline]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        trace_elements(self, tracer);
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        repr_elements(self.iter(), out);
    }

    fn trace_type(&self) -> TypeFacts {
        TypeFacts::of::<Self>().leaf(T::is_leaf())
    }
}

/// A sequence that owns one buffer: its length and its capacity are in elements of `T`.
macro_rules! buffered {
    ($($type:ty),+) => {$(
        impl<T: Trace> Trace for $type {
            #[inline]
            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                tracer.buffer(self.len() * size_of::<T>(), self.capacity().saturating_mul(size_of::<T>()));
                trace_elements(self.iter(), tracer);
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                repr_elements(self.iter(), out);
            }

            fn has_edges(nesting: Nesting) -> bool {
                elements_have_edges::<T>(nesting)
            }
        }
    )+};
}

buffered!(Vec<T>, VecDeque<T>, BinaryHeap<T>);

impl<T: Trace> Trace for LinkedList<T> {
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        // A link is the element between two pointers.
        let bytes = self.len() * (size_of::<T>() + 2 * size_of::<usize>());
        tracer.buffer(bytes, bytes);
        trace_elements(self, tracer);
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        repr_elements(self.iter(), out);
    }

    fn has_edges(nesting: Nesting) -> bool {
        elements_have_edges::<T>(nesting)
    }
}
