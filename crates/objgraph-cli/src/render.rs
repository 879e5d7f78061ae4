//! `objgraph render`: DOT in, a picture out.

use objgraph_render::{
    ArrangeError, DotGraph, DotPicture, LayoutOptions, PngOptions, SvgOptions, arrange_dot,
    png_size, to_placed_dot, to_plain, to_png, to_svg,
};

use crate::arguments::{Format, Render};
use crate::exit::{Exit, Exits as _, Failure};
use crate::{input, json, output};

/// More nodes than anybody looks at in one picture.
const MANY_NODES: usize = 5_000;

/// A PNG is not drawn smaller than this: letters would have a pixel.
const LEAST_SCALE: f64 = 0.1;

pub(crate) fn run(asked: &Render) -> Result<(), Failure> {
    let format = output::format(asked.format, &asked.output)?;
    let graph = input::dot(&asked.input)?;
    let mut options = LayoutOptions::default().engine(asked.engine.into());
    if let Some(direction) = asked.direction {
        options = options.direction(direction.into());
    }
    let picture = arrange_dot(&graph, &options)
        .map_err(explained)
        .exits_with(Exit::Undrawable)?;
    for warning in &picture.warnings {
        eprintln!("objgraph: warning: {warning}");
    }
    let content = content(&graph, &picture, format, asked.scale)?;
    output::write(&asked.output, &content)
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

/// The library names its own options; here they have other names.
fn explained(error: ArrangeError) -> anyhow::Error {
    match error {
        ArrangeError::TooLarge {
            n_boxes, n_arrows, ..
        } => anyhow::anyhow!(
            "{n_boxes} nodes and {n_arrows} edges are too many for layout-rs; use --engine layered, or draw a part of \
             the graph"
        ),
        ArrangeError::Program { source, .. } => anyhow::Error::new(source)
            .context("cannot run `dot`; install Graphviz, or use --engine layered"),
        other => other.into(),
    }
}
