//! Rows that are too wide for the screen, each dealt out to several.

use crate::diagram::Diagram;
use crate::geometry::Size;

/// What a drawing is to fit on without being shrunk, if that can be had.
pub(crate) const SCREEN: Size = Size {
    width: 1920.0,
    height: 1080.0,
};
/// Rooms that boxes, lines and labels take when rows are only counted.
const BOX_GAP: f64 = 30.0;
const LINE_GAP: f64 = 14.0;
const ROW_GAP: f64 = 48.0;
/// Real rows are wider than their boxes: these stand below what they are tied to.
const SLACK: f64 = 1.15;
/// A box this much higher than the middle one is among tall ones.
const TALL: f64 = 2.5;
/// The most bends that wrapping may add, as a multiple of boxes and arrows.
const MAX_BENDS: usize = 12;

/// Boxes in rows, without places in them.
pub(crate) struct Sketch<'a> {
    pub(crate) diagram: &'a Diagram,
    pub(crate) row: &'a [usize],
    /// The upper and the lower end of each arrow, by position.
    pub(crate) strands: &'a [(usize, (usize, usize))],
}

/// What a row holds.
#[derive(Clone, Debug, Default)]
struct RowSum {
    /// Widths with gaps, and largest heights, of small and of tall boxes.
    classes: [Class; 2],
    /// Lines that pass.
    n_passing: f64,
    /// The height of the highest label above it.
    label: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Class {
    width: f64,
    height: f64,
    n_boxes: usize,
    /// Lines that end at them.
    n_lines: f64,
}

/// Into how many rows each row is dealt.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wrapping {
    /// For each row, how many the tall and how many the small boxes get.
    pub(crate) n_rows: Vec<[usize; 2]>,
    /// About how large the drawing gets.
    pub(crate) size: Size,
    tall_from: f64,
}

impl Wrapping {
    pub(crate) fn is_wrapped(&self) -> bool {
        self.n_rows.iter().any(|[tall, small]| tall + small > 1)
    }
}

impl Sketch<'_> {
    /// The wrapping whose drawing fits best on a screen.
    pub(crate) fn wrapping(&self, screen: Size) -> Wrapping {
        let tall_from = self.tall_from();
        let sums = self.sums(tall_from);
        let widest = sums
            .iter()
            .map(|sum| width_in(sum, [1, 1]))
            .fold(1.0, f64::max);
        let narrowest = self
            .diagram
            .boxes
            .iter()
            .map(|size| size.width)
            .fold(1.0, f64::max)
            + BOX_GAP;
        let mut best = self.try_width(&sums, f64::INFINITY, tall_from);
        let mut limit = widest;
        while limit > narrowest && scale(best.size, screen) < 1.0 {
            let wrapping = self.try_width(&sums, limit, tall_from);
            if scale(wrapping.size, screen) > scale(best.size, screen) * 1.02 {
                best = wrapping;
            }
            limit *= 0.85;
        }
        best
    }

    fn try_width(&self, sums: &[RowSum], limit: f64, tall_from: f64) -> Wrapping {
        let mut size = Size::default();
        let mut n_bends = 0.0;
        let n_rows: Vec<[usize; 2]> = sums
            .iter()
            .map(|sum| {
                let n_rows = dealt(sum, limit);
                size.width = size.width.max(width_in(sum, n_rows));
                for (class, n) in sum.classes.iter().zip(n_rows) {
                    size.height += n as f64 * (class.height + ROW_GAP + sum.label);
                    n_bends += (n as f64 - 1.0).max(0.0) * (class.n_lines / 2.0 + sum.n_passing);
                }
                n_rows
            })
            .collect();
        let most = MAX_BENDS * (self.diagram.boxes.len() + self.diagram.arrows.len()) + 200;
        if n_bends > most as f64 {
            size = Size::new(f64::INFINITY, f64::INFINITY);
        }
        size.width *= SLACK;
        Wrapping {
            n_rows,
            size,
            tall_from,
        }
    }

    fn tall_from(&self) -> f64 {
        let mut heights: Vec<f64> = self.diagram.boxes.iter().map(|size| size.height).collect();
        heights.sort_by(f64::total_cmp);
        heights
            .get(heights.len() / 2)
            .map_or(0.0, |middle| middle * TALL)
    }

    fn sums(&self, tall_from: f64) -> Vec<RowSum> {
        let n_rows = self.row.iter().max().map_or(0, |last| last + 1);
        let mut sums = vec![RowSum::default(); n_rows];
        for (size, &row) in self.diagram.boxes.iter().zip(self.row) {
            let class = &mut sums[row].classes[usize::from(size.height < tall_from)];
            class.width += size.width + BOX_GAP;
            class.height = class.height.max(size.height);
            class.n_boxes += 1;
        }
        // Lines that pass, by differences: each begins below its upper end and ends above its lower one.
        let mut changes = vec![0_i64; n_rows + 1];
        for &(arrow, (upper, lower)) in self.strands {
            changes[self.row[upper] + 1] += 1;
            changes[self.row[lower]] -= 1;
            for end in [upper, lower] {
                let is_small = self.diagram.boxes[end].height < tall_from;
                let class = &mut sums[self.row[end]].classes[usize::from(is_small)];
                class.n_lines += 1.0;
            }
            let sum = &mut sums[self.row[lower]];
            sum.label = sum.label.max(self.diagram.arrows[arrow].label.height);
        }
        let mut n_passing = 0;
        for (sum, change) in sums.iter_mut().zip(changes) {
            n_passing += change;
            sum.n_passing = n_passing as f64;
        }
        sums
    }
}

