//! Labels on their lines: near the middle, clear of boxes, heads and each other.

use std::cmp::Ordering;

use crate::diagram::{Arrow, Diagram, Layout};
use crate::geometry::{Point, Rect, Size};

/// An arrow whose label found no free place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Crowded(pub(crate) usize);

/// How many points of a line are tried, and where at each: on the line, or so many widths of the label at its right;
/// with what that costs.
type Places = (usize, &'static [(f64, f64)]);
const NEAR: Places = (31, &[(0.0, 0.0), (1.0, 12.0), (-1.0, 12.5)]);
/// If none of those is free.
const CLOSE: Places = (400, NEAR.1);
/// If none of those is free either.
const FAR: Places = (100, &[(2.5, 0.0), (-2.5, 0.5), (5.0, 40.0), (-5.0, 40.5)]);
/// From a line to a label beside it.
const BESIDE: f64 = 4.0;
/// What it costs to be at the other end of the line, to cover something, and to hide a point of a line.
const AWAY: f64 = 12.0;
const TAKEN: f64 = 1000.0;
const HIDDEN: f64 = 3.0;
/// Room kept free around boxes and labels.
const CLEARANCE: f64 = 3.0;
/// What a point of a line covers.
const POINT: Size = Size {
    width: 2.0,
    height: 2.0,
};
/// What is kept free at the end of a line for its head.
const HEAD: Size = Size {
    width: 12.0,
    height: 13.0,
};

/// Gives every label that has no place yet the best one on its line, and names those without a free one.
///
/// Takes time linear in the lengths of the lines, as long as they are not all in the same spot.
pub(crate) fn place(diagram: &Diagram, layout: &mut Layout) -> Vec<Crowded> {
    let bounds = layout.bounds();
    let mut taken = Grid::new(bounds);
    for rect in &layout.boxes {
        taken.insert(rect.grown(CLEARANCE));
    }
    let step = step(layout);
    let traces: Vec<Vec<Point>> = (layout.curves.iter())
        .map(|curve| trace(curve, step))
        .collect();
    let mut lines = Grid::new(bounds);
    for trace in &traces {
        if let Some(&end) = trace.last() {
            taken.insert(Rect::around(end, HEAD));
        }
        for point in trace {
            lines.insert(Rect::around(*point, POINT));
        }
    }
    for label in layout.labels.iter().filter(|label| label.width > 0.0) {
        taken.insert(label.grown(CLEARANCE));
    }
    let wishes = wishes(diagram);
    let mut crowded = Vec::new();
    for (index, arrow) in diagram.arrows.iter().enumerate() {
        if !arrow.has_label() || layout.labels[index].width > 0.0 {
            continue;
        }
        let wish = (arrow.label, wishes[index]);
        let search = |places| best(&traces[index], places, wish, (&taken, &lines));
        let (mut rect, mut is_free) = search(NEAR);
        if !is_free {
            (rect, is_free) = search(CLOSE);
        }
        if !is_free {
            // Taken if rows cannot be set further apart.
            rect = search(FAR).0;
            crowded.push(Crowded(index));
        }
        taken.insert(rect.grown(CLEARANCE));
        layout.labels[index] = rect;
    }
    crowded
}

/// Which share of its line each label would like to stand at: where many lines meet, away from there.
fn wishes(diagram: &Diagram) -> Vec<f64> {
    let mut n_lines = vec![0_usize; diagram.boxes.len()];
    for arrow in &diagram.arrows {
        n_lines[arrow.source] += 1;
        n_lines[arrow.target] += 1;
    }
    let wish = |arrow: &Arrow| match n_lines[arrow.source].cmp(&n_lines[arrow.target]) {
        Ordering::Less => 0.42,
        Ordering::Equal => 0.5,
        Ordering::Greater => 0.58,
    };
    let mut wishes: Vec<f64> = diagram.arrows.iter().map(wish).collect();
    stagger(diagram, &mut wishes);
    wishes
}

/// The labels of lines between the same two boxes stand one below the other rather than side by side.
fn stagger(diagram: &Diagram, wishes: &mut [f64]) {
    let ends = |arrow: &Arrow| {
        (
            arrow.source.min(arrow.target),
            arrow.source.max(arrow.target),
        )
    };
    let mut by_ends: Vec<usize> = (0..diagram.arrows.len()).collect();
    by_ends.sort_by_key(|&index| ends(&diagram.arrows[index]));
    for group in
        by_ends.chunk_by(|&one, &other| ends(&diagram.arrows[one]) == ends(&diagram.arrows[other]))
    {
        for (nth, &index) in group.iter().enumerate().filter(|_| group.len() > 1) {
            let share = 0.3 + 0.4 * nth as f64 / (group.len() - 1) as f64;
            let arrow = &diagram.arrows[index];
            wishes[index] = if arrow.source < arrow.target {
                share
            } else {
                1.0 - share
            };
        }
    }
}

/// The place with the least in its way, and whether it is free.
fn best(
    trace: &[Point],
    (n_places, sides): Places,
    (size, wish): (Size, f64),
    (taken, lines): (&Grid, &Grid),
) -> (Rect, bool) {
    let mut best = (f64::INFINITY, Rect::default(), false);
    for (index, (at, point)) in evenly(trace, n_places).enumerate() {
        let share = (index as f64 + 0.5) / n_places as f64;
        for &(side, cost) in sides {
            let cost = cost + (share - wish).abs() * AWAY;
            if cost >= best.0 {
                continue;
            }
            let center = point.shifted(side * (size.width / 2.0 + BESIDE), 0.0);
            let rect = Rect::around(center, size);
            let n_taken = taken.n_overlaps(rect);
            let mut n_hidden = lines.n_overlaps(rect);
            if side == 0.0 {
                // A label on its line hides that, and is meant to.
                n_hidden = n_hidden.saturating_sub(n_own(trace, at, rect));
            }
            let cost = cost + n_taken as f64 * TAKEN + n_hidden as f64 * HIDDEN;
            if cost < best.0 {
                best = (cost, rect, n_taken == 0);
            }
        }
    }
    (best.1, best.2)
}

/// How many points of a trace around one of them a rectangle covers.
fn n_own(trace: &[Point], at: usize, rect: Rect) -> usize {
    let covers = |point: &&Point| rect.overlaps(Rect::around(**point, POINT));
    let before = trace[..at].iter().rev().take_while(covers);
    before.count() + trace[at..].iter().take_while(covers).count()
}

/// How far apart the points are at which lines are looked at: five pixels, or more if that is over a million of them.
fn step(layout: &Layout) -> f64 {
    let lengths = layout.curves.iter().map(|curve| {
        let steps = curve.windows(2).map(|pair| pair[0].distance(pair[1]));
        steps.sum::<f64>()
    });
    (lengths.sum::<f64>() / 1e6).max(5.0)
}

/// Points on a curve, about a step apart.
fn trace(curve: &[Point], step: f64) -> Vec<Point> {
    let Some(&first) = curve.first() else {
        return Vec::new();
    };
    let mut points = vec![first];
    let mut start = first;
    for piece in curve[1..].chunks_exact(3) {
        let length =
            start.distance(piece[0]) + piece[0].distance(piece[1]) + piece[1].distance(piece[2]);
        let n_steps = (length / step).clamp(1.0, 400.0).ceil();
        let mut nth = 1.0;
        while nth <= n_steps {
            points.push(on_cubic(start, piece, nth / n_steps));
            nth += 1.0;
        }
        start = piece[2];
    }
    points
}

/// The point of a cubic curve at a parameter (de Casteljau).
fn on_cubic(start: Point, piece: &[Point], share: f64) -> Point {
    let ab = start.towards(piece[0], share);
    let bc = piece[0].towards(piece[1], share);
    let cd = piece[1].towards(piece[2], share);
    ab.towards(bc, share).towards(bc.towards(cd, share), share)
}

/// `n` points at equal distances along a trace, each with the position of the point before it.
fn evenly(trace: &[Point], n: usize) -> impl Iterator<Item = (usize, Point)> {
    let length: f64 = trace.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let mut walked = 0.0;
    let mut at = 0;
    (0..n).map(move |index| {
        let wanted = length * (index as f64 + 0.5) / n as f64;
        while at + 2 < trace.len() && walked + trace[at].distance(trace[at + 1]) < wanted {
            walked += trace[at].distance(trace[at + 1]);
            at += 1;
        }
        let point = match trace.get(at + 1) {
            Some(&next) => {
                let step = trace[at].distance(next).max(1e-9);
                trace[at].towards(next, ((wanted - walked) / step).clamp(0.0, 1.0))
            }
            None => trace.get(at).copied().unwrap_or_default(),
        };
        (at, point)
    })
}

/// Rectangles by the squares that they touch, so that only near ones are compared.
struct Grid {
    origin: Point,
    n_columns: usize,
    n_rows: usize,
    cell: f64,
    cells: Vec<Vec<Rect>>,
}

impl Grid {
    fn new(bounds: Rect) -> Self {
        // A label wide, and about 250,000 squares at the most, however large the picture is.
        let cell = (bounds.width * bounds.height / 250_000.0).sqrt().max(48.0);
        let n_columns = index_of(bounds.width, cell) + 1;
        let n_rows = index_of(bounds.height, cell) + 1;
        Self {
            origin: Point::new(bounds.x, bounds.y),
            n_columns,
            n_rows,
            cell,
            cells: vec![Vec::new(); n_columns * n_rows],
        }
    }

    fn insert(&mut self, rect: Rect) {
        let (columns, rows) = self.span(rect);
        for row in rows {
            for column in columns.clone() {
                self.cells[row * self.n_columns + column].push(rect);
            }
        }
    }

    /// How many rectangles overlap this one; one in several squares counts more than once.
    fn n_overlaps(&self, rect: Rect) -> usize {
        let (columns, rows) = self.span(rect);
        let cells = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
        let in_cells = cells.flat_map(|(row, column)| &self.cells[row * self.n_columns + column]);
        in_cells.filter(|other| other.overlaps(rect)).count()
    }

    fn span(
        &self,
        rect: Rect,
    ) -> (
        std::ops::RangeInclusive<usize>,
        std::ops::RangeInclusive<usize>,
    ) {
        let column = |x: f64| index_of(x - self.origin.x, self.cell).min(self.n_columns - 1);
        let row = |y: f64| index_of(y - self.origin.y, self.cell).min(self.n_rows - 1);
        (
            column(rect.x)..=column(rect.right()),
            row(rect.y)..=row(rect.bottom()),
        )
    }
}

#[expect(
    clippy::cast_sign_loss,
    reason = "negative distances are clamped to zero"
)]
fn index_of(distance: f64, cell: f64) -> usize {
    (distance / cell).max(0.0) as usize
}
