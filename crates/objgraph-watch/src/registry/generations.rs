//! Weak handles by age, so that those of objects that are gone cost little and are soon let go.
//!
//! A weak handle keeps the memory of its object, though not the object. Most objects die young: the handles of the youngest are
//! looked at again while the counters are still in the cache, which lets the memory be used again at once. What survives that is *old*,
//! and lies in chunks, which are looked at in rounds, from the first to the last. All work is done in small steps.
//!
//! A round begins when as many handles have become old as the last has left, and looks at four for each that becomes old meanwhile. What it
//! leaves was alive when it began. So with `n` live objects at the peak, a round begins with `2 n` old handles at most, and not more than
//! `n / 2` come in while it lasts. In a program that only grows, each handle is looked at twice.

use std::collections::VecDeque;
use std::panic::Location;
use std::{mem, slice};

/// How many handles are looked at in one step.
///
/// So few that their objects stay in the cache until then, so many that this is seldom.
pub(crate) const CHUNK: usize = 512;

/// How many old handles are looked at in a round for each that becomes old.
const SWEPT_FOR_EACH: usize = 4;

/// A weak handle to an object.
pub(crate) trait WeakHandle {
    /// Whether the object still lives.
    fn is_alive(&self) -> bool;
}

/// What is known of a tracked object.
pub(crate) struct Entry<W> {
    pub(crate) handle: W,
    pub(crate) serial: u64,
    pub(crate) site: &'static Location<'static>,
}

/// Entries by serial number: in this order of the fields, and within each.
pub(crate) struct Generations<W> {
    /// Old, and looked at in this round.
    swept: Vec<Chunk<W>>,
    /// Old, and still to be looked at in this round.
    waiting: VecDeque<Chunk<W>>,
    /// Old since this round has begun: for the next.
    fresh: Vec<Chunk<W>>,
    young: Chunk<W>,
    n_swept: usize,
    n_fresh: usize,
}

/// At most [`CHUNK`] entries; none is empty, but that of the young may be.
type Chunk<W> = Vec<Entry<W>>;

impl<W> Generations<W> {
    pub(crate) const fn new() -> Self {
        Self {
            swept: Vec::new(),
            waiting: VecDeque::new(),
            fresh: Vec::new(),
            young: Vec::new(),
            n_swept: 0,
            n_fresh: 0,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.young.is_empty() && self.n_old_chunks() == 0
    }

    fn n_old_chunks(&self) -> usize {
        self.swept.len() + self.waiting.len() + self.fresh.len()
    }

    /// How often [`sweep_step`](Self::sweep_step) has to be called to look at all.
    pub(crate) fn n_steps(&self) -> usize {
        self.waiting.len() + self.n_old_chunks() + 1
    }

    /// Entries from a serial number on: at least one if there are any, and at most a chunk.
    pub(crate) fn since(&self, serial: u64) -> &[Entry<W>] {
        let (waiting, waiting_too) = self.waiting.as_slices();
        let young = slice::from_ref(&self.young);
        [&self.swept, waiting, waiting_too, &self.fresh, young]
            .into_iter()
            .find_map(|chunks| since(chunks, serial))
            .unwrap_or_default()
    }
}

fn since<W>(chunks: &[Chunk<W>], serial: u64) -> Option<&[Entry<W>]> {
    let is_before = |entry: &Entry<W>| entry.serial < serial;
    let place = chunks.partition_point(|chunk| chunk.last().is_none_or(is_before));
    let chunk = chunks.get(place)?;
    Some(&chunk[chunk.partition_point(is_before)..])
}

impl<W> Default for Generations<W> {
    fn default() -> Self {
        Self::new()
    }
}

impl<W: WeakHandle> Generations<W> {
    /// Adds an entry with a higher serial number than all before; tells whether others were looked at for it.
    #[inline]
    pub(crate) fn add(&mut self, entry: Entry<W>) -> bool {
        let is_full = self.young.len() == CHUNK;
        if is_full {
            self.age();
        }
        self.young.push(entry);
        is_full
    }

    /// Makes room among the young: those that live become old, if they are many.
    #[cold]
    fn age(&mut self) {
        self.young.retain(is_alive);
        let n_new = self.young.len();
        if n_new > CHUNK / 2 {
            let grown = mem::replace(&mut self.young, Vec::with_capacity(CHUNK));
            self.fresh.push(grown);
            self.n_fresh += n_new;
            self.sweep_for(n_new);
        }
    }

    /// Looks at old ones, if there is a round, since so many have become old.
    fn sweep_for(&mut self, n_new: usize) {
        if self.waiting.is_empty() && self.n_fresh >= self.n_swept {
            self.begin_round();
        }
        let mut n_entries = SWEPT_FOR_EACH * n_new;
        while n_entries > 0
            && let Some(n_seen) = self.sweep_chunk()
        {
            n_entries = n_entries.saturating_sub(n_seen);
        }
    }

    /// Looks at one chunk of old ones, and at the young ones once in a round.
    pub(crate) fn sweep_step(&mut self) {
        if self.waiting.is_empty() {
            self.young.retain(is_alive);
            self.begin_round();
        }
        self.sweep_chunk();
    }

    fn begin_round(&mut self) {
        self.swept.append(&mut self.fresh);
        self.waiting = mem::take(&mut self.swept).into();
        (self.n_swept, self.n_fresh) = (0, 0);
    }

