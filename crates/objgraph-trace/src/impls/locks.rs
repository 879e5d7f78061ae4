//! Locks and cells of several threads: never waited for.

use crate::{Repr, State, Trace, Tracer};
use std::sync::{Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock, TryLockError};

macro_rules! locks {
    ($($lock:ident: $try:ident),+) => {$(
        impl<T: Trace + ?Sized> Trace for $lock<T> {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                match self.$try() {
                    // SAFETY: the guard points into its lock.
                    Ok(guard) => unsafe { tracer.guarded_elsewhere(guard) },
                    Err(TryLockError::Poisoned(poisoned)) => {
                        tracer.readable_but(self, State::Poisoned, |tracer| {
                            // SAFETY: the guard points into its lock.
                            unsafe { tracer.guarded_elsewhere(poisoned.into_inner()) }
                        });
                    }
                    Err(TryLockError::WouldBlock) => tracer.unreadable(self, State::Locked),
                }
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                match self.$try() {
                    Ok(value) => value.trace_repr(out),
                    Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner().trace_repr(out),
                    Err(TryLockError::WouldBlock) => {}
                }
            }
        }
    )+};
}

locks!(Mutex: try_lock, RwLock: try_read);

impl<T: Trace> Trace for OnceLock<T> {
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

impl<T: Trace, F> Trace for LazyLock<T, F> {
    honest!();

    #[cfg(lazy_get)]
    #[expect(
        clippy::incompatible_msrv,
        reason = "the build script has asked the compiler"
    )]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        match LazyLock::get(self) {
            Some(value) => tracer.ask(value),
            None => tracer.unreadable(self, State::Uninitialised),
        }
    }

    #[cfg(not(lazy_get))]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.opaque(self);
    }
}

macro_rules! signals {
    ($($type:ty),+) => {$(
        impl Trace for $type {
            honest!();

            fn trace<'a>(&'a self, _: &mut Tracer<'a>) {}

            fn is_leaf() -> bool {
                true
            }
        }
    )+};
}

signals!(Barrier, Condvar, Once);
