//! Reports: what lies behind a guard, which is not held longer than is needed.

use super::{Shelter, Tracer};
use crate::Trace;
use crate::held::{Entry, Pin};
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

impl<'a> Tracer<'a> {
    /// Reports what lies behind a guard, which is released as soon as what it alone protects was visited; but when the
    /// trace is over if an impl written by hand reports something there.
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
        let place = self.guards.len();
        self.guards.push(Entry::Release(None));
        if self.has_extras && self.options.freeze {
            self.guards.keep(place + 1, &mut self.pins);
        }
        let outer = self.visit.shelter;
        self.visit.shelter = Shelter {
            n_guards: place + 1,
            // The guard may borrow from what an untrusted impl has made, unless that is held anyway.
            is_trusted: outer.is_trusted || self.guards.are_kept(outer.n_guards),
        };
        let report = || {
            // SAFETY: the caller vouches for the value; for the lifetime see case 3 in `target`.
            let value: &'a T = unsafe { &*value };
            self.ask(value);
        };
        let panic = catch_unwind(AssertUnwindSafe(report)).err();
        self.visit.shelter = outer;
        self.release_or_hold(guard, place, panic.is_some());
        if let Some(panic) = panic {
            // Not before the guard is released: a lock whose guard is dropped while panicking is poisoned.
            resume_unwind(panic);
        }
    }

    /// Releases a guard, or holds it as long as something waits behind it.
    #[inline]
    fn release_or_hold<G: 'a>(&mut self, guard: G, place: usize, has_panicked: bool) {
        // SAFETY: a guard borrows from nothing above it on the stack or after it among the pins.
        let pin = |guard| unsafe { Pin::new(guard) };
        let nothing_waits = self.guards.len() == place + 1;
        match self.guards.entry(place) {
            Entry::Kept(pin_place) => self.pins.fill(*pin_place, pin(guard)),
            _ if nothing_waits => {
                // First: nothing refers to what the guard protects any more.
                self.guards.pop();
                drop(guard);
            }
            _ if has_panicked => {
                // Also what waits must never be visited once the guard is gone.
                self.guards.unwind_to(place);
                drop(guard);
            }
            entry => *entry = Entry::Release(Some(pin(guard))),
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
