//! Sequences with elements of one type.

use crate::{Nesting, Repr, Trace, Tracer, TypeFacts};
use std::collections::{BinaryHeap, LinkedList, VecDeque};

/// How many items are looked at ahead: about as many as a processor fetches at once.
const AHEAD: usize = 64;

/// Hands out items after having looked ahead at some of them together.
///
/// On a map of a million objects in hash order, which is no order at all in memory, this halves the time.
#[inline]
pub(crate) fn with_look_ahead<'a, I: Copy>(
    items: impl IntoIterator<Item = I>,
    tracer: &mut Tracer<'a>,
    look: impl Fn(I, &mut Tracer<'a>),
    mut each: impl FnMut(usize, I, &mut Tracer<'a>),
) {
    let mut items = items.into_iter();
    if items.size_hint().0 < 2 * AHEAD {
        items
            .enumerate()
            .for_each(|(index, item)| each(index, item, tracer));
        return;
    }
    let mut near = Vec::with_capacity(AHEAD);
    let mut index = 0;
    loop {
        near.extend(items.by_ref().take(AHEAD));
        if near.is_empty() {
            return;
        }
        near.iter().for_each(|item| look(*item, tracer));
        for item in near.drain(..) {
            each(index, item, tracer);
            index += 1;
        }
    }
}

/// Reports the elements of a sequence, and spends no time on those that hold nothing.
#[inline]
pub(crate) fn trace_elements<'a, T: Trace + 'a>(
    elements: impl IntoIterator<Item = &'a T>,
    tracer: &mut Tracer<'a>,
) {
    if T::is_leaf() {
        return;
    }
    if T::has_edges(Nesting::OUTERMOST) {
        tracer.elements(elements);
    } else {
        elements.into_iter().for_each(|element| tracer.ask(element));
    }
}

/// Writes plain elements as a list, and others as their number: they are objects with boxes of their own.
pub(crate) fn repr_elements<'t, T: Trace + 't>(
    elements: impl ExactSizeIterator<Item = &'t T>,
    out: &mut Repr<'_>,
) {
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
    honest!();

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
            honest!();

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
    honest!();

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
