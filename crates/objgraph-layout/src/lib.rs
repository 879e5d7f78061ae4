//! Layered layout of boxes and arrows.
//!
//! In: a [`Diagram`], boxes with sizes and arrows with labels and ports. Out: a [`Layout`], places, curves and label places.
//! It knows nothing of objects, and could be used by anyone who draws graphs.
//!
//! The method is that of Sugiyama, Tagawa and Toda (1981): arrows are turned so that all of them point down,
//! boxes get rows and an order in their row, then columns, and lines are drawn around what is in their way.
//! Each step is a file, and names its own source.
//!
//! # Example
//!
//! ```
//! use objgraph_layout::{Arrow, Diagram, Size, layered};
//!
//! let boxes = vec![Size::new(80.0, 40.0); 3];
//! let label = Size::new(30.0, 12.0);
//! let arrow = |source, target| Arrow::new(source, target, label);
//! let layout = layered(&Diagram::new(boxes, vec![arrow(0, 1), arrow(0, 2)])?);
//! assert!(layout.boxes[0].bottom() < layout.boxes[1].y);
//! assert!(!layout.boxes[1].overlaps(layout.boxes[2]));
//! # Ok::<(), objgraph_layout::DiagramError>(())
//! ```
//!
//! # Boundaries
//!
//! Deterministic: no clock, no randomness, no hash map. No recursion: a path of a million boxes is laid out on
//! a small stack. Never draws a line through a box.

mod acyclic;
mod beside;
mod block;
mod chains;
mod clusters;
mod columns;
mod core;
mod corners;
mod diagram;
mod direction;
mod fold;
mod geometry;
mod grid;
mod groups;
mod hooks;
mod labels;
mod lanes;
mod layered;
mod level;
mod loops;
mod order;
mod pack;
mod plan;
mod port;
mod ranks;
mod route;
mod rows;
mod simplex;
mod wrap;

pub use acyclic::{Downwards, downwards};
pub use beside::{Beside, beside};
pub use diagram::{Arrow, Cluster, Diagram, DiagramError, Layout, RankGroup, RankKind};
pub use direction::{RankDirection, turned};
pub use geometry::{Point, Rect, Size};
pub use layered::{from_rows, layered};
pub use pack::{Part, join, parts};
pub use port::{Port, Sides};
pub use route::{Rows, Strand, slots};
