//! Tells which objects a Rust value refers to: the [`Trace`] trait, its impls for `std`, and the walk.
//!
//! In: a value. Out: [`Records`], one for each object and one for each reference.
//!
//! # Example
//!
//! ```
//! use std::{cell::RefCell, rc::Rc};
//!
//! let list: Rc<RefCell<Vec<Rc<i32>>>> = Rc::default();
//! list.borrow_mut().push(Rc::new(7));
//!
//! let records = objgraph_trace::trace(&list);
//! assert_eq!((records.n_nodes(), records.n_edges()), (2, 1));
//! assert_eq!(records.nodes[0].strong, 1);
//! assert_eq!(records.paths.text(records.edges[0].label()), "[0]");
//! ```
//!
//! # Boundaries
//!
//! Never waits for a lock, never overflows the stack, never changes what it looks at: counts are read
//! before anything is touched, and what was pinned is released, even when an impl panics. Knows nothing
//! of graphs or pictures. Has no dependencies.

mod address;
mod borrows;
mod breakable;
mod column;
mod edge;
mod facts;
mod frontier;
mod held;
mod impls;
mod path;
mod record;
mod repr;
mod target;
mod texts;
mod trace;
mod tracer;
mod types;
mod walk;

pub use address::Address;
pub use breakable::Breakable;
pub use column::Column;
pub use edge::EdgeKind;
pub use facts::TypeFacts;
pub use path::{Label, PathId, Paths, Segment};
pub use record::{
    CutRecord, EdgeRecord, Limit, NodeFlags, NodeRecord, Records, RootRecord, State, TOO_LARGE,
    Values,
};
pub use repr::Repr;
pub use target::{SharedPointer, WeakPointer};
pub use trace::{Nesting, Trace};
pub use tracer::{Breakers, Tracer};
pub use walk::{TraceOptions, Walk, trace, trace_with};

/// What the derive writes calls to; not for people: what is said here, memory safety rests on.
#[doc(hidden)]
pub mod __private {
    pub use crate::facts::{DropProbe, NoDropImpl};
    pub use crate::trace::Honesty;
}
