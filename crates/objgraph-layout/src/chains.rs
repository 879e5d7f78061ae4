//! Boxes that arrows within their row tie together: they stay side by side, and are one item for the steps that find
//! places in rows.

use crate::acyclic::downwards;
use crate::diagram::{Arrow, Diagram};
use crate::geometry::Size;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The least room between two boxes that an arrow within their row ties together.
const GAP: f64 = 44.0;
/// The room beside the label of such an arrow, with that for its head.
const BESIDE_LABEL: f64 = 26.0;

/// The boxes of each chain, from left to right: arrows within a row point to the right, but for those that close a cycle.
///
/// # Complexity
/// O(boxes + arrows · log arrows).
pub(crate) fn chains(diagram: &Diagram, row: &[usize]) -> Vec<Vec<usize>> {
    let is_level = |arrow: &Arrow| !arrow.is_loop() && row[arrow.source] == row[arrow.target];
    let arrows: Vec<Arrow> = diagram.arrows.iter().copied().filter(is_level).collect();
    if arrows.is_empty() {
        return Vec::new();
    }
    let order = downwards(row.len(), &arrows);
    let mut next = vec![Vec::new(); row.len()];
    let mut tied = vec![Vec::new(); row.len()];
    let mut n_before = vec![0_usize; row.len()];
    for (index, (_, (left, right))) in order.strands(&arrows).enumerate() {
        let arrow = arrows[index];
        next[left].push(right);
        n_before[right] += 1;
        tied[arrow.source].push(arrow.target);
        tied[arrow.target].push(arrow.source);
    }
    let chain_of = components(&tied);
    let n_chains = chain_of.iter().flatten().max().map_or(0, |last| last + 1);
    let mut chains = vec![Vec::new(); n_chains];
    let in_chain = (0..row.len()).filter(|&index| chain_of[index].is_some());
    // Of those that may come next, the first of the diagram does.
    let mut may_come: BinaryHeap<_> = in_chain
        .filter(|&index| n_before[index] == 0)
        .map(Reverse)
        .collect();
    while let Some(Reverse(index)) = may_come.pop() {
        if let Some(chain) = chain_of[index] {
            chains[chain].push(index);
        }
        for &right in &next[index] {
            n_before[right] -= 1;
            if n_before[right] == 0 {
                may_come.push(Reverse(right));
            }
        }
    }
    chains
}

/// The number of the chain of each box that is tied to another.
fn components(tied: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut chain_of = vec![None; tied.len()];
    let mut n_chains = 0;
    for start in (0..tied.len()).filter(|&index| !tied[index].is_empty()) {
        if chain_of[start].is_some() {
            continue;
        }
        let mut to_visit = vec![start];
        while let Some(index) = to_visit.pop() {
            if chain_of[index].is_none() {
                chain_of[index] = Some(n_chains);
                to_visit.extend(&tied[index]);
            }
        }
        n_chains += 1;
    }
    chain_of
}

/// What stands for each box in its row: itself, or the first box of its chain.
#[derive(Default)]
pub(crate) struct Leaders {
    /// The leader of each box, and how far right of the middle of the leader's chain its slot is; nothing without chains.
    leaders: Vec<(usize, f64)>,
    /// The width of the chain of each leader.
    widths: Vec<Option<f64>>,
}

impl Leaders {
    pub(crate) fn new(diagram: &Diagram, slots: &[Size], chains: &[Vec<usize>]) -> Self {
        let mut leaders = Self::default();
        if chains.is_empty() {
            return leaders;
        }
        leaders.leaders = (0..slots.len()).map(|index| (index, 0.0)).collect();
        leaders.widths = vec![None; slots.len()];
        let gaps = gaps(diagram, chains);
        for chain in chains {
            let mut right = 0.0;
            for (nth, &index) in chain.iter().enumerate() {
                right += if nth > 0 { gaps[index] } else { 0.0 };
                leaders.leaders[index] = (chain[0], right + slots[index].width / 2.0);
                right += slots[index].width;
            }
            chain
                .iter()
                .for_each(|&index| leaders.leaders[index].1 -= right / 2.0);
            leaders.widths[chain[0]] = Some(right);
        }
        leaders
    }

    /// What stands for an item, and how far right of its middle that item is.
    pub(crate) fn of(&self, item: usize) -> (usize, f64) {
        self.leaders.get(item).copied().unwrap_or((item, 0.0))
    }

    /// The width of the chain that an item stands for, if it does.
    pub(crate) fn width(&self, item: usize) -> Option<f64> {
        *self.widths.get(item)?
    }

    /// Puts the boxes of each chain beside each other, from where the leader has the middle of all of them.
    pub(crate) fn lead(&self, x: &mut [f64]) {
        let middle: Vec<f64> = self.leaders.iter().map(|&(leader, _)| x[leader]).collect();
        for (index, &(_, offset)) in self.leaders.iter().enumerate() {
            x[index] = middle[index] + offset;
        }
    }

    /// Whether another box stands for an item.
    pub(crate) fn is_led(&self, item: usize) -> bool {
        self.of(item).0 != item
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.leaders.is_empty()
    }
}

/// The room that each box of a chain keeps from the one before.
fn gaps(diagram: &Diagram, chains: &[Vec<usize>]) -> Vec<f64> {
    let mut before = vec![None; diagram.boxes.len()];
    for pair in chains.iter().flat_map(|chain| chain.windows(2)) {
        before[pair[1]] = Some(pair[0]);
    }
    let mut gaps = vec![GAP; diagram.boxes.len()];
    for arrow in &diagram.arrows {
        for (left, right) in [(arrow.source, arrow.target), (arrow.target, arrow.source)] {
            if before[right] == Some(left) {
                gaps[right] = gaps[right].max(arrow.label.width + BESIDE_LABEL);
            }
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(arrows: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let arrows = arrows
            .iter()
            .map(|&(source, target)| Arrow::new(source, target, Size::default()));
        let diagram = Diagram::new(vec![Size::default(); 5], arrows.collect()).expect("small");
        chains(&diagram, &[0; 5])
    }

    #[test]
    fn arrows_within_a_row_point_to_the_right() {
        assert_eq!(
            chain(&[(3, 1), (1, 0), (4, 2)]),
            [vec![3, 1, 0], vec![4, 2]]
        );
        assert_eq!(chain(&[(0, 2), (0, 1), (2, 0)]), [vec![0, 1, 2]]);
        assert!(chain(&[(1, 1)]).is_empty());
    }

    #[test]
    fn boxes_of_a_chain_stand_beside_each_other() {
        let arrows = vec![Arrow::new(0, 1, Size::new(50.0, 10.0))];
        let sizes = vec![Size::new(20.0, 10.0), Size::new(40.0, 10.0)];
        let diagram = Diagram::new(sizes.clone(), arrows).expect("small");
        let leaders = Leaders::new(&diagram, &sizes, &[vec![0, 1]]);
        assert_eq!(leaders.width(0), Some(20.0 + 50.0 + BESIDE_LABEL + 40.0));
        assert!(leaders.is_led(1) && !leaders.is_led(0));
        assert!((leaders.of(1).1 - leaders.of(0).1 - 30.0 - 76.0).abs() < 1e-9);
    }
}
