//! A fan as a block: what hangs on a box, listed in columns beside stems.
//!
//! ```text
//!      │
//!  ┌───┴────────┐
//!  ├─.a─▶ box   ├─.d─▶ box
//!  ├─.b─▶ box   │       ├──▶ box
//!  └─.c─▶ box   └─.e─▶ box
//! ```

use crate::corners::rounded;
use crate::diagram::Diagram;
use crate::direction::{mirrored, mirrored_rect};
use crate::fold::{Fan, Hanging, Side};
use crate::geometry::{Point, Rect, Size};

/// Between two boxes of a column.
const ROW_GAP: f64 = 9.0;
/// Between the widest box of a column and the next stem.
const COLUMN_GAP: f64 = 20.0;
/// The length of a branch beside its label: before it, and after it with room for the head.
const BRANCH: (f64, f64) = (7.0, 17.0);
/// The shortest branch.
const MIN_BRANCH: f64 = 28.0;
/// Between two branches of the same box.
const PARALLEL_GAP: f64 = 3.0;
/// How far a stem stands from the left edge of the box that it comes from.
const INDENT: f64 = 14.0;
/// The radius of corners.
const CORNER: f64 = 7.0;

/// The places of a fan, relative to where its lines enter.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// What it covers; the lines enter at the middle of its upper or left border.
    pub(crate) bounds: Rect,
    pub(crate) boxes: Vec<(usize, Rect)>,
    pub(crate) branches: Vec<Branch>,
}

/// An arrow from where the lines enter to a box of the block.
#[derive(Debug)]
pub(crate) struct Branch {
    pub(crate) arrow: usize,
    /// Whether it leads from a box of the block, rather than from where the lines enter.
    pub(crate) is_inner: bool,
    pub(crate) curve: Vec<Point>,
    pub(crate) label: Rect,
}

/// From where the lines of a block come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Above,
    Left,
    /// From a box of the block around, whose lower left corner is there.
    Corner,
}

/// Lists a fan in columns of about the given height.
pub(crate) fn block(diagram: &Diagram, fan: &Fan, entry: Entry, height: f64) -> Block {
    let mut block = listed(diagram, &fan.members, entry, height);
    if fan.side == Side::Sources {
        block.mirror(entry == Entry::Left);
    }
    block
}

impl Block {
    /// Turns a block of targets into one of sources: the lines lead from its boxes to where they leave.
    fn mirror(&mut self, is_sideways: bool) {
        self.bounds = mirrored_rect(self.bounds, is_sideways);
        for (_, rect) in &mut self.boxes {
            *rect = mirrored_rect(*rect, is_sideways);
        }
        for branch in &mut self.branches {
            branch.label = mirrored_rect(branch.label, is_sideways);
            branch.curve.reverse();
            for point in &mut branch.curve {
                *point = mirrored(*point, is_sideways);
            }
        }
    }

    /// Takes in a block whose origin lies at `corner`.
    fn insert(&mut self, inner: Self, corner: Point) {
        let boxes = inner.boxes.into_iter();
        self.boxes
            .extend(boxes.map(|(index, rect)| (index, rect.shifted(corner.x, corner.y))));
        let branches = inner.branches.into_iter();
        self.branches.extend(branches.map(|branch| {
            Branch {
                is_inner: true,
                label: branch.label.shifted(corner.x, corner.y),
                curve: (branch.curve.iter())
                    .map(|point| point.shifted(corner.x, corner.y))
                    .collect(),
                ..branch
            }
        }));
    }
}

/// A box with what hangs on it, ready to be put in a column.
struct Item<'a> {
    hanging: &'a Hanging,
    size: Size,
    /// The box within the size: its branches may need more height than itself.
    top: f64,
    /// Room for the labels of its branches.
    label_width: f64,
    branch_step: f64,
    inner: Option<Block>,
}

/// Some items below each other, and the stem at their left.
struct Column {
    items: std::ops::Range<usize>,
    stem: f64,
    branch: f64,
    height: f64,
}

