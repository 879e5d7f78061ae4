//! How often lines of different arrows cross.

use super::drawing::Drawing;
use super::flat::Polyline;
use super::grid::{Grid, square, squares_of_line};
use objgraph_layout::Point;

/// Arrows that share a box may meet this close to it, in pixels.
const AT_BOX: f64 = 2.0;

/// A straight piece of the line of an arrow.
#[derive(Clone, Copy)]
struct Piece {
    arrow: usize,
    from: Point,
    to: Point,
}

/// The points at which lines of two arrows cross, each pair of lines by itself. Where arrows run on top of each other,
/// or meet at the border of a box that both of them end at, they do not cross.
pub(crate) fn n_crossings(drawing: &Drawing, lines: &[Polyline]) -> usize {
    let pieces: Vec<Piece> = pieces(lines).collect();
    let touches = pieces.iter().enumerate().flat_map(|(index, piece)| {
        squares_of_line(piece.from, piece.to).map(move |square| (square, index))
    });
    let grid = Grid::new(touches);
    let mut n_crossings = 0;
    for entries in grid.squares() {
        for (place, &(here, index)) in entries.iter().enumerate() {
            let one = pieces[index as usize];
            let crossed = entries[place + 1..]
                .iter()
                .map(|entry| pieces[entry.1 as usize])
                .filter(|other| {
                    // Two pieces may meet in many squares, but cross in one.
                    one.crossing(*other).is_some_and(|point| {
                        square(point) == here && !is_at_shared_box(drawing, one, *other, point)
                    })
                });
            n_crossings += crossed.count();
        }
    }
    n_crossings
}

fn pieces(lines: &[Polyline]) -> impl Iterator<Item = Piece> {
    lines.iter().enumerate().flat_map(|(arrow, line)| {
        line.windows(2).map(move |ends| Piece {
            arrow,
            from: ends[0],
            to: ends[1],
        })
    })
}

fn is_at_shared_box(drawing: &Drawing, one: Piece, other: Piece, point: Point) -> bool {
    let (one, other) = (drawing.ends[one.arrow], drawing.ends[other.arrow]);
    [one.0, one.1]
        .into_iter()
        .filter(|end| *end == other.0 || *end == other.1)
        .any(|end| drawing.boxes[end].grown(AT_BOX).contains(point))
}

impl Piece {
    /// Where it crosses a piece of another arrow. The start of each counts as part of it and the end does not, so that a
    /// crossing at a joint is one.
    fn crossing(self, other: Self) -> Option<Point> {
        if self.arrow == other.arrow || self.is_beside(other) {
            return None;
        }
        let (dx, dy) = (self.to.x - self.from.x, self.to.y - self.from.y);
        let (ex, ey) = (other.to.x - other.from.x, other.to.y - other.from.y);
        let (x, y) = (other.from.x - self.from.x, other.from.y - self.from.y);
        let turn = dx * ey - dy * ex;
        if turn.abs() < 1e-9 {
            return None;
        }
        let (share, other_share) = ((x * ey - y * ex) / turn, (x * dy - y * dx) / turn);
        let inside = 0.0..1.0;
        (inside.contains(&share) && inside.contains(&other_share))
            .then(|| self.from.towards(self.to, share))
    }

    /// Whether their bounding boxes have nothing in common, which is soon found out.
    fn is_beside(self, other: Self) -> bool {
        let apart = |a: f64, b: f64, c: f64, d: f64| a.max(b) < c.min(d) || c.max(d) < a.min(b);
        apart(self.from.x, self.to.x, other.from.x, other.to.x)
            || apart(self.from.y, self.to.y, other.from.y, other.to.y)
    }
}
