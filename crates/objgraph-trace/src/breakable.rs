//! Cells that can be emptied, so that a leaked cycle through them is broken.

use std::cell::{Cell, RefCell};
use std::sync::{Mutex, PoisonError, RwLock, TryLockError};

/// A cell that can give away what it holds, through a shared reference.
///
/// A field that is marked `#[trace(breakable)]` needs a type like this. Implement it for cells of your own.
///
/// # Examples
///
/// ```
/// use objgraph_trace::Breakable;
/// use std::{cell::RefCell, rc::Rc};
///
/// let parent = RefCell::new(Some(Rc::new(7)));
/// assert_eq!(parent.take_content(), Some(Some(Rc::new(7))));
/// assert_eq!(*parent.borrow(), None);
/// let guard = parent.borrow_mut();
/// assert_eq!(parent.take_content(), None);
/// # drop(guard);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be emptied through a shared reference, so it cannot be `breakable`",
    label = "not a cell that can be emptied",
    note = "`#[trace(breakable)]` is for a `RefCell`, `Cell`, `Mutex` or `RwLock` of something that has a `Default`, such as \
            `RefCell<Option<Rc<T>>>` or `RefCell<Vec<Rc<T>>>`",
    note = "for other types, say how to let go of the references: `#[trace(break_with = path)]`"
)]
pub trait Breakable {
    /// What is given away.
    type Content;

    /// Takes the content out and leaves an empty one; `None` if somebody is reading or writing it now.
    fn take_content(&self) -> Option<Self::Content>;
}

impl<T: Default> Breakable for RefCell<T> {
    type Content = T;

    fn take_content(&self) -> Option<T> {
        let mut content = self.try_borrow_mut().ok()?;
        Some(std::mem::take(&mut content))
    }
}

impl<T: Default> Breakable for Cell<T> {
    type Content = T;

    fn take_content(&self) -> Option<T> {
        Some(self.take())
    }
}

macro_rules! locks {
    ($($lock:ident: $try:ident),+) => {$(
        impl<T: Default> Breakable for $lock<T> {
            type Content = T;

            fn take_content(&self) -> Option<T> {
                let mut content = match self.$try() {
                    Ok(content) => content,
                    Err(TryLockError::Poisoned(poisoned)) => PoisonError::into_inner(poisoned),
                    Err(TryLockError::WouldBlock) => return None,
                };
                Some(std::mem::take(&mut content))
            }
        }
    )+};
}

locks!(Mutex: try_lock, RwLock: try_write);

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn cells_give_away_what_they_hold_unless_they_are_busy() {
        let cell = RefCell::new(vec![1]);
        let reader = cell.borrow();
        assert_eq!(cell.take_content(), None);
        drop(reader);
        assert_eq!(cell.take_content(), Some(vec![1]));
        assert_eq!(Cell::new(Some(2)).take_content(), Some(Some(2)));

        let lock = Mutex::new(vec![3]);
        let guard = lock.lock().unwrap();
        assert_eq!(lock.take_content(), None);
        drop(guard);
        assert_eq!(lock.take_content(), Some(vec![3]));

        let lock = RwLock::new(vec![4]);
        let guard = lock.read().unwrap();
        assert_eq!(lock.take_content(), None);
        drop(guard);
        assert_eq!(lock.take_content(), Some(vec![4]));
    }

    #[test]
    fn a_poisoned_lock_is_emptied_all_the_same() {
        let lock = Mutex::new(Some(5));
        let poison = || {
            let _guard = lock.lock().unwrap();
            panic!("on purpose");
        };
        assert!(catch_unwind(AssertUnwindSafe(poison)).is_err());
        assert_eq!(lock.take_content(), Some(Some(5)));
    }
}
