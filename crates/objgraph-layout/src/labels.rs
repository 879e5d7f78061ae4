//! Labels on their lines: near the middle, clear of boxes, heads and each other.

use std::cmp::Ordering;

use crate::diagram::{Arrow, Diagram, Layout};
use crate::geometry::{Point, Rect, Size};
use crate::grid::{PointGrid, RectGrid};

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
/// Once so many labels have found no free place, the others are not searched one for long.
const MAX_CROWDED: usize = 200;
const VAGUE: Places = (7, NEAR.1);
/// From a line to a label beside it.
const BESIDE: f64 = 4.0;
/// What it costs to be at the other end of the line, to cover something, and to hide a point of a line.
const AWAY: f64 = 12.0;
pub(crate) const TAKEN: f64 = 1000.0;
pub(crate) const HIDDEN: f64 = 5.0;
/// Room kept free around boxes and labels.
pub(crate) const CLEARANCE: f64 = 3.0;
/// How near to a label a point of a line is hidden.
const POINT: f64 = 1.0;
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
    let mut taken = RectGrid::new(bounds);
    for rect in &layout.boxes {
        taken.insert(rect.grown(CLEARANCE));
    }
    let traces = Traces::new(layout);
    let lines = PointGrid::new(bounds, &traces.points);
    for end in (0..layout.curves.len()).filter_map(|line| traces.of(line).last()) {
        taken.insert(Rect::around(*end, HEAD));
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
        let search = |places| best(traces.of(index), places, wish, (&taken, &lines));
        let is_hopeless = crowded.len() >= MAX_CROWDED;
        let (mut rect, mut is_free) = search(if is_hopeless { VAGUE } else { NEAR });
        if !is_free && !is_hopeless {
            (rect, is_free) = search(CLOSE);
        }
        if !is_free {
            // Taken if rows cannot be set further apart.
            if !is_hopeless {
                rect = search(FAR).0;
            }
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
    (taken, lines): (&RectGrid, &PointGrid),
) -> (Rect, bool) {
    let mut best = (f64::INFINITY, Rect::default(), false);
    for share in from_the_middle(wish, n_places) {
        let away = (share - wish).abs() * AWAY;
        if away >= best.0 {
            // All others are further away.
            break;
        }
        let (at, point) = point_at(trace, share);
        for &(side, cost) in sides {
            let cost = cost + away;
            if cost >= best.0 {
                continue;
            }
            let center = point.shifted(side * (size.width / 2.0 + BESIDE), 0.0);
            let rect = Rect::around(center, size);
            let n_taken = taken.n_overlaps(rect, affordable(best.0 - cost, TAKEN));
            let cost = cost + n_taken as f64 * TAKEN;
            if cost >= best.0 {
                continue;
            }
            let covered = rect.grown(POINT);
            // A label on its line hides that, and is meant to.
            let n_meant = if side == 0.0 {
                n_own(trace, at, covered)
            } else {
                0
            };
            let most = affordable(best.0 - cost, HIDDEN).saturating_add(n_meant);
            let n_hidden = lines.n_inside(covered, most).saturating_sub(n_meant);
            let cost = cost + n_hidden as f64 * HIDDEN;
            if cost < best.0 {
                best = (cost, rect, n_taken == 0);
            }
        }
    }
    (best.1, best.2)
}

/// How many things at a price make a place cost as much as the best one so far: where labels crowd, that is soon.
#[expect(clippy::cast_sign_loss, reason = "what is left is never negative")]
fn affordable(left: f64, price: f64) -> usize {
    // One more than fits, also if the division is rounded down.
    ((left / price) as usize).saturating_add(1)
}

/// The middles of `n` equal parts of a line, in shares of it: those nearest to a wish first.
fn from_the_middle(wish: f64, n: usize) -> impl Iterator<Item = f64> {
    let middle = move |index: usize| (index as f64 + 0.5) / n as f64;
    let mut below = (0..n)
        .rev()
        .skip_while(move |&index| middle(index) > wish)
        .peekable();
    let mut above = (0..n)
        .skip_while(move |&index| middle(index) <= wish)
        .peekable();
    std::iter::from_fn(move || {
        let next = match (below.peek(), above.peek()) {
            (Some(&low), Some(&high)) if wish - middle(low) > middle(high) - wish => above.next(),
            (Some(_), _) => below.next(),
            (None, _) => above.next(),
        };
        next.map(middle)
    })
}

/// How many points of a trace around one of them lie in a rectangle.
fn n_own(trace: &[Point], at: usize, rect: Rect) -> usize {
    let covers = |point: &&Point| rect.contains(**point);
    let before = trace[..at].iter().rev().take_while(covers);
    before.count() + trace[at..].iter().take_while(covers).count()
}

/// The lines as points that are about a step apart.
pub(crate) struct Traces {
    pub(crate) points: Vec<Point>,
    /// Where the points of each line begin, and those of the last one end.
    starts: Vec<usize>,
}

/// How far apart the points are, unless that is more than a number of them altogether.
const STEP: f64 = 5.0;
const MAX_POINTS: f64 = 1e6;
/// The most points of one piece of a line.
const MAX_STEPS: f64 = 400.0;

impl Traces {
    pub(crate) fn new(layout: &Layout) -> Self {
        let lengths = layout.curves.iter().map(|curve| {
            let steps = curve.windows(2).map(|pair| pair[0].distance(pair[1]));
            steps.sum::<f64>()
        });
        let step = (lengths.sum::<f64>() / MAX_POINTS).max(STEP);
        let mut traces = Self {
            points: Vec::new(),
            starts: vec![0],
        };
        for curve in &layout.curves {
            traces.add(curve, step);
            traces.starts.push(traces.points.len());
        }
        traces
    }

    fn add(&mut self, curve: &[Point], step: f64) {
        let Some(&first) = curve.first() else {
            return;
        };
        self.points.push(first);
        let mut start = first;
        for piece in curve[1..].chunks_exact(3) {
            let length = start.distance(piece[0])
                + piece[0].distance(piece[1])
                + piece[1].distance(piece[2]);
            let n_steps = (length / step).clamp(1.0, MAX_STEPS).ceil();
            let mut nth = 1.0;
            while nth <= n_steps {
                self.points.push(on_cubic(start, piece, nth / n_steps));
                nth += 1.0;
            }
            start = piece[2];
        }
    }

    pub(crate) fn of(&self, line: usize) -> &[Point] {
        &self.points[self.starts[line]..self.starts[line + 1]]
    }
}

/// The point of a cubic curve at a parameter (de Casteljau).
fn on_cubic(start: Point, piece: &[Point], share: f64) -> Point {
    let ab = start.towards(piece[0], share);
    let bc = piece[0].towards(piece[1], share);
    let cd = piece[1].towards(piece[2], share);
    ab.towards(bc, share).towards(bc.towards(cd, share), share)
}

/// The point at a share of a trace, and the position of the one before it.
#[expect(clippy::cast_sign_loss, reason = "shares are between 0 and 1")]
fn point_at(trace: &[Point], share: f64) -> (usize, Point) {
    let place = share * trace.len().saturating_sub(1) as f64;
    let at = place as usize;
    match (trace.get(at), trace.get(at + 1)) {
        (Some(point), Some(next)) => (at, point.towards(*next, place.fract())),
        (point, _) => (at.min(trace.len()), point.copied().unwrap_or_default()),
    }
}
