//! Lines through corners.

use crate::geometry::Point;

/// A control point this share of the way to the corner makes a curve look like a circle.
const ROUND: f64 = 0.55;

/// A line through corners, each cut by a quarter of a circle.
pub(crate) fn rounded(corners: &[Point], radius: f64) -> Vec<Point> {
    let mut curve = vec![corners[0]];
    for window in corners.windows(3) {
        let (before, corner, after) = (window[0], window[1], window[2]);
        let (to, on) = (before.distance(corner), corner.distance(after));
        if to < 1e-6 || on < 1e-6 {
            continue;
        }
        let radius = radius.min(to / 2.0).min(on / 2.0);
        let start = corner.towards(before, radius / to);
        let end = corner.towards(after, radius / on);
        straight(&mut curve, start);
        curve.extend([
            start.towards(corner, ROUND),
            end.towards(corner, ROUND),
            end,
        ]);
    }
    straight(&mut curve, corners[corners.len() - 1]);
    curve
}

/// Continues a line straight to a point.
pub(crate) fn straight(curve: &mut Vec<Point>, end: Point) {
    let start = curve[curve.len() - 1];
    if start.distance(end) > 1e-6 {
        curve.extend([
            start.towards(end, 1.0 / 3.0),
            start.towards(end, 2.0 / 3.0),
            end,
        ]);
    }
}
