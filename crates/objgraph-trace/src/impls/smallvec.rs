//! `SmallVec`: a buffer of its own only once it has spilled.

use super::sequences::{elements_have_edges, repr_elements, trace_elements};
use crate::{Nesting, Repr, Trace, Tracer};
use smallvec::{Array, SmallVec};

/// Elements are reported alike whether they lie inside or have spilled, so that growth changes no picture.
impl<A: Array<Item: Trace>> Trace for SmallVec<A> {
    honest!();

    #[inline]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        if self.spilled() {
            let size = size_of::<A::Item>();
            tracer.buffer(self.len() * size, self.capacity().saturating_mul(size));
        }
        trace_elements(self, tracer);
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        repr_elements(self.iter(), out);
    }

    fn has_edges(nesting: Nesting) -> bool {
        elements_have_edges::<A::Item>(nesting)
    }
}

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, owned, value};
    use super::*;

    #[test]
    fn only_what_has_spilled_is_owned() {
        let mut numbers: SmallVec<[u32; 4]> = SmallVec::from_slice(&[1, 2, 3, 4]);
        assert_eq!(owned(&numbers), (0, 0));
        numbers.push(5);
        assert_eq!(owned(&numbers), (20, numbers.capacity() * 4));
        assert_eq!(value(&numbers), "[1, 2, 3, 4, 5]");
    }

    #[test]
    fn spilling_changes_no_label() {
        let boxes = |n: i32| -> SmallVec<[Box<i32>; 2]> { (0..n).map(Box::new).collect() };
        assert_eq!(labels(&boxes(2)), ["[0]", "[1]"]);
        assert_eq!(labels(&boxes(3)), ["[0]", "[1]", "[2]"]);
        assert!(!SmallVec::<[String; 2]>::has_edges(Nesting::OUTERMOST));
        assert!(!SmallVec::<[u8; 2]>::is_leaf());
    }
}
