//! Fans of leaves: boxes that hang on a single other one, and may be listed beside it instead of filling a row.
//!
//! Most boxes of an object graph are the leaves of wide fans. Taken off, they leave a core of boxes with several
//! neighbours, for which the layered method is made.

use crate::diagram::Arrow;

/// So many boxes have to hang on one before they are folded: next to it, or, if there are two of these, in all.
const MIN_FAN: (usize, usize) = (4, 7);
/// How many boxes may hang below each other in a fan.
const MAX_HEIGHT: u8 = 3;

/// On which side of a box others hang.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Arrows lead to them.
    Targets,
    /// Arrows lead from them.
    Sources,
}

/// A box that hangs on another, with all that hangs on it.
#[derive(Debug)]
pub(crate) struct Hanging {
    pub(crate) member: usize,
    /// The arrows between it and the box that it hangs on.
    pub(crate) arrows: Vec<usize>,
    /// What hangs on it in turn.
    pub(crate) below: Vec<Hanging>,
}

/// What hangs on one side of a box.
#[derive(Debug)]
pub(crate) struct Fan {
    pub(crate) holder: usize,
    pub(crate) side: Side,
    pub(crate) members: Vec<Hanging>,
}

/// The fans of a diagram, in the order of their holders.
///
/// # Complexity
/// O(arrows · log arrows).
pub(crate) fn fans(n_boxes: usize, arrows: &[Arrow]) -> Vec<Fan> {
    let mut peeling = Peeling::new(n_boxes, arrows);
    peeling.peel(Side::Targets);
    peeling.peel(Side::Sources);
    peeling.fans()
}

struct Peeling<'a> {
    arrows: &'a [Arrow],
    /// The arrows of each box but for loops.
    ties: Vec<Vec<usize>>,
    /// How many different boxes are still tied to each.
    n_neighbours: Vec<usize>,
    /// Whether each box must stay where its arrows are drawn one by one: it has a loop, or an arrow of it a port.
    must_stay: Vec<bool>,
    /// What each box hangs on, once it does.
    holder: Vec<Option<(usize, Side)>>,
    /// What hangs on each box.
    members: Vec<Vec<usize>>,
    /// How many boxes hang below each other on a box, itself included.
    height: Vec<u8>,
    /// How many boxes hang on each, at any distance, itself included.
    n_hanging: Vec<usize>,
}

impl<'a> Peeling<'a> {
    fn new(n_boxes: usize, arrows: &'a [Arrow]) -> Self {
        let mut ties = vec![Vec::new(); n_boxes];
        let mut must_stay = vec![false; n_boxes];
        for (index, arrow) in arrows.iter().enumerate() {
            if arrow.is_loop() || arrow.has_port() {
                must_stay[arrow.source] = true;
                must_stay[arrow.target] = true;
            }
            if !arrow.is_loop() {
                ties[arrow.source].push(index);
                ties[arrow.target].push(index);
            }
        }
        let mut seen_by = vec![usize::MAX; n_boxes];
        let mut n_neighbours = vec![0; n_boxes];
        for (index, ties) in ties.iter().enumerate() {
            for &arrow in ties {
                let other = other_end(arrows[arrow], index);
                n_neighbours[index] += usize::from(seen_by[other] != index);
                seen_by[other] = index;
            }
        }
        Self {
            arrows,
            ties,
            n_neighbours,
            must_stay,
            holder: vec![None; n_boxes],
            members: vec![Vec::new(); n_boxes],
            height: vec![1; n_boxes],
            n_hanging: vec![1; n_boxes],
        }
    }

    /// Takes off boxes with one neighbour, and those that have one only then.
    fn peel(&mut self, side: Side) {
        let mut to_try: Vec<usize> = (0..self.ties.len()).rev().collect();
        while let Some(index) = to_try.pop() {
            let Some(holder) = self.hangs_on(index, side) else {
                continue;
            };
            self.holder[index] = Some((holder, side));
            self.members[holder].push(index);
            self.height[holder] = self.height[holder].max(self.height[index] + 1);
            self.n_hanging[holder] += self.n_hanging[index];
            self.n_neighbours[holder] -= 1;
            to_try.push(holder);
        }
    }

    /// The one box that this one hangs on, if all that ties them points the same way.
    fn hangs_on(&self, index: usize, side: Side) -> Option<usize> {
        let is_free = self.holder[index].is_none() && self.n_neighbours[index] == 1;
        let may_hang = is_free && !self.must_stay[index] && self.height[index] <= MAX_HEIGHT;
        let is_of_side = |member: &usize| self.holder[*member].is_some_and(|held| held.1 == side);
        if !may_hang || !self.members[index].iter().all(is_of_side) {
            return None;
        }
        let mut holder = None;
        for &arrow in &self.ties[index] {
            let other = other_end(self.arrows[arrow], index);
            if self.holder[other].is_some_and(|held| held.0 == index) {
                continue;
            }
            let points_here = self.arrows[arrow].target == index;
            if points_here != (side == Side::Targets) {
                return None;
            }
            holder = Some(other);
        }
        holder
    }

