//! What covers what it should not.

use super::drawing::Drawing;
use super::flat::Polyline;
use super::grid::{Grid, squares_of_line, squares_of_rect};
use objgraph_layout::{Point, Rect};

/// How deep a line must be in a box to run through it, in pixels.
const DEPTH: f64 = 1.0;
/// How much of each rectangle may be covered without an overlap, in pixels: engines round.
const SLACK: f64 = 0.5;

/// The pairs of an arrow and a box that it runs through and does not end at.
pub(crate) fn n_through(drawing: &Drawing, lines: &[Polyline]) -> usize {
    let grid = grid(&drawing.boxes);
    let through = lines.iter().enumerate().map(|(arrow, line)| {
        let (source, target) = drawing.ends[arrow];
        let mut entered: Vec<usize> = line
            .windows(2)
            .flat_map(|ends| entered(&grid, &drawing.boxes, ends[0], ends[1]))
            .filter(|index| ![source, target].contains(index))
            .collect();
        entered.sort_unstable();
        entered.dedup();
        entered.len()
    });
    through.sum()
}

/// The pairs of rectangles that overlap.
pub(crate) fn n_overlaps(rects: &[Rect]) -> usize {
    // Each rectangle overlaps itself, if it is there, and each pair is found from both sides.
    let n_there = rects.iter().filter(|rect| is_there(**rect)).count();
    (n_overlaps_between(rects, rects) - n_there) / 2
}

/// The pairs of one rectangle of each list that overlap.
pub(crate) fn n_overlaps_between(ones: &[Rect], others: &[Rect]) -> usize {
    let grid = grid(others);
    let overlaps = ones.iter().filter(|rect| is_there(**rect)).map(|one| {
        let mut met: Vec<usize> = squares_of_rect(*one)
            .flat_map(|square| grid.at(square))
            .filter(|other| one.grown(-SLACK).overlaps(others[*other].grown(-SLACK)))
            .collect();
        met.sort_unstable();
        met.dedup();
        met.len()
    });
    overlaps.sum()
}

fn grid(rects: &[Rect]) -> Grid {
    let there = rects
        .iter()
        .enumerate()
        .filter(|(_, rect)| is_there(**rect));
    Grid::new(
        there.flat_map(|(index, rect)| squares_of_rect(*rect).map(move |square| (square, index))),
    )
}

/// Whether anything is left of it without the slack.
fn is_there(rect: Rect) -> bool {
    rect.width > 2.0 * SLACK && rect.height > 2.0 * SLACK
}

fn entered(grid: &Grid, boxes: &[Rect], from: Point, to: Point) -> impl Iterator<Item = usize> {
    squares_of_line(from, to)
        .flat_map(|square| grid.at(square))
        .filter(move |index| enters(boxes[*index].grown(-DEPTH), from, to))
}

/// Whether a straight line has a point inside a rectangle, by the method of Liang and Barsky (1984).
fn enters(rect: Rect, from: Point, to: Point) -> bool {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let sides = [
        (-dx, from.x - rect.x),
        (dx, rect.right() - from.x),
        (-dy, from.y - rect.y),
        (dy, rect.bottom() - from.y),
    ];
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (speed, distance) in sides {
        if speed < 0.0 {
            enter = enter.max(distance / speed);
        } else if speed > 0.0 {
            leave = leave.min(distance / speed);
        } else if distance <= 0.0 {
            return false;
        }
    }
    leave - enter > 1e-9
}
