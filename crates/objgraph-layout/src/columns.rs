//! Columns for rows whose order is fixed: parents above their children, long lines straight.
//!
//! Minimises the squared sideways distance over all lines, under the condition that nothing in a row
//! comes too close to its neighbour. Row after row is solved exactly by isotonic regression (pool
//! adjacent violators; Barlow, Bartholomew, Bremner and Brunk 1972), with the other rows held fixed.

use crate::chains::Leaders;
use crate::diagram::Diagram;
use crate::geometry::Size;
use crate::hooks::{Hooks, Room};
use crate::route::Rows;

/// Least room beside a box, and beside a line that passes.
const BOX_GAP: f64 = 26.0;
pub(crate) const BEND_GAP: f64 = 14.0;
/// The part of a label's width that boxes below it keep free.
const MAX_LABEL: f64 = 130.0;
/// How strongly a line pulls: between two boxes, at its ends, and on its way.
const PULLS: (f32, f32, f32) = (1.0, 3.0, 8.0);
/// The most sweeps, and how many items all of them together may move.
const MAX_SWEEPS: usize = 20;
const MAX_WORK: usize = 4_000_000;
const MIN_SWEEPS: usize = 6;
/// How often lines are straightened after that; each gives the others room.
const N_ALIGNMENTS: usize = 3;

/// Boxes and bends, and what pulls them: for each item a field of each list.
struct Items {
    x: Vec<f64>,
    half_width: Vec<f64>,
    gap: Vec<f64>,
    /// Where the ties of each item begin in `ties`, and where the last ones end.
    starts: Vec<usize>,
    /// Items in other rows, how strongly they pull, and how far right of them.
    ties: Vec<(u32, f32, f32)>,
}

/// Moves boxes and bends sideways within their order.
///
/// # Complexity
/// O(items + lines) for each of at most [`MAX_SWEEPS`] sweeps; fewer if there are many items.
pub(crate) fn straighten(diagram: &Diagram, (slots, hooks): (&[Size], &Hooks), rows: &mut Rows) {
    let leaders = Leaders::new(diagram, slots, &rows.chains);
    let (mut items, row_of) = items(diagram, (slots, hooks), (rows, &leaders));
    let mut lines = in_rows(&items, &row_of);
    if !leaders.is_empty() {
        lines
            .iter_mut()
            .for_each(|line| line.retain(|&item| !leaders.is_led(item)));
    }
    let mut scratch = Scratch::default();
    let n_sweeps = (MAX_WORK / items.x.len().max(1)).clamp(MIN_SWEEPS, MAX_SWEEPS);
    for sweep in 0..n_sweeps {
        for index in 0..lines.len() {
            let row = if sweep % 2 == 0 {
                index
            } else {
                lines.len() - 1 - index
            };
            settle(&mut items, &lines[row], &mut scratch);
        }
    }
    for _ in 0..N_ALIGNMENTS {
        align(&mut items, &lines, rows);
    }
    leaders.lead(&mut items.x);
    let mut x = items.x.into_iter();
    for (own, x) in rows.x.iter_mut().zip(x.by_ref()) {
        *own = x;
    }
    for (own, x) in rows
        .strands
        .iter_mut()
        .flat_map(|strand| &mut strand.bends)
        .zip(x)
    {
        *own = x;
    }
}

