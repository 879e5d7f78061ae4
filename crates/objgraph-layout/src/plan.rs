//! Which way a diagram is drawn: what is folded, where its arrows point, how its rows are dealt out.

use crate::block::{Block, Entry, block};
use crate::core::Core;
use crate::diagram::Diagram;
use crate::direction::on_its_side;
use crate::geometry::Size;
use crate::wrap::{SCREEN, Sketch, Wrapping, scale};

/// The heights to which fans are listed before a further column is begun.
const COLUMN_HEIGHTS: [f64; 5] = [160.0, 320.0, 640.0, 1280.0, 2560.0];
/// How much better a drawing with folded fans must fit than one without, and one to the right than one downwards.
const RELUCTANCE: (f64, f64) = (1.15, 1.1);

/// How many plans are drawn and compared: as many as together have about so many boxes and arrows.
const MAX_COMPARED: usize = 1_400;

/// A way to draw a diagram.
pub(crate) struct Plan<'a> {
    pub(crate) core: &'a Core,
    pub(crate) blocks: Vec<Block>,
    /// The core as it is drawn: from top to bottom, and turned afterwards if the rows stand upright.
    pub(crate) diagram: Diagram,
    pub(crate) is_sideways: bool,
    pub(crate) wrapping: Wrapping,
    /// How well it is expected to fit on a screen.
    promise: f64,
}

/// The plans that are worth drawing: the most promising downwards and to the right, with and without folded fans.
///
/// Only the best of them if one seems to fit on a screen, or if the diagram is large.
pub(crate) fn plans<'a>(
    diagram: &Diagram,
    whole: &'a Core,
    folded: Option<&'a Core>,
) -> Vec<Plan<'a>> {
    let sides = match diagram.direction {
        Some(direction) => vec![direction.is_sideways()],
        None => vec![false, true],
    };
    let mut plans: Vec<Plan> = Vec::new();
    for is_sideways in sides {
        let plan = Plan::new(diagram, whole, is_sideways, 0.0);
        let fits = plan.fits();
        plans.push(plan);
        if fits {
            break;
        }
        let heights = folded
            .into_iter()
            .flat_map(|core| COLUMN_HEIGHTS.map(|height| (core, height)));
        let listed = heights.map(|(core, height)| Plan::new(diagram, core, is_sideways, height));
        plans.extend(listed.reduce(|best, other| {
            if other.promise > best.promise {
                other
            } else {
                best
            }
        }));
    }
    plans.sort_by(|one, other| other.promise.total_cmp(&one.promise));
    let fits = plans.first().is_some_and(Plan::fits);
    let n_affordable = MAX_COMPARED / (diagram.boxes.len() + diagram.arrows.len() + 1);
    plans.truncate(if fits { 1 } else { n_affordable.max(1) });
    plans
}

impl<'a> Plan<'a> {
    fn new(whole: &Diagram, core: &'a Core, is_sideways: bool, height: f64) -> Self {
        let entry = if is_sideways {
            Entry::Left
        } else {
            Entry::Above
        };
        let blocks = core.fans.iter().map(|fan| block(whole, fan, entry, height));
        let blocks: Vec<Block> = blocks.collect();
        let mut diagram = core.diagram(whole, &blocks);
        let mut screen = SCREEN;
        if is_sideways {
            diagram = on_its_side(&diagram);
            screen = Size::new(screen.height, screen.width);
        }
        let sketch = Sketch {
            diagram: &diagram,
            row: &core.row,
            strands: &core.strands,
        };
        let wrapping = sketch.wrapping(screen);
        let promise = scale(wrapping.size, screen);
        let mut plan = Self {
            core,
            blocks,
            diagram,
            is_sideways,
            wrapping,
            promise,
        };
        plan.promise *= plan.liking();
        plan
    }

    /// Whether its drawing is expected to fit on a screen as it is.
    fn fits(&self) -> bool {
        self.promise >= self.liking()
    }

    /// How good a drawing of the plan is if it has this size: how large it can be shown, and how simple it is.
    pub(crate) fn merit(&self, size: Size) -> f64 {
        scale(size, SCREEN) * self.liking()
    }

    fn liking(&self) -> f64 {
        let mut liking = 1.0;
        if !self.core.fans.is_empty() {
            liking /= RELUCTANCE.0;
        }
        if self.is_sideways {
            liking /= RELUCTANCE.1;
        }
        liking
    }
}