/// Calls itself for what hangs on what hangs; no deeper than fans are high.
fn listed(diagram: &Diagram, members: &[Hanging], entry: Entry, height: f64) -> Block {
    let mut items: Vec<Item> = members
        .iter()
        .map(|hanging| item(diagram, hanging, height))
        .collect();
    let columns = columns(&items, entry, height);
    let place = Placing::new(entry, &columns);
    let mut block = Block::default();
    let (mut right, mut bottom, mut top) = (0.0_f64, 0.0_f64, 0.0_f64);
    for column in &columns {
        let mut y = place.first_top(column, &items);
        for index in column.items.clone() {
            let item = &mut items[index];
            y = place.clear_of_bus(y, item.size.height);
            let corner = Point::new(column.stem + column.branch, y);
            top = top.min(y);
            right = right.max(corner.x + item.size.width);
            bottom = bottom.max(y + item.size.height);
            item_into(&mut block, diagram, item, corner, (column, &place));
            y += item.size.height + ROW_GAP;
        }
    }
    block.bounds = match entry {
        Entry::Above => Rect {
            x: place.left(),
            y: 0.0,
            width: right - place.left(),
            height: bottom,
        },
        Entry::Left => {
            let reach = bottom.max(-top);
            Rect {
                x: 0.0,
                y: -reach,
                width: right,
                height: 2.0 * reach,
            }
        }
        Entry::Corner => Rect {
            x: 0.0,
            y: 0.0,
            width: right,
            height: bottom,
        },
    };
    if entry == Entry::Above {
        // The lines enter in the middle.
        let reach = block.bounds.right().max(-block.bounds.x);
        (block.bounds.x, block.bounds.width) = (-reach, 2.0 * reach);
    }
    block
}

fn item<'a>(diagram: &Diagram, hanging: &'a Hanging, height: f64) -> Item<'a> {
    let own = diagram.boxes[hanging.member];
    let labels = hanging
        .arrows
        .iter()
        .map(|&arrow| diagram.arrows[arrow].label);
    let label_width = labels.clone().map(|label| label.width).fold(0.0, f64::max);
    let label_height = labels.map(|label| label.height).fold(9.0, f64::max);
    let branch_step = label_height + PARALLEL_GAP;
    let beside = branch_step * hanging.arrows.len() as f64 - PARALLEL_GAP;
    let mut size = Size::new(own.width, own.height.max(beside));
    let top = (size.height - own.height) / 2.0;
    let inner =
        (!hanging.below.is_empty()).then(|| listed(diagram, &hanging.below, Entry::Corner, height));
    if let Some(inner) = &inner {
        size.width = size.width.max(inner.bounds.right());
        size.height += inner.bounds.height;
    }
    Item {
        hanging,
        size,
        top,
        label_width,
        branch_step,
        inner,
    }
}

/// Divides items into columns of about equal heights.
fn columns(items: &[Item], entry: Entry, height: f64) -> Vec<Column> {
    let total: f64 = items.iter().map(|item| item.size.height + ROW_GAP).sum();
    let widths = items
        .iter()
        .map(|item| item.size.width + item.label_width + MIN_BRANCH + COLUMN_GAP);
    let width = widths.sum::<f64>() / items.len().max(1) as f64;
    // Thousands of leaves fill a square rather than a strip.
    let height = height.max((total * width).sqrt() / 1.4);
    let n_columns = (total / height).ceil().clamp(1.0, items.len() as f64);
    let share = total / n_columns;
    let mut columns = Vec::new();
    let mut stem = if entry == Entry::Above { 0.0 } else { INDENT };
    let (mut start, mut filled) = (0, 0.0);
    for end in 1..=items.len() {
        filled += items[end - 1].size.height + ROW_GAP;
        let next = items
            .get(end)
            .map_or(f64::INFINITY, |item| item.size.height / 2.0);
        if end < items.len() && filled + next <= share {
            continue;
        }
        let own = &items[start..end];
        let widest = |width: fn(&Item) -> f64| own.iter().map(width).fold(0.0, f64::max);
        let labels = widest(|item| item.label_width);
        let branch = (labels + BRANCH.0 + BRANCH.1).max(MIN_BRANCH);
        columns.push(Column {
            items: start..end,
            stem,
            branch,
            height: filled - ROW_GAP,
        });
        stem += branch + widest(|item| item.size.width) + COLUMN_GAP;
        (start, filled) = (end, 0.0);
    }
    if entry == Entry::Above {
        // The lines come down in the middle of the stems.
        let middle = columns.last().map_or(0.0, |last| last.stem) / 2.0;
        columns.iter_mut().for_each(|column| column.stem -= middle);
    }
    columns
}

/// How the lines get from where they enter to the stems.
struct Placing {
    entry: Entry,
    /// The height of the curves that lead from above to several stems, or half the height that
    /// a line from the left keeps free to pass the first ones.
    bus: f64,
    first_stem: f64,
}