    fn fans(&mut self) -> Vec<Fan> {
        let mut fans = Vec::new();
        let mut stays: Vec<bool> = self.holder.iter().map(Option::is_none).collect();
        // From the outside in: what hangs on a box that is not folded may be a fan of its own.
        let mut to_visit: Vec<usize> = (0..stays.len()).filter(|&index| stays[index]).collect();
        while let Some(holder) = to_visit.pop() {
            for side in [Side::Targets, Side::Sources] {
                let members = self.members_on(holder, side);
                let n_all: usize = members.iter().map(|&member| self.n_hanging[member]).sum();
                if members.len() >= MIN_FAN.0 || members.len() >= 2 && n_all >= MIN_FAN.1 {
                    let members = members.into_iter().map(|member| self.hanging(member));
                    fans.push(Fan {
                        holder,
                        side,
                        members: members.collect(),
                    });
                } else {
                    members.iter().for_each(|&member| stays[member] = true);
                    to_visit.extend(members);
                }
            }
        }
        fans.sort_by_key(|fan| fan.holder);
        fans
    }

    fn members_on(&self, holder: usize, side: Side) -> Vec<usize> {
        let members = self.members[holder].iter().copied();
        let mut members: Vec<usize> = members
            .filter(|&member| self.holder[member] == Some((holder, side)))
            .collect();
        members.sort_by_key(|&member| self.ties[member].first().copied());
        members
    }

    /// Calls itself no deeper than fans are high.
    fn hanging(&self, member: usize) -> Hanging {
        let held = self.holder[member];
        let below = held.map_or(Vec::new(), |(_, side)| self.members_on(member, side));
        let to_holder = |&arrow: &usize| {
            let other = other_end(self.arrows[arrow], member);
            held.is_some_and(|(holder, _)| holder == other)
        };
        Hanging {
            member,
            arrows: self.ties[member]
                .iter()
                .copied()
                .filter(to_holder)
                .collect(),
            below: below.into_iter().map(|below| self.hanging(below)).collect(),
        }
    }
}

fn other_end(arrow: Arrow, index: usize) -> usize {
    if arrow.source == index {
        arrow.target
    } else {
        arrow.source
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Size;

    fn fans_of(n_boxes: usize, ends: &[(usize, usize)]) -> Vec<(usize, Side, Vec<usize>)> {
        let arrows: Vec<Arrow> = ends
            .iter()
            .map(|&(source, target)| Arrow::new(source, target, Size::default()))
            .collect();
        let fans = fans(n_boxes, &arrows).into_iter();
        fans.map(|fan| {
            let members = fan.members.iter().map(|hanging| hanging.member).collect();
            (fan.holder, fan.side, members)
        })
        .collect()
    }

    #[test]
    fn leaves_on_both_sides_are_fans() {
        let ends = [
            (0, 1),
            (0, 2),
            (0, 3),
            (0, 4),
            (5, 0),
            (6, 0),
            (7, 0),
            (8, 0),
        ];
        let expected = [
            (0, Side::Targets, vec![1, 2, 3, 4]),
            (0, Side::Sources, vec![5, 6, 7, 8]),
        ];
        assert_eq!(fans_of(9, &ends), expected);
    }

    #[test]
    fn boxes_with_two_neighbours_and_two_cycles_stay() {
        let ends = [
            (0, 1),
            (0, 2),
            (0, 3),
            (0, 4),
            (4, 0),
            (3, 5),
            (2, 5),
            (0, 6),
        ];
        assert!(fans_of(7, &ends).is_empty());
    }

    #[test]
    fn a_chain_is_no_fan() {
        let ends: Vec<_> = (0..20).map(|index| (index, index + 1)).collect();
        assert!(fans_of(21, &ends).is_empty());
    }

    #[test]
    fn small_trees_hang_as_a_whole() {
        let ends = [
            (0, 1),
            (0, 2),
            (0, 3),
            (0, 4),
            (1, 5),
            (5, 6),
            (1, 7),
            (0, 4),
        ];
        let arrows: Vec<_> = ends
            .iter()
            .map(|&(source, target)| Arrow::new(source, target, Size::default()))
            .collect();
        let fans = fans(8, &arrows);
        assert_eq!(fans.len(), 1);
        let first = &fans[0].members[0];
        assert_eq!((first.member, first.below.len()), (1, 2));
        assert_eq!(first.below[0].below[0].member, 6);
        assert_eq!(fans[0].members[3].arrows, [3, 7]);
    }
}
