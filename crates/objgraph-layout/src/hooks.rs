//! Lines from ports that do not face the next row: out at the side, or around their own box.
//!
//! Beside each box there is a lane for each such port, part of the room that the box takes in its row. So everything
//! else treats the line as one that leaves the box upwards or downwards, only a little beside it.

mod lanes;

use crate::corners::rounded;
use crate::diagram::{Arrow, Diagram};
use crate::geometry::{Point, Size};
use crate::loops;
use crate::port::{Port, Sides};
use lanes::lanes;

/// The radius of corners.
const CORNER: f64 = 10.0;
/// The least that a line runs down its lane.
const LEAST_DROP: f64 = 9.0;

/// How an arrow runs from its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    /// To a lower row.
    Down,
    /// To a higher row.
    Up,
    /// To a box in the same row, above what is between them.
    Over,
    /// To a box in the same row, below what is between them.
    Under,
    /// To where it comes from.
    Loop,
}

/// The room that lines around a box take beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Room {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) above: f64,
    pub(crate) below: f64,
}

/// The ends of arrows that are tied to ports.
#[derive(Debug, Default)]
pub(crate) struct Hooks {
    /// For each arrow, its source and its target; nothing if the diagram has no ports.
    ends: Vec<[Option<Hook>; 2]>,
    rooms: Vec<Room>,
}

/// How a line gets from its port to where it runs up or down, right of the middle of the box or below it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Hook {
    place: Point,
    /// Half the width and half the height of the box.
    half: Point,
    is_down: bool,
    way: Way,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    /// Across the border that faces the next row.
    Straight,
    /// Across the left or the right border, to a lane so far beside it, if it may go there.
    Aside([Option<f64>; 2]),
    /// Across the border that faces away, so far beyond it, and to such a lane.
    Around(f64, [Option<f64>; 2]),
}

impl Hooks {
    /// The hooks of a diagram whose arrows take these courses.
    ///
    /// # Complexity
    /// O(arrows · log arrows), or O(arrows) without ports.
    pub(crate) fn new(diagram: &Diagram, course: impl Fn(usize) -> Course) -> Self {
        if !diagram.has_ports() {
            return Self::default();
        }
        let arrows = diagram.arrows.iter().enumerate();
        let mut hooks = Self {
            ends: arrows
                .map(|(index, arrow)| hooks(diagram, *arrow, course(index)))
                .collect(),
            rooms: vec![Room::default(); diagram.boxes.len()],
        };
        hooks.assign_lanes(diagram);
        for arrow in diagram
            .arrows
            .iter()
            .filter(|arrow| arrow.is_loop() && arrow.has_port())
        {
            loops::reserve(
                *arrow,
                diagram.boxes[arrow.source],
                &mut hooks.rooms[arrow.source],
            );
        }
        hooks
    }

    /// The room around a box.
    pub(crate) fn room(&self, index: usize) -> Room {
        self.rooms.get(index).copied().unwrap_or_default()
    }

    /// How far right of the middle of its box an end runs up or down, on the side of the box that it `leads` to if both
    /// are free; `None` if it has no port.
    pub(crate) fn x(&self, arrow: usize, is_target: bool, leads: f64) -> Option<f64> {
        Some(self.end(arrow, is_target)?.x(leads))
    }

    /// The same for the order of lines; in the middle where that is still open.
    pub(crate) fn order(&self, arrow: usize, is_target: bool) -> f64 {
        let hook = self.end(arrow, is_target);
        let known = hook.filter(|hook| !matches!(hook.lanes(), [Some(_), Some(_)]));
        known.map_or(0.0, |hook| hook.x(0.0))
    }

    /// Whether an end has a port.
    pub(crate) fn is_tied(&self, arrow: usize, is_target: bool) -> bool {
        self.end(arrow, is_target).is_some()
    }

    /// Whether no arrow has a port.
    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The line from the border of a box at `center` to where an end that has a port runs up or down, `x` right of the
    /// middle.
    pub(crate) fn path(
        &self,
        arrow: usize,
        is_target: bool,
        x: f64,
        center: Point,
    ) -> Option<Vec<Point>> {
        let hook = self.end(arrow, is_target)?;
        let corners = hook.corners(x);
        let corners: Vec<Point> = corners
            .iter()
            .map(|point| point.shifted(center.x, center.y))
            .collect();
        Some(rounded(&corners, CORNER))
    }

    fn end(&self, arrow: usize, is_target: bool) -> Option<&Hook> {
        self.ends.get(arrow)?[usize::from(is_target)].as_ref()
    }

