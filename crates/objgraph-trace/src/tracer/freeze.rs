//! A frozen walk: guards are held until its end, and counts are read again before they are released.
//!
//! What another thread does to a handle shows in a count, or happens behind a lock. Handles behind locks stay where they
//! were seen, since the guards are held: none is seen in two places. A thread that hops from object to object along
//! references without a lock has one in its hand at any time: to be overlooked, it would have to be elsewhere at every
//! single reading of a count. One reading after the other takes a few nanoseconds, a hop a few times that, and
//! the order of reading turns around each time.

use super::Tracer;
use crate::SharedPointer;

/// How often the counts are read again.
const N_READINGS: usize = 16;

/// A handle that leads to an object whose counts must not change.
pub(crate) struct Watched<'a> {
    node: u32,
    counts: (usize, usize),
    handle: &'a dyn Counts,
}

trait Counts {
    fn read(&self) -> (usize, usize);
}

impl<P: SharedPointer> Counts for P {
    fn read(&self) -> (usize, usize) {
        self.counts()
    }
}

impl<'a> Tracer<'a> {
    /// Notes which counts an object had when it was found, if the walk is frozen and they may change.
    #[cold]
    pub(super) fn watch_counts<P: SharedPointer>(
        &mut self,
        node: u32,
        handle: &'a P,
        counts: (usize, usize),
    ) {
        // The reference may come from behind a guard: all of them are held until the last reading.
        if self.options.freeze && P::is_atomic() {
            self.watched.push(Watched {
                node,
                counts,
                handle,
            });
        }
    }

    /// Reads the counts of all objects that other threads may hold, while all guards are held.
    pub(super) fn read_counts_again(&mut self) {
        let mut unsteady = Vec::new();
        let mut note = |watched: &Watched<'_>| {
            if watched.handle.read() != watched.counts {
                unsteady.push(watched.node);
            }
        };
        for _ in 0..N_READINGS / 2 {
            self.watched.iter().for_each(&mut note);
            self.watched.iter().rev().for_each(&mut note);
        }
        unsteady.sort_unstable();
        unsteady.dedup();
        self.records.unsteady = unsteady;
    }
}

#[cfg(test)]
mod tests {
    use crate::{Records, Trace, TraceOptions, Tracer, Walk};
    use std::cell::RefCell;
    use std::rc::Rc;
    use std::sync::{Arc, Mutex};

    fn frozen<T: Trace>(value: &T) -> Records {
        let mut walk = Walk::new(TraceOptions::default().freeze(true));
        walk.add_root("", value);
        walk.finish()
    }

    /// Hides a handle after it has reported one, as another thread might.
    struct Hoarder<P> {
        shown: P,
        hidden: RefCell<Option<P>>,
    }

    impl<P: Trace + Clone> Trace for Hoarder<P> {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            tracer.field("shown", &self.shown);
            self.hidden.replace(Some(self.shown.clone()));
        }
    }

    fn hoarder<P>(shown: P) -> Hoarder<P> {
        let hidden = RefCell::default();
        Hoarder { shown, hidden }
    }

    #[test]
    fn a_count_that_changes_after_it_was_read_is_noticed() {
        let hoarders = [hoarder(Arc::new(1)), hoarder(Arc::new(2))];
        let records = frozen(&(Arc::new(0), &hoarders[1]));
        assert_eq!(records.unsteady.len(), 1);
        let node = records.nodes[records.unsteady[0] as usize];
        assert_eq!(
            node.address,
            crate::Address::of(&raw const *hoarders[1].shown)
        );
        assert!(frozen(&hoarder(Rc::new(3))).unsteady.is_empty());
    }

    /// Tries the lock of another object.
    struct Rival(Arc<Mutex<Option<Arc<u8>>>>, RefCell<bool>);

    impl Trace for Rival {
        fn trace<'a>(&'a self, _: &mut Tracer<'a>) {
            *self.1.borrow_mut() = self.0.try_lock().is_err();
        }
    }

    #[test]
    fn locks_are_held_until_a_frozen_walk_is_over() {
        let lock = Arc::new(Mutex::new(Some(Arc::new(7))));
        let rivals = || {
            (
                lock.clone(),
                Box::new(Rival(lock.clone(), RefCell::new(false))),
            )
        };
        let at_once = rivals();
        crate::trace(&at_once);
        assert!(!*at_once.1.1.borrow());
        let at_the_end = rivals();
        frozen(&at_the_end);
        assert!(*at_the_end.1.1.borrow());
        assert!(lock.try_lock().is_ok());
    }
}
