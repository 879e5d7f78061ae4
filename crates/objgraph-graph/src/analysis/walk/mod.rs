//! How questions go through a graph: which references they follow, from where, and what these have in common.

mod breadth;
mod entries;
mod follow;
mod inside;
mod reach;
mod steps;

pub(crate) use breadth::{Breadth, UNSEEN};
pub(crate) use entries::{entries, without_referrer};
pub(crate) use follow::{Every, Follow, Owning, Within, every, owning, rows};
pub(crate) use inside::{Inside, Referrers, inner_edges};
pub(crate) use reach::reach;
pub use steps::Step;
pub(crate) use steps::{StepId, Steps, least_rotation};
