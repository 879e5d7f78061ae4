//! Values inside values: they extend the label and are no objects of their own.

use crate::{Nesting, Repr, Trace, Tracer, TypeFacts};
use std::cmp::Reverse;
use std::mem::{ManuallyDrop, MaybeUninit, needs_drop};
use std::num::{Saturating, Wrapping};
use std::ops::{Bound, ControlFlow, Range, RangeFrom, RangeInclusive, RangeTo, RangeToInclusive};
use std::panic::AssertUnwindSafe;
use std::task::Poll;

/// An enum of `std`: a variant with no name in the label is the usual one.
macro_rules! variants {
    ([$($param:ident),*] $type:ty { $($name:tt $pattern:pat => $($value:ident)?),+ $(,)? }) => {
        impl<$($param: Trace),*> Trace for $type {
            honest!();

            #[inline]
            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                match self {
                    $($pattern => {
                        let _ = &tracer;
                        $(variants!(@trace tracer, $name, $value);)?
                    })+
                }
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                match self {
                    $($pattern => { let _ = &out; variants!(@repr out, $name $(, $value)?) })+
                }
            }

            fn is_leaf() -> bool {
                true $(&& $param::is_leaf())*
            }

            fn has_edges(nesting: Nesting) -> bool {
                let _ = nesting;
                false $(|| $param::has_edges(nesting))*
            }
        }
    };
    (@trace $tracer:ident, "", $value:ident) => { $tracer.ask($value) };
    (@trace $tracer:ident, $name:tt, $value:ident) => {
        $tracer.at_variant($name, |tracer| tracer.ask($value))
    };
    (@repr $out:ident, "", $value:ident) => { $value.trace_repr($out) };
    (@repr $out:ident, "None") => { $out.nothing("None") };
    (@repr $out:ident, $name:tt) => { $out.text($name) };
    (@repr $out:ident, $name:tt, $value:ident) => { $out.variant($name, |out| out.item($value)) };
}

variants!([T] Option<T> { "" Some(value) => value, "None" None => });
variants!([T, E] Result<T, E> { "Ok" Ok(value) => value, "Err" Err(error) => error });
variants!([T] Poll<T> { "" Self::Ready(value) => value, "Pending" Self::Pending => });
variants!([B, C] ControlFlow<B, C> {
    "Continue" Self::Continue(value) => value, "Break" Self::Break(value) => value,
});
variants!([T] Bound<T> {
    "Included" Self::Included(value) => value, "Excluded" Self::Excluded(value) => value,
    "Unbounded" Self::Unbounded =>,
});

/// A wrapper that adds nothing: it is drawn as what it wraps.
macro_rules! wrappers {
    ($($type:ty: |$this:ident| $inner:expr;)+) => {$(
        impl<T: Trace> Trace for $type {
            honest!();

            #[inline]
            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                let $this = self;
                let inner: &'a T = $inner;
                tracer.ask(inner);
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                let $this = self;
                let inner: &T = $inner;
                inner.trace_repr(out);
            }

            fn is_leaf() -> bool {
                T::is_leaf()
            }

            fn is_node() -> bool {
                T::is_node()
            }

            fn has_edges(nesting: Nesting) -> bool {
                T::has_edges(nesting)
            }
        }
    )+};
}

wrappers! {
    Wrapping<T>: |this| &this.0;
    Saturating<T>: |this| &this.0;
    Reverse<T>: |this| &this.0;
    AssertUnwindSafe<T>: |this| &this.0;
    ManuallyDrop<T>: |this| this;
}

/// Ranges: their ends, by the names that their fields have.
macro_rules! ranges {
    ($($type:ty: $separator:literal, |$this:ident| $start:expr, $end:expr;)+) => {$(
        impl<T: Trace> Trace for $type {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                let $this = self;
                let (start, end): (Option<&'a T>, Option<&'a T>) = ($start, $end);
                start.into_iter().for_each(|start| tracer.field("start", start));
                end.into_iter().for_each(|end| tracer.field("end", end));
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                let $this = self;
                let (start, end): (Option<&T>, Option<&T>) = ($start, $end);
                start.into_iter().for_each(|start| start.trace_repr(out));
                out.text($separator);
                end.into_iter().for_each(|end| end.trace_repr(out));
            }

            fn is_leaf() -> bool {
                T::is_leaf()
            }

            fn has_edges(nesting: Nesting) -> bool {
                T::has_edges(nesting)
            }
        }
    )+};
}

ranges! {
    Range<T>: "..", |this| Some(&this.start), Some(&this.end);
    RangeFrom<T>: "..", |this| Some(&this.start), None;
    RangeTo<T>: "..", |this| None, Some(&this.end);
    RangeInclusive<T>: "..=", |this| Some(this.start()), Some(this.end());
    RangeToInclusive<T>: "..=", |this| None, Some(&this.end);
}

impl<T> Trace for MaybeUninit<T> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        if needs_drop::<T>() {
            tracer.uninitialised(self);
        }
    }

    fn is_leaf() -> bool {
        !needs_drop::<T>()
    }
}

impl<T: Trace, const N: usize> Trace for [T; N] {
    honest!();

    #[inline]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        if !T::is_leaf() {
            self.iter()
                .enumerate()
                .for_each(|(index, part)| tracer.part(index, part));
        }
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        self.as_slice().trace_repr(out);
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

macro_rules! tuples {
    () => {};
    ($first:ident $first_name:tt $($param:ident $name:tt)*) => {
        tuples!(@impl [] $first $first_name $($param $name)*);
    };
    (@impl [$($param:ident $name:tt)*]) => {};
    (@impl [$($done:ident $done_name:tt)*] $next:ident $next_name:tt $($rest:tt)*) => {
        impl<$($done: Trace,)* $next: Trace> Trace for ($($done,)* $next,) {
            honest!();

            #[inline]
            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                $(tracer.field(stringify!($done_name), &self.$done_name);)*
                tracer.field(stringify!($next_name), &self.$next_name);
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                out.tuple(|out| {
                    $(out.item(&self.$done_name);)*
                    out.item(&self.$next_name);
                });
            }

            fn is_leaf() -> bool {
                $($done::is_leaf() &&)* $next::is_leaf()
            }

            fn has_edges(nesting: Nesting) -> bool {
                $($done::has_edges(nesting) ||)* $next::has_edges(nesting)
            }
        }
        tuples!(@impl [$($done $done_name)* $next $next_name] $($rest)*);
    };
}

tuples!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);
