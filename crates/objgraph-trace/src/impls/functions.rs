//! Code: function pointers hold nothing; closures may hold anything, and nobody can see what.

#![allow(
    coherence_leak_check,
    reason = "`fn(A)` and `for<'y> fn(&'y A)` are different types; the lint asks not to rely on the opposite"
)]

use super::opaque;
use crate::{Repr, Trace, Tracer, TypeFacts};
use std::any::Any;
use std::error::Error;

/// One kind of trait object, with each set of auto traits that it may carry.
macro_rules! opaque_objects {
    ($([$($generics:tt)*] [$($binder:tt)*] $object:path),+ $(,)?) => {$(
        opaque!(
            ['x, $($generics)*] dyn $($binder)* $object + 'x,
            ['x, $($generics)*] dyn $($binder)* $object + Send + 'x,
            ['x, $($generics)*] dyn $($binder)* $object + Sync + 'x,
            ['x, $($generics)*] dyn $($binder)* $object + Send + Sync + 'x,
        );
    )+};
}

opaque_objects!([] [] Error, [] [] Any);

/// A signature as a closure object of each kind, and as a pointer of each kind.
macro_rules! signature {
    ([$($generics:tt)*] [$($binder:tt)*] ($($param:ty),*) -> $result:ty) => {
        opaque_objects!(
            [$($generics)*] [$($binder)*] Fn($($param),*) -> $result,
            [$($generics)*] [$($binder)*] FnMut($($param),*) -> $result,
            [$($generics)*] [$($binder)*] FnOnce($($param),*) -> $result,
        );
        pointer!([$($generics)*] $($binder)* fn($($param),*) -> $result);
        pointer!([$($generics)*] $($binder)* unsafe fn($($param),*) -> $result);
        pointer!([$($generics)*] $($binder)* extern "C" fn($($param),*) -> $result);
        pointer!([$($generics)*] $($binder)* unsafe extern "C" fn($($param),*) -> $result);
    };
}

macro_rules! pointer {
    ([$($generics:tt)*] $type:ty) => {
        impl<$($generics)*> Trace for $type {
            honest!();

            fn trace<'a>(&'a self, _: &mut Tracer<'a>) {}

            fn trace_repr(&self, out: &mut Repr<'_>) {
                out.text("fn");
            }

            fn trace_type(&self) -> TypeFacts {
                TypeFacts::of::<Self>().leaf(true)
            }

            fn is_leaf() -> bool {
                true
            }
        }
    };
}

signature!([R] [] () -> R);
signature!([A, R] [] (A) -> R);
signature!([A, B, R] [] (A, B) -> R);
signature!([A, B, C, R] [] (A, B, C) -> R);
signature!([A, B, C, D, R] [] (A, B, C, D) -> R);
signature!([A, B, C, D, E, R] [] (A, B, C, D, E) -> R);
signature!([A, B, C, D, E, F, R] [] (A, B, C, D, E, F) -> R);

// `fn(&T)` is a type of its own, which `fn(A)` does not cover.
signature!([A: ?Sized, R] [for<'y>] (&'y A) -> R);
signature!([A: ?Sized, R] [for<'y>] (&'y mut A) -> R);
signature!([A: ?Sized, R: ?Sized] [for<'y>] (&'y A) -> &'y R);
signature!([A: ?Sized, R: ?Sized] [for<'y>] (&'y mut A) -> &'y mut R);
signature!([A: ?Sized, B: ?Sized, R] [for<'y, 'z>] (&'y A, &'z B) -> R);
signature!([A: ?Sized, B, R] [for<'y>] (&'y A, B) -> R);
signature!([A, B: ?Sized, R] [for<'y>] (A, &'y B) -> R);
signature!([A: ?Sized, B, R] [for<'y>] (&'y mut A, B) -> R);
signature!([A, B: ?Sized, R] [for<'y>] (A, &'y mut B) -> R);
signature!([A: ?Sized, B: ?Sized, R] [for<'y, 'z>] (&'y mut A, &'z B) -> R);
signature!([A: ?Sized, B: ?Sized, R] [for<'y, 'z>] (&'y A, &'z mut B) -> R);
signature!([A: ?Sized, B: ?Sized, R] [for<'y, 'z>] (&'y mut A, &'z mut B) -> R);
