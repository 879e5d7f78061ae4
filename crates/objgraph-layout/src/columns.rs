//! Columns for rows whose order is fixed: parents above their children, long lines straight.
//!
//! Minimises the squared sideways distance over all lines, under the condition that nothing in a row
//! comes too close to its neighbour. Row after row is solved exactly by isotonic regression (pool
//! adjacent violators; Barlow, Bartholomew, Bremner and Brunk 1972), with the other rows held fixed.

use crate::diagram::Diagram;
use crate::geometry::Size;
use crate::route::Rows;

/// Least room beside a box, and beside a line that passes.
const BOX_GAP: f64 = 26.0;
pub(crate) const BEND_GAP: f64 = 14.0;
/// The part of a label's width that boxes below it keep free.
const MAX_LABEL: f64 = 130.0;
/// How strongly a line pulls: between two boxes, at its ends, and on its way.
const PULLS: (f64, f64, f64) = (1.0, 3.0, 8.0);
const N_SWEEPS: usize = 40;

/// A box or a bend.
struct Item {
    x: f64,
    half_width: f64,
    gap: f64,
    /// Items in other rows, and how strongly they pull.
    ties: Vec<(usize, f64)>,
}

/// Moves boxes and bends sideways within their order.
pub(crate) fn straighten(diagram: &Diagram, slots: &[Size], rows: &mut Rows) {
    let mut items = boxes(diagram, slots, rows);
    let mut row_of = rows.row.clone();
    let mut first_bends = Vec::with_capacity(rows.strands.len());
    for strand in &rows.strands {
        first_bends.push(items.len());
        let mut before = strand.upper;
        for (row, &x) in (rows.row[strand.upper] + 1..).zip(&strand.bends) {
            let pull = if before == strand.upper {
                PULLS.1
            } else {
                PULLS.2
            };
            items.push(Item {
                x,
                half_width: 0.0,
                gap: BEND_GAP,
                ties: Vec::new(),
            });
            row_of.push(row);
            before = tie(&mut items, before, pull);
        }
        let pull = if before == strand.upper {
            PULLS.0
        } else {
            PULLS.1
        };
        items[before].ties.push((strand.lower, pull));
        items[strand.lower].ties.push((before, pull));
    }
    let lines = in_rows(&items, &row_of);
    for sweep in 0..N_SWEEPS {
        for index in 0..lines.len() {
            let row = if sweep % 2 == 0 {
                index
            } else {
                lines.len() - 1 - index
            };
            settle(&mut items, &lines[row]);
        }
    }
    for (x, item) in rows.x.iter_mut().zip(&items) {
        *x = item.x;
    }
    for (strand, first) in rows.strands.iter_mut().zip(first_bends) {
        for (bend, item) in strand.bends.iter_mut().zip(&items[first..]) {
            *bend = item.x;
        }
    }
}

fn boxes(diagram: &Diagram, slots: &[Size], rows: &Rows) -> Vec<Item> {
    let mut widths: Vec<f64> = slots.iter().map(|slot| slot.width).collect();
    for strand in &rows.strands {
        let label = diagram.arrows[strand.arrow].label.width.min(MAX_LABEL);
        // The label and the gap beside it fit into the room between two boxes.
        widths[strand.lower] = widths[strand.lower].max(label + 18.0 - BOX_GAP);
    }
    let places = widths.into_iter().zip(&rows.x);
    let item = |(width, &x): (f64, &f64)| Item {
        x,
        half_width: width / 2.0,
        gap: BOX_GAP,
        ties: Vec::new(),
    };
    places.map(item).collect()
}

/// Ties the newest item to another one; answers its position.
fn tie(items: &mut [Item], other: usize, pull: f64) -> usize {
    let newest = items.len() - 1;
    items[newest].ties.push((other, pull));
    items[other].ties.push((newest, pull));
    newest
}

/// The items of each row from left to right.
fn in_rows(items: &[Item], row_of: &[usize]) -> Vec<Vec<usize>> {
    let n_rows = row_of.iter().max().map_or(0, |last| last + 1);
    let mut lines = vec![Vec::new(); n_rows];
    for (index, &row) in row_of.iter().enumerate() {
        lines[row].push(index);
    }
    for line in &mut lines {
        line.sort_by(|&a, &b| items[a].x.total_cmp(&items[b].x).then(a.cmp(&b)));
    }
    lines
}

/// Puts the items of a row where their ties pull them, as far as their order allows.
fn settle(items: &mut [Item], line: &[usize]) {
    // Where each item would be if all stood as close as they may.
    let mut offsets = Vec::with_capacity(line.len());
    let mut offset = 0.0;
    for (place, &index) in line.iter().enumerate() {
        if place > 0 {
            let (a, b) = (&items[line[place - 1]], &items[index]);
            offset += a.half_width + b.half_width + a.gap.min(b.gap);
        }
        offsets.push(offset);
    }
    // Blocks of items that stand close: sum of pulls, mean wish, number of items.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::with_capacity(line.len());
    for (&index, offset) in line.iter().zip(&offsets) {
        let (pull, wish) = wish(items, index);
        let mut block = (pull, wish - offset, 1);
        while let Some(&before) = blocks.last() {
            if before.1 <= block.1 {
                break;
            }
            blocks.pop();
            let pull = before.0 + block.0;
            let mean = (before.0 * before.1 + block.0 * block.1) / pull;
            block = (pull, mean, before.2 + block.2);
        }
        blocks.push(block);
    }
    let mut places = line.iter().zip(&offsets);
    for (_, start, n_items) in blocks {
        for (&index, offset) in places.by_ref().take(n_items) {
            items[index].x = start + offset;
        }
    }
}

/// How strongly an item is pulled, and where to.
fn wish(items: &[Item], index: usize) -> (f64, f64) {
    let item = &items[index];
    let (mut pulls, mut sum) = (0.0, 0.0);
    for &(other, pull) in &item.ties {
        pulls += pull;
        sum += pull * items[other].x;
    }
    if pulls > 0.0 {
        (pulls, sum / pulls)
    } else {
        (1e-3, item.x)
    }
}
