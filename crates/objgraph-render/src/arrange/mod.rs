//! View to scene: measures the boxes, lets an engine place them, and dresses the result.

mod block;
mod compose;
mod direction;
mod dot;
mod furniture;
mod graphviz;
mod heads;
mod layout_rs;
mod measure;
#[cfg(test)]
mod tests;

use objgraph_graph::View;
use objgraph_layout::RankDirection;

use crate::scene::Scene;
use direction::place;

pub(crate) use dot::RING_STEP;
pub use dot::{DotPicture, arrange_dot};
pub(crate) use heads::{direction, retreat};

/// What places the boxes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Engine {
    /// Our own, built in: the layered method, for pictures of any size that is of use.
    #[default]
    Layered,
    /// The `layout-rs` crate, built in; for pictures of up to some hundred boxes.
    LayoutRs,
    /// An installed Graphviz, run as `dot`; slower to start, and good for some thousand boxes.
    Graphviz,
}

/// How a view is turned into a scene.
#[derive(Clone, Debug, Default)]
pub struct LayoutOptions {
    engine: Engine,
    direction: Option<RankDirection>,
}

impl LayoutOptions {
    /// What places the boxes. Default: [`Engine::Layered`].
    #[must_use]
    pub fn engine(mut self, engine: Engine) -> Self {
        self.engine = engine;
        self
    }

    /// Where arrows point. Default: what a DOT file says, else downwards or to the right, whichever can be shown
    /// larger on a screen.
    #[must_use]
    pub fn direction(mut self, direction: RankDirection) -> Self {
        self.direction = Some(direction);
        self
    }
}

/// Why a view could not be laid out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArrangeError {
    /// The picture is too large for layout-rs, whose time grows with more than the cube.
    #[error(
        "a picture of {n_boxes} boxes and {n_arrows} arrows is too large for layout-rs \
         ({load} boxes and bends in one piece, at most {limit}); lower max_depth or too_many, \
         or use the default, Engine::Layered"
    )]
    TooLarge {
        /// How many boxes there are.
        n_boxes: usize,
        /// How many arrows there are.
        n_arrows: usize,
        /// Boxes, and rows that arrows pass on their way, in the largest connected part.
        load: usize,
        /// The most that the engine is given.
        limit: usize,
    },
    /// The program of the engine could not be run.
    #[error("cannot run `{program}`; install Graphviz, or use the default, Engine::Layered")]
    Program {
        /// The program.
        program: &'static str,
        /// Why it could not be run.
        source: std::io::Error,
    },
    /// The engine gave up.
    #[error("{engine} failed: {reason}")]
    Failed {
        /// The engine.
        engine: &'static str,
        /// What it said.
        reason: String,
    },
}

/// Places everything that a view shows.
///
/// An empty view has an empty scene. Boxes never overlap, and no label covers a box or another label
/// unless hundreds of labels meet between two rows.
///
/// # Errors
///
/// [`ArrangeError::TooLarge`] when [`Engine::LayoutRs`] would need more than a few seconds;
/// [`ArrangeError::Program`] when [`Engine::Graphviz`] finds no `dot`.
///
/// # Examples
///
/// ```
/// use objgraph_graph::View;
/// use objgraph_render::{LayoutOptions, arrange};
///
/// let scene = arrange(&View::default(), &LayoutOptions::default())?;
/// assert!(scene.boxes.is_empty());
/// # Ok::<(), objgraph_render::ArrangeError>(())
/// ```
pub fn arrange(view: &View, options: &LayoutOptions) -> Result<Scene, ArrangeError> {
    let contents = measure::contents(view);
    let diagram = measure::diagram(view, &contents);
    let plan = place(diagram, options, options.direction)?;
    Ok(compose::scene(view, contents, &plan))
}
