//! What can be asked on the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use objgraph_render::{Engine, RankDirection};

use crate::commands::{
    Chain, Completions, Convert, Cycles, Diff, Growth, Leaks, Manual, Neighbours, Python, Render,
    Retained, Show, Summary, Types, Waste, Why,
};
use crate::style::ColorChoice;

/// Shows what holds what in memory: asks heap files, and draws graphs
///
/// A newcomer's first question is `objgraph summary HEAP`. HEAP is a file that `objgraph python`, the library or any other
/// program wrote; OBJECT is `#12`, `type:Session`, `value~regex`, `size>1MB`, `root:NAME`, joined by `and`, `or` and `not`.
#[derive(Debug, Parser)]
#[command(
    name = "objgraph",
    version,
    arg_required_else_help = true,
    after_help = "\
Examples:
  objgraph python -o heap.jsonl.gz -- app.py            runs a Python program and writes its heap
  objgraph summary heap.jsonl.gz                        what is in it, and what to ask next
  objgraph why heap.jsonl.gz type:Session               what keeps a session alive
  objgraph refs heap.jsonl.gz '#12' -o picture.svg      draws what object 12 holds"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Whether to use colours: auto, always or never
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        hide_possible_values = true,
        display_order = 1_000
    )]
    pub(crate) color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Summary(Summary),
    Types(Types),
    Retained(Retained),
    Why(Why),
    Chain(Chain),
    /// Draws what objects refer to
    Refs(Neighbours),
    /// Draws what refers to objects
    Backrefs(Neighbours),
    Show(Show),
    Cycles(Cycles),
    Leaks(Leaks),
    Waste(Waste),
    Diff(Diff),
    Growth(Growth),
    Convert(Convert),
    Python(Python),
    Render(Render),
    Completions(Completions),
    #[command(hide = true)]
    Manual(Manual),
}

/// How boxes and arrows are placed.
#[derive(Args, Debug)]
pub(crate) struct Placing {
    /// What places the boxes
    #[arg(long, value_enum, default_value_t)]
    pub(crate) engine: EngineName,

    /// Where arrows point; by default downwards or to the right, whichever can be shown larger, or what a DOT file says
    #[arg(long, value_enum, ignore_case = true)]
    pub(crate) direction: Option<Direction>,

    /// Multiplies the size of SVG (1 by default) and PNG (2 by default)
    #[arg(long, value_name = "NUMBER", value_parser = scale)]
    pub(crate) scale: Option<f64>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum EngineName {
    /// Our own, for graphs of any size
    #[default]
    Layered,
    /// The layout-rs crate, for some hundred nodes
    LayoutRs,
    /// An installed Graphviz
    Dot,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Direction {
    /// Top to bottom
    #[value(name = "TB")]
    TopToBottom,
    /// Left to right
    #[value(name = "LR")]
    LeftToRight,
    /// Bottom to top
    #[value(name = "BT")]
    BottomToTop,
    /// Right to left
    #[value(name = "RL")]
    RightToLeft,
}

impl From<EngineName> for Engine {
    fn from(name: EngineName) -> Self {
        match name {
            EngineName::Layered => Self::Layered,
            EngineName::LayoutRs => Self::LayoutRs,
            EngineName::Dot => Self::Graphviz,
        }
    }
}

impl From<Direction> for RankDirection {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::TopToBottom => Self::TopToBottom,
            Direction::LeftToRight => Self::LeftToRight,
            Direction::BottomToTop => Self::BottomToTop,
            Direction::RightToLeft => Self::RightToLeft,
        }
    }
}

fn scale(text: &str) -> Result<f64, String> {
    let number = text.parse().ok();
    let positive = number.filter(|scale: &f64| scale.is_finite() && *scale > 0.0);
    positive.ok_or_else(|| "a positive number such as 1.5 is needed".to_owned())
}