    /// Looks at one chunk, and tells how many entries it had.
    fn sweep_chunk(&mut self) -> Option<usize> {
        let mut chunk = self.waiting.pop_front()?;
        let n_seen = chunk.len();
        chunk.retain(is_alive);
        self.n_swept += chunk.len();
        match self.swept.last_mut() {
            Some(last) if last.len() + chunk.len() <= CHUNK => last.append(&mut chunk),
            _ if chunk.is_empty() => {}
            _ => self.swept.push(chunk),
        }
        Some(n_seen)
    }
}

#[inline]
fn is_alive<W: WeakHandle>(entry: &Entry<W>) -> bool {
    entry.handle.is_alive()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::rc::{Rc, Weak};

    type Numbers = Generations<Weak<u64>>;

    impl WeakHandle for Weak<u64> {
        fn is_alive(&self) -> bool {
            self.strong_count() > 0
        }
    }

    fn track(entries: &mut Numbers, number: u64) -> Rc<u64> {
        let object = Rc::new(number);
        let entry = Entry {
            handle: Rc::downgrade(&object),
            serial: number,
            site: Location::caller(),
        };
        entries.add(entry);
        object
    }

    /// All entries as they are read: chunk by chunk.
    fn all(entries: &Numbers) -> Vec<&Entry<Weak<u64>>> {
        let mut read: Vec<&Entry<Weak<u64>>> = Vec::new();
        loop {
            let next = read.last().map_or(0, |last| last.serial + 1);
            let chunk = entries.since(next);
            if chunk.is_empty() {
                return read;
            }
            assert!(chunk.len() <= CHUNK);
            read.extend(chunk);
        }
    }

    fn live(entries: &Numbers) -> Vec<u64> {
        let live = all(entries).into_iter();
        live.filter_map(|entry| Some(*entry.handle.upgrade()?))
            .collect()
    }

    /// How many handles there may be, live and dead.
    fn bound(peak: usize) -> usize {
        5 * peak / 2 + 2 * CHUNK
    }

    #[test]
    fn objects_that_die_young_leave_no_more_than_a_chunk() {
        let mut entries = Numbers::new();
        (0..100 * CHUNK as u64).for_each(|number| drop(track(&mut entries, number)));
        assert!(entries.young.len() <= CHUNK && entries.n_old_chunks() == 0);
    }

    #[test]
    fn handles_of_old_objects_go_when_others_become_old() {
        let mut entries = Numbers::new();
        let mut numbers = 0..;
        let mut some = |entries: &mut Numbers| -> Vec<Rc<u64>> {
            let numbers = numbers.by_ref().take(20 * CHUNK);
            numbers.map(|number| track(entries, number)).collect()
        };
        let first = some(&mut entries);
        let second = some(&mut entries);
        drop(first);
        let third = some(&mut entries);
        let fourth = some(&mut entries);
        assert!(all(&entries).len() < 61 * CHUNK);
        let expected: Vec<u64> = second
            .iter()
            .chain(&third)
            .chain(&fourth)
            .map(|number| **number)
            .collect();
        assert_eq!(live(&entries), expected);
    }

    #[test]
    fn objects_that_die_when_they_were_just_looked_at_are_no_exception() {
        let mut entries = Numbers::new();
        let n_live = 20 * CHUNK;
        let mut objects: VecDeque<Rc<u64>> = (0..n_live as u64)
            .map(|number| track(&mut entries, number))
            .collect();
        for number in 0..10 * n_live as u64 {
            let just_seen = entries.swept.last().and_then(|chunk| chunk.first());
            let victim = just_seen.and_then(|entry| entry.handle.upgrade());
            let place = victim.and_then(|victim| objects.binary_search(&victim).ok());
            objects.remove(place.unwrap_or(0));
            objects.push_back(track(&mut entries, n_live as u64 + number));
            if number.is_multiple_of(64) {
                assert!(all(&entries).len() <= bound(n_live));
            }
        }
    }

    #[test]
    fn sweeping_step_by_step_leaves_nothing_dead() {
        let mut entries = Numbers::new();
        let mut objects: Vec<Rc<u64>> = (0..10 * CHUNK as u64 + 3)
            .map(|number| track(&mut entries, number))
            .collect();
        objects.retain(|number| number.is_multiple_of(100));
        (0..entries.n_steps()).for_each(|_| entries.sweep_step());
        assert_eq!(all(&entries).len(), objects.len());
        objects.clear();
        (0..entries.n_steps()).for_each(|_| entries.sweep_step());
        assert!(entries.is_empty());
    }

    /// Tracks some objects, and lets some of all go.
    #[derive(Clone, Debug)]
    struct Step {
        n_new: usize,
        /// How many of a hundred go, from which on.
        n_lost: u64,
        lost_from: usize,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = (0..2000_usize, 0..=100_u64, any::<usize>());
        let step = step.prop_map(|(n_new, n_lost, lost_from)| Step {
            n_new,
            n_lost,
            lost_from,
        });
        prop::collection::vec(step, 1..20)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 1 } else { 100 }))]

        #[test]
        fn what_lives_is_read_in_order_and_what_is_dead_is_bounded(steps in steps()) {
            let mut entries = Numbers::new();
            let (mut objects, mut numbers, mut peak) = (Vec::new(), 0_u64.., 0);
            for step in steps {
                objects.extend(numbers.by_ref().take(step.n_new).map(|number| track(&mut entries, number)));
                peak = peak.max(objects.len());
                prop_assert!(all(&entries).len() <= bound(peak));
                let kept = step.lost_from % (objects.len() + 1);
                let mut place = 0;
                objects.retain(|number| {
                    place += 1;
                    place <= kept || number.wrapping_mul(37) % 100 >= step.n_lost
                });
                let expected: Vec<u64> = objects.iter().map(|number| **number).collect();
                prop_assert_eq!(live(&entries), expected);
            }
        }
    }
}
