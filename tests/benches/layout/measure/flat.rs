//! Curves as straight pieces.

use objgraph_layout::Point;

/// The corners of a line of straight pieces.
pub(crate) type Polyline = Vec<Point>;

/// How far a piece may be from its curve, in pixels. A fixed number of pieces would not do: sixteen are 20 pixels
/// off on the long curves of a wide fan, and cross where the curves do not.
const TOLERANCE: f64 = 0.1;

/// A curve of cubic pieces as straight ones, within a tenth of a pixel.
pub(crate) fn flatten(curve: &[Point]) -> Polyline {
    let mut line: Polyline = curve.first().copied().into_iter().collect();
    for start in (0..curve.len().saturating_sub(3)).step_by(3) {
        let cubic = [
            curve[start],
            curve[start + 1],
            curve[start + 2],
            curve[start + 3],
        ];
        let n_pieces = n_pieces(cubic);
        line.extend((1..=n_pieces).map(|piece| at(cubic, f64::from(piece) / f64::from(n_pieces))));
    }
    line.dedup();
    line
}

/// How long a line is.
pub(crate) fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|ends| ends[0].distance(ends[1])).sum()
}

/// Wang's bound: a curve with a small second derivative needs few pieces.
fn n_pieces([a, b, c, d]: [Point; 4]) -> u32 {
    let second =
        |a: Point, b: Point, c: Point| (a.x - 2.0 * b.x + c.x).hypot(a.y - 2.0 * b.y + c.y);
    let bend = second(a, b, c).max(second(b, c, d));
    if is_on(a, d, b) && is_on(a, d, c) {
        return 1;
    }
    #[expect(clippy::cast_sign_loss, reason = "a root is not negative")]
    let n_pieces = (0.75 * bend / TOLERANCE).sqrt().ceil() as u32;
    n_pieces.max(1)
}

/// Whether a point lies on the straight way between two others.
fn is_on(from: Point, to: Point, point: Point) -> bool {
    from.distance(point) + point.distance(to) - from.distance(to) < 1e-6
}

fn at([a, b, c, d]: [Point; 4], share: f64) -> Point {
    let (ab, bc, cd) = (
        a.towards(b, share),
        b.towards(c, share),
        c.towards(d, share),
    );
    ab.towards(bc, share).towards(bc.towards(cd, share), share)
}
