//! Rows and the order in them, for one plan.

use crate::columns;
use crate::diagram::Diagram;
use crate::order::Levels;
use crate::plan::Plan;
use crate::route::{self, Rows, Strand};
use crate::wrap::{Sketch, deal};

/// The most bends of all lines together: a thousand boxes in a column that all point at its last one.
const MAX_BENDS: usize = 500_000;

/// Finds rows and order of a connected diagram; the columns are the closest that the order allows.
pub(crate) fn rows(plan: &Plan) -> Rows {
    let (core, diagram) = (plan.core, &plan.diagram);
    let mut row = core.row.clone();
    let ends: Vec<_> = core.strands.iter().map(|(_, ends)| *ends).collect();
    if plan.wrapping.is_wrapped() {
        let (levels, _) = ordered(&ends, &row);
        let sketch = Sketch {
            diagram,
            row: &row,
            strands: &core.strands,
        };
        row = deal(&sketch, &plan.wrapping, &levels.rows);
    }
    let (levels, bends) = ordered(&ends, &row);
    let n_items = bends.last().map_or(row.len(), |last| last.end);
    let x = closest(diagram, &levels, n_items);
    let strands = core.strands.iter().zip(bends);
    let strands = strands.map(|(&(arrow, (upper, lower)), bends)| Strand {
        arrow,
        upper,
        lower,
        reversed: core.order.reversed[arrow],
        bends: x[bends].to_vec(),
    });
    Rows {
        strands: strands.collect(),
        x: x[..row.len()].to_vec(),
        row,
    }
}

/// Boxes and bends in an order with few crossings, and which bends belong to each line.
fn ordered(ends: &[(usize, usize)], row: &[usize]) -> (Levels, Vec<std::ops::Range<usize>>) {
    // A line that passes rows has a bend in each, which takes part in the order as boxes do.
    let n_bends = n_bends(ends, row);
    let mut row_of = row.to_vec();
    let mut lines = Vec::with_capacity(ends.len());
    let mut bends = Vec::with_capacity(ends.len());
    for (&(upper, lower), &n_bends) in ends.iter().zip(&n_bends) {
        let first = row_of.len();
        let mut before = upper;
        for passed in (row[upper] + 1..).take(n_bends) {
            lines.push((before, row_of.len()));
            before = row_of.len();
            row_of.push(passed);
        }
        if row[lower] == row_of[before] + 1 {
            lines.push((before, lower));
        }
        bends.push(first..row_of.len());
    }
    let mut levels = Levels::new(&row_of, &lines);
    levels.reduce_crossings();
    (levels, bends)
}

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
