//! Roots without the feature `track`: nothing is remembered.

use crate::Trackable;
use objgraph_trace::Trace;
use std::marker::PhantomData;
use std::thread::LocalKey;

/// The time in which a handle would be a root, with the feature `track`.
#[must_use = "the handle is a root only as long as this lives"]
#[derive(Debug)]
pub struct RootGuard<'h> {
    handle: PhantomData<&'h ()>,
    _thread: PhantomData<*const ()>,
}

/// Makes a local handle a root with the feature `track`; without it, does nothing.
#[inline]
pub fn root<'h, P: Trackable>(name: &str, handle: &'h P) -> RootGuard<'h> {
    let _ = (name, handle);
    RootGuard {
        handle: PhantomData,
        _thread: PhantomData,
    }
}

/// Makes a static a root with the feature `track`; without it, does nothing.
#[inline]
pub fn static_root<T: Trace + Sync>(name: &str, value: &'static T) {
    let _ = (name, value);
}

/// Makes a thread-local static a root with the feature `track`; without it, does nothing.
#[inline]
pub fn thread_root<T: Trace + 'static>(name: &str, value: &'static LocalKey<T>) {
    let _ = (name, value);
}

/// Makes a value a root while a function runs with the feature `track`; without it, runs the function.
#[inline]
pub fn with_root<T: Trace, R>(name: &str, value: &T, run: impl FnOnce() -> R) -> R {
    let _ = (name, value);
    run()
}
