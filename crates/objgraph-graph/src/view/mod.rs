//! What to show of a graph, and how it is labelled.

mod found;
mod label;
mod left_out;
mod model;
mod options;
mod roots;
mod select;
mod walk;

pub use model::{ArrowKind, Line, Role, Roles, Shape, Tone, View, ViewEdge, ViewNode};
pub use options::{Direction, ViewOptions};
pub use select::{view_chain, view_cycle};
pub use walk::view_from;
