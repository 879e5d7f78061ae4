//! `tokio::sync`: locks are never waited for, and what is under way in a channel nobody can see.

use super::opaque;
use crate::{Repr, State, Trace, Tracer};
use tokio::sync::{
    Barrier, Mutex, Notify, OnceCell, RwLock, Semaphore, SetOnce, broadcast, mpsc, oneshot, watch,
};

macro_rules! locks {
    ($($lock:ident: $try:ident),+) => {$(
        impl<T: Trace + ?Sized> Trace for $lock<T> {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                match self.$try() {
                    // SAFETY: the guard points into its lock.
                    Ok(guard) => unsafe { tracer.guarded_elsewhere(guard) },
                    Err(_) => tracer.unreadable(self, State::Locked),
                }
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                if let Ok(value) = self.$try() {
                    value.trace_repr(out);
                }
            }
        }
    )+};
}

locks!(Mutex: try_lock, RwLock: try_read);

macro_rules! once {
    ($($cell:ident),+) => {$(
        impl<T: Trace> Trace for $cell<T> {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                match self.get() {
                    Some(value) => tracer.ask(value),
                    None => tracer.unreadable(self, State::Uninitialised),
                }
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                self.get().into_iter().for_each(|value| value.trace_repr(out));
            }
        }
    )+};
}

once!(OnceCell, SetOnce);

macro_rules! signals {
    ($($type:ty: $write:expr;)+) => {$(
        impl Trace for $type {
            honest!();

            fn trace<'a>(&'a self, _: &mut Tracer<'a>) {}

            fn trace_repr(&self, out: &mut Repr<'_>) {
                let write: fn(&$type, &mut Repr<'_>) = $write;
                write(self, out);
            }

            fn is_leaf() -> bool {
                true
            }
        }
    )+};
}

signals! {
    Barrier: |_, _| {};
    Notify: |_, _| {};
    Semaphore: |semaphore, out| out.count(semaphore.available_permits(), "permit", "permits");
}

// A `watch` could be borrowed, but not without waiting for whoever is sending.
opaque!(
    [T] mpsc::Sender<T>,
    [T] mpsc::WeakSender<T>,
    [T] mpsc::Receiver<T>,
    [T] mpsc::UnboundedSender<T>,
    [T] mpsc::WeakUnboundedSender<T>,
    [T] mpsc::UnboundedReceiver<T>,
    [T] oneshot::Sender<T>,
    [T] oneshot::Receiver<T>,
    [T] broadcast::Sender<T>,
    [T] broadcast::WeakSender<T>,
    [T] broadcast::Receiver<T>,
    [T] watch::Sender<T>,
    [T] watch::Receiver<T>,
);

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, node, states, value};
    use super::*;
    use std::sync::Arc;

    #[test]
    fn a_held_lock_is_not_waited_for() {
        let (mutex, rwlock) = (Mutex::new(vec![Box::new(1)]), RwLock::new(7));
        assert_eq!(
            (labels(&mutex), value(&rwlock)),
            (vec!["[0]".into()], "7".into())
        );
        let held = (mutex.try_lock().unwrap(), rwlock.try_write().unwrap());
        assert_eq!(
            (states(&mutex), states(&rwlock)),
            (vec![State::Locked], vec![State::Locked])
        );
        assert_eq!(
            states(&(0, &rwlock, Mutex::new(1))),
            [State::Traced, State::Locked]
        );
        drop(held);
        let reader = rwlock.try_read().unwrap();
        assert_eq!(states(&rwlock), [State::Traced]);
        drop(reader);
    }

    #[test]
    fn guards_are_released_and_counts_unchanged() {
        let shared = Arc::new(1);
        let mutex = Mutex::new(shared.clone());
        assert_eq!((node(&mutex, 1).strong, Arc::strong_count(&shared)), (2, 2));
        assert!(mutex.try_lock().is_ok());
    }

    #[test]
    fn an_empty_cell_is_uninitialised() {
        let (cell, set) = (OnceCell::new(), SetOnce::new());
        assert_eq!(
            (states(&cell), states(&set)),
            (vec![State::Uninitialised], vec![State::Uninitialised])
        );
        assert!(cell.set(Box::new(1)).is_ok() && set.set(7).is_ok());
        assert_eq!(
            (labels(&cell), value(&set)),
            (vec![String::new()], "7".into())
        );
    }

    #[test]
    fn ends_of_channels_are_opaque() {
        let channel = watch::channel(Box::new(1));
        let held = channel.0.borrow();
        assert_eq!(labels(&channel), [".0", ".1"]);
        assert_eq!(
            states(&channel),
            [State::Traced, State::Opaque, State::Opaque]
        );
        drop(held);
        assert_eq!(states(&mpsc::channel::<i32>(1).0), [State::Opaque]);
        assert_eq!(states(&oneshot::channel::<i32>().1), [State::Opaque]);
        assert_eq!(states(&broadcast::channel::<i32>(1).0), [State::Opaque]);
    }

    #[test]
    fn signals_are_leaves() {
        assert!(Semaphore::is_leaf() && Notify::is_leaf() && Barrier::is_leaf());
        assert_eq!(value(&Semaphore::new(3)), "3 permits");
    }
}
