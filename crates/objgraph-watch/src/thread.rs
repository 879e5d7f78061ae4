//! Numbers for threads, never used again.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// The number of no thread.
pub(crate) const NOBODY: u32 = 0;

/// The number of a thread that has none yet.
const UNNUMBERED: u32 = u32::MAX;

static NEXT: AtomicU32 = AtomicU32::new(NOBODY + 1);

thread_local! {
    // Without a destructor, so that it can be read until the thread is gone.
    static THREAD: Cell<u32> = const { Cell::new(UNNUMBERED) };
}

/// The number of this thread, as far as it has one.
#[inline]
pub(crate) fn known_thread() -> u32 {
    THREAD.get()
}

/// The number of this thread, given to it when it first counts, tracks or asks: from 1, never used again.
#[must_use]
pub fn this_thread() -> u32 {
    if known_thread() == UNNUMBERED {
        THREAD.set(NEXT.fetch_add(1, Relaxed));
    }
    known_thread()
}

/// The number that the next thread gets which counts, tracks or asks for the first time.
#[must_use]
#[cfg(feature = "track")]
pub fn next_thread() -> u32 {
    NEXT.load(Relaxed)
}
