//! What to show of a graph, and how it is labelled.

mod found;
mod frames;
mod label;
mod leaks;
mod left_out;
mod model;
mod module;
mod options;
mod roots;
mod select;
mod selection;
mod walk;

pub use leaks::view_leaks;
pub use model::{
    ArrowKind, FrameKind, Line, Role, Roles, Shape, Tone, View, ViewEdge, ViewFrame, ViewNode,
};
pub use options::{Direction, GroupBy, ViewOptions};
pub use select::{view_chain, view_chains, view_cycle, view_cycle_to_weaken};
pub use walk::view_from;
