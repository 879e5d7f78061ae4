//! Clusters: boxes drawn together in a frame, each frame a drawing of its own that stands in another as one box.
//!
//! From the outside in, each frame decides which arrows between what stands in it point down; so it is known of an
//! arrow that leaves a frame whether it does so at the upper or the lower border. Then, from the inside out, frames
//! are laid out. A line through a border gets a port there: a box without size, in a row above or below all
//! others. Outside, the line goes on from that port.

mod assemble;
mod drawn;

use crate::core::Core;
use crate::diagram::{Arrow, Cluster, Diagram, Layout, RankGroup};
use crate::geometry::Size;
use crate::layered::from_rows;
use crate::port::Port;
use crate::route::Rows;
use crate::rows::{dealt, placed};
use crate::wrap::{SCREEN, Sketch, Wrapping};
use drawn::Drawn;

/// What stands in a frame, or in the drawing outside of all frames.
#[derive(Default)]
struct Level {
    /// Boxes of the diagram.
    boxes: Vec<usize>,
    /// Frames directly inside.
    frames: Vec<usize>,
    /// Arrows between different ones of these, or loops, by position in the diagram.
    arrows: Vec<usize>,
    /// Which of these stand in one row.
    groups: Vec<RankGroup>,
    /// Lines through the border: the arrow, the end that is inside, and whether they pass the upper border.
    through: Vec<(usize, usize, bool)>,
}

/// What points down in a level, and in which rows.
struct Descent {
    row: Vec<usize>,
    strands: Vec<(usize, (usize, usize))>,
    reversed: Vec<bool>,
}

impl Level {
    /// Ties lines to the places at which the frames inside expect them.
    fn tie_to_frames<'d>(&self, rows: &mut Rows, inside: impl Fn(usize) -> &'d Drawn) {
        let arrow_of = |nth: usize| match nth.checked_sub(self.arrows.len()) {
            None => self.arrows[nth],
            Some(nth) => self.through[nth].0,
        };
        for strand in &mut rows.strands {
            let arrow = arrow_of(strand.arrow);
            let port = |item: usize, is_upper: bool| {
                let frame = self.frames.get(item.checked_sub(self.boxes.len())?)?;
                inside(*frame).ports.get(&(arrow, is_upper)).copied()
            };
            strand.ports = [port(strand.upper, false), port(strand.lower, true)];
        }
    }
}

/// Lays out a diagram with clusters, from top to bottom; titles stand at the left if it will be turned.
pub(crate) fn clustered(diagram: &Diagram, is_sideways: bool) -> Layout {
    let nest = Nest::new(diagram);
    let mut levels = nest.levels();
    let (cores, reversed) = nest.cores(&mut levels);
    let mut drawn: Vec<Drawn> = Vec::new();
    // Clusters come after those around them.
    for level in (0..levels.len()).rev() {
        let inside = |frame: usize| &drawn[levels.len() - 2 - frame];
        let next = nest.draw(&levels, level, &cores[level], inside, is_sideways);
        drawn.push(next);
    }
    drawn.reverse();
    assemble::assembled(diagram, &levels, &drawn, &reversed)
}

/// Which boxes and frames stand in which frame. Level 0 is outside of all, level `n + 1` is inside of cluster `n`.
struct Nest<'a> {
    diagram: &'a Diagram,
    home: Vec<usize>,
}

impl<'a> Nest<'a> {
    fn new(diagram: &'a Diagram) -> Self {
        let mut home = vec![0; diagram.boxes.len()];
        for (index, cluster) in diagram.clusters.iter().enumerate() {
            cluster
                .boxes
                .iter()
                .for_each(|&member| home[member] = index + 1);
        }
        Self { diagram, home }
    }

    /// The level around a level.
    fn around(&self, level: usize) -> usize {
        let cluster: &Cluster = &self.diagram.clusters[level - 1];
        cluster.parent.map_or(0, |parent| parent + 1)
    }

