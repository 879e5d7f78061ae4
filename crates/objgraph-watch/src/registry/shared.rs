//! Tracked `Arc`s: each thread adds to a shard of its own, and every thread sees them all.

use super::generations::{Entry, Generations, WeakHandle};
use crate::objects::LiveHandle;
use crate::track::TrackedSync;
use crate::{Birth, serial};
use std::cell::Cell;
use std::panic::Location;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// So many entries are looked at before the lock is let go, so that nobody waits for more than some tens of microseconds.
const CHUNK: usize = 2048;

/// The `Arc`s that one thread has tracked; it may have ended.
struct Shard {
    thread: u32,
    entries: Mutex<Generations<Weak<TrackedSync>>>,
}

static SHARDS: Mutex<Vec<Arc<Shard>>> = Mutex::new(Vec::new());

thread_local! {
    static SHARD: OwnShard = OwnShard::new();
    static THREAD: Cell<u32> = const { Cell::new(0) };
}

/// The shard of a thread that has not ended.
struct OwnShard(Arc<Shard>);

impl WeakHandle for Weak<TrackedSync> {
    fn is_alive(&self) -> bool {
        self.strong_count() > 0
    }
}

impl Shard {
    /// Nothing that panics is done while the lock is held.
    fn lock(&self) -> MutexGuard<'_, Generations<Weak<TrackedSync>>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn shards() -> MutexGuard<'static, Vec<Arc<Shard>>> {
    SHARDS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl OwnShard {
    fn new() -> Self {
        let shard = Arc::new(Shard {
            thread: this_thread(),
            entries: Mutex::new(Generations::new()),
        });
        shards().push(shard.clone());
        Self(shard)
    }
}

impl Drop for OwnShard {
    /// The objects may outlive their thread; their shard goes when they are gone.
    fn drop(&mut self) {
        self.0.lock().sweep();
        let mut shards = shards();
        // Of the others that have ended too, since nobody else looks at them.
        shards.retain(|shard| {
            let is_ended = Arc::strong_count(shard) == 1 || Arc::ptr_eq(shard, &self.0);
            !is_ended || !shard.is_vacant()
        });
    }
}

impl Shard {
    fn is_vacant(&self) -> bool {
        let mut entries = self.lock();
        entries.sweep();
        entries.is_empty()
    }
}

static NEXT: AtomicU32 = AtomicU32::new(1);

/// The number of this thread, given to it when it first tracks or asks: from 1, never used again.
#[must_use]
pub fn this_thread() -> u32 {
    let number = THREAD.get();
    if number != 0 {
        return number;
    }
    let number = NEXT.fetch_add(1, Relaxed);
    THREAD.set(number);
    number
}

/// The number that the next thread gets which tracks or asks for the first time.
#[must_use]
pub fn next_thread() -> u32 {
    NEXT.load(Relaxed)
}

/// Does nothing if the thread is about to end.
pub(crate) fn remember_arc(handle: Weak<TrackedSync>, site: &'static Location<'static>) {
    let remember = |shard: &OwnShard| {
        let mut entries = shard.0.lock();
        entries.add(Entry {
            handle,
            serial: serial::next(),
            site,
        });
    };
    let _ = SHARD.try_with(remember);
}

/// Strong handles to all tracked `Arc`s that live, each thread's by serial number.
pub(crate) fn arcs() -> Vec<LiveHandle> {
    let all: Vec<Arc<Shard>> = shards().clone();
    let mut live = Vec::new();
    for shard in all {
        let mut next = 0;
        while let Some(last) = collect(&shard, next, &mut live) {
            next = last + 1;
        }
    }
    live
}

/// Collects a chunk that begins with a serial number, and returns the last; `None` if there were no more.
fn collect(shard: &Shard, first: u64, live: &mut Vec<LiveHandle>) -> Option<u64> {
    live.reserve(CHUNK);
    let entries = shard.lock();
    let mut last = None;
    for entry in entries.since(first).take(CHUNK) {
        last = Some(entry.serial);
        let counts = (entry.handle.strong_count(), entry.handle.weak_count());
        // Nothing strong is dropped while the lock is held: that could run anybody's code.
        if let Some(strong) = entry.handle.upgrade() {
            live.push(LiveHandle::of_arc(
                strong,
                counts,
                Birth::new(entry, shard.thread),
            ));
        }
    }
    last
}
