//! Counting, at the price of a few additions where one thread does most of it.
//!
//! An addition that other threads see whole costs as much as a tenth of an allocation. So a counter is biased: it belongs to the thread
//! that counts first, which adds to numbers that only it writes. All other threads share a second set of numbers.

use crate::thread::{NOBODY, known_thread, this_thread};
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// How many values of one type there are, were made, and were there at once.
#[derive(Debug)]
pub struct Counter {
    type_path: &'static str,
    /// The number of the thread that it belongs to; [`NOBODY`] until it is first used.
    owner: AtomicU32,
    /// Written by the owner alone.
    own: Cells,
    others: Cells,
}

/// The numbers of one side, in a cache line of their own.
#[derive(Debug)]
#[repr(align(64))]
struct Cells {
    created: AtomicU64,
    /// Created here less dropped here: below zero where the other side's values are dropped.
    live: AtomicI64,
    /// The most that were alive when this side created one.
    peak: AtomicI64,
}

/// How many values of a type there are.
///
/// Exact if no thread creates or drops some meanwhile. The peak is exact if one thread creates all values; with several it is what
/// the threads have seen when they created one, which may miss a few that others created at that very moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TypeCount {
    /// The full path of the type, without what generic types are made for.
    pub type_path: &'static str,
    /// How many there are now.
    pub live: u64,
    /// How many were ever made.
    pub created: u64,
    /// The most that there were at once.
    pub peak: u64,
}

/// Every counter that was ever used.
static USED: Mutex<Vec<&'static Counter>> = Mutex::new(Vec::new());

/// How many values there are of each type that was ever counted, by type path.
///
/// # Complexity
/// O(types × log types), whatever the number of values.
///
/// # Examples
///
/// ```
/// use objgraph_watch::{Count, Counted, Counter, counts};
///
/// struct Token(Counted<Token>);
///
/// impl Count for Token {
///     fn counter() -> &'static Counter {
///         static COUNTER: Counter = Counter::new("example::Token");
///         &COUNTER
///     }
/// }
///
/// let tokens = [(); 3].map(|()| Token(Counted::new()));
/// drop(tokens);
/// let _one = Token(Counted::new());
/// let count = counts()[0];
/// assert_eq!((count.type_path, count.live, count.created, count.peak), ("example::Token", 1, 4, 3));
/// ```
#[must_use]
pub fn counts() -> Vec<TypeCount> {
    let used = USED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut counts: Vec<TypeCount> = used.into_iter().map(Counter::read).collect();
    counts.sort_by_key(|count| count.type_path);
    counts
}

impl Counter {
    /// A counter of values of the type that has this path.
    #[must_use]
    pub const fn new(type_path: &'static str) -> Self {
        Self {
            type_path,
            owner: AtomicU32::new(NOBODY),
            own: Cells::new(),
            others: Cells::new(),
        }
    }

    fn read(&self) -> TypeCount {
        let live = self.own.live.load(Relaxed) + self.others.live.load(Relaxed);
        let peak = (self.own.peak.load(Relaxed)).max(self.others.peak.load(Relaxed));
        TypeCount {
            type_path: self.type_path,
            live: natural(live),
            created: self.own.created.load(Relaxed) + self.others.created.load(Relaxed),
            peak: natural(peak.max(live)),
        }
    }

    #[inline]
    pub(crate) fn created(&'static self) {
        if self.is_own() {
            self.created_by_owner();
        } else {
            self.created_by_other();
        }
    }

    #[inline]
    pub(crate) fn dropped(&'static self) {
        if self.is_own() {
            add(&self.own.live, -1);
        } else {
            self.others.live.fetch_sub(1, Relaxed);
        }
    }

    /// Whether the counter belongs to this thread. No thread without a number owns one.
    #[inline]
    fn is_own(&self) -> bool {
        self.owner.load(Relaxed) == known_thread()
    }

