//! Reports: what lies behind a guard, which is not held longer than that takes.

use super::Tracer;
use crate::Trace;
use crate::held::Entry;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

impl<'a> Tracer<'a> {
    /// Reports what lies behind a guard, which is released as soon as what it alone protects was visited.
    ///
    /// Take guards by `try_` only: a trace never waits.
    pub fn guarded<G>(&mut self, guard: G)
    where
        G: Deref + 'a,
        G::Target: Trace,
    {
        let guard = Boxed(Box::into_raw(Box::new(guard)));
        // SAFETY: the box was just made, and is emptied only when its owner is dropped.
        let held: &G = unsafe { &*guard.0 };
        let value: *const G::Target = &raw const **held;
        // SAFETY: the guard stays where it is until it is dropped; `behind` uses the value before that.
        unsafe { self.behind(value, guard) }
    }

    /// Like [`guarded`](Self::guarded), for guards whose target stays where it is when they are moved.
    ///
    /// # Safety
    /// The target of the guard does not lie inside the guard.
    #[inline]
    pub(crate) unsafe fn guarded_elsewhere<G>(&mut self, guard: G)
    where
        G: Deref + 'a,
        G::Target: Trace,
    {
        let value: *const G::Target = &raw const *guard;
        // SAFETY: moving the guard does not move its target, says the caller.
        unsafe { self.behind(value, guard) }
    }

    /// Lets a value report that is valid until `guard` is dropped.
    ///
    /// A pointer, not a reference: a reference in an argument would have to stay valid until the end of the
    /// function, and the guard is dropped before.
    ///
    /// # Safety
    /// `value` is valid until `guard` is dropped, also when `guard` is moved.
    #[inline]
    unsafe fn behind<T: Trace + ?Sized + 'a, G: 'a>(&mut self, value: *const T, guard: G) {
        let scope = GuardScope::open(self);
        let report = || {
            // SAFETY: the caller vouches for the value; for the lifetime see case 3 in `target`.
            let value: &'a T = unsafe { &*value };
            value.trace(scope.tracer);
        };
        if let Err(panic) = catch_unwind(AssertUnwindSafe(report)) {
            drop(scope);
            // Released before the panic goes on: a lock whose guard is dropped while panicking is poisoned.
            drop(guard);
            resume_unwind(panic);
        }
        if scope.nothing_waits() {
            // Closed first: nothing refers to what the guard protects any more.
            drop(scope);
            drop(guard);
        } else {
            scope.keep(Box::new(guard));
        }
    }
}

/// A guard in a box that may be moved without a word to what lies in it.
struct Boxed<G>(*mut G);

impl<G> Drop for Boxed<G> {
    fn drop(&mut self) {
        // SAFETY: the pointer is from `Box::into_raw`, and nobody else makes a box of it.
        drop(unsafe { Box::from_raw(self.0) });
    }
}

/// The time in which a guard is held on the stack of an impl.
struct GuardScope<'t, 'a> {
    tracer: &'t mut Tracer<'a>,
    place: usize,
}

impl<'t, 'a> GuardScope<'t, 'a> {
    fn open(tracer: &'t mut Tracer<'a>) -> Self {
        let place = tracer.guards.len();
        tracer.guards.push(Entry::Release(None));
        Self { tracer, place }
    }

    fn nothing_waits(&self) -> bool {
        self.tracer.guards.len() == self.place + 1
    }

    fn keep<G: 'a>(self, guard: Box<G>) {
        self.tracer.guards.keep(self.place, guard);
        std::mem::forget(self);
    }
}

impl Drop for GuardScope<'_, '_> {
    /// Also on panic: what waits behind a guard that is gone must never be visited.
    fn drop(&mut self) {
        self.tracer.guards.unwind_to(self.place);
    }
}
