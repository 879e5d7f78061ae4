//! The order of boxes and bends within their rows: few lines cross.
//!
//! Sweeps by weighted median (Gansner, Koutsofios, North and Vo 1993), each followed by exchanges of
//! neighbours; crossings are counted in O(E log V) with a tree of counts (Barth, Jünger and Mutzel, *Simple and
//! Efficient Bilayer Cross Counting*, 2002). The best order of all sweeps is kept.

/// What stands in the rows: boxes, and the bends of lines that pass.
pub(crate) struct Levels {
    /// The items of each row, from left to right.
    pub(crate) rows: Vec<Vec<usize>>,
    /// The place of each item in its row.
    place: Vec<usize>,
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
}

/// How many line ends all sweeps together may look at.
const MAX_WORK: usize = 12_000_000;
/// The most sweeps that are worth their time.
const MAX_SWEEPS: usize = 24;
/// How often neighbours are exchanged after a sweep.
const MAX_EXCHANGES: usize = 4;

impl Levels {
    /// Items in rows, with lines that each lead one row down, in a first order: depth first from the top.
    pub(crate) fn new(row_of: &[usize], lines: &[(usize, usize)]) -> Self {
        let n_rows = row_of.iter().max().map_or(0, |last| last + 1);
        let mut levels = Self {
            rows: vec![Vec::new(); n_rows],
            place: vec![0; row_of.len()],
            above: vec![Vec::new(); row_of.len()],
            below: vec![Vec::new(); row_of.len()],
        };
        for &(upper, lower) in lines {
            levels.below[upper].push(lower);
            levels.above[lower].push(upper);
        }
        levels.first_order(row_of);
        levels
    }

    fn first_order(&mut self, row_of: &[usize]) {
        let mut by_row: Vec<usize> = (0..row_of.len()).collect();
        by_row.sort_by_key(|&item| row_of[item]);
        let mut is_placed = vec![false; row_of.len()];
        let mut waiting = Vec::new();
        for start in by_row {
            waiting.push(start);
            while let Some(item) = waiting.pop() {
                if !std::mem::replace(&mut is_placed[item], true) {
                    self.place[item] = self.rows[row_of[item]].len();
                    self.rows[row_of[item]].push(item);
                    waiting.extend(self.below[item].iter().rev());
                }
            }
        }
    }

    /// Sweeps down and up, and keeps the order with the fewest crossings.
    pub(crate) fn reduce_crossings(&mut self) {
        let mut n_crossings = self.n_crossings();
        let mut best = (n_crossings, self.rows.clone());
        let ends: usize = self.below.iter().map(Vec::len).sum::<usize>() + self.place.len();
        let n_sweeps = (MAX_WORK / (8 * ends.max(1))).clamp(2, MAX_SWEEPS);
        let mut n_idle = 0;
        for sweep in 0..n_sweeps {
            if best.0 == 0 || n_idle == 6 {
                break;
            }
            self.sweep(sweep % 2 == 0, sweep % 4 >= 2);
            n_crossings = self.n_crossings();
            n_idle += 1;
            if n_crossings < best.0 {
                best = (n_crossings, self.rows.clone());
                n_idle = 0;
            }
        }
        self.rows = best.1;
        for row in &self.rows {
            row.iter()
                .enumerate()
                .for_each(|(place, &item)| self.place[item] = place);
        }
    }

    /// Orders each row by the one before it, downwards or upwards.
    fn sweep(&mut self, down: bool, equal_move_right: bool) {
        let n_rows = self.rows.len();
        for step in 1..n_rows {
            let row = if down { step } else { n_rows - 1 - step };
            self.order_by_medians(row, down, equal_move_right);
        }
        for _ in 0..MAX_EXCHANGES {
            let improved: usize = (0..n_rows).map(|row| self.exchange_neighbours(row)).sum();
            if improved == 0 {
                break;
            }
        }
    }

