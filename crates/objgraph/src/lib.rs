//! Shows what holds what in memory.
//!
//! In: any value whose type derives [`Trace`]. Out: a picture of the objects that it refers to, every edge labelled
//! with the field that it comes from, cycles in red; or a [`Graph`] that can be asked.
//!
//! # Example
//!
//! ```
//! use objgraph::Trace;
//! use std::{cell::RefCell, rc::Rc};
//!
//! #[derive(Trace)]
//! struct Widget {
//!     name: &'static str,
//!     parent: RefCell<Option<Rc<Widget>>>,
//!     children: RefCell<Vec<Rc<Widget>>>,
//! }
//!
//! # fn widget(name: &'static str) -> Rc<Widget> {
//! #     Rc::new(Widget { name, parent: RefCell::default(), children: RefCell::default() })
//! # }
//! let window = widget("window");
//! let button = widget("button");
//! window.children.borrow_mut().push(button.clone());
//! *button.parent.borrow_mut() = Some(window.clone());
//!
//! # let path = std::env::temp_dir().join(format!("objgraph_doc_{}.png", std::process::id()));
//! # let path = path.as_path();
//! # if false { let path = "window.png";
//! objgraph::show_refs(&window, path)?;
//! # }
//! objgraph::show_refs(&window, path)?;
//! # std::fs::remove_file(path)?;
//!
//! let graph = objgraph::graph(&window);
//! assert_eq!(graph.cycles()[0].to_string(), "Widget.children[0] → Widget.parent → Widget");
//! # window.children.borrow_mut().clear();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Boundaries
//!
//! Tracing only looks: it never waits for a lock, never changes a count for good, and never overflows the
//! stack. It sees what types report; a closure or a foreign type is drawn as something that nobody can look into.

#[macro_use]
mod setters;

mod deep_size;
mod drawing;
mod error;
mod file;
mod format;
mod graph;
mod refs;
mod show;
#[cfg(feature = "snapshot")]
mod snapshot;
#[cfg(feature = "track")]
mod watch;
mod why_alive;

pub use deep_size::deep_size;
pub use drawing::Drawing;
pub use error::{DrawError, SaveError};
pub use file::{replace_file, replace_file_with};
pub use format::Format;
pub use graph::Graph;
pub use objgraph_derive::Trace;
#[cfg(feature = "track")]
pub use objgraph_derive::leak_check;
pub use objgraph_graph::{
    Amount, ArrowKind, Bytes, Chain, ChainOptions, Chains, Change, ComponentId, Components,
    Container, ContainerSizes, Cut, Cycle, CycleOptions, CycleShape, Diff, Direction, Dominators,
    Doubt, DuplicateGroup, Duplicates, Edge, EdgeId, EdgeToWeaken, FrameKind, Freed, GraphBuilder,
    GroupBy, Grown, GrowthSeries, HeapBuilder, Identity, KnownId, KnownLabel, KnownType, LeakKind,
    Line, Matcher, Missing, ModuleStats, NearType, NewNode, Node, NodeId, ObjectDiff, ObjectGraph,
    Query, QueryError, Reason, References, Role, Roles, Root, Shape, ShapeDiff, ShortCycles,
    StatsOptions, StatsOrder, Step, Tone, TypeDiff, TypeGrowth, TypeStats, UnknownType, View,
    ViewEdge, ViewFrame, ViewNode, ViewOptions, WeakenOptions, Weakening, Withheld, grouped,
};
pub use objgraph_render::{Engine, RankDirection};
#[cfg(feature = "snapshot")]
pub use objgraph_snapshot::{Compression, Header, ReadError, ReadOptions, Warning};
pub use objgraph_trace::{
    Address, Breakable, EdgeKind, Nesting, Repr, SharedPointer, State, Trace, Tracer, TypeFacts,
    WeakPointer,
};
#[cfg(feature = "track")]
pub use objgraph_watch::{Birth, LiveObject, next_serial};
pub use objgraph_watch::{
    Count, Counted, Counter, RootGuard, Trackable, Tracked, root, static_root, thread_root, track,
    tracked, tracked_arc, with_root,
};
#[cfg(feature = "count")]
pub use objgraph_watch::{TypeCount, counts};
pub use refs::{Refs, backrefs, graph, refs};
pub use show::{show_backrefs, show_chain, show_refs};
#[cfg(feature = "snapshot")]
pub use snapshot::{HeapFile, LoadError, Snapshot, load, load_with, snapshot};
#[cfg(feature = "track")]
pub use watch::{
    Amounts, Broken, Held, LeakCheck, LeakReport, Live, LiveChain, LiveGrowth, LiveType, Mark,
    Referrer, Summary, by_type, count, find_backref_chain, find_leaks, get_objects, growth,
    growth_between, leaking_objects, live, mark, most_common_types, new_since, referrers,
    show_backref_chain, show_growth, show_live_backrefs, show_most_common_types, summary,
    type_stats,
};
pub use why_alive::WhyAlive;

#[doc(hidden)]
pub use objgraph_trace::__private;
