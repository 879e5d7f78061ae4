//! The whole way: parts, rows, order, columns, lines.

use crate::acyclic::downwards;
use crate::columns;
use crate::diagram::{Diagram, Layout};
use crate::order::Levels;
use crate::pack::{join, parts};
use crate::ranks::ranks;
use crate::route::{self, Rows, Strand};

/// Lays a diagram out in rows from top to bottom.
///
/// Parts that are not connected are laid out apart and set side by side.
///
/// # Complexity
/// About O((boxes + arrows · rows they pass) · log boxes): the work of ordering is bounded.
#[must_use]
pub fn layered(diagram: &Diagram) -> Layout {
    let placed: Vec<_> = parts(diagram)
        .into_iter()
        .map(|part| {
            let layout = from_rows(&part.diagram, rows(&part.diagram));
            (part, layout)
        })
        .collect();
    join(diagram, &placed)
}

/// Lays a diagram out whose rows, and whose order in them, another engine has found.
#[must_use]
pub fn from_rows(diagram: &Diagram, mut rows: Rows) -> Layout {
    columns::straighten(diagram, &route::slots(diagram), &mut rows);
    route::draw(diagram, &rows)
}

/// Finds rows and order of a connected diagram; the columns are the closest that the order allows.
fn rows(diagram: &Diagram) -> Rows {
    let order = downwards(diagram.boxes.len(), &diagram.arrows);
    let strands: Vec<_> = order.strands(&diagram.arrows).collect();
    let ends: Vec<_> = strands.iter().map(|(_, ends)| *ends).collect();
    let row = ranks(&order.place, &ends);

    // A line that passes rows has a bend in each, which takes part in the order as boxes do.
    let n_bends = n_bends(&ends, &row);
    let mut row_of = row.clone();
    let mut lines = Vec::with_capacity(ends.len());
    let mut first_bends = Vec::with_capacity(ends.len());
    for (&(upper, lower), &n_bends) in ends.iter().zip(&n_bends) {
        first_bends.push(row_of.len());
        let mut before = upper;
        for passed in (row[upper] + 1..).take(n_bends) {
            lines.push((before, row_of.len()));
            before = row_of.len();
            row_of.push(passed);
        }
        if row[lower] == row_of[before] + 1 {
            lines.push((before, lower));
        }
    }
    let mut levels = Levels::new(&row_of, &lines);
    levels.reduce_crossings();

    let x = closest(diagram, &levels, row_of.len());
    let strands = strands
        .iter()
        .zip(first_bends.into_iter().zip(n_bends))
        .map(|(&(arrow, (upper, lower)), (first, n_bends))| Strand {
            arrow,
            upper,
            lower,
            reversed: order.reversed[arrow],
            bends: x[first..first + n_bends].to_vec(),
        });
    Rows {
        strands: strands.collect(),
        x: x[..row.len()].to_vec(),
        row,
    }
}

/// The most bends of all lines together: a thousand boxes in a column that all point at its last one.
const MAX_BENDS: usize = 500_000;

/// In how many rows each line bends: in all that it passes, but if those are too many, the longest lines bend in none
/// and cross what is in their way.
fn n_bends(ends: &[(usize, usize)], row: &[usize]) -> Vec<usize> {
    let mut n_bends: Vec<usize> = (ends.iter())
        .map(|&(upper, lower)| row[lower] - row[upper] - 1)
        .collect();
    let mut total: usize = n_bends.iter().sum();
    if total > MAX_BENDS {
        let mut longest_first: Vec<usize> = (0..ends.len()).collect();
        longest_first.sort_by_key(|&strand| std::cmp::Reverse(n_bends[strand]));
        for strand in longest_first {
            if total <= MAX_BENDS {
                break;
            }
            total -= std::mem::take(&mut n_bends[strand]);
        }
    }
    n_bends
}

/// The middle of each item if those of a row stand as close as they may, around the middle of the row.
fn closest(diagram: &Diagram, levels: &Levels, n_items: usize) -> Vec<f64> {
    let slots = route::slots(diagram);
    let width = |item: usize| slots.get(item).map_or(0.0, |slot| slot.width) + columns::BEND_GAP;
    let mut x = vec![0.0; n_items];
    for row in &levels.rows {
        let mut left = -row.iter().map(|&item| width(item)).sum::<f64>() / 2.0;
        for &item in row {
            x[item] = left + width(item) / 2.0;
            left += width(item);
        }
    }
    x
}
