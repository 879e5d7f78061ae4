//! Rows: every arrow points down, and few are longer than they must be.
//!
//! Boxes go as high as their arrows let them (longest path). Then network simplex makes the arrows as short as can
//! be; in large diagrams, where it would take too long, boxes are moved towards the side where more of their arrows
//! lead, as far as that shortens them.

use crate::simplex::{Line, shorten};

/// The most boxes for network simplex.
pub(crate) const MAX_SIMPLEX: usize = 120;
/// How often all boxes are visited; most graphs settle in two or three rounds.
const MAX_ROUNDS: usize = 8;

/// The row of each box, from the top; `strands` are the upper and lower ends of arrows without cycles.
///
/// # Complexity
/// O(boxes + strands), but for network simplex.
pub(crate) fn ranks(place: &[usize], strands: &[(usize, usize)], weights: &[u32]) -> Vec<usize> {
    let n_boxes = place.len();
    let mut in_order = vec![0; n_boxes];
    for (index, &place) in place.iter().enumerate() {
        in_order[place] = index;
    }
    let below = neighbours(n_boxes, strands.iter().copied());
    let above = neighbours(
        n_boxes,
        strands.iter().map(|&(upper, lower)| (lower, upper)),
    );
    let mut row = vec![0; n_boxes];
    for &index in &in_order {
        row[index] = above[index]
            .iter()
            .map(|&upper| row[upper] + 1)
            .max()
            .unwrap_or(0);
    }
    if n_boxes <= MAX_SIMPLEX {
        return shortest(&row, strands, weights);
    }
    for _ in 0..MAX_ROUNDS {
        let mut n_moved = 0;
        for &index in in_order.iter().rev() {
            n_moved += usize::from(move_down(index, &above, &below, &mut row));
        }
        if n_moved == 0 {
            break;
        }
    }
    without_empty_rows(row)
}

fn shortest(row: &[usize], strands: &[(usize, usize)], weights: &[u32]) -> Vec<usize> {
    let signed = |&row: &usize| i64::try_from(row).unwrap_or(i64::MAX);
    let mut row: Vec<i64> = row.iter().map(signed).collect();
    let lines = strands.iter().zip(weights);
    let lines: Vec<Line> = lines
        .map(|(&(upper, lower), &weight)| Line {
            upper,
            lower,
            weight: f64::from(weight),
            length: 1,
        })
        .collect();
    shorten(&mut row, &lines);
    let first = row.iter().copied().min().unwrap_or(0);
    let row = row
        .into_iter()
        .map(|row| usize::try_from(row - first).unwrap_or(0));
    without_empty_rows(row.collect())
}

/// Moves a box down next to its children if more arrows get shorter than longer.
fn move_down(index: usize, above: &[Vec<usize>], below: &[Vec<usize>], row: &mut [usize]) -> bool {
    let Some(lowest) = below[index].iter().map(|&lower| row[lower] - 1).min() else {
        return false;
    };
    let shortens = below[index].len() > above[index].len();
    let moves = shortens && lowest > row[index];
    if moves {
        row[index] = lowest;
    }
    moves
}

/// The rows without those in which nothing stands.
pub(crate) fn without_empty_rows(mut row: Vec<usize>) -> Vec<usize> {
    let mut is_used = vec![false; row.iter().max().map_or(0, |last| last + 1)];
    row.iter().for_each(|&row| is_used[row] = true);
    let mut n_used = 0;
    let new: Vec<usize> = (is_used.iter())
        .map(|&used| {
            n_used += usize::from(used);
            n_used - usize::from(used)
        })
        .collect();
    row.iter_mut().for_each(|row| *row = new[*row]);
    row
}

/// The neighbours of each box, in the order of the strands.
fn neighbours(n_boxes: usize, strands: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); n_boxes];
    strands.for_each(|(from, to)| neighbours[from].push(to));
    neighbours
}

#[cfg(test)]
mod tests {
    use super::ranks;

    #[test]
    fn arrows_point_down_and_are_short() {
        // 3 has no parent and one child at the bottom: it stands right above it.
        let strands = [(0, 1), (1, 2), (3, 2)];
        assert_eq!(ranks(&[0, 1, 3, 2], &strands, &[1; 3]), [0, 1, 2, 1]);
    }
}
