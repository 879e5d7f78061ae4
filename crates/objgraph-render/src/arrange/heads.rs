//! Arrow heads, and where the line ends before them.

use objgraph_graph::ArrowKind;
use objgraph_trace::EdgeKind;

use crate::scene::Head;
use objgraph_layout::Point;

/// Puts a head at the end of a curve and draws the line back to the head's foot.
pub(super) fn finish(curve: &mut [Point], kind: ArrowKind, scale: f64) -> Head {
    let tip = curve.last().copied().unwrap_or_default();
    let at = around_tip(curve, scale);
    match kind {
        ArrowKind::Reference(EdgeKind::Owned) => {
            retreat(curve, at(9.0, 0.0));
            Head::Filled(vec![tip, at(5.5, 4.0), at(11.0, 0.0), at(5.5, -4.0)])
        }
        ArrowKind::Reference(EdgeKind::Strong) => {
            retreat(curve, at(7.5, 0.0));
            Head::Filled(vec![tip, at(9.0, 4.0), at(7.5, 0.0), at(9.0, -4.0)])
        }
        ArrowKind::Reference(EdgeKind::Raw) => {
            let (center, radius) = circle(curve, scale);
            Head::Circle(center, radius)
        }
        ArrowKind::Reference(EdgeKind::Weak | EdgeKind::Borrowed) | ArrowKind::More => {
            open(curve, (7.5, 4.2), scale)
        }
    }
}

/// Places around the tip of a curve: so far back along it, and so far aside to the right.
pub(super) fn around_tip(curve: &[Point], scale: f64) -> impl Fn(f64, f64) -> Point + use<> {
    let tip = curve.last().copied().unwrap_or_default();
    let unit = direction(curve, tip);
    move |back, aside| {
        tip.shifted(
            (-unit.x * back - unit.y * aside) * scale,
            (-unit.y * back + unit.x * aside) * scale,
        )
    }
}

/// An open head with two strokes so far back and aside; the line ends at its tip.
pub(super) fn open(curve: &mut [Point], (back, aside): (f64, f64), scale: f64) -> Head {
    let at = around_tip(curve, scale);
    retreat(curve, at(0.8, 0.0));
    Head::Open(vec![at(back, aside), at(0.6, 0.0), at(back, -aside)])
}

/// The circle of a round head; the line ends at its foot.
pub(super) fn circle(curve: &mut [Point], scale: f64) -> (Point, f64) {
    let at = around_tip(curve, scale);
    retreat(curve, at(7.0, 0.0));
    (at(3.5, 0.0), 3.0 * scale)
}

/// The direction in which a curve ends, of length 1.
pub(crate) fn direction(curve: &[Point], tip: Point) -> Point {
    let before = curve.iter().rev().find(|point| point.distance(tip) > 1e-6);
    match before {
        Some(&before) => {
            let length = before.distance(tip);
            Point::new((tip.x - before.x) / length, (tip.y - before.y) / length)
        }
        None => Point::new(0.0, 1.0),
    }
}

/// Ends a curve at another point, keeping its direction.
pub(crate) fn retreat(curve: &mut [Point], end: Point) {
    if let [.., control, last] = curve {
        *control = control.shifted((end.x - last.x) * 0.5, (end.y - last.y) * 0.5);
        *last = end;
    }
}
