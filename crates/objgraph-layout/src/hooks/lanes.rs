//! Lanes beside a box, so that its lines run beside each other.

use super::{Hook, Room, Way};

/// From the border to the first lane, and from one lane to the next.
const LANE: (f64, f64) = (15.0, 8.0);
/// The most that all lanes on one side take.
const MAX_LANES: f64 = 110.0;
/// Between the outermost lane and what stands beside the box.
const MARGIN: f64 = 3.0;

/// Gives each hook of a box its lanes; the room that they take.
pub(super) fn lanes(hooks: &mut [Hook]) -> Room {
    let mut room = Room::default();
    for side in [0, 1] {
        let width = lanes_beside(hooks, side);
        *[&mut room.left, &mut room.right][side] = width;
    }
    let mut beyond = [0.0_f64; 2];
    for hook in hooks {
        if let Way::Around(turn, [left, right]) = &mut hook.way {
            // Who has the outer lane turns further out.
            *turn = left.unwrap_or(0.0).max(right.unwrap_or(0.0)).min(MAX_LANES);
            let beyond = &mut beyond[usize::from(!hook.is_down)];
            *beyond = beyond.max(*turn + MARGIN);
        }
    }
    [room.above, room.below] = beyond;
    room
}

/// Lanes on the left (0) or on the right (1). Lines that reach further are further out, so that they do not cross;
/// those of one port share a lane.
fn lanes_beside(hooks: &mut [Hook], side: usize) -> f64 {
    let mut order: Vec<usize> = (0..hooks.len())
        .filter(|&index| hooks[index].lanes()[side].is_some())
        .collect();
    let key = |index: usize| {
        (
            !hooks[index].is_down,
            hooks[index].reach(),
            hooks[index].place.x,
        )
    };
    order.sort_by(|&one, &other| {
        let (one, other) = (key(one), key(other));
        let by_place = one.1.total_cmp(&other.1).then(one.2.total_cmp(&other.2));
        one.0.cmp(&other.0).then(by_place)
    });
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for index in order {
        match groups.last_mut() {
            Some(group) if key(group[0]) == key(index) => group.push(index),
            _ => groups.push(vec![index]),
        }
    }
    let n_down = groups
        .iter()
        .filter(|group| hooks[group[0]].is_down)
        .count();
    let (down, up) = groups.split_at(n_down);
    // Lines down that begin below where all lines up end can use the same lanes.
    let furthest = |groups: &[Vec<usize>]| {
        groups
            .last()
            .map_or(f64::NEG_INFINITY, |group| hooks[group[0]].reach())
    };
    let is_clear = furthest(down) + furthest(up) <= 0.0;
    let first_up = if is_clear { 0 } else { down.len() };
    let n_lanes = down.len().max(first_up + up.len());
    let step = LANE.1.min(MAX_LANES / n_lanes.max(1) as f64);
    let lane = |nth: usize| LANE.0 + step * nth as f64;
    let numbered = down.iter().enumerate().chain((first_up..).zip(up));
    let assigned: Vec<(usize, f64)> = numbered
        .flat_map(|(nth, group)| group.iter().map(move |&index| (index, nth)))
        .map(|(index, nth)| (index, lane(nth)))
        .collect();
    for (index, distance) in assigned {
        if let Way::Aside(lanes) | Way::Around(_, lanes) = &mut hooks[index].way {
            lanes[side] = Some(distance);
        }
    }
    if n_lanes == 0 {
        0.0
    } else {
        lane(n_lanes - 1) + MARGIN
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::hook;
    use super::*;
    use crate::port::Sides;

    #[test]
    fn the_port_further_up_has_the_outer_lane_down() {
        let mut hooks = [-10.0, 10.0, 10.0].map(|y| hook((40.0, y), Sides::RIGHT, true));
        let room = lanes(&mut hooks);
        assert!(hooks[0].x(1.0) > hooks[1].x(1.0));
        assert_eq!(hooks[1], hooks[2]);
        assert!(room.left == 0.0 && room.right > hooks[0].x(1.0) - 40.0);
    }

    #[test]
    fn lines_that_need_not_meet_share_a_lane() {
        let mut apart = [
            hook((40.0, 10.0), Sides::RIGHT, true),
            hook((40.0, -10.0), Sides::RIGHT, false),
        ];
        lanes(&mut apart);
        assert_eq!(apart[0].lanes(), apart[1].lanes());
        let mut meeting = [
            hook((40.0, -10.0), Sides::RIGHT, true),
            hook((40.0, 10.0), Sides::RIGHT, false),
        ];
        lanes(&mut meeting);
        assert!(meeting[0].x(1.0) < meeting[1].x(1.0));
    }
}
