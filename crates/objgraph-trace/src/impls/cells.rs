//! Cells of one thread: read only if nobody else is at it.

use crate::{Nesting, Repr, State, Trace, Tracer};
use std::cell::{Cell, LazyCell, OnceCell, RefCell, UnsafeCell};
use std::mem::needs_drop;

impl<T: Trace + ?Sized> Trace for RefCell<T> {
    honest!();

    #[inline]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        match self.try_borrow() {
            // SAFETY: a `Ref` points into its cell.
            Ok(guard) => unsafe { tracer.guarded_elsewhere(guard) },
            Err(_) => tracer.unreadable(self, State::MutablyBorrowed),
        }
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        if let Ok(value) = self.try_borrow() {
            value.trace_repr(out);
        }
    }
}

/// Only what can be copied can be read from a `Cell`; put `#[trace(opaque)]` on one of anything else.
impl<T: Trace + Copy> Trace for Cell<T> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        if !T::is_leaf() {
            tracer.guarded(Box::new(self.get()));
        }
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        self.get().trace_repr(out);
    }

    fn is_leaf() -> bool {
        T::is_leaf()
    }

    fn has_edges(nesting: Nesting) -> bool {
        T::has_edges(nesting)
    }
}

impl<T: ?Sized> Trace for UnsafeCell<T> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        if needs_drop::<T>() {
            tracer.opaque(self);
        }
    }

    fn is_leaf() -> bool
    where
        Self: Sized,
    {
        !needs_drop::<T>()
    }
}

impl<T: Trace> Trace for OnceCell<T> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        match self.get() {
            Some(value) => tracer.ask(value),
            None => tracer.unreadable(self, State::Uninitialised),
        }
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        self.get()
            .into_iter()
            .for_each(|value| value.trace_repr(out));
    }
}

impl<T: Trace, F> Trace for LazyCell<T, F> {
    honest!();

    #[cfg(lazy_get)]
    #[expect(
        clippy::incompatible_msrv,
        reason = "the build script has asked the compiler"
    )]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        match LazyCell::get(self) {
            Some(value) => tracer.ask(value),
            None => tracer.unreadable(self, State::Uninitialised),
        }
    }

    #[cfg(not(lazy_get))]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.opaque(self);
    }
}
