//! What goes in and what comes out: sizes and ties, places and curves.

use crate::direction::Direction;
use crate::geometry::{Point, Rect, Size};
use std::fmt;

/// Boxes and the arrows between them, without places.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    pub(crate) boxes: Vec<Size>,
    pub(crate) arrows: Vec<Arrow>,
    pub(crate) direction: Option<Direction>,
}

/// An arrow between two boxes.
#[derive(Clone, Copy, Debug)]
pub struct Arrow {
    /// The box that it leaves, by position.
    pub source: usize,
    /// The box that it points at, by position.
    pub target: usize,
    /// How much it counts: one without weight has no say in what is above and what below.
    pub weight: u32,
    /// The size of its label; zero when there is none.
    pub label: Size,
}

/// Why something is no diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum DiagramError {
    /// A box or label is not finite, negative, or larger than a million pixels.
    Size {
        /// What has the size: `box` or `label`.
        of: &'static str,
        /// Its position among the boxes or arrows.
        index: usize,
        /// The size.
        size: Size,
    },
    /// An arrow begins or ends at a box that is not there.
    End {
        /// The position of the arrow.
        arrow: usize,
        /// The box that it names.
        end: usize,
        /// How many boxes there are.
        n_boxes: usize,
    },
}

impl fmt::Display for DiagramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { of, index, size } => write!(
                f,
                "{of} {index} is {} by {} pixels, not between 0 and {MAX_SIZE}",
                size.width, size.height
            ),
            Self::End {
                arrow,
                end,
                n_boxes,
            } => {
                write!(
                    f,
                    "arrow {arrow} ends at box {end}, but there are {n_boxes} boxes"
                )
            }
        }
    }
}

impl std::error::Error for DiagramError {}

/// The largest width and height of a box, in pixels.
const MAX_SIZE: f64 = 1e6;

impl Diagram {
    /// A diagram of these boxes and arrows.
    ///
    /// # Errors
    /// [`DiagramError`] if a size is not finite, negative or beyond a million pixels, or an arrow ends nowhere.
    pub fn new(boxes: Vec<Size>, arrows: Vec<Arrow>) -> Result<Self, DiagramError> {
        let labels = arrows.iter().map(|arrow| arrow.label);
        let sizes = boxes
            .iter()
            .copied()
            .enumerate()
            .map(|(index, size)| ("box", index, size));
        let sizes = sizes.chain(
            labels
                .enumerate()
                .map(|(index, size)| ("label", index, size)),
        );
        let fits = |length: f64| (0.0..=MAX_SIZE).contains(&length);
        for (of, index, size) in sizes {
            if !fits(size.width) || !fits(size.height) {
                return Err(DiagramError::Size { of, index, size });
            }
        }
        let n_boxes = boxes.len();
        for (arrow, ends) in arrows.iter().enumerate() {
            if let Some(end) = [ends.source, ends.target]
                .into_iter()
                .find(|end| *end >= n_boxes)
            {
                return Err(DiagramError::End {
                    arrow,
                    end,
                    n_boxes,
                });
            }
        }
        Ok(Self {
            boxes,
            arrows,
            direction: None,
        })
    }

    /// Where most arrows shall point. Default: downwards or to the right, whichever is easier to read on a screen.
    #[must_use]
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = Some(direction);
        self
    }

    /// The sizes of the boxes.
    #[must_use]
    pub fn boxes(&self) -> &[Size] {
        &self.boxes
    }

    /// The arrows.
    #[must_use]
    pub fn arrows(&self) -> &[Arrow] {
        &self.arrows
    }
}

/// Where everything of a [`Diagram`] is drawn, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The boxes.
    pub boxes: Vec<Rect>,
    /// The arrows from border to border: a start, then three points for each cubic curve.
    pub curves: Vec<Vec<Point>>,
    /// The labels of the arrows; empty rectangles where there is none.
    pub labels: Vec<Rect>,
}

impl Arrow {
    /// An arrow of weight one.
    #[must_use]
    pub fn new(source: usize, target: usize, label: Size) -> Self {
        Self {
            source,
            target,
            weight: 1,
            label,
        }
    }

    /// Whether it points at the box that it leaves.
    #[must_use]
    pub fn is_loop(self) -> bool {
        self.source == self.target
    }

    /// Whether it has a label.
    #[must_use]
    pub fn has_label(self) -> bool {
        self.label.width > 0.0
    }
}

impl Layout {
    /// A layout in which everything is still at the origin.
    #[must_use]
    pub fn blank(diagram: &Diagram) -> Self {
        Self {
            boxes: vec![Rect::default(); diagram.boxes.len()],
            curves: vec![Vec::new(); diagram.arrows.len()],
            labels: vec![Rect::default(); diagram.arrows.len()],
        }
    }

    /// What the layout covers; boxes, labels and the control points of every curve are inside.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        let rects = self
            .boxes
            .iter()
            .chain(&self.labels)
            .filter(|r| r.width > 0.0);
        let corners = rects.flat_map(|r| [Point::new(r.x, r.y), Point::new(r.right(), r.bottom())]);
        let mut points = corners.chain(self.curves.iter().flatten().copied());
        let Some(first) = points.next() else {
            return Rect::default();
        };
        let (mut low, mut high) = (first, first);
        for point in points {
            low = Point::new(low.x.min(point.x), low.y.min(point.y));
            high = Point::new(high.x.max(point.x), high.y.max(point.y));
        }
        Rect {
            x: low.x,
            y: low.y,
            width: high.x - low.x,
            height: high.y - low.y,
        }
    }
}
