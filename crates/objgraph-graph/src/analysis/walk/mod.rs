//! How questions go through a graph: which references they follow, from where, and what these have in common.

mod breadth;
mod entries;
mod enumeration;
mod follow;
mod inside;
mod part;
mod reach;
mod shapes;
mod steps;

pub(crate) use breadth::{Breadth, UNSEEN};
pub(crate) use entries::{entries, without_referrer};
pub(crate) use enumeration::{Collect, Enumeration, Ring};
pub(crate) use follow::{Every, Follow, Owning, Within, every, owning, rows};
pub(crate) use inside::{Inside, OfGraph, Outside, Referrers, inner_edges};
pub(crate) use part::Part;
pub(crate) use reach::reach;
pub(crate) use shapes::Shapes;
pub use steps::Step;
pub(crate) use steps::{StepId, Steps, least_rotation};
