//! Rows by network simplex: the sum of the lengths of all lines, each times its weight, becomes the least possible.
//!
//! After Gansner, Koutsofios, North and Vo (*A Technique for Drawing Directed Graphs*, 1993, §2.3). Cut values are not
//! updated but summed up anew in each step: that of the tree line above a box is the weight that leaves the boxes below
//! it less the weight that enters them, and in this difference all lines between those boxes cancel out.

use std::collections::VecDeque;

/// A line from a box to one in a lower row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) upper: usize,
    pub(crate) lower: usize,
    pub(crate) weight: f64,
    /// How many rows lower the lower box is at least.
    pub(crate) length: i64,
}

/// How many boxes and lines all steps together may look at.
const MAX_WORK: usize = 6_000_000;
/// What lines without weight weigh, so that they do not get longer than they need be for nothing.
const LEAST_WEIGHT: f64 = 0.01;

/// Moves the boxes of a connected diagram to rows for which its lines are as short as can be, or stops on the way there.
///
/// # Complexity
/// O(boxes + lines) for each exchange of a tree line; the work is bounded.
pub(crate) fn shorten(row: &mut [i64], lines: &[Line]) {
    let Some(mut tree) = Tree::tight(row, lines) else {
        return;
    };
    let n_steps = MAX_WORK / (row.len() + lines.len()).max(1);
    let mut search_from = 0;
    for _ in 0..n_steps {
        tree.sum_up();
        let Some(leaving) = tree.negative_cut(search_from) else {
            break;
        };
        search_from = leaving + 1;
        if !tree.exchange(row, leaving) {
            break;
        }
    }
}

/// A spanning tree of lines that are as short as they may be.
struct Tree<'a> {
    lines: &'a [Line],
    /// What leaves each box less what enters it.
    balance: Vec<f64>,
    /// The tree lines of each box.
    ties: Vec<Vec<usize>>,
    /// For each box the tree line to its parent.
    above: Vec<Option<usize>>,
    /// The boxes in preorder, and where the boxes below each one begin and end in it.
    preorder: Vec<usize>,
    span: Vec<(usize, usize)>,
    /// Of each box and all below it.
    sum: Vec<f64>,
}

fn slack(row: &[i64], line: Line) -> i64 {
    row[line.lower] - row[line.upper] - line.length
}

impl<'a> Tree<'a> {
    /// Grows a tree of tight lines, moving what it has so far where it cannot go on; `None` without a box.
    fn tight(row: &mut [i64], lines: &'a [Line]) -> Option<Self> {
        let n_boxes = row.len();
        let mut incident = vec![Vec::new(); n_boxes];
        let mut balance = vec![0.0; n_boxes];
        for (index, line) in lines.iter().enumerate() {
            incident[line.upper].push(index);
            incident[line.lower].push(index);
            balance[line.upper] += line.weight.max(LEAST_WEIGHT);
            balance[line.lower] -= line.weight.max(LEAST_WEIGHT);
        }
        let mut tree = Self {
            lines,
            balance,
            ties: vec![Vec::new(); n_boxes],
            above: vec![None; n_boxes],
            preorder: Vec::new(),
            span: vec![(0, 0); n_boxes],
            sum: vec![0.0; n_boxes],
        };
        let mut is_in = vec![false; n_boxes];
        let mut members = Vec::new();
        let mut to_visit = VecDeque::from([*row.first().map(|_| &0)?]);
        is_in[0] = true;
        loop {
            while let Some(index) = to_visit.pop_front() {
                members.push(index);
                for &line in &incident[index] {
                    let ends = lines[line];
                    let other = ends.upper + ends.lower - index;
                    if !is_in[other] && slack(row, ends) == 0 {
                        is_in[other] = true;
                        tree.tie(line);
                        to_visit.push_back(other);
                    }
                }
            }
            if members.len() == n_boxes {
                return Some(tree);
            }
            let leads_out = |line: &&Line| is_in[line.upper] != is_in[line.lower];
            let nearest = lines
                .iter()
                .filter(leads_out)
                .min_by_key(|line| slack(row, **line))?;
            let distance = slack(row, *nearest);
            let shift = if is_in[nearest.upper] {
                distance
            } else {
                -distance
            };
            for &index in &members {
                row[index] += shift;
            }
            // Some member has a tight line out now.
            to_visit.extend(members.drain(..));
        }
    }

    fn tie(&mut self, line: usize) {
        let Line { upper, lower, .. } = self.lines[line];
        self.ties[upper].push(line);
        self.ties[lower].push(line);
    }

    fn untie(&mut self, line: usize) {
        let Line { upper, lower, .. } = self.lines[line];
        for end in [upper, lower] {
            self.ties[end].retain(|&tie| tie != line);
        }
    }

