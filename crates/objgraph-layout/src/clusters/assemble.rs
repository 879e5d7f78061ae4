//! The drawings of all frames into one.

use super::Level;
use super::drawn::Drawn;
use crate::diagram::{Diagram, Layout};
use crate::geometry::Point;

/// Puts all levels into each other, and the pieces of each line together.
pub(super) fn assembled(
    diagram: &Diagram,
    levels: &[Level],
    drawn: &[Drawn],
    reversed: &[bool],
) -> Layout {
    let mut layout = Layout::blank(diagram);
    let mut pieces = Pieces {
        levels,
        drawn,
        shifts: vec![(0.0, 0.0); levels.len()],
    };
    for level in 0..levels.len() {
        pieces.place(level, &mut layout);
    }
    pieces.join(reversed, &mut layout.curves);
    layout
}

/// Levels that are drawn, each around a middle of its own.
struct Pieces<'l> {
    levels: &'l [Level],
    drawn: &'l [Drawn],
    /// How far each level is moved, once that around it is placed.
    shifts: Vec<(f64, f64)>,
}

impl Pieces<'_> {
    /// Puts what stands in a level where it stands in the whole.
    fn place(&mut self, level: usize, layout: &mut Layout) {
        let (own, inner) = (&self.levels[level], &self.drawn[level].layout);
        let (dx, dy) = self.shifts[level];
        let mut places = inner.boxes.iter().map(|rect| rect.shifted(dx, dy));
        for (&index, rect) in own.boxes.iter().zip(places.by_ref()) {
            layout.boxes[index] = rect;
        }
        for (&frame, rect) in own.frames.iter().zip(places) {
            let Drawn {
                frame: inside,
                title,
                ..
            } = self.drawn[frame + 1];
            let shift = (rect.x - inside.x, rect.y - inside.y);
            self.shifts[frame + 1] = shift;
            layout.clusters[frame] = rect;
            if title.width > 0.0 {
                layout.titles[frame] = title.shifted(shift.0, shift.1);
            }
        }
        for (&arrow, label) in own.arrows.iter().zip(&inner.labels) {
            layout.labels[arrow] = label.shifted(dx, dy);
        }
    }

    /// Joins lines downwards: out of the frames around the upper end, across, and into those around the lower end.
    fn join(&self, reversed: &[bool], curves: &mut [Vec<Point>]) {
        for level in (0..self.levels.len()).rev() {
            self.join_through(level, false, curves);
        }
        for (level, own) in self.levels.iter().enumerate() {
            for (nth, &arrow) in own.arrows.iter().enumerate() {
                let mut piece = self.piece(level, nth);
                if reversed[arrow] {
                    piece.reverse();
                }
                append(&mut curves[arrow], piece);
            }
        }
        for level in 0..self.levels.len() {
            self.join_through(level, true, curves);
        }
        for (curve, &is_reversed) in curves.iter_mut().zip(reversed) {
            if is_reversed {
                curve.reverse();
            }
        }
    }

    /// Goes on with the lines through the upper or through the lower border of a level.
    fn join_through(&self, level: usize, is_upper: bool, curves: &mut [Vec<Point>]) {
        let own = &self.levels[level];
        for (nth, line) in own.through.iter().enumerate() {
            if line.2 == is_upper {
                append(
                    &mut curves[line.0],
                    self.piece(level, own.arrows.len() + nth),
                );
            }
        }
    }

    fn piece(&self, level: usize, nth: usize) -> Vec<Point> {
        let (dx, dy) = self.shifts[level];
        let curve = self.drawn[level].layout.curves[nth].iter();
        curve.map(|point| point.shifted(dx, dy)).collect()
    }
}

/// Goes on with a piece of a line, straight to where it begins.
fn append(curve: &mut Vec<Point>, piece: Vec<Point>) {
    if let (Some(&end), Some(&start)) = (curve.last(), piece.first()) {
        if end.distance(start) > 1e-6 {
            curve.extend([
                end.towards(start, 1.0 / 3.0),
                end.towards(start, 2.0 / 3.0),
                start,
            ]);
        }
        curve.extend(&piece[1..]);
    } else {
        *curve = piece;
    }
}