/// The boxes, then the bends of each strand, each with its row.
fn items(
    diagram: &Diagram,
    (slots, hooks): (&[Size], &Hooks),
    (rows, leaders): (&Rows, &Leaders),
) -> (Items, Vec<usize>) {
    let mut x = rows.x.clone();
    if !leaders.is_empty() {
        for (item, x) in x.iter_mut().enumerate() {
            *x -= leaders.of(item).1;
        }
    }
    let mut row_of = rows.row.clone();
    let mut pulls: Vec<(u32, u32, f32, f32)> = Vec::new();
    for strand in &rows.strands {
        let (mut before, upper_offset) = leaders.of(strand.upper);
        let (lower, lower_offset) = leaders.of(strand.lower);
        let port = |end: usize, node: usize, offset: f64| {
            let port = strand.ports[end].map(|port| port + off_center(hooks.room(node)));
            (offset + port.unwrap_or(0.0)) as f32
        };
        let upper_port = port(0, strand.upper, upper_offset);
        let lower_port = port(1, strand.lower, lower_offset);
        let mut shift = upper_port;
        for (nth, &bend) in strand.bends.iter().enumerate() {
            let pull = if nth == 0 { PULLS.1 } else { PULLS.2 };
            pulls.push((
                before as u32,
                x.len() as u32,
                pull,
                std::mem::take(&mut shift),
            ));
            before = x.len();
            row_of.push(rows.row[strand.upper] + 1 + nth);
            x.push(bend);
        }
        let pull = if strand.bends.is_empty() {
            PULLS.0
        } else {
            PULLS.1
        };
        pulls.push((before as u32, lower as u32, pull, shift - lower_port));
    }
    let n_items = x.len();
    let mut half_width = widths(diagram, slots, rows);
    for (item, width) in half_width.iter_mut().enumerate() {
        *width = leaders.width(item).unwrap_or(*width);
    }
    // What has no width is a port in the border of a frame.
    let gap_of = |&width: &f64| if width > 0.0 { BOX_GAP } else { BEND_GAP };
    let mut gap: Vec<f64> = half_width.iter().map(gap_of).collect();
    half_width.iter_mut().for_each(|width| *width /= 2.0);
    half_width.resize(n_items, 0.0);
    gap.resize(n_items, BEND_GAP);
    let mut starts = vec![0; n_items + 1];
    for &(one, other, _, _) in &pulls {
        starts[one as usize + 1] += 1;
        starts[other as usize + 1] += 1;
    }
    for item in 0..n_items {
        starts[item + 1] += starts[item];
    }
    let mut cursors = starts.clone();
    let mut ties = vec![(0, 0.0, 0.0); starts[n_items]];
    for (one, other, pull, shift) in pulls {
        for (item, other, shift) in [(one, other, -shift), (other, one, shift)] {
            ties[cursors[item as usize]] = (other, pull, shift);
            cursors[item as usize] += 1;
        }
    }
    let items = Items {
        x,
        half_width,
        gap,
        starts,
        ties,
    };
    (items, row_of)
}

/// How far right of the middle of its slot a box stands, loops left aside.
fn off_center(room: Room) -> f64 {
    (room.left - room.right) / 2.0
}

/// The room that each box needs, with the labels of lines that reach it from above.
fn widths(diagram: &Diagram, slots: &[Size], rows: &Rows) -> Vec<f64> {
    let mut widths: Vec<f64> = slots.iter().map(|slot| slot.width).collect();
    for strand in &rows.strands {
        let label = diagram.arrows[strand.arrow].label.width.min(MAX_LABEL);
        // The label and the gap beside it fit into the room between two boxes.
        widths[strand.lower] = widths[strand.lower].max(label + 18.0 - BOX_GAP);
    }
    widths
}

/// The items of each row from left to right.
fn in_rows(items: &Items, row_of: &[usize]) -> Vec<Vec<usize>> {
    let n_rows = row_of.iter().max().map_or(0, |last| last + 1);
    let mut lines = vec![Vec::new(); n_rows];
    for (index, &row) in row_of.iter().enumerate() {
        lines[row].push(index);
    }
    for line in &mut lines {
        line.sort_by(|&a, &b| items.x[a].total_cmp(&items.x[b]).then(a.cmp(&b)));
    }
    lines
}

/// Puts the bends of each line below each other, in as few runs as what stands beside them allows.
///
/// The sweeps leave long lines nearly straight; the eye sees the difference.
fn align(items: &mut Items, lines: &[Vec<usize>], rows: &Rows) {
    let [before, after] = neighbours(items, lines);
    let mut first = rows.x.len();
    for strand in &rows.strands {
        let bends = first..first + strand.bends.len();
        first = bends.end;
        let mut run = bends.start;
        let mut free = (f64::NEG_INFINITY, f64::INFINITY);
        for bend in bends.clone() {
            let own = (
                items.least(before[bend], bend),
                items.most(bend, after[bend]),
            );
            let common = (free.0.max(own.0), free.1.min(own.1));
            if common.0 > common.1 {
                items.put(run..bend, free);
                (run, free) = (bend, own);
            } else {
                free = common;
            }
        }
        items.put(run..bends.end, free);
    }
}

