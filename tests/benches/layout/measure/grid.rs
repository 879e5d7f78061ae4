//! Things by the squares of the plane that they touch, so that only neighbours are compared.

use objgraph_layout::{Point, Rect};

/// The side of a square, in pixels: about a box.
const SIDE: f64 = 60.0;

/// A square, by column and row.
pub(crate) type Square = (i32, i32);

/// Things, by position in their list, sorted by the squares that they touch.
pub(crate) struct Grid(Vec<(Square, u32)>);

impl Grid {
    pub(crate) fn new(touches: impl Iterator<Item = (Square, usize)>) -> Self {
        let mut entries: Vec<_> = touches
            .map(|(square, index)| (square, index as u32))
            .collect();
        entries.sort_unstable();
        Self(entries)
    }

    /// The things of one square.
    pub(crate) fn at(&self, square: Square) -> impl Iterator<Item = usize> {
        let start = self.0.partition_point(|entry| entry.0 < square);
        let entries = self.0[start..].iter();
        entries
            .take_while(move |entry| entry.0 == square)
            .map(|entry| entry.1 as usize)
    }

    /// Each square with its things.
    pub(crate) fn squares(&self) -> impl Iterator<Item = &[(Square, u32)]> {
        self.0.chunk_by(|one, other| one.0 == other.0)
    }
}

/// The square of a point.
pub(crate) fn square(point: Point) -> Square {
    (step(point.x), step(point.y))
}

/// The squares that a rectangle touches.
pub(crate) fn squares_of_rect(rect: Rect) -> impl Iterator<Item = Square> {
    let (columns, rows) = (
        step(rect.x)..=step(rect.right()),
        step(rect.y)..=step(rect.bottom()),
    );
    columns.flat_map(move |column| rows.clone().map(move |row| (column, row)))
}

/// The squares that a straight line touches, and perhaps one beside it.
pub(crate) fn squares_of_line(from: Point, to: Point) -> impl Iterator<Item = Square> {
    let (left, right) = if from.x <= to.x {
        (from, to)
    } else {
        (to, from)
    };
    (step(left.x)..=step(right.x)).flat_map(move |column| {
        let y = |x: f64| {
            let share = (x.clamp(left.x, right.x) - left.x) / (right.x - left.x);
            if share.is_nan() {
                None
            } else {
                Some(left.y + (right.y - left.y) * share)
            }
        };
        let edges = (f64::from(column) * SIDE, f64::from(column + 1) * SIDE);
        let (one, other) = (y(edges.0).unwrap_or(left.y), y(edges.1).unwrap_or(right.y));
        let rows = step(one.min(other) - 1e-6)..=step(one.max(other) + 1e-6);
        rows.map(move |row| (column, row))
    })
}

fn step(length: f64) -> i32 {
    (length / SIDE).floor() as i32
}
