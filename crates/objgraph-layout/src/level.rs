//! Lines within a row: straight between neighbours, else in an arch above or below what is between them.

use crate::corners::straight;
use crate::diagram::{Arrow, Diagram, Layout};
use crate::geometry::{Point, Rect};
use crate::hooks::{Course, Hooks};
use crate::port::Sides;
use crate::route::Rows;

/// How high the lowest arch is, and how much higher for each box that it passes.
const ARCH: (f64, f64) = (16.0, 8.0);
/// The most boxes that an arch is higher for.
const MAX_PASSED: usize = 8;
/// The least distance of two lines between the same neighbours.
const STEP: f64 = 9.0;
/// From a line to the label beside it.
const BESIDE: f64 = 3.0;
/// How far from the middle of its box an arch begins, in widths of the box.
const ASIDE: f64 = 0.17;

/// Whether an arrow lies in a row, and whether it may pass it below rather than above.
pub(crate) fn course(arrow: Arrow, row: &[usize]) -> Option<Course> {
    if arrow.is_loop() || row[arrow.source] != row[arrow.target] {
        return None;
    }
    let faces_down = |sides: Sides| sides.contains(Sides::BOTTOM) && !sides.contains(Sides::TOP);
    let ports = [arrow.source_port, arrow.target_port];
    let is_under = ports
        .iter()
        .all(|port| port.is_some_and(|port| faces_down(port.sides)));
    Some(if is_under {
        Course::Under
    } else {
        Course::Over
    })
}

/// The room that arches need above each row.
pub(crate) fn room_above(diagram: &Diagram, rows: &Rows) -> Vec<f64> {
    let mut room = vec![0.0_f64; rows.row.iter().max().map_or(0, |last| last + 2)];
    if rows.chains.is_empty() {
        return room;
    }
    let place = places(rows);
    for arrow in &diagram.arrows {
        let row = rows.row[arrow.source];
        match course(*arrow, &rows.row) {
            Some(Course::Over) => room[row] = room[row].max(height(*arrow, &place)),
            Some(Course::Under) => room[row + 1] = room[row + 1].max(height(*arrow, &place)),
            _ => {}
        }
    }
    room
}

/// Draws the lines within rows, whose upper and lower borders are `bands`.
pub(crate) fn draw(
    diagram: &Diagram,
    (rows, hooks): (&Rows, &Hooks),
    bands: &[(f64, f64)],
    layout: &mut Layout,
) {
    if rows.chains.is_empty() {
        return;
    }
    let place = places(rows);
    let mut n_between = vec![0_usize; rows.row.len()];
    for (index, arrow) in diagram.arrows.iter().enumerate() {
        let Some(course) = course(*arrow, &rows.row) else {
            continue;
        };
        if !is_straight(*arrow, &place) {
            let band = bands[rows.row[arrow.source]];
            layout.curves[index] = arch(
                index,
                *arrow,
                (course, height(*arrow, &place)),
                (hooks, band),
                &layout.boxes,
            );
            continue;
        }
        let left = if place[arrow.source] < place[arrow.target] {
            arrow.source
        } else {
            arrow.target
        };
        let (curve, label) = beside(*arrow, n_between[left], &layout.boxes);
        n_between[left] += 1;
        layout.curves[index] = curve;
        layout.labels[index] = label;
    }
}

/// The place of each box in its chain.
fn places(rows: &Rows) -> Vec<usize> {
    let mut place = vec![0; rows.row.len()];
    for (nth, &index) in rows
        .chains
        .iter()
        .flat_map(|chain| chain.iter().enumerate())
    {
        place[index] = nth;
    }
    place
}

fn is_straight(arrow: Arrow, place: &[usize]) -> bool {
    let is_rightwards = place[arrow.source] < place[arrow.target];
    let (near, far) = if is_rightwards {
        (Sides::RIGHT, Sides::LEFT)
    } else {
        (Sides::LEFT, Sides::RIGHT)
    };
    let allows = |port: Option<crate::port::Port>, side| port.is_none_or(|port| port.allows(side));
    place[arrow.source].abs_diff(place[arrow.target]) == 1
        && allows(arrow.source_port, near)
        && allows(arrow.target_port, far)
}

fn height(arrow: Arrow, place: &[usize]) -> f64 {
    let n_passed = place[arrow.source]
        .abs_diff(place[arrow.target])
        .saturating_sub(1);
    ARCH.0 + ARCH.1 * n_passed.min(MAX_PASSED) as f64
}

/// The line between two neighbours, of which `nth` are there already, and its label.
fn beside(arrow: Arrow, nth: usize, boxes: &[Rect]) -> (Vec<Point>, Rect) {
    let (source, target) = (boxes[arrow.source], boxes[arrow.target]);
    let common = f64::midpoint(source.y.max(target.y), source.bottom().min(target.bottom()));
    // The first in the middle, the next ones above and below it.
    let step = STEP.max(arrow.label.height + 2.0 * BESIDE);
    let aside = step * (nth.div_ceil(2) as f64) * if nth % 2 == 1 { 1.0 } else { -1.0 };
    let y = |rect: Rect, port: Option<crate::port::Port>| match port {
        Some(port) => rect.center().y + port.within(rect.size()).y,
        None => (common + aside).clamp(rect.y, rect.bottom()),
    };
    let is_rightwards = source.x < target.x;
    let (from, to) = if is_rightwards {
        (source.right(), target.x)
    } else {
        (source.x, target.right())
    };
    let start = Point::new(from, y(source, arrow.source_port));
    let end = Point::new(to, y(target, arrow.target_port));
    let half = (end.x - start.x) / 2.0;
    let middle = start.towards(end, 0.5);
    let label = if arrow.has_label() {
        Rect::around(
            middle.shifted(0.0, -arrow.label.height / 2.0 - BESIDE),
            arrow.label,
        )
    } else {
        Rect::default()
    };
    (
        vec![
            start,
            start.shifted(half, 0.0),
            end.shifted(-half, 0.0),
            end,
        ],
        label,
    )
}

/// The line above or below the boxes between its ends.
fn arch(
    index: usize,
    arrow: Arrow,
    (course, height): (Course, f64),
    (hooks, band): (&Hooks, (f64, f64)),
    boxes: &[Rect],
) -> Vec<Point> {
    let is_under = course == Course::Under;
    let border = if is_under { band.1 } else { band.0 };
    let leg = |is_target: bool, own: usize, other: usize| {
        let rect = boxes[own];
        let leads = boxes[other].center().x - rect.center().x;
        let path = hooks.x(index, is_target, leads).and_then(|x| {
            let path = hooks.path(index, is_target, x, rect.center())?;
            Some(path)
        });
        let x = rect.center().x + (rect.width * ASIDE).copysign(leads);
        let start = Point::new(x, if is_under { rect.bottom() } else { rect.y });
        let mut leg = path.unwrap_or(vec![start]);
        let end = leg[leg.len() - 1];
        straight(&mut leg, Point::new(end.x, border));
        leg
    };
    let mut curve = leg(false, arrow.source, arrow.target);
    let mut back = leg(true, arrow.target, arrow.source);
    back.reverse();
    // A cubic curve reaches three quarters of the way to its controls.
    let reach = if is_under {
        height / 0.75
    } else {
        -height / 0.75
    };
    let controls = [curve[curve.len() - 1], back[0]].map(|point| point.shifted(0.0, reach));
    curve.extend(controls);
    curve.extend(back);
    curve
}
