//! The shapes of nodes by name, and where lines meet them.

use crate::paint::Outline;
use objgraph_layout::{Point, Rect, Size};

/// What the name of a shape stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Form {
    pub(super) outline: Outline,
    /// How much wider and higher than its text it has to be.
    pub(super) growth: (f64, f64),
    /// Whether it is as wide as high.
    pub(super) is_regular: bool,
    pub(super) n_rings: u8,
}

const DIAMOND: &[Point] = &[at(0.5, 0.0), at(1.0, 0.5), at(0.5, 1.0), at(0.0, 0.5)];
const TRIANGLE: &[Point] = &[at(0.5, 0.0), at(1.0, 1.0), at(0.0, 1.0)];
const TRIANGLE_DOWN: &[Point] = &[at(0.0, 0.0), at(1.0, 0.0), at(0.5, 1.0)];
const TRAPEZIUM: &[Point] = &[at(0.2, 0.0), at(0.8, 0.0), at(1.0, 1.0), at(0.0, 1.0)];
const TRAPEZIUM_DOWN: &[Point] = &[at(0.0, 0.0), at(1.0, 0.0), at(0.8, 1.0), at(0.2, 1.0)];
const PARALLELOGRAM: &[Point] = &[at(0.2, 0.0), at(1.0, 0.0), at(0.8, 1.0), at(0.0, 1.0)];
const HOUSE: &[Point] = &[
    at(0.5, 0.0),
    at(1.0, 0.35),
    at(1.0, 1.0),
    at(0.0, 1.0),
    at(0.0, 0.35),
];
const HOUSE_DOWN: &[Point] = &[
    at(0.0, 0.0),
    at(1.0, 0.0),
    at(1.0, 0.65),
    at(0.5, 1.0),
    at(0.0, 0.65),
];
const PENTAGON: &[Point] = &[
    at(0.5, 0.0),
    at(1.0, 0.38),
    at(0.81, 1.0),
    at(0.19, 1.0),
    at(0.0, 0.38),
];
const HEXAGON: &[Point] = &[
    at(0.2, 0.0),
    at(0.8, 0.0),
    at(1.0, 0.5),
    at(0.8, 1.0),
    at(0.2, 1.0),
    at(0.0, 0.5),
];
const SEPTAGON: &[Point] = &[
    at(0.5, 0.0),
    at(0.9, 0.2),
    at(1.0, 0.64),
    at(0.72, 1.0),
    at(0.28, 1.0),
    at(0.0, 0.64),
    at(0.1, 0.2),
];
const OCTAGON: &[Point] = &[
    at(0.29, 0.0),
    at(0.71, 0.0),
    at(1.0, 0.29),
    at(1.0, 0.71),
    at(0.71, 1.0),
    at(0.29, 1.0),
    at(0.0, 0.71),
    at(0.0, 0.29),
];
const CDS: &[Point] = &[
    at(0.0, 0.0),
    at(0.85, 0.0),
    at(1.0, 0.5),
    at(0.85, 1.0),
    at(0.0, 1.0),
];

const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// The form of a shape; `None` if nobody knows it.
pub(super) fn form(name: &str) -> Option<Form> {
    let round = (std::f64::consts::SQRT_2, std::f64::consts::SQRT_2);
    let (outline, growth) = match name {
        "ellipse" | "oval" | "egg" | "circle" | "doublecircle" | "Mcircle" | "point" => {
            (Outline::Ellipse, round)
        }
        "Mrecord" | "cylinder" => (Outline::Rounded, (1.0, 1.0)),
        "plaintext" | "none" | "plain" | "underline" => (Outline::None, (1.0, 1.0)),
        "diamond" | "Mdiamond" => (Outline::Polygon(DIAMOND), (1.8, 1.8)),
        "triangle" => (Outline::Polygon(TRIANGLE), (1.8, 2.0)),
        "invtriangle" => (Outline::Polygon(TRIANGLE_DOWN), (1.8, 2.0)),
        "trapezium" => (Outline::Polygon(TRAPEZIUM), (1.5, 1.1)),
        "invtrapezium" => (Outline::Polygon(TRAPEZIUM_DOWN), (1.5, 1.1)),
        "parallelogram" | "lpromoter" | "rpromoter" => {
            (Outline::Polygon(PARALLELOGRAM), (1.6, 1.1))
        }
        "house" => (Outline::Polygon(HOUSE), (1.2, 1.6)),
        "invhouse" => (Outline::Polygon(HOUSE_DOWN), (1.2, 1.6)),
        "pentagon" => (Outline::Polygon(PENTAGON), (1.4, 1.5)),
        "hexagon" => (Outline::Polygon(HEXAGON), (1.4, 1.2)),
        "septagon" => (Outline::Polygon(SEPTAGON), (1.4, 1.4)),
        "octagon" | "doubleoctagon" | "tripleoctagon" => (Outline::Polygon(OCTAGON), (1.3, 1.3)),
        "cds" | "larrow" | "rarrow" => (Outline::Polygon(CDS), (1.3, 1.1)),
        "box" | "rect" | "rectangle" | "square" | "Msquare" | "record" | "polygon" | "note"
        | "tab" | "folder" | "box3d" | "component" | "star" | "signature" | "promoter"
        | "terminator" | "utr" | "insulator" => (Outline::Rectangle, (1.0, 1.0)),
        _ => return None,
    };
    Some(Form {
        outline,
        growth,
        is_regular: ["circle", "doublecircle", "Mcircle", "square", "Msquare"].contains(&name),
        n_rings: match name {
            "doublecircle" | "doubleoctagon" => 1,
            "tripleoctagon" => 2,
            _ => 0,
        },
    })
}

