//! How many values of a type there are: live, ever made, and at most at a time.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// The counter of one type, which `#[trace(count)]` makes.
///
/// The first thread that counts owns it, and counts without locking the processor's bus, which alone takes a tenth of an
/// allocation; all other threads share cells of their own.
#[derive(Debug)]
pub struct Counter {
    type_path: &'static str,
    /// The number of the thread that counts in `own`; 0 as long as nobody has counted.
    owner: AtomicU64,
    own: Side,
    others: Side,
    is_listed: AtomicBool,
}

/// What one side has seen.
#[derive(Debug)]
struct Side {
    created: AtomicU64,
    dropped: AtomicU64,
    /// The most values of both sides that lived when this side made one.
    peak: AtomicU64,
}

/// How many values of a type there are.
///
/// Numbers of one thread are exact. While several threads count, each number is exact for some moment while it is read, and a peak
/// that two threads reach together may be missed by as many values as were made in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TypeCount {
    /// The full path of the type, without the parameters of a generic one.
    pub type_path: &'static str,
    /// How many live now.
    pub live: u64,
    /// How many were ever made.
    pub created: u64,
    /// The most that lived at a time.
    pub peak: u64,
}

static ALL: Mutex<Vec<&'static Counter>> = Mutex::new(Vec::new());

/// How many values there are of each type that was ever counted, by type path.
///
/// # Complexity
/// O(types), whatever the number of values.
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
    let counters = ALL.lock().unwrap_or_else(PoisonError::into_inner);
    let mut counts: Vec<TypeCount> = counters.iter().map(|counter| counter.read()).collect();
    counts.sort_by_key(|count| count.type_path);
    counts
}

thread_local! {
    /// The number of this thread; 0 as long as it has none.
    static THREAD: Cell<u64> = const { Cell::new(0) };
}

/// A number for each thread that counts, never used again.
fn this_thread() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = THREAD.get();
    if number != 0 {
        return number;
    }
    let number = NEXT.fetch_add(1, Relaxed);
    THREAD.set(number);
    number
}

impl Side {
    const fn new() -> Self {
        Self {
            created: AtomicU64::new(0),
            dropped: AtomicU64::new(0),
            peak: AtomicU64::new(0),
        }
    }

    /// Negative, in a manner of speaking, if this side drops what the other makes.
    fn live(&self) -> u64 {
        self.created
            .load(Relaxed)
            .wrapping_sub(self.dropped.load(Relaxed))
    }
}

impl Counter {
    /// A counter for the type with a path.
    #[must_use]
    pub const fn new(type_path: &'static str) -> Self {
        Self {
            type_path,
            owner: AtomicU64::new(0),
            own: Side::new(),
            others: Side::new(),
            is_listed: AtomicBool::new(false),
        }
    }

    /// Counts a value that was made.
    #[inline]
    pub(crate) fn created(&self) {
        if self.is_own() {
            add_alone(&self.own.created);
            let live = self.live();
            if live > self.own.peak.load(Relaxed) {
                self.own.peak.store(live, Relaxed);
            }
        } else {
            self.others.created.fetch_add(1, Relaxed);
            self.others.peak.fetch_max(self.live(), Relaxed);
        }
    }

    /// Counts a value that is dropped.
    #[inline]
    pub(crate) fn dropped(&self) {
        if self.is_own() {
            add_alone(&self.own.dropped);
        } else {
            self.others.dropped.fetch_add(1, Relaxed);
        }
    }

    /// How many values live, made and dropped by whomever.
    #[inline]
    fn live(&self) -> u64 {
        // Between two readings another thread may drop what this one has not seen to be made.
        let live = self.own.live().wrapping_add(self.others.live());
        live.cast_signed().max(0).cast_unsigned()
    }

    #[inline]
    fn is_own(&self) -> bool {
        let owner = self.owner.load(Relaxed);
        owner == this_thread() || owner == 0 && self.take()
    }

    /// Makes this thread the owner, unless another one was faster.
    #[cold]
    fn take(&self) -> bool {
        let taken = self
            .owner
            .compare_exchange(0, this_thread(), Relaxed, Relaxed);
        taken.is_ok()
    }

    /// Has the counter listed, once.
    #[inline]
    pub(crate) fn list(&'static self) {
        if !self.is_listed.load(Relaxed) {
            self.list_first();
        }
    }

    #[cold]
    fn list_first(&'static self) {
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_listed.swap(true, Relaxed) {
            all.push(self);
        }
    }

    fn read(&self) -> TypeCount {
        let created = |side: &Side| side.created.load(Relaxed);
        TypeCount {
            type_path: self.type_path,
            live: self.live(),
            created: created(&self.own) + created(&self.others),
            peak: self
                .own
                .peak
                .load(Relaxed)
                .max(self.others.peak.load(Relaxed)),
        }
    }
}

/// Adds one to a number that only this thread changes.
#[inline]
fn add_alone(number: &AtomicU64) {
    number.store(number.load(Relaxed).wrapping_add(1), Relaxed);
}
