//! An allocator that counts bytes while it is asked to.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering::Relaxed};

static IS_COUNTING: AtomicBool = AtomicBool::new(false);
static LIVE: AtomicIsize = AtomicIsize::new(0);
static PEAK: AtomicIsize = AtomicIsize::new(0);

/// The system's allocator, which a bench has to make its own; while times are taken it costs one load of a flag.
#[derive(Debug)]
pub struct Counting;

// SAFETY: hands every call on to the system's allocator, unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size().cast_signed());
        // SAFETY: guaranteed by the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size().cast_signed());
        // SAFETY: guaranteed by the caller.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-layout.size().cast_signed());
        // SAFETY: guaranteed by the caller.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // Counted as if every block moved and were there twice for a moment: the worst that can happen.
        count(new_size.cast_signed());
        count(-layout.size().cast_signed());
        // SAFETY: guaranteed by the caller.
        unsafe { System.realloc(pointer, layout, new_size) }
    }
}

fn count(bytes: isize) {
    if IS_COUNTING.load(Relaxed) {
        let live = LIVE.fetch_add(bytes, Relaxed) + bytes;
        PEAK.fetch_max(live, Relaxed);
    }
}

/// Bytes that a call has allocated.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// What its result still holds.
    pub kept: isize,
    /// The most that was there at one time.
    pub peak: isize,
}

/// Counts what `make` allocates. Other threads are counted too, so let there be none but its own.
pub fn measure<R>(make: impl FnOnce() -> R) -> (R, Memory) {
    LIVE.store(0, Relaxed);
    PEAK.store(0, Relaxed);
    IS_COUNTING.store(true, Relaxed);
    let result = make();
    IS_COUNTING.store(false, Relaxed);
    (
        result,
        Memory {
            kept: LIVE.load(Relaxed),
            peak: PEAK.load(Relaxed),
        },
    )
}
