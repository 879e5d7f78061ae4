//! `Either`: like a `Result`, of which neither side is the usual one.

use crate::{Nesting, Repr, Trace, Tracer};
use either::Either::{self, Left, Right};

impl<L: Trace, R: Trace> Trace for Either<L, R> {
    honest!();

    #[inline]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        match self {
            Left(value) => tracer.at_variant("Left", |tracer| tracer.ask(value)),
            Right(value) => tracer.at_variant("Right", |tracer| tracer.ask(value)),
        }
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        match self {
            Left(value) => out.variant("Left", |out| out.item(value)),
            Right(value) => out.variant("Right", |out| out.item(value)),
        }
    }

    fn is_leaf() -> bool {
        L::is_leaf() && R::is_leaf()
    }

    fn has_edges(nesting: Nesting) -> bool {
        L::has_edges(nesting) || R::has_edges(nesting)
    }
}

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, owned, value};
    use super::*;

    #[test]
    fn the_side_is_part_of_the_label() {
        let sides: [Either<Box<i32>, (Box<i32>,)>; 2] = [Left(Box::new(1)), Right((Box::new(2),))];
        assert_eq!(labels(&sides), ["[0]::Left", "[1]::Right.0"]);
    }

    #[test]
    fn both_sides_decide_what_it_can_hold() {
        assert!(Either::<u8, char>::is_leaf() && !Either::<u8, String>::is_leaf());
        assert!(Either::<u8, Box<u8>>::has_edges(Nesting::OUTERMOST));
        assert!(!Either::<u8, String>::has_edges(Nesting::OUTERMOST));
        let text: Either<u8, String> = Right(String::from("seven b"));
        assert_eq!(
            (value(&text), owned(&text)),
            (r#"Right("seven b")"#.into(), (7, 7))
        );
    }
}
