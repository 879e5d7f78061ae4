//! The engines that are compared, each in a process of its own.

mod child;
mod graphviz;
mod layout_rs;
mod wire;

use crate::measure::Drawing;
use objgraph_layout::Diagram;
use std::time::Duration;

pub(crate) use child::{ARGUMENT, work};
pub(crate) use objgraph_benches::watch::Failure;

/// Something that places boxes and draws lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// `objgraph_layout::layered`.
    Ours,
    /// The crate layout-rs, whose lines are its own too.
    LayoutRs,
    /// Graphviz.
    Dot,
}

/// What an engine made of a diagram.
pub(crate) struct Run {
    pub(crate) drawing: Drawing,
    /// The median time of a layout; without the start of the process, and for our own without reading and writing.
    pub(crate) time: Duration,
    /// The most memory that the process had at once, if this system tells.
    pub(crate) peak_kib: Option<u64>,
}

impl Engine {
    pub(crate) const ALL: [Self; 3] = [Self::Ours, Self::LayoutRs, Self::Dot];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "objgraph",
            Self::LayoutRs => "layout-rs",
            Self::Dot => "dot",
        }
    }

    /// The engine of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// Lays a diagram out, and gives up after a time.
    pub(crate) fn run(self, diagram: &Diagram) -> Result<Run, Failure> {
        match self {
            Self::Ours => child::run(self, diagram, Duration::from_secs(120)),
            Self::LayoutRs => child::run(self, diagram, Duration::from_secs(20)),
            Self::Dot => graphviz::run(diagram, Duration::from_secs(120)),
        }
    }
}

/// How often something is done for a median: nine times, but for no longer than two seconds.
fn rounds(mut round: impl FnMut() -> Option<Duration>) -> Option<Duration> {
    let mut times = Vec::new();
    while times.len() < 9 && times.iter().sum::<Duration>() < Duration::from_secs(2) {
        times.push(round()?);
    }
    times.sort();
    Some(times[times.len() / 2])
}
