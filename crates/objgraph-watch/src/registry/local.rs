//! Tracked `Rc`s: each thread has its own.

use super::generations::{Entry, Generations, WeakHandle};
use crate::objects::LiveHandle;
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

/// Does nothing if the thread is about to end.
pub(crate) fn remember_rc(handle: Weak<dyn Tracked>, site: &'static Location<'static>) {
    let remember = |rcs: &RefCell<Generations<_>>| {
        // No code of users runs while the list is borrowed: only handles to what is gone are dropped.
        rcs.borrow_mut().add(Entry {
            handle,
            serial: serial::next(),
            site,
        });
    };
    let _ = RCS.try_with(remember);
}

/// Strong handles to all tracked `Rc`s of this thread that live, by serial number.
pub(crate) fn rcs(thread: u32) -> Vec<LiveHandle> {
    let collect = |rcs: &RefCell<Generations<Weak<dyn Tracked>>>| {
        let rcs = rcs.borrow();
        let live = rcs.since(0).filter_map(|entry| {
            let counts = (entry.handle.strong_count(), entry.handle.weak_count());
            let strong = entry.handle.upgrade()?;
            Some(LiveHandle::of_rc(strong, counts, Birth::new(entry, thread)))
        });
        live.collect()
    };
    RCS.try_with(collect).unwrap_or_default()
}
