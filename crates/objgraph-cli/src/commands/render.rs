//! `objgraph render`: DOT in, a picture out.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use objgraph_render::{
    DotGraph, DotPicture, LayoutOptions, PngOptions, SvgOptions, arrange_dot, png_size,
    to_placed_dot, to_plain, to_png, to_svg,
};

use crate::arguments::Placing;
use crate::exit::{Exit, Exits as _, Failure};
use crate::{input, json, output};

/// Draws a DOT file; Graphviz is not needed
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph render graph.dot -o graph.svg
  echo 'digraph { a -> b }' | objgraph render - -T png --scale 3 > graph.png

Exit codes: 0 done, 1 the input cannot be read, 2 wrong usage, 3 it is no DOT, 4 it cannot be drawn, 5 the output cannot \
be written.")]
pub(crate) struct Render {
    /// The DOT file; `-` is standard input
    #[arg(value_name = "IN")]
    input: PathBuf,

    /// Where to write; `-`, the default, is standard output
    #[arg(
        short,
        long,
        value_name = "OUT",
        default_value = "-",
        hide_default_value = true
    )]
    output: PathBuf,

    /// What to write; by default what the extension of OUT says, else SVG
    #[arg(short = 'T', long, value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    placing: Placing,
}

/// What a picture of a DOT file is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
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

impl output::Extension for Format {
    const EXTENSIONS: &str = ".svg, .png, .dot, .plain or .json";

    fn of(extension: &str) -> Option<Self> {
        match extension {
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            "dot" | "gv" => Some(Self::Dot),
            "plain" | "txt" => Some(Self::Plain),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    fn is_pixels(self) -> bool {
        self == Self::Png
    }
}

/// More nodes than anybody looks at in one picture.
const MANY_NODES: usize = 5_000;

/// A PNG is not drawn smaller than this: letters would have a pixel.
const LEAST_SCALE: f64 = 0.1;

impl Render {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let format = output::format(self.format, Format::Svg, &self.output)?;
        let graph = input::dot(&self.input)?;
        let mut options = LayoutOptions::default().engine(self.placing.engine.into());
        if let Some(direction) = self.placing.direction {
            options = options.direction(direction.into());
        }
        let picture = arrange_dot(&graph, &options)
            .map_err(output::explained)
            .exits_with(Exit::Undrawable)?;
        let content = content(&graph, &picture, format, self.placing.scale)?;
        output::write(&self.output, &content)
    }
}

fn content(
    graph: &DotGraph,
    picture: &DotPicture,
    format: Format,
    scale: Option<f64>,
) -> Result<Vec<u8>, Failure> {
    if matches!(format, Format::Svg | Format::Png) && graph.nodes.len() > MANY_NODES {
        eprintln!(
            "objgraph: warning: few people can read a picture of {} nodes; draw a part of the graph, for instance one \
             subgraph",
            graph.nodes.len()
        );
    }
    match format {
        Format::Svg => {
            let options = SvgOptions::default().scale(scale.unwrap_or(1.0));
            Ok(to_svg(&picture.scene, &options).into_bytes())
        }
        Format::Png => png(picture, scale.unwrap_or(2.0)),
        Format::Dot => Ok(to_placed_dot(graph, picture).into_bytes()),
        Format::Plain => Ok(to_plain(graph, picture).into_bytes()),
        Format::Json => Ok(json::to_json(graph, picture).into_bytes()),
    }
}

/// Pixels, if letters can be told in them.
fn png(picture: &DotPicture, asked: f64) -> Result<Vec<u8>, Failure> {
    let options = PngOptions::default().scale(asked);
    let size = png_size(&picture.scene, &options);
    if size.scale < LEAST_SCALE.min(asked) {
        let whole = picture.scene.size;
        let error = anyhow::anyhow!(
            "nothing could be read in a PNG of a picture of {:.0} by {:.0} pixels; write SVG instead, or draw a part of \
             the graph",
            whole.width,
            whole.height
        );
        return Err(error).exits_with(Exit::Undrawable);
    }
    if size.is_shrunk {
        eprintln!(
            "objgraph: warning: the picture is drawn at scale {:.2} instead of {asked}, at {} by {} pixels; write SVG \
             instead, or draw a part of the graph",
            size.scale, size.width, size.height
        );
    }
    to_png(&picture.scene, &options).exits_with(Exit::Undrawable)
}
