//! A finished drawing, whoever made it.

use super::flat::{Polyline, flatten};
use objgraph_layout::{Point, Rect, Size};

/// Where everything is, in pixels; arrows and their labels in the order of the diagram.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drawing {
    pub(crate) boxes: Vec<Rect>,
    /// The boxes that each arrow leaves and points at, by position.
    pub(crate) ends: Vec<(usize, usize)>,
    /// A start, then three points for each cubic curve.
    pub(crate) curves: Vec<Vec<Point>>,
    /// Empty rectangles where an arrow has no label.
    pub(crate) labels: Vec<Rect>,
}

impl Drawing {
    /// The arrows as straight pieces.
    pub(crate) fn lines(&self) -> Vec<Polyline> {
        self.curves.iter().map(|curve| flatten(curve)).collect()
    }

    /// How wide and high the box around boxes, labels and these lines is.
    pub(crate) fn size(&self, lines: &[Polyline]) -> Size {
        let rects = self
            .boxes
            .iter()
            .chain(&self.labels)
            .filter(|rect| rect.width > 0.0);
        let corners = rects.flat_map(|rect| {
            [
                Point::new(rect.x, rect.y),
                Point::new(rect.right(), rect.bottom()),
            ]
        });
        let mut points = corners.chain(lines.iter().flatten().copied());
        let Some(first) = points.next() else {
            return Size::default();
        };
        let (low, high) = points.fold((first, first), |(low, high), point| {
            (
                Point::new(low.x.min(point.x), low.y.min(point.y)),
                Point::new(high.x.max(point.x), high.y.max(point.y)),
            )
        });
        Size::new(high.x - low.x, high.y - low.y)
    }
}
