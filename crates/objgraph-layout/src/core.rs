//! A diagram without the fans that hang on it: a block and a bundle of lines stand for each.

use crate::acyclic::{Downwards, downwards};
use crate::block::Block;
use crate::diagram::{Arrow, Diagram, Layout, RankGroup};
use crate::fold::{Fan, Side};
use crate::geometry::{Point, Size};
use crate::groups::grouped;
use crate::ranks::ranks;

/// What stays when fans are folded, and in which rows that stands.
pub(crate) struct Core {
    pub(crate) fans: Vec<Fan>,
    /// The boxes that stay, by their position in the whole. The blocks follow them.
    boxes: Vec<usize>,
    /// The arrows between them, by their position in the whole. The bundles follow them.
    arrows: Vec<usize>,
    /// The arrows and bundles, between boxes and blocks.
    ties: Vec<Arrow>,
    pub(crate) order: Downwards,
    /// The upper and the lower end of each arrow that is no loop, by position.
    pub(crate) strands: Vec<(usize, (usize, usize))>,
    /// The row of each box and block.
    pub(crate) row: Vec<usize>,
}

impl Core {
    /// The core of a diagram, and its rows.
    pub(crate) fn new(diagram: &Diagram, fans: Vec<Fan>) -> Self {
        let is_folded = members(diagram.boxes.len(), &fans);
        let stays = |index: &usize| !is_folded[*index];
        let boxes: Vec<usize> = (0..is_folded.len()).filter(stays).collect();
        let arrows: Vec<usize> = (0..diagram.arrows.len())
            .filter(|&index| {
                let arrow = diagram.arrows[index];
                stays(&arrow.source) && stays(&arrow.target)
            })
            .collect();
        let ties = ties(diagram, &boxes, &arrows, &fans);
        let n_boxes = boxes.len() + fans.len();
        let order = downwards(n_boxes, &ties);
        let strands: Vec<_> = order.strands(&ties).collect();
        let ends: Vec<_> = strands.iter().map(|(_, ends)| *ends).collect();
        let weights: Vec<_> = strands
            .iter()
            .map(|&(arrow, _)| ties[arrow].weight)
            .collect();
        let row = ranks(&order.place, &ends, &weights);
        Self {
            fans,
            boxes,
            arrows,
            ties,
            order,
            strands,
            row,
        }
    }

    /// The rows of a diagram in which nothing is folded, and some boxes stand in one row.
    pub(crate) fn grouped(diagram: &Diagram, groups: &[RankGroup]) -> Self {
        let n_boxes = diagram.boxes.len();
        let ties = diagram.arrows.clone();
        let (order, row) = grouped(n_boxes, &ties, groups);
        let strands = order.strands(&ties);
        let is_level = |ends: (usize, usize)| row[ends.0] == row[ends.1];
        Self {
            fans: Vec::new(),
            boxes: (0..n_boxes).collect(),
            arrows: (0..ties.len()).collect(),
            strands: strands.filter(|(_, ends)| !is_level(*ends)).collect(),
            ties,
            order,
            row,
        }
    }

    /// The core as a diagram, with blocks of these sizes.
    pub(crate) fn diagram(&self, whole: &Diagram, blocks: &[Block]) -> Diagram {
        let boxes = self.boxes.iter().map(|&index| whole.boxes[index]);
        let blocks = blocks
            .iter()
            .map(|block| Size::new(block.bounds.width, block.bounds.height));
        Diagram {
            boxes: boxes.chain(blocks).collect(),
            arrows: self.ties.clone(),
            ..Diagram::default()
        }
    }

    /// The drawing of the whole, from that of the core and what is in its blocks.
    pub(crate) fn unfold(&self, whole: &Diagram, core: Layout, blocks: &[Block]) -> Layout {
        let mut layout = Layout::blank(whole);
        for (&index, rect) in self.boxes.iter().zip(&core.boxes) {
            layout.boxes[index] = *rect;
        }
        let mut curves = core.curves.into_iter();
        for ((&index, label), curve) in self.arrows.iter().zip(&core.labels).zip(curves.by_ref()) {
            layout.labels[index] = *label;
            layout.curves[index] = curve;
        }
        let places = core.boxes[self.boxes.len()..].iter();
        for (((block, place), fan), bundle) in blocks.iter().zip(places).zip(&self.fans).zip(curves)
        {
            let (dx, dy) = (place.x - block.bounds.x, place.y - block.bounds.y);
            for &(index, rect) in &block.boxes {
                layout.boxes[index] = rect.shifted(dx, dy);
            }
            for branch in &block.branches {
                let own = branch.curve.iter().map(|point| point.shifted(dx, dy));
                if branch.label.width > 0.0 {
                    layout.labels[branch.arrow] = branch.label.shifted(dx, dy);
                }
                layout.curves[branch.arrow] = match fan.side {
                    _ if branch.is_inner => own.collect(),
                    Side::Targets => joined(bundle.iter().copied(), own),
                    Side::Sources => joined(own, bundle.iter().copied()),
                };
            }
        }
        layout
    }
}

/// Which boxes are in a fan.
fn members(n_boxes: usize, fans: &[Fan]) -> Vec<bool> {
    let mut is_member = vec![false; n_boxes];
    let mut waiting: Vec<_> = fans.iter().flat_map(|fan| &fan.members).collect();
    while let Some(hanging) = waiting.pop() {
        is_member[hanging.member] = true;
        waiting.extend(&hanging.below);
    }
    is_member
}

fn ties(diagram: &Diagram, boxes: &[usize], arrows: &[usize], fans: &[Fan]) -> Vec<Arrow> {
    let mut place = vec![usize::MAX; diagram.boxes.len()];
    for (nth, &index) in boxes.iter().enumerate() {
        place[index] = nth;
    }
    let arrows = arrows.iter().map(|&index| {
        let arrow = diagram.arrows[index];
        Arrow {
            source: place[arrow.source],
            target: place[arrow.target],
            ..arrow
        }
    });
    let bundles = fans.iter().enumerate().map(|(nth, fan)| {
        let (holder, block) = (place[fan.holder], boxes.len() + nth);
        match fan.side {
            Side::Targets => Arrow::new(holder, block, Size::default()),
            Side::Sources => Arrow::new(block, holder, Size::default()),
        }
    });
    arrows.chain(bundles).collect()
}

/// One curve after the other, which begins where the first ends.
fn joined(first: impl Iterator<Item = Point>, second: impl Iterator<Item = Point>) -> Vec<Point> {
    first.chain(second.skip(1)).collect()
}
