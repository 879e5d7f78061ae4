//! Places on boxes to which the ends of arrows are tied.

use crate::direction::mirrored;
use crate::geometry::{Point, Rect, Size};
use std::ops::BitOr;

/// Some of the four sides of a box, as the drawing shows it.
///
/// # Examples
///
/// ```
/// use objgraph_layout::Sides;
///
/// let upright = Sides::LEFT | Sides::RIGHT;
/// assert!(upright.contains(Sides::LEFT) && !upright.contains(Sides::TOP));
/// assert_eq!(upright | Sides::TOP | Sides::BOTTOM, Sides::ALL);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sides(u8);

impl Sides {
    /// The upper side.
    pub const TOP: Self = Self(1);
    /// The right side.
    pub const RIGHT: Self = Self(2);
    /// The lower side.
    pub const BOTTOM: Self = Self(4);
    /// The left side.
    pub const LEFT: Self = Self(8);
    /// Every side.
    pub const ALL: Self = Self(15);

    /// Whether all of the other sides are among these.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether there is no side among these.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What becomes of these sides when each is moved.
    fn moved(self, to: impl Fn(Self) -> Self) -> Self {
        [Self::TOP, Self::RIGHT, Self::BOTTOM, Self::LEFT]
            .into_iter()
            .filter(|side| self.contains(*side))
            .fold(Self::default(), |sides, side| sides | to(side))
    }

    /// The side that a single one becomes when the box is reflected at the line from the upper left to the lower right.
    fn transposed(self) -> Self {
        match self {
            Self::TOP => Self::LEFT,
            Self::LEFT => Self::TOP,
            Self::BOTTOM => Self::RIGHT,
            _ => Self::BOTTOM,
        }
    }

    /// The side that a single one becomes when the box is mirrored, see [`Port::mirrored`].
    fn mirrored(self, is_sideways: bool) -> Self {
        match self {
            Self::TOP if !is_sideways => Self::BOTTOM,
            Self::BOTTOM if !is_sideways => Self::TOP,
            Self::LEFT if is_sideways => Self::RIGHT,
            Self::RIGHT if is_sideways => Self::LEFT,
            side => side,
        }
    }
}

impl BitOr for Sides {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A place on a box to which an end of an arrow is tied.
///
/// The line meets the border on one of the [sides](Self::sides), straight above, below or beside the
/// [place](Self::place). Which one is left to the layout: that towards the other end where it may be, else one at
/// the side, else the opposite one; then the line runs around its own box.
///
/// # Examples
///
/// ```
/// use objgraph_layout::{Arrow, Diagram, Point, Port, Sides, Size, layered};
///
/// let boxes = vec![Size::new(80.0, 40.0); 2];
/// let port = Port { place: Point::new(-30.0, 0.0), sides: Sides::BOTTOM };
/// let arrow = Arrow { source_port: Some(port), ..Arrow::new(0, 1, Size::default()) };
/// let layout = layered(&Diagram::new(boxes, vec![arrow])?);
/// let from = layout.boxes[0];
/// assert_eq!(layout.curves[0][0], Point::new(from.center().x - 30.0, from.bottom()));
/// # Ok::<(), objgraph_layout::DiagramError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Port {
    /// Pixels to the right of the middle of the box, and below it. Outside of the box, the nearest place in it counts.
    pub place: Point,
    /// Where the line may meet the border: anywhere if there is no side.
    pub sides: Sides,
}

impl Port {
    /// The middle of a side.
    #[must_use]
    pub fn on(sides: Sides) -> Self {
        Self {
            place: Point::default(),
            sides,
        }
    }

    /// Where a line to the port may meet the border of its box: a place on each side that it may, clockwise from the top.
    #[must_use]
    pub fn ends(self, rect: Rect) -> Vec<Point> {
        let center = rect.center();
        let place = self
            .within(Size::new(rect.width, rect.height))
            .shifted(center.x, center.y);
        let ends = [
            (Sides::TOP, Point::new(place.x, rect.y)),
            (Sides::RIGHT, Point::new(rect.right(), place.y)),
            (Sides::BOTTOM, Point::new(place.x, rect.bottom())),
            (Sides::LEFT, Point::new(rect.x, place.y)),
        ];
        let allowed = ends.into_iter().filter(|(side, _)| self.allows(*side));
        allowed.map(|(_, end)| end).collect()
    }

    /// Whether the line may meet the border on a side.
    pub(crate) fn allows(self, side: Sides) -> bool {
        self.sides.is_empty() || self.sides.contains(side)
    }

    /// The place, within a box of a size.
    pub(crate) fn within(self, size: Size) -> Point {
        let (x, y) = (size.width / 2.0, size.height / 2.0);
        Point::new(self.place.x.clamp(-x, x), self.place.y.clamp(-y, y))
    }

    /// The port of a box that is reflected at the line from the upper left to the lower right.
    pub(crate) fn transposed(self) -> Self {
        Self {
            place: Point::new(self.place.y, self.place.x),
            sides: self.sides.moved(Sides::transposed),
        }
    }

    /// The port of a box that is reflected at the horizontal axis, or at the upright one if rows stand sideways.
    pub(crate) fn mirrored(self, is_sideways: bool) -> Self {
        Self {
            place: mirrored(self.place, is_sideways),
            sides: self.sides.moved(|side| side.mirrored(is_sideways)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_turn_with_their_box() {
        let port = Port {
            place: Point::new(10.0, -5.0),
            sides: Sides::TOP | Sides::RIGHT,
        };
        let turned = |place, sides| Port { place, sides };
        assert_eq!(
            port.transposed(),
            turned(Point::new(-5.0, 10.0), Sides::LEFT | Sides::BOTTOM)
        );
        assert_eq!(
            port.mirrored(false),
            turned(Point::new(10.0, 5.0), Sides::BOTTOM | Sides::RIGHT)
        );
        assert_eq!(
            port.mirrored(true),
            turned(Point::new(-10.0, -5.0), Sides::TOP | Sides::LEFT)
        );
    }
}
