//! Layout by the engine and in the direction that are asked for.

use super::{ArrangeError, LayoutOptions, graphviz, layout_rs};
use crate::arrange::Engine;
use objgraph_layout::{Diagram, Layout, RankDirection, layered, turned};

/// Lets an engine place a diagram; only our own chooses a direction itself, draws frames around
/// clusters, and keeps groups in one row.
pub(super) fn place(
    diagram: Diagram,
    options: &LayoutOptions,
    direction: Option<RankDirection>,
) -> Result<Layout, ArrangeError> {
    if diagram.boxes().is_empty() && options.engine != Engine::Layered {
        return Ok(Layout::default());
    }
    match (options.engine, direction) {
        (Engine::Layered, None) => Ok(layered(&diagram)),
        (Engine::Layered, Some(direction)) => Ok(layered(&diagram.direction(direction))),
        (Engine::LayoutRs, direction) => {
            turned(&diagram, direction.unwrap_or_default(), layout_rs::place)
        }
        (Engine::Graphviz, direction) => {
            turned(&diagram, direction.unwrap_or_default(), graphviz::place)
        }
    }
}