    #[inline]
    fn created_by_owner(&self) {
        let created = self.own.created.load(Relaxed);
        self.own.created.store(created + 1, Relaxed);
        let live = add(&self.own.live, 1) + self.others.live.load(Relaxed);
        if live > self.own.peak.load(Relaxed) {
            self.own.peak.store(live, Relaxed);
        }
    }

    #[cold]
    fn created_by_other(&'static self) {
        if self.becomes_own() {
            return self.created_by_owner();
        }
        self.others.created.fetch_add(1, Relaxed);
        let live = self.others.live.fetch_add(1, Relaxed) + 1 + self.own.live.load(Relaxed);
        // Read first: most of the time there is nothing to write, and nobody to wait for.
        if live > self.others.peak.load(Relaxed) {
            self.others.peak.fetch_max(live, Relaxed);
        }
    }

    /// Makes the counter this thread's and puts it on the list, if nobody has used it before.
    fn becomes_own(&'static self) -> bool {
        let is_first = self.owner.load(Relaxed) == NOBODY
            && (self.owner)
                .compare_exchange(NOBODY, this_thread(), Relaxed, Relaxed)
                .is_ok();
        if is_first {
            let mut used = USED.lock().unwrap_or_else(PoisonError::into_inner);
            used.push(self);
        }
        is_first
    }
}

impl Cells {
    const fn new() -> Self {
        Self {
            created: AtomicU64::new(0),
            live: AtomicI64::new(0),
            peak: AtomicI64::new(0),
        }
    }
}

/// Adds to a number that only this thread writes: no other waits for that.
#[inline]
fn add(number: &AtomicI64, difference: i64) -> i64 {
    let sum = number.load(Relaxed) + difference;
    number.store(sum, Relaxed);
    sum
}

/// A number that is below zero only while threads are between two additions.
fn natural(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::thread;

    fn leaked(type_path: &'static str) -> &'static Counter {
        Box::leak(Box::new(Counter::new(type_path)))
    }

    #[test]
    fn counters_are_listed_by_type_once_they_are_used() {
        let [second, first, _unused] = ["b::B", "b::A", "b::C"].map(leaked);
        second.created();
        first.created();
        first.created();
        let counts = counts();
        let paths = counts.iter().map(|count| count.type_path);
        let paths: Vec<&str> = paths.filter(|path| path.starts_with("b::")).collect();
        assert_eq!(paths, ["b::A", "b::B"]);
    }

    #[test]
    fn what_other_threads_create_and_drop_is_counted() {
        let counter = leaked("Shared");
        (0..4).for_each(|_| counter.created());
        let other = || {
            (0..8).for_each(|_| counter.created());
            (0..10).for_each(|_| counter.dropped());
        };
        thread::spawn(other).join().unwrap();
        let count = counter.read();
        assert_eq!((count.live, count.created, count.peak), (2, 12, 12));
        counter.created();
        assert_eq!(counter.read().peak, 12);
    }

    #[test]
    fn nothing_is_lost_when_threads_count_at_once() {
        let counter = leaked("Busy");
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        counter.created();
                        counter.created();
                        counter.dropped();
                    }
                });
            }
        });
        let count = counter.read();
        assert_eq!((count.live, count.created), (2000, 4000));
        assert!((2000..=2004).contains(&count.peak));
    }

    proptest! {
        #[test]
        fn one_thread_counts_exactly(is_created in prop::collection::vec(any::<bool>(), 0..100)) {
            let counter = leaked("Exact");
            let (mut live, mut created, mut peak) = (0, 0, 0);
            for is_created in is_created {
                if is_created {
                    counter.created();
                    (live, created) = (live + 1, created + 1);
                    peak = peak.max(live);
                } else if live > 0 {
                    counter.dropped();
                    live -= 1;
                }
            }
            let count = counter.read();
            prop_assert_eq!((count.live, count.created, count.peak), (live, created, peak));
        }
    }
}
