//! Where weak handles to tracked objects are kept.

mod collect;
mod generations;
mod local;
mod shared;

pub(crate) use generations::Entry;
pub(crate) use local::{rcs, remember_rc};
pub(crate) use shared::{arcs, remember_arc};
