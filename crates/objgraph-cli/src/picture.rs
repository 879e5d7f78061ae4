//! Pictures of what was found, in the format that is asked for.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use objgraph::{ArrowKind, Shape, View, ViewEdge, ViewNode};
use objgraph_render::{
    DotOptions, LayoutOptions, PngOptions, RankDirection, SvgOptions, arrange, png_size, to_dot,
    to_mermaid, to_png, to_svg,
};

use crate::arguments::Placing;
use crate::count::counted;
use crate::exit::{Exit, Exits as _, Failure};
use crate::input::is_standard;
use crate::{output, view_json};

/// Where a picture goes and what it is written as.
#[derive(Args, Debug)]
#[command(next_help_heading = "Picture")]
pub(crate) struct Picture {
    /// Draws into a file; `-` is standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// What to draw as; by default what the extension of OUT says, else SVG
    #[arg(short = 'T', long, value_name = "FORMAT")]
    format: Option<PictureFormat>,

    #[command(flatten)]
    placing: Placing,
}

/// What a picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PictureFormat {
    /// A drawing for browsers
    Svg,
    /// A picture in pixels
    Png,
    /// Graphviz's language
    Dot,
    /// Text that code hosts draw inside Markdown
    Mermaid,
    /// Boxes and arrows for programs
    Json,
}

impl output::Extension for PictureFormat {
    const EXTENSIONS: &str = ".svg, .png, .dot, .mmd or .json";

    fn of(extension: &str) -> Option<Self> {
        match extension {
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            "dot" | "gv" => Some(Self::Dot),
            "mmd" | "mermaid" => Some(Self::Mermaid),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    fn is_pixels(self) -> bool {
        self == Self::Png
    }
}

/// A picture that was asked for, with its format settled before anything is read.
pub(crate) struct Target<'a> {
    output: &'a Path,
    format: PictureFormat,
    placing: &'a Placing,
    is_quiet: bool,
}

impl Picture {
    /// What is to be drawn; `None` if no picture was asked for.
    pub(crate) fn wanted(&self, is_quiet: bool) -> Result<Option<Target<'_>>, Failure> {
        if self.output.is_none() && self.format.is_none() {
            return Ok(None);
        }
        self.target(is_quiet).map(Some)
    }

    /// What is to be drawn, to standard output if nothing else is said.
    pub(crate) fn target(&self, is_quiet: bool) -> Result<Target<'_>, Failure> {
        let output = self.output.as_deref().unwrap_or(Path::new("-"));
        Ok(Target {
            output,
            format: output::format(self.format, PictureFormat::Svg, output)?,
            placing: &self.placing,
            is_quiet,
        })
    }
}

impl Target<'_> {
    /// Draws what is shown and writes it; of a file, it is said on standard error what is in it.
    pub(crate) fn draw(&self, view: &View) -> Result<(), Failure> {
        let bytes = match self.format {
            PictureFormat::Dot => to_dot(view, &self.dot_options()).into_bytes(),
            PictureFormat::Mermaid => to_mermaid(view).into_bytes(),
            PictureFormat::Json => view_json::to_json(view).into_bytes(),
            PictureFormat::Svg | PictureFormat::Png => self.drawn(view)?,
        };
        output::write(self.output, &bytes)?;
        if !self.is_quiet && !is_standard(self.output) {
            self.say(view);
        }
        Ok(())
    }

    /// What is in the picture, and what it leaves out.
    fn say(&self, view: &View) {
        let is_object = |node: &&ViewNode| node.shape != Shape::Folded;
        let n_objects = view.nodes.iter().filter(is_object).count();
        let is_reference = |edge: &&ViewEdge| edge.kind != ArrowKind::More;
        let n_references = view.edges.iter().filter(is_reference).count();
        eprintln!(
            "objgraph: {} shows {} and {}",
            self.output.display(),
            counted(n_objects, "object"),
            counted(n_references, "reference"),
        );
        for note in &view.notes {
            eprintln!("objgraph: {note}");
        }
    }

    fn dot_options(&self) -> DotOptions {
        let direction: Option<RankDirection> = self.placing.direction.map(Into::into);
        direction.map_or_else(DotOptions::default, |direction| {
            DotOptions::default().graph_attribute("rankdir", direction.name())
        })
    }

    fn drawn(&self, view: &View) -> Result<Vec<u8>, Failure> {
        let mut options = LayoutOptions::default().engine(self.placing.engine.into());
        if let Some(direction) = self.placing.direction {
            options = options.direction(direction.into());
        }
        let scene = arrange(view, &options)
            .map_err(output::explained)
            .exits_with(Exit::Undrawable)?;
        if self.format == PictureFormat::Svg {
            let options = SvgOptions::default().scale(self.placing.scale.unwrap_or(1.0));
            return Ok(to_svg(&scene, &options).into_bytes());
        }
        let options = PngOptions::default()
            .scale(self.placing.scale.unwrap_or(2.0))
            .machine_fonts(true);
        let size = png_size(&scene, &options);
        if size.is_shrunk {
            eprintln!(
                "objgraph: warning: the picture is drawn at scale {:.2}; narrow it by --max-depth, --too-many or --filter, or \
                 write SVG",
                size.scale
            );
        }
        to_png(&scene, &options).exits_with(Exit::Undrawable)
    }
}
