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
    let mut row_of = row.clone();
    let mut lines = Vec::with_capacity(ends.len());
    let mut first_bends = Vec::with_capacity(ends.len());
    for &(upper, lower) in &ends {
        first_bends.push(row_of.len());
        let mut before = upper;
        for passed in row[upper] + 1..row[lower] {
            lines.push((before, row_of.len()));
            before = row_of.len();
            row_of.push(passed);
        }
        lines.push((before, lower));
    }
    let mut levels = Levels::new(&row_of, &lines);
    levels.reduce_crossings();

    let x = closest(diagram, &levels, row_of.len());
    let strands = strands
        .iter()
        .zip(first_bends)
        .map(|(&(arrow, (upper, lower)), first)| Strand {
            arrow,
            upper,
            lower,
            reversed: order.reversed[arrow],
            bends: x[first..first + (row[lower] - row[upper] - 1)].to_vec(),
        });
    Rows {
        strands: strands.collect(),
        x: x[..row.len()].to_vec(),
        row,
    }
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
