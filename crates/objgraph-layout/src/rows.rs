//! Rows and the order in them, for one plan.

use crate::chains::{Leaders, chains};
use crate::columns;
use crate::core::Core;
use crate::diagram::Diagram;
use crate::geometry::Size;
use crate::lanes::go_by_lane;
use crate::order::Levels;
use crate::plan::Plan;
use crate::route::{self, Rows, Strand};
use crate::wrap::{Sketch, Wrapping, deal};

/// Rows, order and places of a plan; the columns are the closest that the order allows.
pub(crate) fn rows(plan: &Plan) -> Rows {
    let (core, diagram) = (plan.core, &plan.diagram);
    let row = dealt(core, diagram, &plan.wrapping);
    placed(diagram, row, &core.strands, &core.order.reversed)
}

/// The row of each box when rows that are too wide are dealt out to several.
pub(crate) fn dealt(core: &Core, diagram: &Diagram, wrapping: &Wrapping) -> Vec<usize> {
    if !wrapping.is_wrapped() {
        return core.row.clone();
    }
    let (levels, _) = ordered(&core.strands, &core.row, &Leaders::default(), |_| None);
    let sketch = Sketch {
        diagram,
        row: &core.row,
        strands: &core.strands,
    };
    deal(&sketch, wrapping, &levels.rows)
}

/// Finds the order in rows, for lines given by their arrows and their upper and lower ends.
pub(crate) fn placed(
    diagram: &Diagram,
    row: Vec<usize>,
    strands: &[(usize, (usize, usize))],
    reversed: &[bool],
) -> Rows {
    let hooks = route::hooks(diagram, &row, reversed);
    let slots = route::slots_with(diagram, &hooks);
    let chains = chains(diagram, &row);
    let leaders = Leaders::new(diagram, &slots, &chains);
    let ports = |strand: usize| {
        let (arrow, is_reversed) = (strands[strand].0, reversed[strands[strand].0]);
        let x = |is_target| hooks.order(arrow, is_target);
        let is_tied = !hooks.is_empty() || !leaders.is_empty();
        is_tied.then(|| (x(is_reversed), x(!is_reversed)))
    };
    let (levels, bends) = ordered(strands, &row, &leaders, ports);
    let n_items = bends.last().map_or(row.len(), |last| last.end);
    let x = closest(&slots, &leaders, &levels, n_items);
    let strands = strands.iter().zip(bends);
    let strands = strands.map(|(&(arrow, (upper, lower)), bends)| Strand {
        arrow,
        upper,
        lower,
        reversed: reversed[arrow],
        bends: x[bends].to_vec(),
        ..Strand::default()
    });
    Rows {
        strands: strands.collect(),
        x: x[..row.len()].to_vec(),
        row,
        chains,
    }
}

/// Boxes and bends in an order with few crossings, and which bends belong to each line.
///
/// `ports` tells of each line how far right of the middle of its upper and its lower box it ends, if there are ports.
fn ordered(
    strands: &[(usize, (usize, usize))],
    row: &[usize],
    leaders: &Leaders,
    ports: impl Fn(usize) -> Option<(f64, f64)>,
) -> (Levels, Vec<std::ops::Range<usize>>) {
    // A line that passes rows has a bend in each, which takes part in the order as boxes do.
    let spans: Vec<_> = (strands.iter())
        .map(|&(_, (upper, lower))| (row[upper], row[lower]))
        .collect();
    let go_by_lane = go_by_lane(row.len(), &spans);
    let mut row_of = row.to_vec();
    let mut lines = Vec::with_capacity(strands.len());
    let mut places = Vec::new();
    let mut bends = Vec::with_capacity(strands.len());
    for (strand, ((&(_, (upper, lower)), (first, last)), by_lane)) in
        strands.iter().zip(spans).zip(go_by_lane).enumerate()
    {
        let first_bend = row_of.len();
        if !by_lane {
            let (mut before, from_leader) = leaders.of(upper);
            for passed in first + 1..last {
                lines.push((before, row_of.len()));
                before = row_of.len();
                row_of.push(passed);
            }
            let (leader, to_leader) = leaders.of(lower);
            lines.push((before, leader));
            if let Some((at_upper, at_lower)) = ports(strand) {
                places.resize(lines.len(), (0.0, 0.0));
                places[lines.len() - 1 - (row_of.len() - first_bend)].0 = from_leader + at_upper;
                places[lines.len() - 1].1 = to_leader + at_lower;
            }
        }
        bends.push(first_bend..row_of.len());
    }
    let mut levels = Levels::new(&row_of, &lines, &places);
    if !leaders.is_empty() {
        levels.retain(|item| !leaders.is_led(item));
    }
    levels.reduce_crossings();
    (levels, bends)
}

/// The middle of each item if those of a row stand as close as they may, around the middle of the row.
fn closest(slots: &[Size], leaders: &Leaders, levels: &Levels, n_items: usize) -> Vec<f64> {
    let own = |item: usize| slots.get(item).map_or(0.0, |slot| slot.width);
    let width = |item: usize| leaders.width(item).unwrap_or(own(item)) + columns::BEND_GAP;
    let mut x = vec![0.0; n_items];
    for row in &levels.rows {
        let mut left = -row.iter().map(|&item| width(item)).sum::<f64>() / 2.0;
        for &item in row {
            x[item] = left + width(item) / 2.0;
            left += width(item);
        }
    }
    leaders.lead(&mut x);
    x
}
