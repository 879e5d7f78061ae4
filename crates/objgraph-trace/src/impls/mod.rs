//! `Trace` for the types of `std`, and behind features for those of other crates.

/// Says in an impl of `Trace` that it is [honest](crate::trace::Honesty); stands above the modules that use it.
macro_rules! honest {
    () => {
        #[inline]
        fn trace_honesty(&self) -> $crate::trace::Honesty {
            $crate::trace::Honesty::Known
        }
    };
}

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

// Types of other crates, each behind the feature that is named like its module.
#[cfg(feature = "arc-swap")]
mod arc_swap;
#[cfg(feature = "arrayvec")]
mod arrayvec;
#[cfg(feature = "bytes")]
mod bytes;
#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "dashmap")]
mod dashmap;
#[cfg(feature = "either")]
mod either;
#[cfg(feature = "hashbrown")]
mod hashbrown;
#[cfg(feature = "indexmap")]
mod indexmap;
#[cfg(test)]
mod observe;
#[cfg(feature = "once_cell")]
mod once_cell;
#[cfg(feature = "parking_lot")]
mod parking_lot;
#[cfg(feature = "petgraph")]
mod petgraph;
#[cfg(feature = "serde_json")]
mod serde_json;
#[cfg(feature = "slab")]
mod slab;
#[cfg(feature = "slotmap")]
mod slotmap;
#[cfg(feature = "smallvec")]
mod smallvec;
#[cfg(feature = "tokio")]
mod tokio;
#[cfg(feature = "triomphe")]
mod triomphe;
#[cfg(feature = "uuid")]
mod uuid;

/// Values that hold no references and own no memory, shown as their `Debug` or `Display` impl writes them.
macro_rules! leaves {
    ($method:ident: [$($generics:tt)*] $type:ty) => {
        impl<$($generics)*> $crate::Trace for $type {
            honest!();

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
    ($method:ident: $($type:ty),+ $(,)?) => {
        $(leaves!($method: [] $type);)+
    };
}

/// Values that may hold references which nobody can see.
macro_rules! opaque {
    ($([$($generics:tt)*] $type:ty),+ $(,)?) => {$(
        impl<$($generics)*> $crate::Trace for $type {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut $crate::Tracer<'a>) {
                tracer.opaque(self);
            }
        }
    )+};
}

pub(crate) use sequences::with_look_ahead;

use leaves;
use opaque;