    /// Hangs the tree up at the first box, and sums up the balances below each box.
    fn sum_up(&mut self) {
        self.preorder.clear();
        let mut to_visit = vec![(0, None)];
        while let Some((index, line)) = to_visit.pop() {
            self.above[index] = line;
            self.span[index].0 = self.preorder.len();
            self.preorder.push(index);
            for &tie in self.ties[index].iter().filter(|&&tie| Some(tie) != line) {
                let ends = self.lines[tie];
                to_visit.push((ends.upper + ends.lower - index, Some(tie)));
            }
        }
        self.sum.clone_from(&self.balance);
        for place in (0..self.preorder.len()).rev() {
            let index = self.preorder[place];
            self.span[index].1 = self.span[index].1.max(place + 1);
            if let Some(line) = self.above[index] {
                let ends = self.lines[line];
                let parent = ends.upper + ends.lower - index;
                self.sum[parent] += self.sum[index];
                self.span[parent].1 = self.span[parent].1.max(self.span[index].1);
            }
        }
    }

    /// A box whose tree line to its parent is better longer, searched for from a place on.
    fn negative_cut(&self, from: usize) -> Option<usize> {
        let n_boxes = self.above.len();
        let places = (0..n_boxes).map(|nth| (from + nth) % n_boxes);
        let is_negative = |&index: &usize| {
            self.above[index].is_some_and(|line| {
                let cut = if self.lines[line].upper == index {
                    self.sum[index]
                } else {
                    -self.sum[index]
                };
                cut < -1e-9
            })
        };
        places.into_iter().find(is_negative)
    }

    /// Replaces the tree line above a box by the shortest that leads the other way; `false` if there is none.
    fn exchange(&mut self, row: &mut [i64], child: usize) -> bool {
        let Some(leaving) = self.above[child] else {
            return false;
        };
        let (start, end) = self.span[child];
        let is_below = |index: usize| (start..end).contains(&self.span[index].0);
        let child_is_upper = self.lines[leaving].upper == child;
        let leads_back = |line: &Line| {
            is_below(line.upper) != is_below(line.lower) && is_below(line.lower) == child_is_upper
        };
        let entering = (0..self.lines.len())
            .filter(|&line| leads_back(&self.lines[line]))
            .min_by_key(|&line| slack(row, self.lines[line]));
        let Some(entering) = entering else {
            return false;
        };
        let distance = slack(row, self.lines[entering]);
        let shift = if child_is_upper { -distance } else { distance };
        for &index in &self.preorder[start..end] {
            row[index] += shift;
        }
        self.untie(leaving);
        self.tie(entering);
        self.span.fill((0, 0));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(row: &[i64], lines: &[Line]) -> f64 {
        let lengths = lines
            .iter()
            .map(|line| (row[line.lower] - row[line.upper]) as f64 * line.weight);
        lengths.sum()
    }

    fn is_valid(row: &[i64], lines: &[Line]) -> bool {
        lines.iter().all(|line| slack(row, *line) >= 0)
    }

    /// The least cost of all rows below a limit, by trying them all.
    fn least_cost(n_boxes: usize, lines: &[Line], n_rows: i64) -> f64 {
        let n_choices = n_rows.pow(n_boxes as u32);
        let rows = (0..n_choices).map(|choice| {
            let row = (0..n_boxes).map(|nth| choice / n_rows.pow(nth as u32) % n_rows);
            row.collect::<Vec<_>>()
        });
        let valid = rows.filter(|row| is_valid(row, lines));
        valid
            .map(|row| cost(&row, lines))
            .fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn the_sum_of_lengths_is_the_least_of_all() {
        let mut seed = 11_usize;
        let mut random = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..300 {
            // A tree, so that all is connected, and some lines more; all point to later boxes.
            let mut lines: Vec<Line> = (1..6)
                .map(|lower| Line {
                    upper: random(lower),
                    lower,
                    weight: 1.0 + random(3) as f64,
                    length: 1,
                })
                .collect();
            for _ in 0..random(5) {
                let upper = random(5);
                let lower = upper + 1 + random(5 - upper);
                lines.push(Line {
                    upper,
                    lower,
                    weight: 1.0 + random(3) as f64,
                    length: 1,
                });
            }
            let mut row: Vec<i64> = vec![0; 6];
            for lower in 0..6 {
                let above = lines.iter().filter(|line| line.lower == lower);
                row[lower] = above.map(|line| row[line.upper] + 1).max().unwrap_or(0);
            }
            shorten(&mut row, &lines);
            assert!(is_valid(&row, &lines));
            let best = least_cost(6, &lines, 6);
            assert!((cost(&row, &lines) - best).abs() < 1e-9, "{lines:?}");
        }
    }
}