impl Form {
    /// The size of the form around a text.
    pub(super) fn around(&self, text: Size) -> Size {
        let room = f64::from(self.n_rings) * 2.0 * RING_STEP;
        let size = Size::new(
            text.width * self.growth.0 + room,
            text.height * self.growth.1 + room,
        );
        self.regular(size)
    }

    pub(super) fn regular(&self, size: Size) -> Size {
        let side = size.width.max(size.height);
        if self.is_regular {
            Size::new(side, side)
        } else {
            size
        }
    }
}

/// From one outline to the next inside.
pub(crate) const RING_STEP: f64 = 4.0;

/// Where a line that ends at the border of a rectangle meets the outline inside, if it goes straight on.
pub(super) fn meeting(outline: Outline, rect: Rect, end: Point) -> Point {
    let center = rect.center();
    let from_side = (end.x - center.x).abs() / rect.width.max(1e-9);
    let from_top = (end.y - center.y).abs() / rect.height.max(1e-9);
    // In shares of the half axes; the line goes on along the first, the second stays.
    let is_across = from_side > from_top;
    let (half, other_half) = if is_across {
        (rect.width / 2.0, rect.height / 2.0)
    } else {
        (rect.height / 2.0, rect.width / 2.0)
    };
    let (along, aside) = if is_across {
        (end.x - center.x, end.y - center.y)
    } else {
        (end.y - center.y, end.x - center.x)
    };
    let share = (aside / other_half.max(1e-9)).clamp(-1.0, 1.0);
    let reach = match outline {
        Outline::Ellipse => (1.0 - share * share).sqrt(),
        Outline::Polygon(corners) => polygon_reach(corners, is_across, share, along.signum()),
        _ => return end,
    };
    let along = along.signum() * half * reach;
    if is_across {
        Point::new(center.x + along, end.y)
    } else {
        Point::new(end.x, center.y + along)
    }
}

/// How far a polygon reaches in a direction, in shares of its half axis.
fn polygon_reach(corners: &[Point], is_across: bool, aside: f64, sign: f64) -> f64 {
    let seen = |corner: &Point| {
        let (x, y) = (corner.x * 2.0 - 1.0, corner.y * 2.0 - 1.0);
        if is_across {
            (x * sign, y)
        } else {
            (y * sign, x)
        }
    };
    let next = corners.iter().cycle().skip(1);
    let sides = corners
        .iter()
        .zip(next)
        .map(|(from, to)| (seen(from), seen(to)));
    let crossings = sides.filter_map(|((reach, from), (next_reach, to))| {
        let share = (aside - from) / (to - from);
        let is_between = (0.0..=1.0).contains(&share);
        is_between.then_some(reach + (next_reach - reach) * share)
    });
    let reach = crossings.fold(f64::NEG_INFINITY, f64::max);
    if reach.is_finite() { reach } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_the_outline_and_not_at_its_rectangle() {
        let rect = Rect {
            x: 0.0,
            y: 0.0,
            width: 100.0,
            height: 40.0,
        };
        let met = |outline, x, y| {
            let point = meeting(outline, rect, Point::new(x, y));
            (point.x.round(), point.y.round())
        };
        assert_eq!(met(Outline::Rectangle, 80.0, 0.0), (80.0, 0.0));
        assert_eq!(met(Outline::Ellipse, 80.0, 0.0), (80.0, 4.0));
        assert_eq!(met(Outline::Ellipse, 80.0, 40.0), (80.0, 36.0));
        assert_eq!(met(Outline::Ellipse, 100.0, 10.0), (93.0, 10.0));
        assert_eq!(met(Outline::Polygon(DIAMOND), 75.0, 40.0), (75.0, 30.0));
        assert_eq!(met(Outline::Polygon(TRIANGLE), 75.0, 40.0), (75.0, 40.0));
        assert_eq!(met(Outline::Polygon(TRIANGLE), 25.0, 0.0), (25.0, 20.0));
    }
}