impl Placing {
    fn new(entry: Entry, columns: &[Column]) -> Self {
        let first_stem = columns.first().map_or(0.0, |column| column.stem);
        let span = columns.last().map_or(0.0, |column| column.stem) - first_stem;
        let bus = match entry {
            _ if columns.len() < 2 => 0.0,
            Entry::Left => ROW_GAP,
            Entry::Above | Entry::Corner => (12.0 + span * 0.1).min(70.0),
        };
        Self {
            entry,
            bus,
            first_stem,
        }
    }

    fn left(&self) -> f64 {
        self.first_stem - ROW_GAP
    }

    /// Where the uppermost item of a column begins.
    fn first_top(&self, column: &Column, items: &[Item]) -> f64 {
        if self.entry != Entry::Left {
            return self.bus + ROW_GAP;
        }
        if self.bus == 0.0 {
            return -column.height / 2.0;
        }
        // As many items above the line that passes as below it.
        let (mut above, mut n_above) = (0.0, 0);
        for item in &items[column.items.clone()] {
            if above + item.size.height / 2.0 > column.height / 2.0 {
                break;
            }
            above += item.size.height + ROW_GAP;
            n_above += 1;
        }
        if n_above == 0 {
            self.bus
        } else {
            ROW_GAP - above - self.bus
        }
    }

    /// The next place from `y` on where an item does not lie on the line to the other stems.
    fn clear_of_bus(&self, y: f64, height: f64) -> f64 {
        let covers = self.entry == Entry::Left && self.bus > 0.0;
        if covers && y < self.bus && y + height > -self.bus {
            self.bus
        } else {
            y
        }
    }

    /// The line to a point at the left border of an item of a column.
    fn curve(&self, stem: f64, end: Point) -> Vec<Point> {
        let start = Point::default();
        match self.entry {
            Entry::Left => rounded(
                &[start, Point::new(stem, 0.0), Point::new(stem, end.y), end],
                CORNER,
            ),
            Entry::Above if self.bus == 0.0 => {
                rounded(&[start, Point::new(stem, end.y), end], CORNER)
            }
            Entry::Corner if self.bus == 0.0 => rounded(
                &[Point::new(stem, 0.0), Point::new(stem, end.y), end],
                CORNER,
            ),
            Entry::Above | Entry::Corner => {
                let start = Point::new(
                    if self.entry == Entry::Above {
                        0.0
                    } else {
                        self.first_stem
                    },
                    0.0,
                );
                let joint = Point::new(stem, self.bus);
                let half = self.bus * 0.5;
                let mut curve = vec![start, start.shifted(0.0, half), joint.shifted(0.0, -half)];
                curve.extend(rounded(&[joint, Point::new(stem, end.y), end], CORNER));
                curve
            }
        }
    }
}

/// Puts an item with its branches at its place.
fn item_into(
    block: &mut Block,
    diagram: &Diagram,
    item: &mut Item,
    corner: Point,
    (column, place): (&Column, &Placing),
) {
    let own = diagram.boxes[item.hanging.member];
    let rect = Rect {
        x: corner.x,
        y: corner.y + item.top,
        width: own.width,
        height: own.height,
    };
    block.boxes.push((item.hanging.member, rect));
    let last = item.hanging.arrows.len() as f64 - 1.0;
    for (nth, &arrow) in item.hanging.arrows.iter().enumerate() {
        let y = rect.center().y + (nth as f64 - last / 2.0) * item.branch_step;
        let size = diagram.arrows[arrow].label;
        let room = column.branch - BRANCH.0 - BRANCH.1;
        let middle = Point::new(column.stem + BRANCH.0 + room / 2.0, y);
        let is_labelled = size.width > 0.0;
        // Where there are more branches than fit beside the box, the outer ones end at its corners.
        let inset = (own.height / 2.0 - 3.0).max(0.0);
        let end_y = y.clamp(rect.center().y - inset, rect.center().y + inset);
        let mut curve = place.curve(column.stem, Point::new(corner.x - BRANCH.1 * 0.7, y));
        let from = curve[curve.len() - 1];
        let end = Point::new(corner.x, end_y);
        let third = (end.x - from.x) / 3.0;
        curve.extend([from.shifted(third, 0.0), end.shifted(-third, 0.0), end]);
        block.branches.push(Branch {
            arrow,
            is_inner: false,
            curve,
            label: if is_labelled {
                Rect::around(middle, size)
            } else {
                Rect::default()
            },
        });
    }
    if let Some(inner) = item.inner.take() {
        block.insert(inner, Point::new(rect.x, rect.bottom()));
    }
}