    fn levels(&self) -> Vec<Level> {
        let mut levels: Vec<Level> = Vec::new();
        levels.resize_with(self.diagram.clusters.len() + 1, Level::default);
        for (index, &home) in self.home.iter().enumerate() {
            levels[home].boxes.push(index);
        }
        for frame in 0..self.diagram.clusters.len() {
            levels[self.around(frame + 1)].frames.push(frame);
        }
        for (index, arrow) in self.diagram.arrows.iter().enumerate() {
            levels[self.meeting(*arrow)].arrows.push(index);
        }
        for group in &self.diagram.groups {
            self.group(group, &mut levels);
        }
        levels
    }

    /// Puts the boxes of a group together in each level that has some.
    fn group(&self, group: &RankGroup, levels: &mut [Level]) {
        let mut members = group.boxes.clone();
        members.sort_by_key(|&member| self.home[member]);
        for members in members.chunk_by(|&one, &other| self.home[one] == self.home[other]) {
            let level = self.home[members[0]];
            let items = members
                .iter()
                .map(|&member| self.item(levels, level, member));
            let group = RankGroup {
                boxes: items.collect(),
                kind: group.kind,
            };
            levels[level].groups.push(group);
        }
    }

    /// The innermost level around both ends of an arrow. The outer of two levels has the smaller number.
    fn meeting(&self, arrow: Arrow) -> usize {
        let (mut one, mut other) = (self.home[arrow.source], self.home[arrow.target]);
        while one != other {
            if one > other {
                one = self.around(one);
            } else {
                other = self.around(other);
            }
        }
        one
    }

    /// What stands for a box in a level around it: its place among the boxes, or after them among the frames.
    fn item(&self, levels: &[Level], level: usize, member: usize) -> usize {
        let mut inner = self.home[member];
        if inner == level {
            return levels[level].boxes.binary_search(&member).unwrap_or(0);
        }
        while self.around(inner) != level {
            inner = self.around(inner);
        }
        let frame = levels[level].frames.binary_search(&(inner - 1));
        levels[level].boxes.len() + frame.unwrap_or(0)
    }

    /// Decides in each level what is above what, and tells the frames inside which lines pass which border.
    fn cores(&self, levels: &mut [Level]) -> (Vec<Core>, Vec<bool>) {
        let mut reversed = vec![false; self.diagram.arrows.len()];
        let mut cores = Vec::new();
        for level in 0..levels.len() {
            let bare = self.bare(levels, level);
            let core = match &levels[level].groups[..] {
                [] => Core::new(&bare, Vec::new()),
                groups => Core::grouped(&bare, groups),
            };
            for (nth, &arrow) in levels[level].arrows.clone().iter().enumerate() {
                reversed[arrow] = core.order.reversed[nth];
                let Arrow { source, target, .. } = self.diagram.arrows[arrow];
                let (upper, lower) = if reversed[arrow] {
                    (target, source)
                } else {
                    (source, target)
                };
                for (end, is_upper_border) in [(upper, false), (lower, true)] {
                    let mut inner = self.home[end];
                    while inner != level {
                        levels[inner].through.push((arrow, end, is_upper_border));
                        inner = self.around(inner);
                    }
                }
            }
            cores.push(core);
        }
        (cores, reversed)
    }

    /// A level as a diagram whose frames have no size yet.
    fn bare(&self, levels: &[Level], level: usize) -> Diagram {
        let own = &levels[level];
        let boxes = own.boxes.iter().map(|&index| self.diagram.boxes[index]);
        let frames = own.frames.iter().map(|_| Size::default());
        let arrows = own.arrows.iter().map(|&index| {
            let arrow = self.diagram.arrows[index];
            // The ports of a box in a frame are taken care of in there.
            let here = |member: usize| self.home[member] == level;
            Arrow {
                source: self.item(levels, level, arrow.source),
                target: self.item(levels, level, arrow.target),
                source_port: arrow.source_port.filter(|_| here(arrow.source)),
                target_port: arrow.target_port.filter(|_| here(arrow.target)),
                ..arrow
            }
        });
        Diagram {
            boxes: boxes.chain(frames).collect(),
            arrows: arrows.collect(),
            ..Diagram::default()
        }
    }
}

