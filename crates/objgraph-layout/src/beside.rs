//! Small labels beside the ends of lines and beside boxes, in a drawing that is finished.

use crate::diagram::Layout;
use crate::geometry::{Point, Rect, Size};
use crate::grid::{PointGrid, RectGrid};
use crate::labels::{CLEARANCE, HIDDEN, TAKEN, Traces};

/// Between a line or box and a label beside it.
const GAP: f64 = 5.0;
/// How far along its line a label may be from the end, nearest places first.
const NEAREST: f64 = 9.0;
const FURTHEST: f64 = 150.0;
const STEP: f64 = 4.0;

/// What is to be put beside something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Beside {
    /// Beside the line of an arrow where it leaves its source.
    Source(usize),
    /// Beside the line of an arrow where it reaches its target.
    Target(usize),
    /// Beside a box.
    Box(usize),
}

/// Places for small labels in a drawing that is finished: clear of boxes and of other labels where there is room.
///
/// # Complexity
/// O(labels + lengths of lines), as long as they are not all in the same spot.
///
/// # Examples
///
/// ```
/// use objgraph_layout::{Arrow, Beside, Diagram, Size, beside, layered};
///
/// let arrow = Arrow::new(0, 1, Size::default());
/// let layout = layered(&Diagram::new(vec![Size::new(80.0, 40.0); 2], vec![arrow])?);
/// let places = beside(&layout, &[(Beside::Target(0), Size::new(20.0, 12.0))]);
/// assert!(!layout.boxes.iter().any(|rect| rect.overlaps(places[0])));
/// # Ok::<(), objgraph_layout::DiagramError>(())
/// ```
#[must_use]
pub fn beside(layout: &Layout, labels: &[(Beside, Size)]) -> Vec<Rect> {
    if labels.is_empty() {
        return Vec::new();
    }
    let bounds = layout.bounds().grown(FURTHEST);
    let mut taken = RectGrid::new(bounds);
    for rect in layout
        .boxes
        .iter()
        .chain(&layout.titles)
        .chain(&layout.labels)
    {
        if rect.width > 0.0 {
            taken.insert(*rect);
        }
    }
    let traces = Traces::new(layout);
    let lines = PointGrid::new(bounds, &traces.points);
    let place = |&(what, size): &(Beside, Size)| {
        let candidates = match what {
            Beside::Source(arrow) => along(traces.of(arrow).iter(), size),
            Beside::Target(arrow) => along(traces.of(arrow).iter().rev(), size),
            Beside::Box(index) => around(layout.boxes[index], size),
        };
        let rect = best(&candidates, (&taken, &lines));
        taken.insert(rect.grown(CLEARANCE));
        rect
    };
    labels.iter().map(place).collect()
}

/// Places on both sides of a line, those nearest to its beginning first, each with what it costs to be there.
fn along<'a>(mut points: impl Iterator<Item = &'a Point>, size: Size) -> Vec<(Rect, f64)> {
    let mut places = Vec::new();
    let Some(&start) = points.next() else {
        return places;
    };
    let (mut before, mut gone, mut next) = (start, 0.0, NEAREST);
    for &point in points {
        let length = before.distance(point);
        // Beside an upright line at the right or left, of a level one above or below.
        let is_upright = (point.y - before.y).abs() >= (point.x - before.x).abs();
        while next <= (gone + length).min(FURTHEST) {
            let at = before.towards(point, (next - gone) / length);
            places.extend(
                on_both_sides(at, is_upright, size).map(|(rect, cost)| (rect, cost + next * 0.1)),
            );
            next += STEP;
        }
        gone += length;
        if gone > FURTHEST {
            break;
        }
        before = point;
    }
    if places.is_empty() {
        places.push((
            Rect::around(start.shifted(size.width / 2.0 + GAP, 0.0), size),
            0.0,
        ));
    }
    places
}

fn on_both_sides(at: Point, is_upright: bool, size: Size) -> [(Rect, f64); 2] {
    let (dx, dy) = (size.width / 2.0 + GAP, size.height / 2.0 + GAP);
    let (x, y) = if is_upright { (dx, 0.0) } else { (0.0, -dy) };
    [
        (Rect::around(at.shifted(x, y), size), 0.0),
        (Rect::around(at.shifted(-x, -y), size), 1.0),
    ]
}

/// Places around a box: Graphviz prefers the upper left.
fn around(rect: Rect, size: Size) -> Vec<(Rect, f64)> {
    let center = rect.center();
    let out = Point::new(
        f64::midpoint(rect.width, size.width) + GAP,
        f64::midpoint(rect.height, size.height) + GAP,
    );
    let shares = [
        (-1.0, -1.0),
        (1.0, -1.0),
        (-1.0, 1.0),
        (1.0, 1.0),
        (0.0, -1.0),
        (0.0, 1.0),
        (1.0, 0.0),
        (-1.0, 0.0),
    ];
    let further = [1.0, 1.6, 2.2];
    let places = further
        .iter()
        .flat_map(|far| shares.map(|(x, y)| (x * far, y * far)));
    places
        .enumerate()
        .map(|(nth, (x, y))| {
            // At a corner, the label is above or below the box rather than beside it.
            let x = if y == 0.0 {
                x * out.x
            } else {
                x * (out.x - size.width / 2.0)
            };
            (
                Rect::around(center.shifted(x, y * out.y), size),
                nth as f64 * 0.5,
            )
        })
        .collect()
}

/// The place that covers the least.
fn best(candidates: &[(Rect, f64)], (taken, lines): (&RectGrid, &PointGrid)) -> Rect {
    let mut best = (f64::INFINITY, Rect::default());
    for &(rect, cost) in candidates {
        let n_taken = taken.n_overlaps(rect, usize::MAX) as f64;
        let n_hidden = lines.n_inside(rect, usize::MAX) as f64;
        let cost = cost + n_taken * TAKEN + n_hidden * HIDDEN;
        if cost < best.0 {
            best = (cost, rect);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Arrow, Diagram, layered};

    #[test]
    fn labels_at_both_ends_of_many_lines_cover_nothing() {
        let arrows = (1..9).map(|target| Arrow::new(0, target, Size::default()));
        let boxes = vec![Size::new(60.0, 30.0); 9];
        let diagram = Diagram::new(boxes, arrows.collect()).expect("small");
        let layout = layered(&diagram);
        let size = Size::new(12.0, 10.0);
        let ends =
            (0..8).flat_map(|arrow| [(Beside::Source(arrow), size), (Beside::Target(arrow), size)]);
        let labels: Vec<_> = ends.chain([(Beside::Box(0), size)]).collect();
        let places = beside(&layout, &labels);
        for (nth, place) in places.iter().enumerate() {
            assert!(
                !layout
                    .boxes
                    .iter()
                    .chain(&places[..nth])
                    .any(|rect| rect.overlaps(*place))
            );
        }
        for (arrow, pair) in places.chunks_exact(2).enumerate() {
            let curve = &layout.curves[arrow];
            assert!(pair[0].center().distance(curve[0]) < 60.0);
            assert!(pair[1].center().distance(curve[curve.len() - 1]) < 60.0);
        }
    }

    #[test]
    fn without_labels_there_are_no_places() {
        assert!(beside(&Layout::default(), &[]).is_empty());
    }
}
