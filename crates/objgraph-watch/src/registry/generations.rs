//! Weak handles in two generations, so that those of objects that are gone cost little and are soon let go.
//!
//! A weak handle keeps the memory of its object, though not the object. Most objects die young: a few hundred new handles
//! are looked through while their counters are still in the cache, which lets the memory be used again at once. Those
//! that survive are looked through when they have doubled. So at most about half of the old handles are of objects that are gone,
//! and each handle is looked at two or three times in its life.

use std::panic::Location;

/// How many new handles there are before they are looked through.
const N_YOUNG: usize = 256;

/// With fewer old handles than this they are not looked through.
const MIN_OLD: usize = 4 * N_YOUNG;

/// A weak handle to an object.
pub(crate) trait WeakHandle {
    /// Whether the object still lives.
    fn is_alive(&self) -> bool;
}

/// What is known of a tracked object.
#[derive(Clone)]
pub(crate) struct Entry<W> {
    pub(crate) handle: W,
    pub(crate) serial: u64,
    pub(crate) site: &'static Location<'static>,
}

/// Entries, by serial number.
pub(crate) struct Generations<W> {
    young: Vec<Entry<W>>,
    old: Vec<Entry<W>>,
    /// How many old entries there may be before they are looked through.
    max_old: usize,
}

impl<W> Generations<W> {
    pub(crate) const fn new() -> Self {
        Self {
            young: Vec::new(),
            old: Vec::new(),
            max_old: MIN_OLD,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.young.is_empty() && self.old.is_empty()
    }

    /// The entries with at least this serial number, in order.
    pub(crate) fn since(&self, serial: u64) -> impl Iterator<Item = &Entry<W>> {
        let since =
            |entries: &Vec<Entry<W>>| entries.partition_point(|entry| entry.serial < serial);
        let (old, young) = (since(&self.old), since(&self.young));
        self.old[old..].iter().chain(&self.young[young..])
    }
}

impl<W: WeakHandle> Generations<W> {
    /// Adds an entry with a higher serial number than all before.
    #[inline]
    pub(crate) fn add(&mut self, entry: Entry<W>) {
        self.young.push(entry);
        if self.young.len() >= N_YOUNG {
            self.age();
        }
    }

    #[cold]
    fn age(&mut self) {
        let young = self.young.drain(..);
        self.old
            .extend(young.filter(|entry| entry.handle.is_alive()));
        if self.old.len() >= self.max_old {
            self.sweep();
        }
    }

    /// Lets go of all entries whose objects are gone.
    pub(crate) fn sweep(&mut self) {
        self.young.retain(|entry| entry.handle.is_alive());
        self.old.retain(|entry| entry.handle.is_alive());
        self.max_old = (2 * self.old.len()).max(MIN_OLD);
        if self.old.capacity() > 2 * self.max_old {
            self.old.shrink_to(self.max_old);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::rc::{Rc, Weak};

    impl WeakHandle for Weak<u64> {
        fn is_alive(&self) -> bool {
            self.strong_count() > 0
        }
    }

    fn entry(handle: &Rc<u64>) -> Entry<Weak<u64>> {
        Entry {
            handle: Rc::downgrade(handle),
            serial: **handle,
            site: Location::caller(),
        }
    }

    fn n_dead(generations: &Generations<Weak<u64>>) -> usize {
        let all = generations.since(0);
        all.filter(|entry| !entry.handle.is_alive()).count()
    }

    #[test]
    fn what_dies_young_is_let_go_soon() {
        let mut generations = Generations::new();
        for serial in 0..100_000 {
            generations.add(entry(&Rc::new(serial)));
            assert!(n_dead(&generations) <= N_YOUNG + MIN_OLD);
        }
    }

    #[test]
    fn what_dies_old_is_let_go_when_as_many_live_or_were_added() {
        let mut generations = Generations::new();
        let mut all: Vec<Rc<u64>> = (0..100_000).map(Rc::new).collect();
        all.iter().for_each(|object| generations.add(entry(object)));
        all.truncate(10);
        all.extend((100_000..400_000).map(Rc::new));
        all[10..]
            .iter()
            .for_each(|object| generations.add(entry(object)));
        assert!(
            n_dead(&generations) <= 2 * N_YOUNG,
            "{}",
            n_dead(&generations)
        );
        drop(all);
        generations.sweep();
        assert!(generations.is_empty());
    }

    proptest! {
        #[test]
        fn what_lives_is_kept_in_order(steps in prop::collection::vec((0..3_u8, any::<prop::sample::Index>()), 0..3000)) {
            let (mut generations, mut live, mut next) = (Generations::new(), Vec::new(), 0);
            for (step, place) in steps {
                if step < 2 {
                    let object = Rc::new(next);
                    next += 1;
                    generations.add(entry(&object));
                    live.push(object);
                } else if !live.is_empty() {
                    live.remove(place.index(live.len()));
                }
            }
            for since in [0, next / 2] {
                let known = generations.since(since).filter(|entry| entry.handle.is_alive());
                let known: Vec<u64> = known.map(|entry| entry.serial).collect();
                let expected = live.iter().map(|object| **object).filter(|serial| *serial >= since);
                prop_assert_eq!(known, expected.collect::<Vec<_>>());
            }
        }
    }
}
