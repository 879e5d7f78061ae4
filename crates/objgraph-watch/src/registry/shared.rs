//! Tracked `Arc`s: each thread adds to a shard of its own, so that none waits for another, and every thread sees them all.
//!
//! A thread that ends leaves its shard behind, an *orphan*. The next thread that tracks something takes it over; until then, others
//! sweep a step of it whenever they have swept some of their own. No entry moves from one shard to another, so who reads them one after
//! the other misses none and meets none twice.

use super::collect::{Registry, collect};
use super::generations::{Entry, Generations, WeakHandle};
use crate::objects::LiveHandle;
use crate::thread::this_thread;
use crate::track::TrackedSync;
use crate::{Birth, serial};
use std::panic::Location;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// The `Arc`s that one thread tracks, and those of threads that had the shard before.
#[derive(Default)]
struct Shard(Mutex<Generations<WeakArc>>);

/// A weak handle, and the thread that tracked the object.
struct WeakArc {
    handle: Weak<TrackedSync>,
    thread: u32,
}

impl WeakHandle for WeakArc {
    #[inline]
    fn is_alive(&self) -> bool {
        self.handle.strong_count() > 0
    }
}

impl Registry for Shard {
    type Weak = WeakArc;

    #[inline]
    fn with<R>(&self, work: impl FnOnce(&mut Generations<WeakArc>) -> R) -> Option<R> {
        Some(work(&mut lock(&self.0)))
    }
}

/// The shards of a program.
struct Shards {
    /// Locked before a shard is, never after. Those that wait for a step of sweeping for the longest come first.
    list: Mutex<Vec<Listed>>,
    /// How many are orphans, so that who finds none takes no lock.
    n_orphans: AtomicUsize,
}

struct Listed {
    shard: Arc<Shard>,
    /// Whether it belongs to a thread.
    is_owned: bool,
}

static SHARDS: Shards = Shards::new();

thread_local! {
    static SHARD: OwnShard = OwnShard(SHARDS.take());
}

/// The shard of a thread that has not ended.
struct OwnShard(Arc<Shard>);

impl Drop for OwnShard {
    /// The objects may outlive their thread.
    fn drop(&mut self) {
        SHARDS.leave(&self.0);
    }
}

/// Does nothing if the thread is about to end.
#[inline]
pub(crate) fn remember_arc(handle: Weak<TrackedSync>, site: &'static Location<'static>) {
    let thread = this_thread();
    let add = |entries: &mut Generations<WeakArc>| {
        // Numbered when the shard is this thread's: in an orphan, all numbers are lower.
        entries.add(Entry {
            handle: WeakArc { handle, thread },
            serial: serial::next(),
            site,
        })
    };
    let has_swept = SHARD.try_with(|shard| shard.0.with(add));
    if has_swept == Ok(Some(true)) && SHARDS.n_orphans.load(Relaxed) > 0 {
        SHARDS.tend_orphan();
    }
}

/// Strong handles to all tracked `Arc`s that live and have lower serial numbers than this: some rows in the order of these.
pub(crate) fn arcs(end: u64) -> Vec<LiveHandle> {
    let live = |entry: &Entry<WeakArc>| {
        let WeakArc { handle, thread } = &entry.handle;
        let counts = (handle.strong_count(), handle.weak_count());
        let strong = handle.upgrade()?;
        Some(LiveHandle::of_arc(
            strong,
            counts,
            Birth::new(entry, *thread),
        ))
    };
    let mut all = Vec::new();
    for shard in SHARDS.all() {
        collect(&*shard, end, live, &mut all);
    }
    all
}

impl Shards {
    const fn new() -> Self {
        Self {
            list: Mutex::new(Vec::new()),
            n_orphans: AtomicUsize::new(0),
        }
    }

    /// All that there are now.
    fn all(&self) -> Vec<Arc<Shard>> {
        let list = lock(&self.list);
        list.iter().map(|listed| listed.shard.clone()).collect()
    }

