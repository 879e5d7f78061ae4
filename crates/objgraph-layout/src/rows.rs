//! Rows and the order in them, for one plan.

use crate::columns;
use crate::diagram::Diagram;
use crate::lanes::go_by_lane;
use crate::order::Levels;
use crate::plan::Plan;
use crate::route::{self, Rows, Strand};
use crate::wrap::{Sketch, deal};

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
        lane: None,
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
    let spans: Vec<_> = (ends.iter())
        .map(|&(upper, lower)| (row[upper], row[lower]))
        .collect();
    let go_by_lane = go_by_lane(row.len(), &spans);
    let mut row_of = row.to_vec();
    let mut lines = Vec::with_capacity(ends.len());
    let mut bends = Vec::with_capacity(ends.len());
    for ((&(upper, lower), (first, last)), by_lane) in ends.iter().zip(spans).zip(go_by_lane) {
        let first_bend = row_of.len();
        if !by_lane {
            let mut before = upper;
            for passed in first + 1..last {
                lines.push((before, row_of.len()));
                before = row_of.len();
                row_of.push(passed);
            }
            lines.push((before, lower));
        }
        bends.push(first_bend..row_of.len());
    }
    let mut levels = Levels::new(&row_of, &lines);
    levels.reduce_crossings();
    (levels, bends)
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