    fn assign_lanes(&mut self, diagram: &Diagram) {
        let mut at_box = vec![Vec::new(); diagram.boxes.len()];
        for (index, arrow) in diagram.arrows.iter().enumerate() {
            for (end, node) in [arrow.source, arrow.target].into_iter().enumerate() {
                let hook = self.ends[index][end];
                if hook.is_some_and(|hook| hook.way != Way::Straight) {
                    at_box[node].push((index, end));
                }
            }
        }
        for (index, ends) in at_box
            .iter()
            .enumerate()
            .filter(|(_, ends)| !ends.is_empty())
        {
            let mut hooks: Vec<Hook> = ends
                .iter()
                .filter_map(|&(arrow, end)| self.ends[arrow][end])
                .collect();
            self.rooms[index] = lanes(&mut hooks);
            for (&(arrow, end), hook) in ends.iter().zip(hooks) {
                self.ends[arrow][end] = Some(hook);
            }
        }
    }
}

/// The hooks of an arrow, still without lanes.
fn hooks(diagram: &Diagram, arrow: Arrow, course: Course) -> [Option<Hook>; 2] {
    let is_down = match course {
        Course::Down => [true, false],
        Course::Up => [false, true],
        Course::Over => [false, false],
        Course::Under => [true, true],
        Course::Loop => return [None, None],
    };
    let hook = |port: Option<Port>, node: usize, is_down| {
        Some(Hook::new(port?, diagram.boxes[node], is_down))
    };
    [
        hook(arrow.source_port, arrow.source, is_down[0]),
        hook(arrow.target_port, arrow.target, is_down[1]),
    ]
}

impl Hook {
    fn new(port: Port, size: Size, is_down: bool) -> Self {
        let place = port.within(size);
        let side = |index: usize| {
            port.allows([Sides::LEFT, Sides::RIGHT][index])
                .then_some(0.0)
        };
        let sides = [side(0), side(1)];
        let way = if port.allows(if is_down { Sides::BOTTOM } else { Sides::TOP }) {
            Way::Straight
        } else if sides.iter().any(Option::is_some) {
            Way::Aside(sides)
        } else {
            // Around the nearer corner, or around either if both are as near.
            let may = |is_free: bool| is_free.then_some(0.0);
            Way::Around(0.0, [may(place.x <= 0.0), may(place.x >= 0.0)])
        };
        Self {
            place,
            half: Point::new(size.width / 2.0, size.height / 2.0),
            is_down,
            way,
        }
    }

    fn lanes(&self) -> [Option<f64>; 2] {
        match self.way {
            Way::Straight => [None, None],
            Way::Aside(lanes) | Way::Around(_, lanes) => lanes,
        }
    }

    fn x(&self, leads: f64) -> f64 {
        match self.lanes() {
            [Some(left), Some(_)] if leads < 0.0 => -self.half.x - left,
            [_, Some(right)] => self.half.x + right,
            [Some(left), None] => -self.half.x - left,
            [None, None] => self.place.x,
        }
    }

    /// From the border to the height of the border that faces the next row.
    fn corners(&self, x: f64) -> Vec<Point> {
        let Self { place, half, .. } = *self;
        let towards = if self.is_down { 1.0 } else { -1.0 };
        let end = Point::new(x, towards * half.y);
        match self.way {
            Way::Straight => vec![end],
            Way::Aside(_) => {
                let drop = (half.y - towards * place.y).max(LEAST_DROP);
                vec![
                    Point::new(half.x.copysign(x), place.y),
                    Point::new(x, place.y),
                    Point::new(x, place.y + towards * drop),
                ]
            }
            Way::Around(beyond, _) => {
                let turn = -towards * (half.y + beyond);
                vec![
                    Point::new(place.x, -towards * half.y),
                    Point::new(place.x, turn),
                    Point::new(x, turn),
                    end,
                ]
            }
        }
    }

    /// How far up a line reaches that goes down, or down if it goes up: -1 at the height of the border that it crosses last.
    fn reach(&self) -> f64 {
        match self.way {
            Way::Around(..) => f64::INFINITY,
            _ if self.is_down => -self.place.y,
            _ => self.place.y,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::hooks) fn hook(place: (f64, f64), sides: Sides, is_down: bool) -> Hook {
        let port = Port {
            place: Point::new(place.0, place.1),
            sides,
        };
        Hook::new(port, Size::new(80.0, 40.0), is_down)
    }

    #[test]
    fn only_ports_that_face_away_need_room() {
        let mut hooks = [
            hook((10.0, 20.0), Sides::BOTTOM, true),
            hook((0.0, 0.0), Sides::ALL, false),
        ];
        assert_eq!(lanes(&mut hooks), Room::default());
        assert_eq!(
            (hooks[0].x(1.0), hooks[0].corners(10.0)),
            (10.0, vec![Point::new(10.0, 20.0)])
        );
    }

    #[test]
    fn a_line_from_the_far_side_runs_around_its_box() {
        let mut hooks = [hook((0.0, -20.0), Sides::TOP, true)];
        let room = lanes(&mut hooks);
        let corners = hooks[0].corners(hooks[0].x(-1.0));
        assert_eq!(corners[0], Point::new(0.0, -20.0));
        assert!(corners[1].y < -20.0 && corners[2].x < -40.0 && corners[3].y > 0.0);
        assert!(room.above > 0.0 && room.left > 0.0 && room.right > 0.0 && room.below == 0.0);
    }
}