/// The new row of each box, if `order` has the boxes of each row from left to right.
pub(crate) fn deal(sketch: &Sketch, wrapping: &Wrapping, order: &[Vec<usize>]) -> Vec<usize> {
    let mut balance = vec![0_i64; sketch.row.len()];
    for &(_, (upper, lower)) in sketch.strands {
        balance[upper] += 1;
        balance[lower] -= 1;
    }
    let mut row = vec![0; sketch.row.len()];
    let mut first = 0;
    for (items, n_rows) in order.iter().zip(&wrapping.n_rows) {
        let is_tall = |item: &usize| sketch.diagram.boxes[*item].height >= wrapping.tall_from;
        let boxes = items
            .iter()
            .copied()
            .filter(|item| *item < sketch.row.len());
        let (tall, small): (Vec<usize>, Vec<usize>) = boxes.partition(is_tall);
        for (class, &n) in [tall, small].iter().zip(n_rows) {
            for group in class.chunks(n.max(1)) {
                let mut group = group.to_vec();
                // What more lines leave downwards stands lower.
                group.sort_by_key(|&item| balance[item]);
                for (nth, item) in group.into_iter().enumerate() {
                    row[item] = first + nth;
                }
            }
            first += n;
        }
    }
    row
}

/// Into how many rows the tall and the small boxes have to go for a width.
#[expect(
    clippy::cast_sign_loss,
    reason = "a number of rows between one and that of the boxes"
)]
fn dealt(sum: &RowSum, limit: f64) -> [usize; 2] {
    sum.classes.map(|class| {
        if class.n_boxes == 0 {
            return 0;
        }
        let passing = LINE_GAP * sum.n_passing;
        let arriving = LINE_GAP * class.n_lines / 2.0;
        let room = limit - passing - arriving;
        let wanted = if room > 0.0 {
            ((class.width - arriving) / room).ceil()
        } else {
            f64::INFINITY
        };
        wanted.clamp(1.0, class.n_boxes as f64) as usize
    })
}

/// How wide a row gets that is dealt out.
fn width_in(sum: &RowSum, n_rows: [usize; 2]) -> f64 {
    let widths = sum.classes.iter().zip(n_rows).map(|(class, n)| {
        let n = n.max(1) as f64;
        class.width / n + LINE_GAP * class.n_lines / 2.0 * (n - 1.0) / n
    });
    widths.fold(0.0, f64::max) + LINE_GAP * sum.n_passing
}

/// How far a drawing has to be shrunk to fit on a screen; at most 1.
pub(crate) fn scale(size: Size, screen: Size) -> f64 {
    (screen.width / size.width)
        .min(screen.height / size.height)
        .min(1.0)
}
