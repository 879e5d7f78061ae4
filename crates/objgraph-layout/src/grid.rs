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
    rects: Vec<Vec<Rect>>,
}

impl RectGrid {
    pub(crate) fn new(bounds: Rect) -> Self {
        let squares = Squares::new(bounds);
        Self {
            rects: vec![Vec::new(); squares.n_columns * squares.n_rows],
            squares,
        }
    }

    pub(crate) fn insert(&mut self, rect: Rect) {
        for square in self.squares.touched(rect).flatten() {
            self.rects[square].push(rect);
        }
    }

    /// How many rectangles overlap this one, counted up to `most`; one in several squares counts more than once.
    pub(crate) fn n_overlaps(&self, rect: Rect, most: usize) -> usize {
        let rows = self.squares.touched(rect);
        let near = rows.flat_map(|squares| self.rects[squares].iter().flatten());
        let overlapping = near.filter(|other| other.overlaps(rect));
        overlapping.take(most).count()
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
        let in_row = |squares: RangeInclusive<usize>| {
            let (start, end) = (
                self.starts[*squares.start()],
                self.starts[squares.end() + 1],
            );
            &self.points[start as usize..end as usize]
        };
        let near = self.squares.touched(rect).flat_map(in_row);
        let inside = near.filter(|point| rect.contains(**point));
        inside.take(most).count()
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
