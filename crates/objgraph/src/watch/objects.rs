//! Tracked objects, one by one.

use super::Mark;
use objgraph_watch::{LiveObject, LiveObjects, Trackable};

/// All tracked objects that live, in the order in which they were tracked: Python's `gc.get_objects`.
///
/// Of `Rc`s, those of this thread; of `Arc`s, all. Nothing is kept alive by the answer.
///
/// # Complexity
/// O(tracked objects).
///
/// # Examples
///
/// ```
/// let (kept, dropped) = (objgraph::tracked(1_u8), objgraph::tracked(2_u8));
/// drop(dropped);
/// let objects = objgraph::get_objects();
/// assert_eq!((objects.len(), objects[0].type_path()), (1, "u8"));
/// # drop(kept);
/// ```
#[must_use]
pub fn get_objects() -> Vec<LiveObject> {
    LiveObjects::now().to_objects()
}

/// Handles to all tracked objects of a type that live, in the order in which they were tracked: Python's `by_type`.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
///
/// let page = objgraph::tracked(String::from("page"));
/// let pages: Vec<Rc<String>> = objgraph::by_type();
/// assert!(Rc::ptr_eq(&pages[0], &page));
/// ```
#[must_use]
pub fn by_type<P: Trackable>() -> Vec<P> {
    LiveObjects::now().of_type()
}

/// The tracked objects that live and were not there at a mark: Python's `get_new_ids`.
///
/// Objects are told apart by serial numbers, so that one which lies where another has been counts as new.
///
/// # Examples
///
/// ```
/// let mark = objgraph::mark();
/// let page = objgraph::tracked(String::from("page"));
/// let new = objgraph::new_since(&mark);
/// assert_eq!(new[0].type_path(), "alloc::string::String");
/// # drop(page);
/// ```
#[must_use]
pub fn new_since(mark: &Mark) -> Vec<LiveObject> {
    let mut objects = get_objects();
    objects.retain(|object| object.birth().serial >= mark.serial());
    objects
}