impl Nest<'_> {
    /// Lays out a level, around frames that are laid out already.
    fn draw<'d>(
        &self,
        levels: &[Level],
        level: usize,
        core: &Core,
        inside: impl Fn(usize) -> &'d Drawn,
        is_sideways: bool,
    ) -> Drawn {
        let own = &levels[level];
        let mut diagram = self.bare(levels, level);
        diagram.groups.clone_from(&own.groups);
        for (nth, &frame) in own.frames.iter().enumerate() {
            let frame = inside(frame).frame;
            diagram.boxes[own.boxes.len() + nth] = Size::new(frame.width, frame.height);
        }
        // Boxes that have to stand in one row are not dealt out to several.
        let row = if own.groups.is_empty() {
            dealt(core, &diagram, &wrapping(core, &diagram, is_sideways))
        } else {
            core.row.clone()
        };
        let mut descent = Descent {
            strands: core.strands.clone(),
            reversed: core.order.reversed.clone(),
            row,
        };
        self.lead_through(levels, level, &mut diagram, &mut descent);
        let mut rows = placed(&diagram, descent.row, &descent.strands, &descent.reversed);
        own.tie_to_frames(&mut rows, inside);
        let layout = from_rows(&diagram, rows);
        self.framed(own, level, layout, is_sideways)
    }

    /// Adds the lines through the border of a level, and a port for each above or below all that is inside.
    fn lead_through(
        &self,
        levels: &[Level],
        level: usize,
        diagram: &mut Diagram,
        descent: &mut Descent,
    ) {
        let own = &levels[level];
        let has_upper = own.through.iter().any(|through| through.2);
        (descent.row.iter_mut()).for_each(|row| *row += usize::from(has_upper));
        let below = descent.row.iter().max().map_or(0, |last| last + 1);
        for &(arrow, end, is_upper) in &own.through {
            let (item, port) = (self.item(levels, level, end), diagram.boxes.len());
            let (upper, lower) = if is_upper { (port, item) } else { (item, port) };
            let tied = self.port(arrow, end).filter(|_| self.home[end] == level);
            descent.strands.push((diagram.arrows.len(), (upper, lower)));
            descent.reversed.push(false);
            descent.row.push(if is_upper { 0 } else { below });
            diagram.boxes.push(Size::default());
            diagram.arrows.push(Arrow {
                source_port: tied.filter(|_| !is_upper),
                target_port: tied.filter(|_| is_upper),
                ..Arrow::new(upper, lower, Size::default())
            });
        }
    }

    /// A level in its frame, with the places at which lines pass the border.
    fn framed(&self, own: &Level, level: usize, layout: Layout, is_sideways: bool) -> Drawn {
        let title = level.checked_sub(1).map_or(Size::default(), |cluster| {
            self.diagram.clusters[cluster].title
        });
        let n_items = own.boxes.len() + own.frames.len();
        let ports = layout.boxes[n_items..].iter().zip(&own.through);
        let upper = ports.filter(|(_, line)| line.2);
        let lines: Vec<f64> = upper.map(|(port, _)| port.center().x).collect();
        let mut drawn = Drawn::framed(layout, title, lines, is_sideways);
        let middle = drawn.frame.center().x;
        for (&(arrow, _, is_upper), rect) in own.through.iter().zip(&drawn.layout.boxes[n_items..])
        {
            // A line leaves by the lower border at its upper end.
            drawn
                .ports
                .insert((arrow, is_upper), rect.center().x - middle);
        }
        drawn
    }

    /// The port of an arrow at one of its ends.
    fn port(&self, arrow: usize, end: usize) -> Option<Port> {
        let arrow = self.diagram.arrows[arrow];
        if end == arrow.source {
            arrow.source_port
        } else {
            arrow.target_port
        }
    }
}

/// The rows of a level, dealt out if they are too wide.
fn wrapping(core: &Core, diagram: &Diagram, is_sideways: bool) -> Wrapping {
    let screen = if is_sideways {
        Size::new(SCREEN.height, SCREEN.width)
    } else {
        SCREEN
    };
    let sketch = Sketch {
        diagram,
        row: &core.row,
        strands: &core.strands,
    };
    sketch.wrapping(screen)
}
