//! Which arrows are drawn upwards, so that all the others point down.

use crate::diagram::Arrow;

/// Boxes in an order in which every arrow runs forwards, but for those that close a cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct Downwards {
    /// The place of each box in the order.
    pub place: Vec<usize>,
    /// For each arrow, whether its target comes before its source.
    pub reversed: Vec<bool>,
}

impl Downwards {
    /// The arrows but for loops, by position, each with its upper and its lower box.
    pub fn strands<'a>(
        &'a self,
        arrows: &'a [Arrow],
    ) -> impl Iterator<Item = (usize, (usize, usize))> + 'a {
        let arrows = arrows
            .iter()
            .enumerate()
            .filter(|(_, arrow)| !arrow.is_loop());
        arrows.map(|(index, arrow)| {
            let ends = (arrow.source, arrow.target);
            (
                index,
                if self.reversed[index] {
                    (ends.1, ends.0)
                } else {
                    ends
                },
            )
        })
    }
}

/// Breaks cycles by a depth-first search.
///
/// The search starts at the boxes that nothing points at, then at the first of the others, and follows
/// arrows in their order: so the roots end up on top. Arrows without weight are followed only to boxes that no
/// other leads to; elsewhere they point up where the others have put their target above. Takes time linear in boxes and arrows.
#[must_use]
pub fn downwards(n_boxes: usize, arrows: &[Arrow]) -> Downwards {
    let mut targets = vec![Vec::new(); n_boxes];
    let mut pointed_at = vec![false; n_boxes];
    let mut is_led_to = vec![false; n_boxes];
    for arrow in arrows
        .iter()
        .filter(|arrow| arrow.weight > 0 && !arrow.is_loop())
    {
        is_led_to[arrow.target] = true;
    }
    for arrow in arrows.iter().filter(|arrow| !arrow.is_loop()) {
        // Below a box that nothing else has a say about, an arrow without weight leads too.
        if arrow.weight > 0 || !is_led_to[arrow.target] {
            targets[arrow.source].push(arrow.target);
            pointed_at[arrow.target] = true;
        }
    }
    let tops = (0..n_boxes).filter(|&index| !pointed_at[index]);
    let place = places(&targets, tops.chain(0..n_boxes));
    // In reverse postorder exactly the arrows back to an unfinished box run backwards.
    let reversed = arrows
        .iter()
        .map(|arrow| place[arrow.target] < place[arrow.source]);
    Downwards {
        reversed: reversed.collect(),
        place,
    }
}

/// Reverse postorder.
fn places(targets: &[Vec<usize>], starts: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut place = vec![0; targets.len()];
    let mut seen = vec![false; targets.len()];
    let mut next_place = targets.len();
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in starts {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        path.push((start, 0));
        while let Some((current, step)) = path.last_mut() {
            if let Some(&target) = targets[*current].get(*step) {
                *step += 1;
                if !seen[target] {
                    seen[target] = true;
                    path.push((target, 0));
                }
            } else {
                next_place -= 1;
                place[*current] = next_place;
                path.pop();
            }
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Size;

    fn arrow((source, target, weight): (usize, usize, u32)) -> Arrow {
        Arrow {
            weight,
            ..Arrow::new(source, target, Size::default())
        }
    }

    #[test]
    fn only_the_arrow_back_is_reversed() {
        let arrows = [(0, 1, 1), (1, 2, 1), (2, 0, 1), (0, 2, 1), (1, 1, 1)].map(arrow);
        let order = downwards(3, &arrows);
        assert_eq!(order.place, [0, 1, 2]);
        assert_eq!(order.reversed, [false, false, true, false, false]);
    }

    #[test]
    fn arrows_without_weight_turn_nothing_around() {
        let arrows = [(0, 1, 0), (1, 2, 1), (2, 0, 1), (3, 1, 1), (0, 4, 0)].map(arrow);
        assert_eq!(
            downwards(5, &arrows).reversed,
            [true, false, false, false, false]
        );
    }

    #[test]
    fn a_chain_of_a_million_boxes_does_not_overflow() {
        let arrows: Vec<_> = (0..999_999)
            .map(|index| arrow((index, index + 1, 1)))
            .collect();
        assert_eq!(downwards(1_000_000, &arrows).place[999_999], 999_999);
    }
}
