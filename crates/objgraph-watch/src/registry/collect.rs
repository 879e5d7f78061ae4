//! From weak handles to strong ones.

use super::generations::{CHUNK, Entry, Generations, WeakHandle};
use crate::objects::LiveHandle;

/// Some of the tracked objects.
pub(super) trait Registry {
    type Weak: WeakHandle;

    /// Lets a function work with the entries that takes some tens of microseconds at most, so that nobody waits for longer, and calls no
    /// code of users: it drops no strong handle, for one.
    ///
    /// `None` if the thread is about to end.
    fn with<R>(&self, work: impl FnOnce(&mut Generations<Self::Weak>) -> R) -> Option<R>;
}

/// Adds what lives to a list, as far as it has lower serial numbers than `end`, by these.
pub(super) fn collect<R: Registry>(
    registry: &R,
    end: u64,
    live: impl Fn(&Entry<R::Weak>) -> Option<LiveHandle>,
    all: &mut Vec<LiveHandle>,
) {
    let (n_before, mut n_seen) = (all.len(), 0);
    let mut next = Some(0);
    while let Some(first) = next.filter(|first| *first < end) {
        all.reserve(CHUNK);
        let collect_chunk = |entries: &mut Generations<_>| {
            let chunk = entries.since(first);
            let known = &chunk[..chunk.partition_point(|entry| entry.serial < end)];
            n_seen += known.len();
            all.extend(known.iter().filter_map(&live));
            Some(chunk.last()?.serial + 1)
        };
        next = registry.with(collect_chunk).flatten();
    }
    let n_live = all.len() - n_before;
    if n_seen > 2 * n_live {
        sweep(registry);
    }
}

/// Sweeps all: if nothing is tracked any more, nobody else does.
fn sweep<R: Registry>(registry: &R) {
    let n_steps = registry.with(|entries| entries.n_steps());
    (0..n_steps.unwrap_or(0)).for_each(|_| {
        registry.with(Generations::sweep_step);
    });
}