    /// A shard for a thread: an orphan, or a new one.
    fn take(&self) -> Arc<Shard> {
        let mut list = lock(&self.list);
        if let Some(orphan) = list.iter_mut().find(|listed| !listed.is_owned) {
            orphan.is_owned = true;
            self.n_orphans.fetch_sub(1, Relaxed);
            return orphan.shard.clone();
        }
        let shard = Arc::<Shard>::default();
        list.push(Listed {
            shard: shard.clone(),
            is_owned: true,
        });
        shard
    }

    /// Makes a shard an orphan.
    fn leave(&self, shard: &Arc<Shard>) {
        let mut list = lock(&self.list);
        let own = list.iter_mut().find(|it| Arc::ptr_eq(&it.shard, shard));
        if let Some(own) = own {
            own.is_owned = false;
            self.n_orphans.fetch_add(1, Relaxed);
        }
        drop(list);
        self.tend(shard);
    }

    /// Sweeps a step of the orphan that waits for it the longest.
    #[cold]
    fn tend_orphan(&self) {
        let mut list = lock(&self.list);
        let Some(place) = list.iter().position(|listed| !listed.is_owned) else {
            return;
        };
        let orphan = list[place].shard.clone();
        list[place..].rotate_left(1);
        drop(list);
        self.tend(&orphan);
    }

    /// Sweeps a step of an orphan, and removes it if nothing is left.
    fn tend(&self, orphan: &Arc<Shard>) {
        lock(&orphan.0).sweep_step();
        let mut list = lock(&self.list);
        let is_done = |listed: &Listed| {
            Arc::ptr_eq(&listed.shard, orphan)
                && !listed.is_owned
                && lock(&listed.shard.0).is_empty()
        };
        if let Some(place) = list.iter().position(is_done) {
            list.remove(place);
            self.n_orphans.fetch_sub(1, Relaxed);
        }
    }
}

/// Locks, also after a panic: none happens while something is half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::generations::CHUNK;

    fn track_some(shard: &Shard, n_objects: usize) -> Vec<Arc<usize>> {
        let track = |number: usize| {
            let object = Arc::new(number);
            let handle = Arc::<usize>::downgrade(&object);
            shard.with(|entries| {
                entries.add(Entry {
                    handle: WeakArc { handle, thread: 1 },
                    serial: number as u64,
                    site: Location::caller(),
                })
            });
            object
        };
        (0..n_objects).map(track).collect()
    }

    fn n_shards(shards: &Shards) -> (usize, usize) {
        let n_orphans = shards.n_orphans.load(Relaxed);
        (lock(&shards.list).len(), n_orphans)
    }

    #[test]
    fn a_shard_that_a_thread_has_left_is_taken_over() {
        let shards = Shards::new();
        let (first, second) = (shards.take(), shards.take());
        let _objects = track_some(&first, 1);
        shards.leave(&first);
        assert_eq!(n_shards(&shards), (2, 1));
        let third = shards.take();
        assert!(Arc::ptr_eq(&third, &first) && !Arc::ptr_eq(&third, &second));
        assert_eq!(n_shards(&shards), (2, 0));
    }

    #[test]
    fn a_shard_without_live_objects_goes_with_its_thread() {
        let shards = Shards::new();
        let shard = shards.take();
        drop(track_some(&shard, CHUNK / 2));
        shards.leave(&shard);
        assert_eq!(n_shards(&shards), (0, 0));
    }

    #[test]
    fn orphans_are_tended_in_turn_until_they_are_empty() {
        let shards = Shards::new();
        let kept: Vec<_> = (0..3).map(|_| (shards.take(), 5 * CHUNK)).collect();
        let objects = kept.iter().map(|(shard, n)| track_some(shard, *n));
        let objects: Vec<_> = objects.collect();
        kept.iter().for_each(|(shard, _)| shards.leave(shard));
        drop(objects);
        (0..3 * 5).for_each(|_| shards.tend_orphan());
        assert_eq!(n_shards(&shards), (0, 0));
        shards.tend_orphan();
    }
}
