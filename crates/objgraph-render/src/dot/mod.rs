//! DOT, the language of Graphviz: views are written in it, and graphs from anywhere are read.

mod attributes;
mod graph;
mod quote;
mod read;
mod write;

pub use attributes::{Attributes, DotValue};
pub use graph::{DotEdge, DotGraph, DotNode, DotPort, DotSubgraph};
pub use read::{ReadDotError, read_dot};
pub use write::{DotOptions, to_dot};
