//! The order of boxes and bends within their rows: few lines cross.
//!
//! Sweeps by weighted median (Gansner, Koutsofios, North and Vo 1993), each followed by exchanges of
//! neighbours; crossings are counted in O(E log V) with a tree of counts (Barth, Jünger and Mutzel, *Simple and
//! Efficient Bilayer Cross Counting*, 2002). The best order of all sweeps is kept.

mod ports;
mod ties;

use ties::Ties;

/// What stands in the rows: boxes, and the bends of lines that pass.
pub(crate) struct Levels {
    /// The items of each row, from left to right.
    pub(crate) rows: Vec<Vec<usize>>,
    /// The place of each item in its row.
    place: Vec<u32>,
    above: Ties,
    below: Ties,
}

/// How many line ends all sweeps together may look at.
const MAX_WORK: usize = 12_000_000;
/// The most sweeps that are worth their time.
const MAX_SWEEPS: usize = 24;
/// So many sweeps without a better order are the last ones.
const MAX_IDLE: usize = 6;
/// How often neighbours are exchanged after a sweep.
const MAX_EXCHANGES: usize = 4;

impl Levels {
    /// Items in rows, with lines that each lead one row down, in a first order: depth first from the top.
    ///
    /// If lines are tied to places, `places` tells of each how far right of the middle of its upper and its lower item.
    pub(crate) fn new(row_of: &[usize], lines: &[(usize, usize)], places: &[(f64, f64)]) -> Self {
        let n_rows = row_of.iter().max().map_or(0, |last| last + 1);
        let n_items = row_of.len();
        let upwards = lines.iter().map(|&(upper, lower)| (lower, upper));
        let mut levels = Self {
            rows: vec![Vec::new(); n_rows],
            place: vec![0; n_items],
            above: Ties::new(n_items, upwards),
            below: Ties::new(n_items, lines.iter().copied()),
        };
        if !places.is_empty() {
            ports::tie(&mut levels, lines, places);
        }
        levels.first_order(row_of);
        levels
    }

    /// Takes items out of their rows that no line is tied to.
    pub(crate) fn retain(&mut self, stays: impl Fn(usize) -> bool) {
        for row in &mut self.rows {
            row.retain(|&item| stays(item));
        }
        self.renumber();
    }

    fn first_order(&mut self, row_of: &[usize]) {
        let mut by_row: Vec<usize> = (0..row_of.len()).collect();
        by_row.sort_by_key(|&item| row_of[item]);
        let mut is_placed = vec![false; row_of.len()];
        let mut waiting = Vec::new();
        for start in by_row {
            waiting.push(start as u32);
            while let Some(item) = waiting.pop() {
                let item = item as usize;
                if !std::mem::replace(&mut is_placed[item], true) {
                    self.rows[row_of[item]].push(item);
                    waiting.extend(self.below.others(item).iter().rev());
                }
            }
        }
        self.renumber();
    }

    fn renumber(&mut self) {
        for row in &self.rows {
            for (place, &item) in row.iter().enumerate() {
                self.place[item] = place as u32;
            }
        }
    }

    /// Sweeps down and up, and keeps the order with the fewest crossings.
    pub(crate) fn reduce_crossings(&mut self) {
        let mut best = (self.n_crossings(), self.rows.clone());
        let ends = self.below.others.len() + self.place.len();
        let n_sweeps = (MAX_WORK / (8 * ends.max(1))).clamp(2, MAX_SWEEPS);
        let mut n_idle = 0;
        for sweep in 0..n_sweeps {
            if best.0 == 0 || n_idle == MAX_IDLE {
                break;
            }
            self.sweep(sweep % 2 == 0, sweep % 4 >= 2);
            let n_crossings = self.n_crossings();
            n_idle += 1;
            if n_crossings < best.0 {
                best.0 = n_crossings;
                best.1.clone_from(&self.rows);
                n_idle = 0;
            }
        }
        self.rows = best.1;
        self.renumber();
    }

