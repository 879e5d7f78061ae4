//! DOT, the language of Graphviz: views are written in it, and graphs from anywhere are read.

mod attributes;
mod canonical;
pub(crate) mod colour;
mod entities;
mod graph;
mod known;
pub(crate) mod label;
mod placed;
mod plain;
mod quote;
mod read;
pub(crate) mod record;
mod write;

pub use attributes::{DotAttributes, DotValue};
pub use graph::{DotEdge, DotGraph, DotNode, DotPort, DotSubgraph};
pub use placed::to_placed_dot;
pub use plain::to_plain;
pub use read::{ReadDotError, read_dot};
pub use write::{DotOptions, to_dot};
