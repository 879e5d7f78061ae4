//! What to show of a graph, and how it is labelled.

mod found;
mod frames;
mod label;
mod left_out;
mod model;
mod module;
mod options;
mod roots;
mod select;
mod walk;

pub use model::{
    ArrowKind, FrameKind, Line, Role, Roles, Shape, Tone, View, ViewEdge, ViewFrame, ViewNode,
};
pub use options::{Direction, GroupBy, ViewOptions};
pub use select::{view_chain, view_chains, view_cycle, view_cycle_to_weaken, view_leaks};
pub use walk::view_from;
