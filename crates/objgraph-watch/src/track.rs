//! Tracking: remembering an object by a weak handle.

use objgraph_trace::Trace;
use std::any::Any;
use std::rc::Rc;
use std::sync::Arc;

/// What can be tracked: any type that can be traced and borrows nothing.
pub trait Tracked: Trace + Any {}

impl<T: Trace + Any> Tracked for T {}

/// What threads may share.
#[cfg(feature = "track")]
pub(crate) type TrackedSync = dyn Tracked + Send + Sync;

/// A handle that can be tracked: an `Rc` or an `Arc` to a type with a size.
pub trait Trackable: sealed::Trackable {}

/// What both kinds of handles can do.
#[cfg(feature = "track")]
mod sealed {
    use crate::objects::{AnyHandle, AnyWeak};
    use crate::registry::{remember_arc, remember_rc};
    use objgraph_trace::Trace;
    use std::panic::Location;
    use std::rc::Rc;
    use std::sync::Arc;

    pub trait Trackable: Sized {
        fn to_weak(&self) -> AnyWeak;

        fn of(object: &AnyHandle) -> Option<Self>;
    }

    impl<T: Trace + 'static> Trackable for Rc<T> {
        #[inline]
        fn to_weak(&self) -> AnyWeak {
            AnyWeak::Rc(Rc::downgrade(self) as _)
        }

        fn of(object: &AnyHandle) -> Option<Self> {
            object.rc()?.downcast().ok()
        }
    }

    impl<T: Trace + Send + Sync + 'static> Trackable for Arc<T> {
        #[inline]
        fn to_weak(&self) -> AnyWeak {
            AnyWeak::Arc(Arc::downgrade(self) as _)
        }

        fn of(object: &AnyHandle) -> Option<Self> {
            object.arc()?.downcast().ok()
        }
    }

    #[inline]
    pub(super) fn remember(handle: AnyWeak, site: &'static Location<'static>) {
        match handle {
            AnyWeak::Rc(handle) => remember_rc(handle, site),
            AnyWeak::Arc(handle) => remember_arc(handle, site),
        }
    }
}

/// Without the feature there is nothing to do.
#[cfg(not(feature = "track"))]
mod sealed {
    pub trait Trackable {}

    impl<T> Trackable for std::rc::Rc<T> {}
    impl<T> Trackable for std::sync::Arc<T> {}
}

impl<T: Trace + 'static> Trackable for Rc<T> {}

impl<T: Trace + Send + Sync + 'static> Trackable for Arc<T> {}

/// Remembers an object, so that it can be found as long as it lives: who holds it, and whether it has leaked.
///
/// Nothing is kept alive, and values are dropped when they would be anyway. But the memory of a dropped one is given back only when its
/// handle is swept: of most after some hundred more were tracked, of those that had lived long when others take their place. A
/// thread never has more handles, also of what is gone, than two and a half times the objects that lived at its peak, and a
/// thousand. A tracked object has a weak handle more: [`Rc::get_mut`] answers `None`, and [`Rc::make_mut`] moves the value
/// to where it is not tracked. `Rc`s are found by questions that their own thread asks, `Arc`s by those of any. Nothing is done
/// without the feature `track`, nor at the end of a thread, when its thread-locals are dropped.
///
/// # Complexity
/// O(1) on average.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
///
/// let shared = Arc::new(7);
/// objgraph_watch::track(&shared);
/// assert_eq!((Arc::strong_count(&shared), Arc::weak_count(&shared)), (1, 1));
/// ```
#[track_caller]
#[inline]
pub fn track<P: Trackable>(handle: &P) {
    #[cfg(feature = "track")]
    sealed::remember(handle.to_weak(), std::panic::Location::caller());
    #[cfg(not(feature = "track"))]
    let _ = handle;
}

/// Makes an [`Rc`] that is [tracked](track).
///
/// # Examples
///
/// ```
/// let shared = objgraph_watch::tracked(7);
/// assert_eq!(*shared, 7);
/// ```
#[track_caller]
#[must_use]
#[inline]
pub fn tracked<T: Trace + 'static>(value: T) -> Rc<T> {
    let handle = Rc::new(value);
    track(&handle);
    handle
}

/// Makes an [`Arc`] that is [tracked](track).
///
/// # Examples
///
/// ```
/// let shared = objgraph_watch::tracked_arc(7);
/// assert_eq!(*shared, 7);
/// ```
#[track_caller]
#[must_use]
#[inline]
pub fn tracked_arc<T: Trace + Send + Sync + 'static>(value: T) -> Arc<T> {
    let handle = Arc::new(value);
    track(&handle);
    handle
}
