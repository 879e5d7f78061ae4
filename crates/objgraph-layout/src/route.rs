//! Lines between boxes that stand in rows.
//!
//! A line runs straight down through rows and bends only between them, so that it never touches a box
//! that is not its own. The lines of a box start and end apart from each other, in the order of where
//! they lead. Where labels find no room, the rows are set further apart.

use crate::diagram::{Arrow, Diagram, Layout};
use crate::geometry::{Point, Rect, Size};
use crate::hooks::{Course, Hooks};
use crate::labels::{self, Crowded};
use crate::level;
use crate::loops::{self, with_loops};

/// Which row and column each box has, found by this crate or by another engine.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The row of each box, from the top.
    pub row: Vec<usize>,
    /// The middle of each box's slot.
    pub x: Vec<f64>,
    /// The arrows but for loops and those within a row.
    pub strands: Vec<Strand>,
    /// Boxes that arrows within their row tie together, from left to right.
    pub chains: Vec<Vec<usize>>,
}

/// An arrow on its way down.
#[derive(Clone, Debug, Default)]
pub struct Strand {
    /// The position of the arrow in the diagram.
    pub arrow: usize,
    /// The box at its upper end.
    pub upper: usize,
    /// The box at its lower end.
    pub lower: usize,
    /// Whether the arrow points up.
    pub reversed: bool,
    /// Where it passes the rows between its ends, one after the other.
    pub bends: Vec<f64>,
    /// Where it passes all of them if it has no bends: beside the drawing. Set while it is drawn.
    pub lane: Option<f64>,
    /// Where it has to end at the upper and at the lower box, right of the middle; anywhere if there is none.
    pub ports: [Option<f64>; 2],
}

/// The least distance of the outermost port from the corner.
const PORT_INSET: f64 = 11.0;
/// The widest distance of two ports of a box.
const PORT_STEP: f64 = 38.0;
/// Least distance between two rows, without and with labels.
const ROW_GAP: (f64, f64) = (40.0, 64.0);
/// How often rows may be set further apart for the sake of labels.
const MAX_ROUNDS: usize = 14;
/// How many labels may be placed in all those rounds.
const MAX_WORK: usize = 6_000;

/// The room each box needs: itself, its loops and their labels, and lines from ports that face away from the next row;
/// `reversed` tells of each arrow whether it points up.
#[must_use]
pub fn slots(diagram: &Diagram, reversed: &[bool]) -> Vec<Size> {
    let course = |index: usize| course(diagram.arrows[index], reversed[index]);
    slots_with(diagram, &Hooks::new(diagram, course))
}

/// The hooks of arrows between boxes in rows, of which `reversed` tells whether they point up.
pub(crate) fn hooks(diagram: &Diagram, row: &[usize], reversed: &[bool]) -> Hooks {
    Hooks::new(diagram, |index| {
        let arrow = diagram.arrows[index];
        level::course(arrow, row).unwrap_or_else(|| course(arrow, reversed[index]))
    })
}

/// The same with hooks that are known.
pub(crate) fn slots_with(diagram: &Diagram, hooks: &Hooks) -> Vec<Size> {
    let mut slots = with_loops(diagram);
    for (index, slot) in slots.iter_mut().enumerate() {
        let room = hooks.room(index);
        slot.width += room.left + room.right;
        slot.height += room.above + room.below;
    }
    slots
}

fn course(arrow: Arrow, is_reversed: bool) -> Course {
    match is_reversed {
        _ if arrow.is_loop() => Course::Loop,
        true => Course::Up,
        false => Course::Down,
    }
}

/// The hooks of the arrows that have places in rows, and the ports of their lines set.
pub(crate) fn hooked(diagram: &Diagram, rows: &mut Rows) -> Hooks {
    let mut reversed = vec![false; diagram.arrows.len()];
    for strand in &rows.strands {
        reversed[strand.arrow] = strand.reversed;
    }
    let hooks = hooks(diagram, &rows.row, &reversed);
    for strand in &mut rows.strands {
        let ends = [(strand.upper, strand.lower), (strand.lower, strand.upper)];
        let next = [strand.bends.first(), strand.bends.last()];
        for end in 0..2 {
            let (own, other) = ends[end];
            let leads = next[end].copied().unwrap_or(rows.x[other]) - rows.x[own];
            let port = hooks.x(strand.arrow, strand.is_target(end), leads);
            strand.ports[end] = strand.ports[end].or(port);
        }
    }
    hooks
}

impl Strand {
    /// Whether the arrow points at its upper (0) or at its lower (1) end.
    pub(crate) fn is_target(&self, end: usize) -> bool {
        (end == 1) != self.reversed
    }
}

/// Draws everything: rows from top to bottom, then lines, then labels.
pub(crate) fn draw(diagram: &Diagram, rows: &Rows, hooks: &Hooks) -> Layout {
    let slots = slots_with(diagram, hooks);
    let mut gaps = first_gaps(diagram, rows);
    let mut round = 0;
    loop {
        let mut layout = lines(diagram, rows, (&slots, hooks), &gaps);
        let crowded = labels::place(diagram, &mut layout);
        round += 1;
        if crowded.is_empty() || round * diagram.arrows.len() > MAX_WORK || round == MAX_ROUNDS {
            return layout;
        }
        widen(&mut gaps, diagram, rows, &crowded);
    }
}

