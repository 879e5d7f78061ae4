//! Boxes that have to stand in one row: together they are one box for the steps that find rows.
//!
//! As in Graphviz (Gansner, Koutsofios, North and Vo 1993, §2), with a box above all others, so that diagrams whose
//! parts only a group holds together have short lines too.

use crate::acyclic::{Downwards, downwards};
use crate::diagram::{Arrow, RankGroup, RankKind};
use crate::ranks::{MAX_SIMPLEX, without_empty_rows};
use crate::simplex::{Line, shorten};

/// Which arrows point up, and the row of each box, with some boxes in one row.
///
/// Arrows between boxes of a group lie in their row; `reversed` is `false` for them.
///
/// # Complexity
/// O(boxes + arrows), but for network simplex.
pub(crate) fn grouped(
    n_boxes: usize,
    arrows: &[Arrow],
    groups: &[RankGroup],
) -> (Downwards, Vec<usize>) {
    let merged = Merged::new(n_boxes, groups);
    let between: Vec<Arrow> = arrows.iter().map(|arrow| merged.arrow(*arrow)).collect();
    let order = downwards(merged.n_stand_ins, &between);
    let place = merged.framed(&order.place);
    let row = merged.rows(&between, &place);
    let of_box = |index: usize| place[merged.stand_in[index]];
    let reversed = arrows
        .iter()
        .map(|arrow| of_box(arrow.target) < of_box(arrow.source));
    let order = Downwards {
        reversed: reversed.collect(),
        place: (0..n_boxes).map(of_box).collect(),
    };
    (
        order,
        merged
            .stand_in
            .iter()
            .map(|&stand_in| row[stand_in])
            .collect(),
    )
}

/// Boxes merged into stand-ins, one for each group and for each other box.
struct Merged {
    stand_in: Vec<usize>,
    n_stand_ins: usize,
    /// The group above all others, and how many rows at least.
    first: Option<(usize, i64)>,
    /// The group below all others, and how many rows at least.
    last: Option<(usize, i64)>,
}

impl Merged {
    fn new(n_boxes: usize, groups: &[RankGroup]) -> Self {
        let mut joined = Joined((0..n_boxes).collect());
        let mut ends = [None::<(usize, i64)>; 2];
        for group in groups {
            let Some(&head) = group.boxes.first() else {
                continue;
            };
            group
                .boxes
                .iter()
                .for_each(|&member| joined.join(head, member));
            let (end, distance) = match group.kind {
                RankKind::Same => continue,
                RankKind::Min => (0, 0),
                RankKind::Source => (0, 1),
                RankKind::Max => (1, 0),
                RankKind::Sink => (1, 1),
            };
            let known = ends[end].get_or_insert((head, distance));
            known.1 = known.1.max(distance);
            joined.join(known.0, head);
        }
        let mut number = vec![usize::MAX; n_boxes];
        let mut n_stand_ins = 0;
        let mut stand_in = Vec::with_capacity(n_boxes);
        for index in 0..n_boxes {
            let head = joined.head(index);
            if number[head] == usize::MAX {
                number[head] = n_stand_ins;
                n_stand_ins += 1;
            }
            stand_in.push(number[head]);
        }
        let [first, last] = ends.map(|end| end.map(|(head, distance)| (stand_in[head], distance)));
        Self {
            // What is in the first and in the last row at once has no say in what else there is.
            last: last.filter(|last| first.is_none_or(|first| first.0 != last.0)),
            stand_in,
            n_stand_ins,
            first,
        }
    }

    /// The arrow between stand-ins; from the first group and to the last, whatever way it points.
    fn arrow(&self, arrow: Arrow) -> Arrow {
        let (source, target) = (self.stand_in[arrow.source], self.stand_in[arrow.target]);
        let is_end =
            |end: Option<(usize, i64)>, index: usize| end.is_some_and(|end| end.0 == index);
        let points_up = is_end(self.first, target) || is_end(self.last, source);
        let (source, target) = if points_up {
            (target, source)
        } else {
            (source, target)
        };
        Arrow {
            source,
            target,
            ..arrow
        }
    }

