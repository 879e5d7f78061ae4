//! Numbers for tracked objects, in the order of tracking.

use std::sync::atomic::{
    AtomicU64,
    Ordering::{Acquire, Release},
};

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A number for an object that has its weak handle: who knows a higher one sees that handle counted.
#[inline]
pub(crate) fn next() -> u64 {
    NEXT.fetch_add(1, Release)
}

/// The serial number that the next tracked object gets: those with lower ones are older.
///
/// # Examples
///
/// ```
/// let mark = objgraph_watch::next_serial();
/// let one = objgraph_watch::tracked(1);
/// assert!(objgraph_watch::next_serial() > mark);
/// # drop(one);
/// ```
#[must_use]
pub fn next_serial() -> u64 {
    NEXT.load(Acquire)
}