/// Distances between rows: more where labels stand and where lines run far sideways.
fn first_gaps(diagram: &Diagram, rows: &Rows) -> Vec<f64> {
    let n_rows = rows.row.iter().max().map_or(0, |last| last + 1);
    let mut gaps = vec![ROW_GAP.0; n_rows];
    let arches = level::room_above(diagram, rows);
    for (gap, arch) in gaps.iter_mut().zip(arches.iter().skip(1)) {
        *gap += arch;
    }
    for strand in &rows.strands {
        let labelled = diagram.arrows[strand.arrow].has_label();
        let mut x = rows.x[strand.upper];
        let last = (rows.row[strand.lower], rows.x[strand.lower]);
        for (row, next) in passes(strand, rows).chain([last]) {
            let least = if labelled { ROW_GAP.1 } else { ROW_GAP.0 };
            gaps[row - 1] = gaps[row - 1].max(least + ((next - x).abs() * 0.12).min(110.0));
            x = next;
        }
    }
    gaps
}

/// Adds room in the gaps that the crowded labels' arrows pass.
fn widen(gaps: &mut [f64], diagram: &Diagram, rows: &Rows, crowded: &[Crowded]) {
    let mut is_crowded = vec![false; diagram.arrows.len()];
    for Crowded(arrow) in crowded {
        is_crowded[*arrow] = true;
    }
    let mut more = vec![0.0_f64; gaps.len()];
    for strand in &rows.strands {
        if is_crowded[strand.arrow] {
            let row = rows.row[strand.upper];
            more[row] += diagram.arrows[strand.arrow].label.height + 2.0;
        }
    }
    for (gap, more) in gaps.iter_mut().zip(more) {
        *gap += more.min(60.0);
    }
}

fn lines(
    diagram: &Diagram,
    rows: &Rows,
    (slots, hooks): (&[Size], &Hooks),
    gaps: &[f64],
) -> Layout {
    let mut layout = Layout::blank(diagram);
    let bands = bands(rows, slots, gaps);
    let leans = leans(diagram, rows);
    for (index, slot) in slots.iter().enumerate() {
        let (top, bottom) = bands[rows.row[index]];
        let left = rows.x[index] - slot.width / 2.0;
        let size = diagram.boxes[index];
        let room = hooks.room(index);
        let lean = leans[index] * (bottom - top - slot.height) / 2.0;
        let center = Point::new(
            left + room.left + size.width / 2.0,
            f64::midpoint(top, bottom) + lean + (room.above - room.below) / 2.0,
        );
        layout.boxes[index] = Rect::around(center, size);
    }
    let ports = Ports::new(rows, &layout.boxes);
    for (place, strand) in rows.strands.iter().enumerate() {
        let mut curve = down(
            strand,
            ports.ends[place],
            (rows, hooks),
            &bands,
            &layout.boxes,
        );
        if strand.reversed {
            curve.reverse();
        }
        layout.curves[strand.arrow] = curve;
    }
    level::draw(diagram, (rows, hooks), &bands, &mut layout);
    loops::draw(diagram, &mut layout);
    layout
}

/// Where each box stands in its row: from -1, at the top, to 1, at the bottom; on the side where more lines end,
/// so that these spread at once rather than run beside each other.
fn leans(diagram: &Diagram, rows: &Rows) -> Vec<f64> {
    let mut n_lines = vec![(0.0, 0.0); rows.row.len()];
    for strand in &rows.strands {
        n_lines[strand.upper].1 += 1.0;
        n_lines[strand.lower].0 += 1.0;
    }
    let lean = |(above, below): (f64, f64)| {
        let total: f64 = above + below;
        if total > 0.0 {
            (below - above) / total
        } else {
            0.0
        }
    };
    let mut leans: Vec<f64> = n_lines.into_iter().map(lean).collect();
    // Boxes that somebody put into one row are meant to be seen as that.
    for &member in diagram.groups.iter().flat_map(|group| &group.boxes) {
        leans[member] = 0.0;
    }
    leans
}

/// Top and bottom of each row.
fn bands(rows: &Rows, slots: &[Size], gaps: &[f64]) -> Vec<(f64, f64)> {
    let mut heights = vec![0.0_f64; gaps.len()];
    for (&row, slot) in rows.row.iter().zip(slots) {
        heights[row] = heights[row].max(slot.height);
    }
    let mut top = 0.0;
    let bands = heights.iter().zip(gaps).map(|(height, gap)| {
        let band = (top, top + height);
        top += height + gap;
        band
    });
    bands.collect()
}

/// Where the lines leave the lower borders and reach the upper ones.
struct Ports {
    /// For each strand, x at its upper and at its lower end.
    ends: Vec<(f64, f64)>,
}

