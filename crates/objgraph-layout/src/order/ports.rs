//! Lines that are tied to places on their items: an item with several such places counts as that many beside each other.

use super::Levels;
use super::ties::Ties;

/// Where the ties of a [`Ties`] are on their items; the ties of each item are sorted by that.
#[derive(Default)]
pub(super) struct Ports {
    /// For each tie, the number of its place on its item, from the left.
    own: Vec<u32>,
    /// For each tie, the number of its place on the other item.
    others: Vec<u32>,
    /// How many different places each item has, at least one.
    n_places: Vec<u32>,
}

/// Ties the lines of both sides to places: of each line, how far right of the middle of its upper and of its lower item.
pub(super) fn tie(levels: &mut Levels, lines: &[(usize, usize)], places: &[(f64, f64)]) {
    let upper = sorted(&mut levels.below, lines.iter().map(|line| line.0), |line| {
        places[line].0
    });
    let lower = sorted(&mut levels.above, lines.iter().map(|line| line.1), |line| {
        places[line].1
    });
    let others =
        |own: &Sorted, other: &Sorted| own.line.iter().map(|&line| other.of_line[line]).collect();
    let (of_upper, of_lower) = (others(&lower, &upper), others(&upper, &lower));
    levels.above.ports = Some(Ports {
        others: of_upper,
        ..lower.ports
    });
    levels.below.ports = Some(Ports {
        others: of_lower,
        ..upper.ports
    });
}

struct Sorted {
    ports: Ports,
    /// The line of each tie.
    line: Vec<usize>,
    /// The number of its place at this side, for each line.
    of_line: Vec<u32>,
}

/// Sorts the ties of each item by their place on it.
fn sorted(
    ties: &mut Ties,
    items: impl Iterator<Item = usize>,
    place: impl Fn(usize) -> f64,
) -> Sorted {
    let n_items = ties.starts.len() - 1;
    let n_ties = ties.others.len();
    let mut cursors = ties.starts.clone();
    let mut line_of = vec![0; n_ties];
    for (line, item) in items.enumerate() {
        line_of[cursors[item] as usize] = line;
        cursors[item] += 1;
    }
    let mut ports = Ports {
        own: vec![0; n_ties],
        n_places: vec![1; n_items],
        ..Ports::default()
    };
    let mut of_line = vec![0; n_ties];
    for item in 0..n_items {
        let range = ties.range(item);
        let mut own: Vec<(usize, u32)> = line_of[range.clone()]
            .iter()
            .copied()
            .zip(ties.others[range.clone()].iter().copied())
            .collect();
        own.sort_by(|one, other| place(one.0).total_cmp(&place(other.0)));
        let mut number = 0;
        for (nth, &(line, other)) in own.iter().enumerate() {
            let is_new = nth > 0 && place(line).total_cmp(&place(own[nth - 1].0)).is_ne();
            number += u32::from(is_new);
            let tie = range.start + nth;
            (line_of[tie], ties.others[tie]) = (line, other);
            (ports.own[tie], of_line[line]) = (number, number);
        }
        ports.n_places[item] = number + 1;
    }
    Sorted {
        ports,
        line: line_of,
        of_line,
    }
}

impl Ports {
    /// The number of the place of each tie in a range.
    pub(super) fn own(&self, range: std::ops::Range<usize>) -> &[u32] {
        &self.own[range]
    }

    pub(super) fn n_places(&self, item: usize) -> u32 {
        self.n_places[item]
    }
}

impl Levels {
    /// Crossings as [`n_crossings`](Self::n_crossings) counts them, between places rather than items.
    pub(super) fn n_crossings_between_ports(&self, above: &Ports, below: &Ports) -> usize {
        (1..self.rows.len())
            .map(|row| self.port_crossings_above(row, (above, below)))
            .sum()
    }

    fn port_crossings_above(&self, row: usize, (above, below): (&Ports, &Ports)) -> usize {
        let mut first = vec![0; self.place.len()];
        let mut n_above = 0;
        for &item in &self.rows[row - 1] {
            first[item] = n_above;
            n_above += below.n_places(item) as usize;
        }
        let mut ends = Vec::new();
        for &item in &self.rows[row] {
            let ties = self.above.range(item);
            let from = ends.len();
            let places = ties.map(|tie| {
                let upper = self.above.others[tie] as usize;
                (above.own[tie], first[upper] + above.others[tie] as usize)
            });
            ends.extend(places);
            // Lines of one place do not cross.
            ends[from..].sort_unstable();
        }
        n_inversions(ends.into_iter().map(|(_, place)| place), n_above)
    }
}

/// How many pairs of numbers below `end` are in falling order.
fn n_inversions(numbers: impl Iterator<Item = usize>, end: usize) -> usize {
    let mut counts = vec![0_usize; end + 1];
    let mut n_falling = 0;
    for (n_before, number) in numbers.enumerate() {
        let mut up_to = 0;
        let mut node = number + 1;
        while node > 0 {
            up_to += counts[node];
            node &= node - 1;
        }
        n_falling += n_before - up_to;
        let mut node = number + 1;
        while node <= end {
            counts[node] += 1;
            node += node & node.wrapping_neg();
        }
    }
    n_falling
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A box above two others, whose lines to them are tied to these places on it.
    fn levels(first: f64, second: f64) -> Levels {
        let mut levels = Levels::new(
            &[0, 1, 1],
            &[(0, 1), (0, 2)],
            &[(first, 0.0), (second, 0.0)],
        );
        levels.rows = vec![vec![0], vec![1, 2]];
        levels.renumber();
        levels
    }

    #[test]
    fn lines_cross_when_their_ports_are_in_another_order_than_their_ends() {
        assert_eq!(levels(20.0, -20.0).n_crossings(), 1);
        assert_eq!(levels(-20.0, 20.0).n_crossings(), 0);
        assert_eq!(levels(0.0, 0.0).n_crossings(), 0);
    }

    #[test]
    fn boxes_are_put_in_the_order_of_the_ports_that_lead_to_them() {
        let mut levels = levels(20.0, -20.0);
        levels.reduce_crossings();
        assert_eq!(levels.rows, [vec![0], vec![2, 1]]);
    }
}
