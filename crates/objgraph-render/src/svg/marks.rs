//! The signs on the borders of boxes, each within a circle of radius 7.

use std::fmt::Write as _;

use super::write::Length;
use crate::scene::{Mark, Sign};

pub(super) fn draw(svg: &mut String, mark: Mark) {
    let (class, shapes) = drawing(mark.sign);
    let _ = writeln!(
        svg,
        "<g class=\"mark {class}\" transform=\"translate({} {})\"><circle class=\"badge\" r=\"7\"/>{shapes}</g>",
        Length(mark.center.x),
        Length(mark.center.y),
    );
}

/// The class of a sign and its shapes around the origin; `pen` is a line, `blot` a filled shape.
fn drawing(sign: Sign) -> (&'static str, &'static str) {
    match sign {
        Sign::Target => (
            "target",
            "<circle class=\"pen\" r=\"3.9\"/><circle class=\"blot\" r=\"1.7\"/>",
        ),
        Sign::Cycle => (
            "cycle",
            "<path class=\"pen\" d=\"M3.3 1.2A3.5 3.5 0 1 1 2.4 -2.6\"/>\
             <path class=\"blot\" d=\"M4.6 -4.4L4.2 -0.4L0.9 -2.7Z\"/>",
        ),
        Sign::Busy => (
            "busy",
            "<path class=\"blot\" d=\"M-3.2 -0.6H3.2V3.8H-3.2Z\"/>\
             <path class=\"pen\" d=\"M-1.9 -0.6V-2.2A1.9 1.9 0 0 1 1.9 -2.2V-0.6\"/>",
        ),
        Sign::Opaque => (
            "opaque",
            "<path class=\"pen\" d=\"M-1.9 -1.7A1.9 1.9 0 1 1 0.9 -0.1Q0 0.5 0 1.5\"/>\
             <circle class=\"blot\" cy=\"3.5\" r=\"0.9\"/>",
        ),
        Sign::Drop => (
            "drop",
            "<path class=\"blot\" d=\"M0 -4.6C1.4 -2 3.2 -0.4 3.2 1.4A3.2 3.2 0 0 1 -3.2 1.4C-3.2 -0.4 -1.4 -2 0 -4.6Z\"/>",
        ),
        Sign::Dropped => (
            "dropped",
            "<path class=\"pen\" d=\"M-2.8 -2.8L2.8 2.8M2.8 -2.8L-2.8 2.8\"/>",
        ),
    }
}
