//! Knows which values of a program live: how many of each type, which objects, and what holds them by name.
//!
//! In: values that say so, by a [`Counted`] field, by [`track`] or as a [`root`]. Out: [`counts`], and [`LiveObjects`], from
//! which a [`Walk`](objgraph_trace::Walk) begins.
//!
//! # Example
//!
//! ```
//! use objgraph_watch::{LiveObject, LiveObjects};
//! use std::rc::Rc;
//!
//! let page = objgraph_watch::tracked(String::from("page"));
//! drop(objgraph_watch::tracked(String::from("draft")));
//!
//! let objects = LiveObjects::now();
//! assert_eq!(objects.of_type::<Rc<String>>(), [page]);
//! ```
//!
//! # Boundaries
//!
//! Keeps no value alive: handles are weak but while a question is asked. Runs no code of users while it holds a lock. Whoever
//! tracks nothing pays nothing, and without the features `count` and `track` whoever does pays nothing either. Knows nothing of
//! graphs.

#![deny(unsafe_code)]

mod counted;
#[cfg(feature = "count")]
mod counter;
#[cfg(not(feature = "count"))]
#[path = "counter/off.rs"]
mod counter;
#[cfg(feature = "track")]
mod objects;
#[cfg(feature = "track")]
mod registry;
#[cfg(feature = "track")]
mod roots;
#[cfg(not(feature = "track"))]
#[path = "roots/off.rs"]
mod roots;
#[cfg(feature = "track")]
mod serial;
#[cfg(any(feature = "count", feature = "track"))]
mod thread;
mod track;

pub use counted::{Count, Counted};
pub use counter::Counter;
#[cfg(feature = "count")]
pub use counter::{TypeCount, counts};
#[cfg(feature = "track")]
pub use objects::{Birth, LiveObject, LiveObjects};
#[cfg(feature = "track")]
pub use roots::{AddRoots, WalkRoots};
pub use roots::{RootGuard, root, static_root, thread_root, with_root};
#[cfg(feature = "track")]
pub use serial::next_serial;
#[cfg(feature = "track")]
pub use thread::next_thread;
#[cfg(any(feature = "count", feature = "track"))]
pub use thread::this_thread;
pub use track::{Trackable, Tracked, track, tracked, tracked_arc};
