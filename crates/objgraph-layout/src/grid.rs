//! What lies near a rectangle: the plane is divided into squares, so that only near things are compared.

use crate::geometry::{Point, Rect};
use std::ops::RangeInclusive;

/// The least side of a square: about the width of a label.
const LEAST_SIDE: f64 = 48.0;
/// About the most squares, however large the drawing is.
const MAX_SQUARES: f64 = 250_000.0;

/// The squares that cover a drawing.
struct Squares {
    origin: Point,
    n_columns: usize,
    n_rows: usize,
    side: f64,
}

impl Squares {
    fn new(bounds: Rect) -> Self {
        let side = (bounds.width * bounds.height / MAX_SQUARES)
            .sqrt()
            .max(LEAST_SIDE);
        Self {
            origin: Point::new(bounds.x, bounds.y),
            n_columns: index_of(bounds.width, side) + 1,
            n_rows: index_of(bounds.height, side) + 1,
            side,
        }
    }

    fn column(&self, x: f64) -> usize {
        index_of(x - self.origin.x, self.side).min(self.n_columns - 1)
    }

    fn row(&self, y: f64) -> usize {
        index_of(y - self.origin.y, self.side).min(self.n_rows - 1)
    }

    /// The squares that a rectangle touches, row by row: each row has one range of squares.
    fn touched(&self, rect: Rect) -> impl Iterator<Item = RangeInclusive<usize>> + use<> {
        let (left, right) = (self.column(rect.x), self.column(rect.right()));
        let n_columns = self.n_columns;
        (self.row(rect.y)..=self.row(rect.bottom()))
            .map(move |row| row * n_columns + left..=row * n_columns + right)
    }
}

/// Rectangles that come one by one.
pub(crate) struct RectGrid {
    squares: Squares,
    /// The rectangle that came last to each square, by its position in `entries`.
    last: Vec<u32>,
    entries: Vec<Entry>,
}

/// A rectangle in one of the squares that it touches.
struct Entry {
    rect: Rect,
    /// The one that came to the square before.
    before: u32,
}

/// No entry.
const NONE: u32 = u32::MAX;

impl RectGrid {
    pub(crate) fn new(bounds: Rect) -> Self {
        let squares = Squares::new(bounds);
        Self {
            last: vec![NONE; squares.n_columns * squares.n_rows],
            entries: Vec::new(),
            squares,
        }
    }

    pub(crate) fn insert(&mut self, rect: Rect) {
        for square in self.squares.touched(rect).flatten() {
            let before = std::mem::replace(&mut self.last[square], self.entries.len() as u32);
            self.entries.push(Entry { rect, before });
        }
    }

    /// How many rectangles overlap this one, counted up to `most`; one in several squares counts more than once.
    pub(crate) fn n_overlaps(&self, rect: Rect, most: usize) -> usize {
        let mut count = 0;
        for square in self.squares.touched(rect).flatten() {
            let mut next = self.last[square];
            while let Some(entry) = self.entries.get(next as usize) {
                count += usize::from(entry.rect.overlaps(rect));
                if count >= most {
                    return most;
                }
                next = entry.before;
            }
        }
        count
    }
}

/// Points that are all known from the start.
pub(crate) struct PointGrid {
    squares: Squares,
    /// The points, square by square.
    points: Vec<Point>,
    /// Where the points of each square begin, and those of the last one end.
    starts: Vec<u32>,
}

impl PointGrid {
    pub(crate) fn new(bounds: Rect, points: &[Point]) -> Self {
        let squares = Squares::new(bounds);
        let square =
            |point: &Point| squares.row(point.y) * squares.n_columns + squares.column(point.x);
        let mut starts = vec![0; squares.n_columns * squares.n_rows + 1];
        for point in points {
            starts[square(point) + 1] += 1;
        }
        for square in 1..starts.len() {
            starts[square] += starts[square - 1];
        }
        let mut cursors = starts.clone();
        let mut sorted = vec![Point::default(); points.len()];
        for point in points {
            let cursor = &mut cursors[square(point)];
            sorted[*cursor as usize] = *point;
            *cursor += 1;
        }
        Self {
            squares,
            points: sorted,
            starts,
        }
    }

    /// How many points lie in a rectangle, counted up to `most`.
    pub(crate) fn n_inside(&self, rect: Rect, most: usize) -> usize {
        let mut count = 0;
        for squares in self.squares.touched(rect) {
            let start = self.starts[*squares.start()] as usize;
            let end = self.starts[squares.end() + 1] as usize;
            for point in &self.points[start..end] {
                count += usize::from(rect.contains(*point));
                if count >= most {
                    return most;
                }
            }
        }
        count
    }
}

#[expect(
    clippy::cast_sign_loss,
    reason = "negative distances are clamped to zero"
)]
fn index_of(distance: f64, side: f64) -> usize {
    (distance / side).max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Size;

    #[test]
    fn near_things_are_counted_as_if_all_were_compared() {
        let bounds = Rect::at(Point::new(-100.0, 50.0), Size::new(2000.0, 900.0));
        let place = |nth: usize| {
            Point::new(
                (nth * 173 % 2000) as f64 - 100.0,
                (nth * 71 % 900) as f64 + 50.0,
            )
        };
        let points: Vec<_> = (0..400).map(place).collect();
        let grid = PointGrid::new(bounds, &points);
        let mut rects = RectGrid::new(bounds);
        for point in &points {
            // Small enough to lie in one square at a time.
            rects.insert(Rect::at(*point, Size::default()));
        }
        for nth in 0..200 {
            let rect = Rect::around(place(nth * 7 + 3), Size::new(120.0, 60.0));
            let inside = points.iter().filter(|point| rect.contains(**point)).count();
            assert_eq!(grid.n_inside(rect, usize::MAX), inside);
            let strictly = |point: &&Point| rect.overlaps(Rect::at(**point, Size::default()));
            assert_eq!(
                rects.n_overlaps(rect, usize::MAX),
                points.iter().filter(strictly).count()
            );
            assert_eq!(grid.n_inside(rect, 3), inside.min(3));
            assert_eq!(rects.n_overlaps(rect, 0), 0);
        }
    }
}
