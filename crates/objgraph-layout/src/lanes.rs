//! Lanes beside the drawing, for lines that pass so many rows that a place in each of them would cost too much.
//!
//! A thousand boxes in a column that all point at its last one have half a million places to pass. Such a line
//! leaves between its first two rows for the margin and comes back between its last two, so that it costs the same
//! however many rows it passes: what segments do for the rows inside (Eiglsperger, Siebenhaller and Kaufmann,
//! *An Efficient Implementation of Sugiyama's Algorithm*, 2005), without taking part in their order.

use crate::geometry::Size;
use crate::route::Rows;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// From one lane to the next, and from the drawing to the first.
const LANE_GAP: f64 = 9.0;
const MARGIN: f64 = 30.0;

/// How many places lines have in rows for each box and line, and at least and at most altogether.
const BENDS: (usize, usize, usize) = (30, 20_000, 500_000);

/// For each line, given by its first and its last row, whether it goes by a lane: the longest, while the others bend too often.
pub(crate) fn go_by_lane(n_boxes: usize, spans: &[(usize, usize)]) -> Vec<bool> {
    let (each, least, most) = BENDS;
    let limit = (each * (n_boxes + spans.len()) + least).min(most);
    let n_bends = |&(first, last): &(usize, usize)| last - first - 1;
    let mut total: usize = spans.iter().map(n_bends).sum();
    let mut go = vec![false; spans.len()];
    if total > limit {
        let mut longest_first: Vec<usize> = (0..spans.len()).collect();
        longest_first.sort_by_key(|&line| Reverse(n_bends(&spans[line])));
        for line in longest_first {
            if total <= limit {
                break;
            }
            total -= n_bends(&spans[line]);
            go[line] = true;
        }
    }
    go
}

/// Gives each line that passes rows without a place in them a lane at the side where it is nearer.
///
/// # Complexity
/// O(lines · log lines).
pub(crate) fn assign(rows: &mut Rows, slots: &[Size]) {
    let passes = |first: usize, last: usize| last > first + 1;
    let mut waiting: Vec<usize> = (0..rows.strands.len())
        .filter(|&index| {
            let strand = &rows.strands[index];
            strand.bends.is_empty() && passes(rows.row[strand.upper], rows.row[strand.lower])
        })
        .collect();
    if waiting.is_empty() {
        return;
    }
    waiting.sort_by_key(|&index| rows.row[rows.strands[index].upper]);
    let (left, right) = extent(rows, slots);
    let mut sides = [Side::default(), Side::default()];
    for index in waiting {
        let strand = &mut rows.strands[index];
        let x = f64::midpoint(rows.x[strand.upper], rows.x[strand.lower]);
        let is_right = x > f64::midpoint(left, right);
        let lane =
            sides[usize::from(is_right)].take(rows.row[strand.upper], rows.row[strand.lower]);
        let distance = MARGIN + LANE_GAP * lane as f64;
        strand.lane = Some(if is_right {
            right + distance
        } else {
            left - distance
        });
    }
}

/// What boxes and lines cover from left to right.
fn extent(rows: &Rows, slots: &[Size]) -> (f64, f64) {
    let boxes = rows
        .x
        .iter()
        .zip(slots)
        .map(|(x, slot)| (x - slot.width / 2.0, x + slot.width / 2.0));
    let bends = rows
        .strands
        .iter()
        .flat_map(|strand| &strand.bends)
        .map(|&x| (x, x));
    boxes
        .chain(bends)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |all, one| {
            (all.0.min(one.0), all.1.max(one.1))
        })
}

/// The lanes on one side: greedy colouring of intervals, which needs the fewest.
#[derive(Default)]
struct Side {
    /// For each lane in use, the row where its last line ends, and its number.
    ends: BinaryHeap<Reverse<(usize, usize)>>,
}

impl Side {
    /// A lane that is free from one row to another; rows are asked for in their order.
    fn take(&mut self, first: usize, last: usize) -> usize {
        let lane = match self.ends.peek() {
            Some(&Reverse((end, lane))) if end <= first => {
                self.ends.pop();
                lane
            }
            _ => self.ends.len(),
        };
        self.ends.push(Reverse((last, lane)));
        lane
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_lines_go_by_lanes() {
        let spans: Vec<_> = (0..1000).map(|first| (first, 1000)).collect();
        let go = go_by_lane(1000, &spans);
        let first_inside = go
            .iter()
            .position(|goes| !goes)
            .expect("short lines stay inside");
        assert!(first_inside > 0 && go[first_inside..].iter().all(|goes| !goes));
        let n_bends: usize = (first_inside..1000).map(|first| 999 - first).sum();
        assert!(n_bends <= 30 * 2000 + 20_000);
    }

    #[test]
    fn lanes_are_used_again() {
        let mut side = Side::default();
        let lanes =
            [(0, 5), (1, 3), (2, 9), (3, 4), (5, 6)].map(|(first, last)| side.take(first, last));
        assert_eq!(lanes, [0, 1, 2, 1, 1]);
    }
}
