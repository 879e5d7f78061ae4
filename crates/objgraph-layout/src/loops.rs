//! Loops: arrows from a box to itself, drawn at its right unless they have ports.

use crate::corners::rounded;
use crate::diagram::{Arrow, Diagram, Layout};
use crate::geometry::{Point, Rect, Size};
use crate::hooks::Room;
use crate::port::{Port, Sides};

/// How far the innermost loop reaches out, and how much further each next one.
const LOOP_REACH: (f64, f64) = (20.0, 9.0);
/// The radius of the corners of a loop around its box.
const CORNER: f64 = 10.0;
/// Half the width of a loop that begins where it ends.
const BULGE: f64 = 16.0;
/// The sides, clockwise.
const SIDES: [Sides; 4] = [Sides::TOP, Sides::RIGHT, Sides::BOTTOM, Sides::LEFT];

/// The room each box needs: itself, its loops and their labels on its right.
pub(crate) fn with_loops(diagram: &Diagram) -> Vec<Size> {
    let mut slots = diagram.boxes.clone();
    let mut loops = vec![(0.0_f64, 0.0_f64, 0.0_f64); diagram.boxes.len()];
    for arrow in diagram.arrows.iter().filter(|arrow| is_at_the_right(arrow)) {
        let (n_loops, label_width, label_height) = &mut loops[arrow.source];
        *n_loops += 1.0;
        *label_width = label_width.max(arrow.label.width);
        *label_height += arrow.label.height;
    }
    for (slot, (n_loops, label_width, label_height)) in slots.iter_mut().zip(loops) {
        if n_loops > 0.0 {
            slot.width += LOOP_REACH.0 + LOOP_REACH.1 * (n_loops - 1.0) + label_width + 4.0;
            slot.height = slot.height.max(label_height);
        }
    }
    slots
}

fn is_at_the_right(arrow: &Arrow) -> bool {
    arrow.is_loop() && !arrow.has_port()
}

/// Takes the room around a box that a loop with ports needs.
pub(crate) fn reserve(arrow: Arrow, size: Size, room: &mut Room) {
    let half = Point::new(size.width / 2.0, size.height / 2.0);
    for point in around(arrow, size) {
        room.left = room.left.max(-half.x - point.x);
        room.right = room.right.max(point.x - half.x);
        room.above = room.above.max(-half.y - point.y);
        room.below = room.below.max(point.y - half.y);
    }
}

/// Draws loops, and the labels of those at the right of their boxes.
pub(crate) fn draw(diagram: &Diagram, layout: &mut Layout) {
    let mut n_loops = vec![0_usize; diagram.boxes.len()];
    let mut labels_height = vec![0.0; diagram.boxes.len()];
    for arrow in diagram.arrows.iter().filter(|arrow| is_at_the_right(arrow)) {
        n_loops[arrow.source] += 1;
        labels_height[arrow.source] += arrow.label.height;
    }
    let mut drawn = vec![0_usize; diagram.boxes.len()];
    let mut label_top: Vec<f64> = layout
        .boxes
        .iter()
        .zip(&labels_height)
        .map(|(rect, height)| rect.center().y - height / 2.0)
        .collect();
    for (index, arrow) in diagram
        .arrows
        .iter()
        .enumerate()
        .filter(|(_, arrow)| arrow.is_loop())
    {
        let rect = layout.boxes[arrow.source];
        if arrow.has_port() {
            let center = rect.center();
            let curve = around(*arrow, diagram.boxes[arrow.source]);
            layout.curves[index] = curve
                .iter()
                .map(|point| point.shifted(center.x, center.y))
                .collect();
            continue;
        }
        let total = n_loops[arrow.source];
        let nth = drawn[arrow.source];
        drawn[arrow.source] += 1;
        let half = (rect.height / 2.0 - 6.0) * (nth + 1) as f64 / total as f64;
        let reach = LOOP_REACH.0 + LOOP_REACH.1 * nth as f64;
        let start = Point::new(rect.right(), rect.center().y - half);
        let end = Point::new(rect.right(), rect.center().y + half);
        // A cubic curve reaches three quarters of the way to its controls.
        let out = reach / 0.75;
        layout.curves[index] = vec![start, start.shifted(out, 0.0), end.shifted(out, 0.0), end];
        if arrow.has_label() {
            let x = rect.right() + LOOP_REACH.0 + LOOP_REACH.1 * (total - 1) as f64 + 3.0;
            layout.labels[index] = Rect {
                x,
                y: label_top[arrow.source],
                width: arrow.label.width,
                height: arrow.label.height,
            };
            label_top[arrow.source] += arrow.label.height;
        }
    }
}

/// A loop between ports around a box whose middle is the origin: the shortest way along its sides.
fn around(arrow: Arrow, size: Size) -> Vec<Point> {
    let side_of = |y: f64| Port {
        place: Point::new(0.0, y),
        sides: Sides::RIGHT,
    };
    let from = arrow.source_port.unwrap_or(side_of(-size.height / 4.0));
    let to = arrow.target_port.unwrap_or(side_of(size.height / 4.0));
    let pairs = (0..4).flat_map(|first| (0..4).map(move |last| (first, last)));
    let allowed =
        pairs.filter(|&(first, last)| from.allows(SIDES[first]) && to.allows(SIDES[last]));
    let n_corners = |&(first, last): &(usize, usize)| {
        let clockwise = (last + 4 - first) % 4;
        clockwise.min(4 - clockwise)
    };
    // The right side is where other loops are.
    let nearest = allowed
        .min_by_key(|pair| (n_corners(pair), pair.0 != 1))
        .unwrap_or((1, 1));
    along(
        size,
        (from.within(size), nearest.0),
        (to.within(size), nearest.1),
    )
}

/// A line from one side of a box to another.
fn along(size: Size, (from, first): (Point, usize), (to, last): (Point, usize)) -> Vec<Point> {
    let half = Point::new(size.width / 2.0, size.height / 2.0);
    let reach = LOOP_REACH.0;
    let at = |place: Point, side: usize, out: f64| match side {
        0 => Point::new(place.x, -half.y - out),
        1 => Point::new(half.x + out, place.y),
        2 => Point::new(place.x, half.y + out),
        _ => Point::new(-half.x - out, place.y),
    };
    let (start, end) = (at(from, first, 0.0), at(to, last, 0.0));
    if first == last && start.distance(end) < BULGE {
        let bulge = if first % 2 == 0 {
            Point::new(BULGE, 0.0)
        } else {
            Point::new(0.0, BULGE)
        };
        let control = |place, sign: f64| {
            at(place, first, reach / 0.75).shifted(bulge.x * sign, bulge.y * sign)
        };
        return vec![start, control(from, -1.0), control(to, 1.0), end];
    }
    let corner = |after: usize| {
        let (x, y) = (half.x + reach, half.y + reach);
        [
            Point::new(x, -y),
            Point::new(x, y),
            Point::new(-x, y),
            Point::new(-x, -y),
        ][after % 4]
    };
    let clockwise = (last + 4 - first) % 4;
    let mut corners = vec![start, at(from, first, reach)];
    if clockwise <= 2 {
        corners.extend((first..first + clockwise).map(corner));
    } else {
        corners.push(corner(first + 3));
    }
    corners.extend([at(to, last, reach), end]);
    rounded(&corners, CORNER)
}
