//! `Trace` for the types of `std`, and behind features for those of other crates.

mod cells;
mod functions;
mod inline;
mod locks;
mod maps;
mod pointers;
mod scalars;
mod sequences;
mod sets;
mod shared;
mod text;
mod threads;

/// Values that hold no references and own no memory, shown as their `Debug` or `Display` impl writes them.
macro_rules! leaves {
    ($method:ident: $([$($generics:tt)*])? $type:ty) => {
        impl$(<$($generics)*>)? $crate::Trace for $type {
            #[inline]
            fn trace<'a>(&'a self, _: &mut $crate::Tracer<'a>) {}

            fn trace_repr(&self, out: &mut $crate::Repr<'_>) {
                out.$method(self);
            }

            fn trace_type(&self) -> $crate::TypeFacts {
                $crate::TypeFacts::of::<Self>().leaf(true)
            }

            fn is_leaf() -> bool {
                true
            }
        }
    };
    ($method:ident: $type:ty, $($rest:ty),+ $(,)?) => {
        leaves!($method: $type);
        leaves!($method: $($rest),+);
    };
}

/// Values that may hold references which nobody can see.
macro_rules! opaque {
    ($([$($generics:tt)*] $type:ty),+ $(,)?) => {$(
        impl<$($generics)*> $crate::Trace for $type {
            fn trace<'a>(&'a self, tracer: &mut $crate::Tracer<'a>) {
                tracer.opaque(self);
            }
        }
    )+};
}

use leaves;
use opaque;
