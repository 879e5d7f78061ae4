//! `ArrayVec` and `ArrayString`: all they hold lies inside them, so they own no buffer.

use super::leaves;
use super::sequences::{repr_elements, trace_elements};
use crate::{Nesting, Repr, Trace, Tracer, TypeFacts};
use arrayvec::{ArrayString, ArrayVec};

impl<T: Trace, const CAP: usize> Trace for ArrayVec<T, CAP> {
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

    fn is_leaf() -> bool {
        T::is_leaf()
    }

    fn has_edges(nesting: Nesting) -> bool {
        T::has_edges(nesting)
    }
}

leaves!(debug: [const CAP: usize] ArrayString<CAP>);

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, owned, value};
    use super::*;

    #[test]
    fn elements_are_labelled_by_their_position() {
        let boxes: ArrayVec<_, 4> = [Box::new(1), Box::new(2)].into_iter().collect();
        assert_eq!(
            (labels(&boxes), owned(&boxes)),
            (vec!["[0]".into(), "[1]".into()], (0, 0))
        );
    }

    #[test]
    fn what_elements_own_is_owned() {
        let texts: ArrayVec<String, 4> = [String::from("seven b")].into_iter().collect();
        assert_eq!((labels(&texts), owned(&texts)), (vec![], (7, 7)));
        assert!(
            !ArrayVec::<String, 4>::is_leaf()
                && !ArrayVec::<String, 4>::has_edges(Nesting::OUTERMOST)
        );
    }

    #[test]
    fn numbers_and_text_are_leaves() {
        assert!(ArrayVec::<u8, 4>::is_leaf() && ArrayString::<4>::is_leaf());
        assert_eq!(
            owned(&vec![ArrayVec::<u8, 4>::new()]),
            (size_of::<ArrayVec<u8, 4>>(), size_of::<ArrayVec<u8, 4>>())
        );
        assert_eq!(value(&ArrayVec::from([1, 2])), "[1, 2]");
        assert_eq!(value(&ArrayString::<8>::from("a\n").unwrap()), r#""a\n""#);
    }
}