    /// Orders each row by the one before it, downwards or upwards; then exchanges neighbours.
    fn sweep(&mut self, down: bool, equal_move_right: bool) {
        let n_rows = self.rows.len();
        for step in 1..n_rows {
            let row = if down { step } else { n_rows - 1 - step };
            self.order_by_medians(row, down, equal_move_right);
        }
        // Whether the row or one beside it has changed since it was looked at.
        let mut is_stale = vec![true; n_rows + 2];
        for _ in 0..MAX_EXCHANGES {
            let mut is_better = false;
            for row in 0..n_rows {
                if std::mem::take(&mut is_stale[row + 1]) && self.exchange_neighbours(row) {
                    is_stale[row..row + 3].fill(true);
                    is_better = true;
                }
            }
            if !is_better {
                break;
            }
        }
    }

    fn look_above(&mut self, row: usize) {
        if row > 0 {
            let (items, others) = (&self.rows[row], &self.rows[row - 1]);
            self.above.look_at(items, others, &self.below);
        }
    }

    fn look_below(&mut self, row: usize) {
        if row + 1 < self.rows.len() {
            let (items, others) = (&self.rows[row], &self.rows[row + 1]);
            self.below.look_at(items, others, &self.above);
        }
    }

    fn order_by_medians(&mut self, row: usize, by_above: bool, equal_move_right: bool) {
        if by_above {
            self.look_above(row);
        } else {
            self.look_below(row);
        }
        let ties = if by_above { &self.above } else { &self.below };
        let mut wishes: Vec<(f64, usize)> = Vec::with_capacity(self.rows[row].len());
        let mut free = Vec::new();
        for (place, &item) in self.rows[row].iter().enumerate() {
            match median(ties.places(item)) {
                Some(median) => wishes.push((median, item)),
                // What is tied to nothing here stays where it is.
                None => free.push((place, item)),
            }
        }
        if equal_move_right {
            wishes.reverse();
        }
        wishes.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut sorted = wishes.into_iter().map(|(_, item)| item);
        let mut free = free.into_iter().peekable();
        for (place, slot) in self.rows[row].iter_mut().enumerate() {
            let stays = free.next_if(|&(own, _)| own == place).map(|(_, item)| item);
            if let Some(item) = stays.or_else(|| sorted.next()) {
                *slot = item;
                self.place[item] = place as u32;
            }
        }
    }

    /// Exchanges neighbours in a row where that removes crossings; tells whether it did anywhere.
    fn exchange_neighbours(&mut self, row: usize) -> bool {
        self.look_above(row);
        self.look_below(row);
        let (above, below) = (&self.above, &self.below);
        let crossings = |left: usize, right: usize| {
            pair_crossings(above.places(left), above.places(right))
                + pair_crossings(below.places(left), below.places(right))
        };
        let items = &mut self.rows[row];
        let mut is_better = false;
        for right in 1..items.len() {
            let (a, b) = (items[right - 1], items[right]);
            let as_is = crossings(a, b);
            if as_is > 0 && crossings(b, a) < as_is {
                items.swap(right - 1, right);
                (self.place[a], self.place[b]) = (right as u32, right as u32 - 1);
                is_better = true;
            }
        }
        is_better
    }

    /// How many pairs of lines cross.
    pub(crate) fn n_crossings(&self) -> usize {
        if let (Some(above), Some(below)) = (&self.above.ports, &self.below.ports) {
            return self.n_crossings_between_ports(above, below);
        }
        let widest = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut counts = vec![0; widest + 1];
        (1..self.rows.len())
            .map(|row| self.crossings_above(row, &mut counts))
            .sum()
    }

