//! Tracked `Rc`s: each thread has its own.

use super::collect::{Registry, collect};
use super::generations::{Entry, Generations, WeakHandle};
use crate::objects::LiveHandle;
use crate::thread::this_thread;
use crate::{Birth, Tracked, serial};
use std::cell::RefCell;
use std::panic::Location;
use std::rc::Weak;

thread_local! {
    static RCS: RefCell<Generations<Weak<dyn Tracked>>> = const { RefCell::new(Generations::new()) };
}

impl WeakHandle for Weak<dyn Tracked> {
    fn is_alive(&self) -> bool {
        self.strong_count() > 0
    }
}

/// The tracked `Rc`s of this thread.
struct Rcs;

impl Registry for Rcs {
    type Weak = Weak<dyn Tracked>;

    #[inline]
    fn with<R>(&self, work: impl FnOnce(&mut Generations<Self::Weak>) -> R) -> Option<R> {
        RCS.try_with(|rcs| work(&mut rcs.borrow_mut())).ok()
    }
}

/// Does nothing if the thread is about to end.
#[inline]
pub(crate) fn remember_rc(handle: Weak<dyn Tracked>, site: &'static Location<'static>) {
    Rcs.with(|rcs| {
        rcs.add(Entry {
            handle,
            serial: serial::next(),
            site,
        })
    });
}

/// Strong handles to all tracked `Rc`s of this thread that live and have lower serial numbers than this, in their order.
pub(crate) fn rcs(end: u64) -> Vec<LiveHandle> {
    let thread = this_thread();
    let live = |entry: &Entry<Weak<dyn Tracked>>| {
        let counts = (entry.handle.strong_count(), entry.handle.weak_count());
        let strong = entry.handle.upgrade()?;
        Some(LiveHandle::of_rc(strong, counts, Birth::new(entry, thread)))
    };
    let mut all = Vec::new();
    collect(&Rcs, end, live, &mut all);
    all
}
