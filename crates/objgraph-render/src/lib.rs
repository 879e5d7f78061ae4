//! Draws views: as DOT and Mermaid text, and as a scene with coordinates that becomes SVG or PNG.
//!
//! In: a [`View`](objgraph_graph::View), in which every decision on content is taken. Out: text or bytes.
//! [`to_dot`] and [`to_mermaid`] write the view as it is, since their readers lay it out. [`arrange()`]
//! places boxes, arrows and labels in a [`Scene`]; [`to_svg`] and [`to_png`] write that out.
//!
//! Also in: the bytes of a DOT file. [`read_dot`] reads them, [`arrange_dot`] makes the same [`Scene`] of what they say;
//! [`to_plain`] and [`to_placed_dot`] write where everything is in Graphviz's own formats.
//!
//! # Example
//!
//! ```
//! use objgraph_graph::View;
//! use objgraph_render::{LayoutOptions, SvgOptions, arrange, to_svg};
//!
//! let view = View { title: Some("nothing yet".to_owned()), ..View::default() };
//! let scene = arrange(&view, &LayoutOptions::default())?;
//! let svg = to_svg(&scene, &SvgOptions::default());
//! assert!(svg.starts_with("<svg") && svg.contains("nothing yet"));
//! # Ok::<(), objgraph_render::ArrangeError>(())
//! ```
//!
//! # Boundaries
//!
//! Touches no files; the same view gives the same bytes everywhere. Two things outside are used only if asked for:
//! `dot` by [`Engine::Graphviz`], and fonts of the machine by [`PngOptions::machine_fonts`].

mod arrange;
mod dot;
mod font;
mod legend;
mod mermaid;
mod paint;
mod png;
mod printable;
#[cfg(test)]
mod samples;
mod scene;
mod svg;
mod theme;

pub use arrange::{ArrangeError, DotPicture, Engine, LayoutOptions, arrange, arrange_dot};
pub use dot::{
    DotAttributes, DotEdge, DotGraph, DotNode, DotOptions, DotPort, DotSubgraph, DotValue,
    ReadDotError, read_dot, to_dot, to_placed_dot, to_plain,
};
pub use mermaid::to_mermaid;
pub use objgraph_layout::{Point, RankDirection, Rect, Size};
pub use paint::{Colour, Dash, Fill, Gradient, GradientCourse, Outline, Paint};
pub use png::{PngError, PngOptions, PngSize, png_size, to_png};
pub use scene::{
    Anchor, Emphasis, Head, Legend, Mark, Scene, SceneArrow, SceneBox, SceneFrame, SceneLabel,
    SceneText, Sign, TextStyle,
};
pub use svg::{SvgOptions, to_svg};
pub use theme::Theme;
