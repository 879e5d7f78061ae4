//! What can be asked on the command line.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use objgraph_render::Engine;

/// Shows what holds what in memory, and draws graphs.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Render(Render),
}

/// Draws a DOT file; Graphviz is not needed
///
/// Exit codes: 0 done, 1 the input cannot be read, 2 wrong usage, 3 it is no DOT, 4 it cannot be drawn, 5 the output
/// cannot be written.
#[derive(Args, Debug)]
pub(crate) struct Render {
    /// The DOT file; `-` is standard input
    #[arg(value_name = "IN")]
    pub(crate) input: PathBuf,

    /// Where to write; `-`, the default, is standard output
    #[arg(
        short,
        long,
        value_name = "OUT",
        default_value = "-",
        hide_default_value = true
    )]
    pub(crate) output: PathBuf,

    /// What to write; by default what the extension of OUT says, else SVG
    #[arg(short = 'T', long, value_name = "FORMAT")]
    pub(crate) format: Option<Format>,

    /// What places the nodes
    #[arg(long, value_enum, default_value_t)]
    pub(crate) engine: EngineName,

    /// Where edges point; by default what the file's `rankdir` says, else TB
    #[arg(long, value_enum, ignore_case = true)]
    pub(crate) direction: Option<Direction>,

    /// Multiplies the size of SVG (1 by default) and PNG (2 by default)
    #[arg(long, value_name = "NUMBER", value_parser = scale)]
    pub(crate) scale: Option<f64>,
}

/// What a picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A drawing for browsers
    Svg,
    /// A picture in pixels
    Png,
    /// DOT with the places of everything, as `dot -Tdot` writes it
    Dot,
    /// Graphviz's plain coordinates
    Plain,
    /// Coordinates for programs
    Json,
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

impl Format {
    /// The format that an extension stands for.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            "dot" | "gv" => Some(Self::Dot),
            "plain" | "txt" => Some(Self::Plain),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
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

impl From<Direction> for objgraph_render::RankDirection {
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
