//! One thread after the other.

use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::{Mutex, MutexGuard, PoisonError};

static TURN: Mutex<()> = Mutex::new(());

thread_local! {
    static IS_MINE: Cell<bool> = const { Cell::new(false) };
}

/// The turn of this thread to keep objects alive. One thread may have several at a time.
pub(super) struct Turn {
    guard: Option<MutexGuard<'static, ()>>,
    /// Not to be sent to another thread.
    _thread: PhantomData<*const ()>,
}

impl Turn {
    pub(super) fn wait() -> Self {
        let guard = (!IS_MINE.get()).then(|| TURN.lock().unwrap_or_else(PoisonError::into_inner));
        IS_MINE.set(true);
        Self {
            guard,
            _thread: PhantomData,
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.guard.is_some() {
            IS_MINE.set(false);
        }
    }
}