    /// Places with the first group before all others, and the last behind them.
    fn framed(&self, place: &[usize]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..place.len()).collect();
        let is = |end: Option<(usize, i64)>, index: usize| end.is_some_and(|end| end.0 == index);
        order.sort_by_key(|&index| (!is(self.first, index), is(self.last, index), place[index]));
        let mut framed = vec![0; place.len()];
        for (nth, index) in order.into_iter().enumerate() {
            framed[index] = nth;
        }
        framed
    }

    /// The row of each stand-in.
    fn rows(&self, arrows: &[Arrow], place: &[usize]) -> Vec<usize> {
        let top = self.n_stand_ins;
        let mut lines: Vec<Line> = (0..top).map(|lower| line(top, lower, 0)).collect();
        for arrow in arrows.iter().filter(|arrow| !arrow.is_loop()) {
            let is_down = place[arrow.source] < place[arrow.target];
            let (upper, lower) = if is_down {
                (arrow.source, arrow.target)
            } else {
                (arrow.target, arrow.source)
            };
            lines.push(Line {
                weight: f64::from(arrow.weight),
                ..line(upper, lower, 1)
            });
        }
        let others = |end: usize| (0..top).filter(move |&other| other != end);
        if let Some((first, length)) = self.first {
            lines.extend(others(first).map(|other| line(first, other, length)));
        }
        if let Some((last, length)) = self.last {
            lines.extend(others(last).map(|other| line(other, last, length)));
        }
        // The box above all others comes before them.
        let place: Vec<usize> = place.iter().map(|place| place + 1).chain([0]).collect();
        let mut row = lowest(&place, &lines);
        if top <= MAX_SIMPLEX {
            shorten(&mut row, &lines);
        }
        let highest = row[..top].iter().copied().min().unwrap_or(0);
        let from_top = row[..top]
            .iter()
            .map(|row| usize::try_from(row - highest).unwrap_or(0));
        without_empty_rows(from_top.collect())
    }
}

fn line(upper: usize, lower: usize, length: i64) -> Line {
    Line {
        upper,
        lower,
        weight: 0.0,
        length,
    }
}

/// Rows as high as lines let them be.
fn lowest(place: &[usize], lines: &[Line]) -> Vec<i64> {
    let mut in_order: Vec<&Line> = lines.iter().collect();
    in_order.sort_by_key(|line| place[line.upper]);
    let mut row = vec![0; place.len()];
    for line in in_order {
        row[line.lower] = row[line.lower].max(row[line.upper] + line.length);
    }
    row
}

/// Sets that are joined one by one (Tarjan 1975).
struct Joined(Vec<usize>);

impl Joined {
    fn head(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    /// The head with the smaller number becomes that of both.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.head(one), self.head(other));
        self.0[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Size;

    fn rows(arrows: &[(usize, usize)], kind: RankKind, boxes: &[usize]) -> (Vec<usize>, Vec<bool>) {
        let arrows = arrows
            .iter()
            .map(|&(source, target)| Arrow::new(source, target, Size::default()));
        let arrows: Vec<Arrow> = arrows.collect();
        let boxes = boxes.to_vec();
        let (order, row) = grouped(4, &arrows, &[RankGroup { boxes, kind }]);
        (row, order.reversed)
    }

    #[test]
    fn boxes_of_a_group_stand_in_one_row() {
        let (row, reversed) = rows(&[(0, 1), (1, 2), (0, 3)], RankKind::Same, &[2, 3]);
        assert_eq!(row, [0, 1, 2, 2]);
        assert_eq!(reversed, [false; 3]);
    }

    #[test]
    fn a_way_from_a_group_back_to_it_is_a_cycle() {
        let (row, reversed) = rows(&[(0, 1), (1, 2), (2, 3)], RankKind::Same, &[0, 2]);
        assert_eq!((row[0], row[1], row[2]), (0, 1, 0));
        assert_eq!(reversed, [false, true, false]);
    }

    #[test]
    fn groups_at_the_ends_stand_there_whatever_points_at_them() {
        let chain = [(0, 1), (1, 2), (2, 3)];
        assert_eq!(rows(&chain, RankKind::Min, &[2]).0, [0, 1, 0, 1]);
        assert_eq!(rows(&chain, RankKind::Source, &[2]).0, [1, 2, 0, 1]);
        assert_eq!(rows(&chain, RankKind::Max, &[1]).0[1], 1);
        assert_eq!(rows(&[], RankKind::Sink, &[1]).0, [0, 1, 0, 0]);
        assert_eq!(rows(&chain, RankKind::Same, &[]).0, [0, 1, 2, 3]);
    }
}
