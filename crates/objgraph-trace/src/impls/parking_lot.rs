//! Locks of `parking_lot`, and of whoever else builds on `lock_api`: never waited for, never poisoned.

use crate::{Repr, State, Trace, Tracer};
use parking_lot::lock_api::{GetThreadId, Mutex, RawMutex, RawRwLock, ReentrantMutex, RwLock};
use parking_lot::{Condvar, Once};

macro_rules! locks {
    ($([$($generics:tt)*] $lock:ty: $try:ident;)+) => {$(
        impl<$($generics)*, T: Trace + ?Sized> Trace for $lock {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                match self.$try() {
                    // SAFETY: the guard points into its lock.
                    Some(guard) => unsafe { tracer.guarded_elsewhere(guard) },
                    None => tracer.unreadable(self, State::Locked),
                }
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                self.$try().into_iter().for_each(|value| value.trace_repr(out));
            }
        }
    )+};
}

locks! {
    // `FairMutex` is one of these.
    [R: RawMutex] Mutex<R, T>: try_lock;
    [R: RawRwLock] RwLock<R, T>: try_read;
    // Only shared references come out of it, so being its owner already is no reason not to look.
    [R: RawMutex, G: GetThreadId] ReentrantMutex<R, G, T>: try_lock;
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

signals!(Condvar, Once);

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, node, states, value};
    use super::*;
    use parking_lot::{FairMutex, Mutex, ReentrantMutex, RwLock};
    use std::sync::Arc;

    #[test]
    fn what_a_lock_holds_is_what_holds() {
        assert_eq!(labels(&Mutex::new(vec![Box::new(1)])), ["[0]"]);
        assert_eq!(labels(&FairMutex::new(vec![Box::new(1)])), ["[0]"]);
        assert_eq!(labels(&RwLock::new((0, Box::new(1)))), [".1"]);
        assert_eq!(labels(&ReentrantMutex::new(Box::new(1))), [""]);
        assert_eq!(value(&Mutex::new(7)), "7");
    }

    #[test]
    fn a_held_lock_is_not_waited_for() {
        let (mutex, fair, rwlock) = (Mutex::new(Box::new(1)), FairMutex::new(1), RwLock::new(1));
        let held = (mutex.lock(), fair.lock(), rwlock.write());
        assert_eq!(states(&mutex), [State::Locked]);
        assert_eq!(states(&fair), [State::Locked]);
        assert_eq!(
            (states(&rwlock), value(&rwlock)),
            (vec![State::Locked], String::new())
        );
        assert_eq!(
            states(&(0, &mutex, Mutex::new(1))),
            [State::Traced, State::Locked]
        );
        drop(held);
        assert_eq!(states(&mutex), [State::Traced, State::Traced]);
    }

    #[test]
    fn readers_and_the_owner_of_a_reentrant_lock_do_not_stop_a_trace() {
        let (rwlock, reentrant) = (RwLock::new(Box::new(1)), ReentrantMutex::new(Box::new(1)));
        let held = (rwlock.read(), reentrant.lock());
        assert_eq!(
            (states(&rwlock), states(&reentrant)),
            (vec![State::Traced; 2], vec![State::Traced; 2])
        );
        std::thread::scope(|scope| {
            scope.spawn(|| assert_eq!(states(&reentrant), [State::Locked]));
        });
        drop(held);
    }

    #[test]
    fn guards_are_released_and_counts_unchanged() {
        let shared = Arc::new(1);
        let mutex = Mutex::new(vec![shared.clone()]);
        assert_eq!((node(&mutex, 1).strong, Arc::strong_count(&shared)), (2, 2));
        assert!(mutex.try_lock().is_some());
    }

    #[test]
    fn signals_are_leaves() {
        assert!(Once::is_leaf() && Condvar::is_leaf());
    }
}
