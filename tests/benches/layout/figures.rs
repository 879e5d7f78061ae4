//! What is asked of a drawing, in numbers.

use crate::engines::Run;
use crate::measure::{
    Drawing, length, n_bends, n_crossings, n_overlaps, n_overlaps_between, n_through,
};
use objgraph_layout::Size;
use std::time::Duration;

/// The screen that a drawing is to fit on.
const SCREEN: Size = Size {
    width: 1920.0,
    height: 1080.0,
};

/// The figures of one engine on one graph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    pub(crate) time: Duration,
    pub(crate) peak_kib: Option<u64>,
    /// `None` where the graph is too large to compare all its lines.
    pub(crate) look: Option<Look>,
}

/// What can be seen of a drawing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) n_crossings: usize,
    /// In pixels, all arrows together.
    pub(crate) length: f64,
    pub(crate) size: Size,
    /// Pairs of an arrow and a box that it runs through.
    pub(crate) n_through: usize,
    /// Pairs of boxes or labels that overlap.
    pub(crate) n_overlaps: usize,
    pub(crate) n_bends: usize,
}

impl Figures {
    /// Measures what an engine made.
    pub(crate) fn of(run: &Run, with_look: bool) -> Self {
        Self {
            time: run.time,
            peak_kib: run.peak_kib,
            look: with_look.then(|| Look::of(&run.drawing)),
        }
    }
}

impl Look {
    fn of(drawing: &Drawing) -> Self {
        let lines = drawing.lines();
        let (boxes, labels) = (&drawing.boxes, &drawing.labels);
        Self {
            n_crossings: n_crossings(drawing, &lines),
            length: lines.iter().map(|line| length(line)).sum(),
            size: drawing.size(&lines),
            n_through: n_through(drawing, &lines),
            n_overlaps: n_overlaps(boxes) + n_overlaps(labels) + n_overlaps_between(labels, boxes),
            n_bends: lines.iter().map(|line| n_bends(line)).sum(),
        }
    }

    /// In square pixels.
    pub(crate) fn area(&self) -> f64 {
        self.size.width * self.size.height
    }

    /// The scale at which the drawing fits the screen; 1 for those that are smaller.
    pub(crate) fn scale(&self) -> f64 {
        let across = SCREEN.width / self.size.width;
        across.min(SCREEN.height / self.size.height).min(1.0)
    }
}