impl Ports {
    fn new(rows: &Rows, boxes: &[Rect]) -> Self {
        let mut below = vec![Vec::new(); boxes.len()];
        let mut above = vec![Vec::new(); boxes.len()];
        let mut ends = vec![(0.0, 0.0); rows.strands.len()];
        for (place, strand) in rows.strands.iter().enumerate() {
            let first = strand.lane.or(strand.bends.first().copied());
            let last = strand.lane.or(strand.bends.last().copied());
            let lower_x = boxes[strand.lower].center().x;
            let upper_x = boxes[strand.upper].center().x;
            // Of two lines between the same boxes the one further left is so at both ends.
            if let Some(port) = strand.ports[0] {
                ends[place].0 = upper_x + port;
            } else {
                below[strand.upper].push((first.unwrap_or(lower_x), lower_x, strand.arrow, place));
            }
            if let Some(port) = strand.ports[1] {
                ends[place].1 = lower_x + port;
            } else {
                above[strand.lower].push((last.unwrap_or(upper_x), upper_x, strand.arrow, place));
            }
        }
        for (rect, lines) in boxes.iter().zip(&mut below) {
            spread(*rect, lines, |place, x| ends[place].0 = x);
        }
        for (rect, lines) in boxes.iter().zip(&mut above) {
            spread(*rect, lines, |place, x| ends[place].1 = x);
        }
        Self { ends }
    }
}

/// Gives the lines on one border of a box their places, sorted by where they lead.
fn spread(rect: Rect, lines: &mut [(f64, f64, usize, usize)], mut put: impl FnMut(usize, f64)) {
    lines.sort_by(|a, b| {
        a.0.total_cmp(&b.0)
            .then(a.1.total_cmp(&b.1))
            .then(a.2.cmp(&b.2))
    });
    let room = (rect.width - 2.0 * PORT_INSET).max(0.0);
    let last = lines.len().saturating_sub(1) as f64;
    let step = if last > 0.0 {
        (room / last).min(PORT_STEP)
    } else {
        0.0
    };
    for (index, line) in lines.iter().enumerate() {
        put(line.3, rect.center().x + (index as f64 - last / 2.0) * step);
    }
}

/// The line of a strand from its upper to its lower box.
fn down(
    strand: &Strand,
    ends: (f64, f64),
    (rows, hooks): (&Rows, &Hooks),
    bands: &[(f64, f64)],
    boxes: &[Rect],
) -> Vec<Point> {
    let (first_row, last_row) = (rows.row[strand.upper], rows.row[strand.lower]);
    let hook = |end: usize, center: Point, x: f64| {
        let path = hooks.path(strand.arrow, strand.is_target(end), x - center.x, center);
        path.filter(|path| path.len() > 1)
    };
    let start = vec![Point::new(ends.0, boxes[strand.upper].bottom())];
    let mut curve = hook(0, boxes[strand.upper].center(), ends.0).unwrap_or(start);
    let (mut x, mut bottom) = (ends.0, bands[first_row].1);
    for (row, next) in passes(strand, rows).chain([(last_row, ends.1)]) {
        // Where it goes straight on, a line needs no further point.
        let is_tied = row == last_row && hooks.is_tied(strand.arrow, strand.is_target(1));
        let tolerance = if is_tied { 0.0 } else { 0.3 };
        if (next - x).abs() > tolerance || row == last_row && curve.len() == 1 {
            straight(&mut curve, bottom);
            bend(&mut curve, Point::new(next, bands[row].0));
            x = next;
        }
        bottom = bands[row].1;
    }
    let Some(mut path) = hook(1, boxes[strand.lower].center(), ends.1) else {
        straight(&mut curve, boxes[strand.lower].y);
        return curve;
    };
    path.reverse();
    straight(&mut curve, path[0].y);
    curve.extend(&path[1..]);
    curve
}

/// The rows that a line passes and where, from one in which it has to be at a new place to the next.
fn passes<'a>(strand: &'a Strand, rows: &Rows) -> impl Iterator<Item = (usize, f64)> + 'a {
    let (first, last) = (rows.row[strand.upper], rows.row[strand.lower]);
    let by_lane = strand
        .lane
        .into_iter()
        .flat_map(move |x| [(first + 1, x), (last - 1, x)]);
    by_lane.chain((first + 1..).zip(strand.bends.iter().copied()))
}

/// Continues a line straight down to `y`.
fn straight(curve: &mut Vec<Point>, y: f64) {
    let start = curve[curve.len() - 1];
    let end = Point::new(start.x, y);
    if y > start.y {
        curve.extend([
            start.towards(end, 1.0 / 3.0),
            start.towards(end, 2.0 / 3.0),
            end,
        ]);
    }
}

/// Continues a line in a curve that starts and ends downwards.
fn bend(curve: &mut Vec<Point>, end: Point) {
    let start = curve[curve.len() - 1];
    let dy = (end.y - start.y) * 0.48;
    curve.extend([start.shifted(0.0, dy), end.shifted(0.0, -dy), end]);
}
