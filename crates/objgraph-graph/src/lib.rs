//! Turns the records of one trace into an [`ObjectGraph`], answers questions about it, and chooses what to show.
//!
//! In: records of `objgraph-trace`, or nodes and edges from anywhere through a [`GraphBuilder`].
//! Out: an immutable graph whose [`NodeId`]s follow visiting order, answers, and [`View`]s of it.
//!
//! # Example
//!
//! ```
//! use objgraph_graph::{ObjectGraph, cycles};
//! use std::{cell::RefCell, rc::Rc};
//! use objgraph_trace::Trace;
//!
//! let list: Rc<RefCell<Vec<Rc<dyn Trace>>>> = Rc::default();
//! list.borrow_mut().push(list.clone());
//!
//! let graph = ObjectGraph::from(objgraph_trace::trace(&list));
//! assert_eq!((graph.n_nodes(), graph.n_edges()), (1, 1));
//! assert_eq!(cycles(&graph).len(), 1);
//! # list.borrow_mut().clear();
//! ```
//!
//! # Boundaries
//!
//! Knows nothing of drawing or files. Never holds a reference into the traced value.

mod analysis;
mod births;
mod builder;
mod graph;
mod grouped;
mod heap_builder;
mod ids;
mod names;
mod node;
mod packed;
#[cfg(feature = "petgraph")]
mod petgraph;
mod query;
mod records;
mod reverse;
mod store;
mod texts;
mod view;

pub use analysis::{
    Amount, Chain, ChainOptions, Chains, Change, ComponentId, Components, Condensation, Container,
    ContainerSizes, Cycle, CycleOptions, CycleShape, Diff, Dominators, Doubt, DuplicateGroup,
    Duplicates, EdgeToWeaken, Freed, Grown, GrowthSeries, Identity, LeakKind, Leaks, LeaksOptions,
    ModuleStats, ObjectDiff, Reason, References, ShapeDiff, ShortCycles, StatsOptions, StatsOrder,
    Step, TypeDiff, TypeGrowth, TypeStats, WeakenOptions, Weakening, Withheld, chain_between,
    chain_from_roots, chain_to, chains_from_roots, components, condensation, container_sizes,
    containers, cycles, diff, dominators, duplicates, edges_to_weaken, find_chains,
    freed_by_counting, freed_by_cutting, freed_without, kept_bytes, key_cycles, leaking, leaks,
    module_stats, short_cycles, shortest_cycle, type_stats, type_stats_with, unexplained,
    unreachable,
};
pub use births::Birth;
pub use builder::{GraphBuilder, KnownLabel, KnownType, NewNode};
pub use graph::{Cut, Edge, EdgeId, NodeId, ObjectGraph, Root};
pub use grouped::grouped;
pub use heap_builder::{HeapBuilder, KnownId, Missing};
pub use names::shorten;
pub use node::{Bytes, Node};
#[cfg(feature = "petgraph")]
pub use petgraph::Visited;
pub use query::{Matcher, NearType, Query, QueryError, UnknownType};
pub use view::{
    ArrowKind, Direction, FrameKind, GroupBy, Line, Role, Roles, Shape, Tone, View, ViewEdge,
    ViewFrame, ViewNode, ViewOptions, view_chain, view_chains, view_cycle, view_cycle_to_weaken,
    view_from, view_leaks,
};
