//! The seam between pictures and layout engines: sizes in, places out.

use crate::geometry::{Point, Rect, Size};

/// What an engine is told: nothing but sizes and who is tied to whom.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketch {
    pub(super) boxes: Vec<Size>,
    pub(super) arrows: Vec<SketchArrow>,
}

/// An arrow between two boxes.
#[derive(Clone, Copy, Debug)]
pub(super) struct SketchArrow {
    pub(super) source: usize,
    pub(super) target: usize,
    /// The size of the label; zero when there is none.
    pub(super) label: Size,
}

/// What an engine answers, in the order of the sketch.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) boxes: Vec<Rect>,
    /// From border to border: a start, then three points for each cubic curve.
    pub(super) curves: Vec<Vec<Point>>,
    /// Empty rectangles where there is no label.
    pub(super) labels: Vec<Rect>,
}

impl SketchArrow {
    pub(super) fn is_loop(self) -> bool {
        self.source == self.target
    }

    pub(super) fn has_label(self) -> bool {
        self.label.width > 0.0
    }
}

impl Plan {
    /// A plan in which everything is still at the origin.
    pub(super) fn blank(sketch: &Sketch) -> Self {
        Self {
            boxes: vec![Rect::default(); sketch.boxes.len()],
            curves: vec![Vec::new(); sketch.arrows.len()],
            labels: vec![Rect::default(); sketch.arrows.len()],
        }
    }

    /// What the plan covers; boxes, labels and the control points of every curve are inside.
    pub(super) fn bounds(&self) -> Rect {
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