    /// Crossings between a row and the one above: pairs of lines whose ends are in opposite orders.
    fn crossings_above(&self, row: usize, counts: &mut [u32]) -> usize {
        let n_above = self.rows[row - 1].len();
        counts[..=n_above].fill(0);
        let (mut n_crossings, mut n_lines) = (0, 0);
        for &item in &self.rows[row] {
            let uppers = self.above.others(item);
            for &upper in uppers {
                // Lines so far that end to the right of this one: all but those up to it.
                let mut up_to = 0;
                let mut node = self.place[upper as usize] as usize + 1;
                while node > 0 {
                    up_to += counts[node] as usize;
                    node &= node - 1;
                }
                n_crossings += n_lines - up_to;
            }
            n_lines += uppers.len();
            for &upper in uppers {
                let mut node = self.place[upper as usize] as usize + 1;
                while node <= n_above {
                    counts[node] += 1;
                    node += node & node.wrapping_neg();
                }
            }
        }
        n_crossings
    }
}

/// The median of places from left to right, weighted towards the denser side if there are two.
fn median(places: &[u32]) -> Option<f64> {
    let middle = places.len() / 2;
    let at = |index: usize| f64::from(places[index]);
    match places.len() {
        0 => None,
        n if n % 2 == 1 => Some(at(middle)),
        2 => Some(f64::midpoint(at(0), at(1))),
        n => {
            let (left, right) = (at(middle - 1) - at(0), at(n - 1) - at(middle));
            let sum = left + right;
            let even = f64::midpoint(at(middle - 1), at(middle));
            Some(if sum > 0.0 {
                (at(middle - 1) * right + at(middle) * left) / sum
            } else {
                even
            })
        }
    }
}

/// Crossings between the lines of two neighbours on one side, the left one first.
fn pair_crossings(left: &[u32], right: &[u32]) -> usize {
    let (mut n_crossings, mut n_before) = (0, 0);
    for place in left {
        while right.get(n_before).is_some_and(|other| other < place) {
            n_before += 1;
        }
        n_crossings += n_before;
    }
    n_crossings
}

#[cfg(test)]
mod tests {
    use super::Levels;

    fn obvious_crossings(levels: &Levels, lines: &[(usize, usize)], row_of: &[usize]) -> usize {
        let ends = |line: &(usize, usize)| (levels.place[line.0], levels.place[line.1]);
        let pairs = lines
            .iter()
            .enumerate()
            .flat_map(|(index, one)| lines[..index].iter().map(move |other| (one, other)));
        let crosses = |(one, other): &(&(usize, usize), &(usize, usize))| {
            let ((a, b), (c, d)) = (ends(one), ends(other));
            row_of[one.0] == row_of[other.0] && ((a < c && b > d) || (a > c && b < d))
        };
        pairs.filter(crosses).count()
    }

    #[test]
    fn crossings_are_counted_as_by_hand_and_never_grow() {
        let mut seed = 7_usize;
        let mut random = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..200 {
            let row_of: Vec<usize> = (0..24).map(|item| item / 6).collect();
            let mut line = || {
                let upper = random(18);
                (upper, (upper / 6 + 1) * 6 + random(6))
            };
            let lines: Vec<_> = (0..40).map(|_| line()).collect();
            let mut levels = Levels::new(&row_of, &lines, &[]);
            let before = levels.n_crossings();
            assert_eq!(before, obvious_crossings(&levels, &lines, &row_of));
            levels.reduce_crossings();
            let after = levels.n_crossings();
            assert_eq!(after, obvious_crossings(&levels, &lines, &row_of));
            assert!(after <= before);
        }
    }

    #[test]
    fn a_tree_has_no_crossings() {
        let row_of = [0, 1, 1, 1, 2, 2, 2, 2];
        let lines = [(0, 1), (0, 2), (0, 3), (1, 6), (2, 4), (3, 5), (2, 7)];
        let mut levels = Levels::new(&row_of, &lines, &[]);
        levels.reduce_crossings();
        assert_eq!(levels.n_crossings(), 0);
    }
}
