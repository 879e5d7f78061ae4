//! How often lines turn.

use objgraph_layout::Point;
use std::f64::consts::{FRAC_PI_2, PI, TAU};

/// Turns of less are no bend.
const LEAST: f64 = PI / 9.0;

/// The bends of a line: each turn of 20 degrees or more in one direction is one, and one for each quarter if it is
/// more. A wide bow counts as much as a sharp corner, however many pieces it is made of.
pub(crate) fn n_bends(line: &[Point]) -> usize {
    let directions: Vec<f64> = line
        .windows(2)
        .map(|ends| (ends[1].y - ends[0].y).atan2(ends[1].x - ends[0].x))
        .collect();
    let (mut n_bends, mut turned) = (0, 0.0_f64);
    for pair in directions.windows(2) {
        let turn = (pair[1] - pair[0] + PI).rem_euclid(TAU) - PI;
        if turn * turned < 0.0 {
            n_bends += in_turn(turned);
            turned = 0.0;
        }
        turned += turn;
    }
    n_bends + in_turn(turned)
}

fn in_turn(turned: f64) -> usize {
    if turned.abs() < LEAST {
        return 0;
    }
    #[expect(clippy::cast_sign_loss, reason = "an absolute value")]
    let quarters = (turned.abs() / FRAC_PI_2).round() as usize;
    quarters.max(1)
}
