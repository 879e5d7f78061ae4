//! Roots that are handles: local variables, and fields of what is not traced.

use crate::Trackable;
use crate::objects::{AnyHandle, AnyWeak};
use objgraph_trace::Address;
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;

thread_local! {
    static HANDLES: RefCell<Vec<Named>> = const { RefCell::new(Vec::new()) };
    static NEXT: Cell<u64> = const { Cell::new(0) };
}

struct Named {
    name: String,
    handle: AnyWeak,
    place: Address,
    number: u64,
}

/// A root whose object is kept alive while it is looked at.
pub(crate) struct HandleRoot {
    pub(super) name: String,
    pub(super) handle: AnyHandle,
    /// Where the handle lies that it was made of.
    pub(super) place: Address,
}

/// The time in which a handle is a root. Made by [`root`].
///
/// One that is forgotten rather than dropped leaves its name with the object.
#[must_use = "the handle is a root only as long as this lives"]
#[derive(Debug)]
pub struct RootGuard<'h> {
    number: u64,
    handle: PhantomData<&'h ()>,
    /// Of this thread only.
    _thread: PhantomData<*const ()>,
}

/// Makes a local `Rc` or `Arc` a root with a name as long as the guard lives, for questions that this thread asks.
///
/// The object is not kept alive by it. For values that are not shared there is [`with_root`](super::with_root).
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
///
/// let app = Rc::new(7);
/// let _root = objgraph_watch::root("app", &app);
/// assert_eq!(Rc::strong_count(&app), 1);
/// ```
pub fn root<'h, P: Trackable>(name: &str, handle: &'h P) -> RootGuard<'h> {
    let number = NEXT.get();
    NEXT.set(number + 1);
    let named = Named {
        name: name.to_owned(),
        handle: handle.to_weak(),
        place: Address::of(handle),
        number,
    };
    let _ = HANDLES.try_with(|handles| handles.borrow_mut().push(named));
    RootGuard {
        number,
        handle: PhantomData,
        _thread: PhantomData,
    }
}

impl Drop for RootGuard<'_> {
    fn drop(&mut self) {
        let is_other = |named: &Named| named.number != self.number;
        // Dropping a weak handle runs nobody's code.
        let _ = HANDLES.try_with(|handles| handles.borrow_mut().retain(is_other));
    }
}

/// The handles that are roots now, of objects that live.
pub(super) fn now() -> Vec<HandleRoot> {
    let upgrade = |named: &Named| {
        Some(HandleRoot {
            name: named.name.clone(),
            handle: named.handle.upgrade()?,
            place: named.place,
        })
    };
    let all = HANDLES.try_with(|handles| handles.borrow().iter().filter_map(upgrade).collect());
    all.unwrap_or_default()
}
