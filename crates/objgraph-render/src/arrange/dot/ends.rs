//! The heads of arrows by name.

use crate::arrange::heads::{around_tip, circle, open, retreat};
use crate::scene::Head;
use objgraph_layout::Point;

/// Puts the head of a name, `normal`, `odiamond` or `lcrow`, at the end of a curve. Of several, the first is drawn.
pub(super) fn finish(curve: &mut [Point], name: &str, scale: f64) -> Head {
    let tip = curve.last().copied().unwrap_or_default();
    let at = around_tip(curve, scale);
    let is_hollow = name.starts_with('o') || ["empty", "invempty", "ediamond"].contains(&name);
    let plain = name.trim_start_matches(['o', 'l', 'r']);
    let starts = |word: &str| plain.starts_with(word);
    let (foot, corners) = if name.is_empty() || starts("none") {
        return Head::None;
    } else if starts("dot") {
        let (center, radius) = circle(curve, scale);
        return if is_hollow {
            Head::Circle(center, radius)
        } else {
            Head::Disc(center, radius)
        };
    } else if ["vee", "pen", "halfopen", "crow", "curve", "icurve"]
        .iter()
        .any(|word| starts(word))
        || name == "open"
    {
        return open(curve, (8.0, 4.2), scale);
    } else if starts("tee") {
        retreat(curve, at(1.0, 0.0));
        return Head::Open(vec![at(2.0, 5.0), at(2.0, -5.0)]);
    } else if starts("diamond") || name == "ediamond" {
        (11.0, vec![tip, at(5.5, 4.0), at(11.0, 0.0), at(5.5, -4.0)])
    } else if starts("box") {
        (
            8.0,
            vec![at(0.0, 4.0), at(8.0, 4.0), at(8.0, -4.0), at(0.0, -4.0)],
        )
    } else if starts("inv") {
        (9.0, vec![at(9.0, 0.0), at(0.0, 4.5), at(0.0, -4.5)])
    } else {
        (9.0, vec![tip, at(9.0, 4.0), at(9.0, -4.0)])
    };
    retreat(curve, at(foot, 0.0));
    if is_hollow {
        Head::Hollow(corners)
    } else {
        Head::Filled(corners)
    }
}