    fn order_by_medians(&mut self, row: usize, by_above: bool, equal_move_right: bool) {
        let mut items = std::mem::take(&mut self.rows[row]);
        let mut wishes: Vec<(f64, usize)> = Vec::with_capacity(items.len());
        let mut free = Vec::new();
        for (place, &item) in items.iter().enumerate() {
            match self.median(if by_above {
                &self.above[item]
            } else {
                &self.below[item]
            }) {
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
        for (place, slot) in items.iter_mut().enumerate() {
            let stays = free.next_if(|&(own, _)| own == place).map(|(_, item)| item);
            if let Some(item) = stays.or_else(|| sorted.next()) {
                *slot = item;
                self.place[item] = place;
            }
        }
        self.rows[row] = items;
    }

    /// The median of the places of some items, weighted towards the denser side if there are two.
    fn median(&self, items: &[usize]) -> Option<f64> {
        let mut places: Vec<usize> = items.iter().map(|&item| self.place[item]).collect();
        places.sort_unstable();
        let middle = places.len() / 2;
        let at = |index: usize| places[index] as f64;
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

    /// Exchanges neighbours in a row where that removes crossings; returns how many it removed.
    fn exchange_neighbours(&mut self, row: usize) -> usize {
        let mut items = std::mem::take(&mut self.rows[row]);
        let sorted_places = |lists: &[Vec<usize>], item: usize| {
            let mut places: Vec<usize> =
                lists[item].iter().map(|&other| self.place[other]).collect();
            places.sort_unstable();
            places
        };
        let mut ends: Vec<[Vec<usize>; 2]> = (items.iter())
            .map(|&item| {
                [
                    sorted_places(&self.above, item),
                    sorted_places(&self.below, item),
                ]
            })
            .collect();
        let mut n_removed = 0;
        for right in 1..items.len() {
            let left = right - 1;
            let as_is = pair_crossings(&ends[left], &ends[right]);
            if as_is == 0 {
                continue;
            }
            let exchanged = pair_crossings(&ends[right], &ends[left]);
            if exchanged < as_is {
                n_removed += as_is - exchanged;
                items.swap(left, right);
                ends.swap(left, right);
            }
        }
        items
            .iter()
            .enumerate()
            .for_each(|(place, &item)| self.place[item] = place);
        self.rows[row] = items;
        n_removed
    }

    /// How many pairs of lines cross.
    pub(crate) fn n_crossings(&self) -> usize {
        (1..self.rows.len())
            .map(|row| self.crossings_above(row))
            .sum()
    }

    /// Crossings between a row and the one above: pairs of lines whose ends are in opposite orders.
    fn crossings_above(&self, row: usize) -> usize {
        let n_above = self.rows[row - 1].len();
        let mut counts = vec![0_usize; n_above + 1];
        let (mut n_crossings, mut n_lines) = (0, 0);
        let mut places = Vec::new();
        for &item in &self.rows[row] {
            places.clear();
            places.extend(self.above[item].iter().map(|&upper| self.place[upper]));
            for &place in &places {
                // Lines so far that end to the right of this one: all but those up to it.
                let mut up_to = 0;
                let mut node = place + 1;
                while node > 0 {
                    up_to += counts[node];
                    node &= node - 1;
                }
                n_crossings += n_lines - up_to;
            }
            n_lines += places.len();
            for &place in &places {
                let mut node = place + 1;
                while node <= n_above {
                    counts[node] += 1;
                    node += node & node.wrapping_neg();
                }
            }
        }
        n_crossings
    }
}

/// Crossings between the lines of two neighbours, the left one first: above and below.
fn pair_crossings(left: &[Vec<usize>; 2], right: &[Vec<usize>; 2]) -> usize {
    let side = |left: &[usize], right: &[usize]| {
        let (mut n_crossings, mut n_before) = (0, 0);
        for place in left {
            while right.get(n_before).is_some_and(|other| other < place) {
                n_before += 1;
            }
            n_crossings += n_before;
        }
        n_crossings
    };
    side(&left[0], &right[0]) + side(&left[1], &right[1])
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
            let mut levels = Levels::new(&row_of, &lines);
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
        let mut levels = Levels::new(&row_of, &lines);
        levels.reduce_crossings();
        assert_eq!(levels.n_crossings(), 0);
    }
}
