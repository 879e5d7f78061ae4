//! DOT graph to scene.

mod beside;
mod clusters;
mod edge;
mod ends;
mod node;
mod picture;
mod port;
mod ranks;
mod record;
mod shapes;
#[cfg(test)]
mod tests;
mod text;

pub use picture::{DotPicture, arrange_dot};
pub(crate) use shapes::RING_STEP;