/// What stands at the left and at the right of each item.
fn neighbours(items: &Items, lines: &[Vec<usize>]) -> [Vec<Option<u32>>; 2] {
    let mut before = vec![None; items.x.len()];
    let mut after = vec![None; items.x.len()];
    for line in lines {
        for pair in line.windows(2) {
            before[pair[1]] = Some(pair[0] as u32);
            after[pair[0]] = Some(pair[1] as u32);
        }
    }
    [before, after]
}

/// Kept from row to row, so that nothing is allocated anew.
#[derive(Default)]
struct Scratch {
    /// Where each item would be if all stood as close as they may.
    offsets: Vec<f64>,
    blocks: Vec<Pool>,
}

/// Items that stand as close as they may.
#[derive(Clone, Copy)]
struct Pool {
    pull: f64,
    /// Where the pool would like to start.
    wish: f64,
    n_items: usize,
}

/// Puts the items of a row where their ties pull them, as far as their order allows.
fn settle(items: &mut Items, line: &[usize], scratch: &mut Scratch) {
    let Scratch { offsets, blocks } = scratch;
    offsets.clear();
    blocks.clear();
    let mut offset = 0.0;
    for (place, &index) in line.iter().enumerate() {
        if place > 0 {
            offset += items.distance(line[place - 1], index);
        }
        offsets.push(offset);
        let (pull, wish) = items.wish(index);
        let mut pool = Pool {
            pull,
            wish: wish - offset,
            n_items: 1,
        };
        while let Some(before) = blocks.pop_if(|before| before.wish > pool.wish) {
            let pull = before.pull + pool.pull;
            pool = Pool {
                pull,
                wish: (before.pull * before.wish + pool.pull * pool.wish) / pull,
                n_items: before.n_items + pool.n_items,
            };
        }
        blocks.push(pool);
    }
    let mut places = line.iter().zip(offsets.iter());
    for pool in blocks.iter() {
        for (&index, offset) in places.by_ref().take(pool.n_items) {
            items.x[index] = pool.wish + offset;
        }
    }
}

impl Items {
    /// How far the middles of two neighbours have to be apart.
    fn distance(&self, left: usize, right: usize) -> f64 {
        let gap = self.gap[left].min(self.gap[right]);
        self.half_width[left] + self.half_width[right] + gap
    }

    /// The leftmost place of an item beside its left neighbour.
    fn least(&self, before: Option<u32>, item: usize) -> f64 {
        before.map_or(f64::NEG_INFINITY, |before| {
            let before = before as usize;
            self.x[before] + self.distance(before, item)
        })
    }

    /// The rightmost place of an item beside its right neighbour.
    fn most(&self, item: usize, after: Option<u32>) -> f64 {
        after.map_or(f64::INFINITY, |after| {
            let after = after as usize;
            self.x[after] - self.distance(item, after)
        })
    }

    /// Puts bends below each other, near the middle of where they are, between two borders.
    fn put(&mut self, bends: std::ops::Range<usize>, (least, most): (f64, f64)) {
        let x = &mut self.x[bends];
        let middle = x.iter().sum::<f64>() / x.len().max(1) as f64;
        x.fill(middle.min(most).max(least));
    }

    /// How strongly an item is pulled, and where to.
    fn wish(&self, index: usize) -> (f64, f64) {
        let (mut pulls, mut sum) = (0.0, 0.0);
        for &(other, pull, shift) in &self.ties[self.starts[index]..self.starts[index + 1]] {
            let pull = f64::from(pull);
            pulls += pull;
            sum += pull * (self.x[other as usize] + f64::from(shift));
        }
        if pulls > 0.0 {
            (pulls, sum / pulls)
        } else {
            (1e-3, self.x[index])
        }
    }
}
