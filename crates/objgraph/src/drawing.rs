//! A picture of a graph, before it is written: what it shows, and how.

use crate::{DrawError, Format, Graph, NodeId, RankDirection, SaveError, replace_file};
use objgraph_graph::{Direction, View, ViewOptions, view_from};
use objgraph_render::{
    DotOptions, LayoutOptions, PngOptions, Scene, SvgOptions, arrange, png_size, to_dot,
    to_mermaid, to_png, to_svg,
};
use std::io;
use std::path::Path;

/// How a picture is to look.
pub(crate) struct Look<'f> {
    pub(crate) view: ViewOptions<'f>,
    pub(crate) max_depth: usize,
    pub(crate) too_many: usize,
    pub(crate) is_filtered: bool,
    pub(crate) layout: LayoutOptions,
    pub(crate) direction: Option<RankDirection>,
    pub(crate) scale: f64,
    pub(crate) announce: bool,
}

impl Default for Look<'_> {
    fn default() -> Self {
        Self {
            view: ViewOptions::default(),
            max_depth: 3,
            too_many: 10,
            is_filtered: false,
            layout: LayoutOptions::default(),
            direction: None,
            scale: 2.0,
            announce: false,
        }
    }
}

/// A picture of a part of a [`Graph`]: choose, then save or show it.
#[must_use = "a drawing does nothing until it is saved or turned into text"]
pub struct Drawing<'g> {
    graph: &'g Graph,
    starts: Vec<NodeId>,
    pub(crate) look: Look<'g>,
}

impl<'g> Drawing<'g> {
    pub(crate) fn new(graph: &'g Graph, starts: Vec<NodeId>, look: Look<'g>) -> Self {
        Self {
            graph,
            starts,
            look,
        }
    }

    look_setters!('g);

    /// Begins at these objects. Default: at the roots.
    pub fn from(mut self, starts: impl IntoIterator<Item = NodeId>) -> Self {
        self.starts = starts.into_iter().collect();
        self
    }

    /// Shows what refers to the objects instead of what they refer to.
    pub fn backrefs(mut self) -> Self {
        self.look.view = self.look.view.direction(Direction::Referrers);
        self
    }

    /// What is shown: boxes and arrows with their labels, without coordinates.
    #[must_use]
    pub fn to_view(&self) -> View {
        view_from(self.graph, &self.starts, &self.look.view)
    }

    /// The picture in Graphviz's language.
    #[must_use]
    pub fn to_dot(&self) -> String {
        self.look.to_dot(&self.to_view())
    }

    /// The picture as Mermaid text.
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        to_mermaid(&self.to_view())
    }

    /// The picture as a drawing for browsers.
    ///
    /// # Errors
    /// [`DrawError::Layout`] if the engine cannot place so many boxes, or is not there.
    pub fn to_svg(&self) -> Result<String, DrawError> {
        self.look.to_svg(&self.to_view())
    }

    /// The picture in pixels, as the bytes of a PNG file.
    ///
    /// # Errors
    /// As [`to_svg`](Self::to_svg), and [`DrawError::Png`] if the pixels do not fit into memory.
    pub fn to_png(&self) -> Result<Vec<u8>, DrawError> {
        self.look.to_png(&self.to_view())
    }

    /// Writes the picture into a file, in the format of its extension; the file is replaced whole or not at all.
    ///
    /// # Errors
    /// [`SaveError`] names the path and what to do.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), SaveError> {
        self.look.save(path.as_ref(), || Ok(self.to_view()))
    }

    /// Shows the picture in the browser, from a file in the folder for temporary files. Needs the feature `open`.
    ///
    /// # Errors
    /// As [`save`](Self::save), and [`SaveError::Open`] if no program shows SVG.
    #[cfg(feature = "open")]
    pub fn open(&self) -> Result<(), SaveError> {
        self.look.open(|| Ok(self.to_view()))
    }
}

/// The format that the path's extension asks for.
pub(crate) fn format_of(path: &Path) -> Result<Format, SaveError> {
    Format::of(path).ok_or_else(|| SaveError::UnknownFormat {
        path: path.to_owned(),
    })
}

/// What to do about a picture that is too large.
const NARROW: &str = "narrow it by max_depth, too_many or filter.";

/// What is written, and a sentence if it is too large to be of use.
struct Drawn {
    bytes: Vec<u8>,
    warning: Option<String>,
}

impl From<String> for Drawn {
    fn from(text: String) -> Self {
        Self {
            bytes: text.into_bytes(),
            warning: None,
        }
    }
}

/// From what is shown to what is written.
impl Look<'_> {
    pub(crate) fn to_svg(&self, view: &View) -> Result<String, DrawError> {
        Ok(self.draw_svg(view)?.0)
    }

    pub(crate) fn to_png(&self, view: &View) -> Result<Vec<u8>, DrawError> {
        Ok(self.draw_png(view)?.bytes)
    }

    pub(crate) fn to_dot(&self, view: &View) -> String {
        let direction = self.direction.map(RankDirection::name);
        let options = direction.map_or_else(DotOptions::default, |name| {
            DotOptions::default().graph_attribute("rankdir", name)
        });
        to_dot(view, &options)
    }

    /// A drawing, and a sentence if nobody can read it as a whole.
    fn draw_svg(&self, view: &View) -> Result<(String, Option<String>), DrawError> {
        let mut scene = self.arrange(view)?;
        let is_too_large = png_size(&scene, &PngOptions::default().scale(1.0)).is_shrunk;
        let warning = is_too_large.then(|| {
            let size = scene.size;
            format!(
                "The drawing is {:.0} × {:.0} pixels; {NARROW}",
                size.width, size.height
            )
        });
        if let Some(warning) = &warning {
            scene.add_caption(warning);
        }
        Ok((to_svg(&scene, &SvgOptions::default()), warning))
    }

    /// Pixels, and a sentence if they are fewer than asked for.
    fn draw_png(&self, view: &View) -> Result<Drawn, DrawError> {
        let mut scene = self.arrange(view)?;
        let options = PngOptions::default().scale(self.scale).machine_fonts(true);
        let size = png_size(&scene, &options);
        let warning = size.is_shrunk.then(|| {
            format!(
                "The picture is drawn at scale {:.2} instead of {}, as large as most programs open; {NARROW}",
                size.scale, self.scale,
            )
        });
        if let Some(warning) = &warning {
            scene.add_caption(warning);
        }
        let bytes = to_png(&scene, &options)?;
        Ok(Drawn { bytes, warning })
    }

    fn arrange(&self, view: &View) -> Result<Scene, DrawError> {
        Ok(arrange(view, &self.layout)?)
    }

    fn draw(&self, view: &View, format: Format) -> Result<Drawn, DrawError> {
        match format {
            Format::Dot => Ok(self.to_dot(view).into()),
            Format::Mermaid => Ok(to_mermaid(view).into()),
            Format::Svg => self.draw_svg(view).map(|(svg, warning)| Drawn {
                warning,
                ..svg.into()
            }),
            Format::Png => self.draw_png(view),
        }
    }

    /// Asks for the view only when the path's format is known: a wrong extension costs no trace.
    pub(crate) fn save(
        &self,
        path: &Path,
        view: impl FnOnce() -> Result<View, DrawError>,
    ) -> Result<(), SaveError> {
        self.write(path, format_of(path)?, view, replace_file)
    }

    fn write(
        &self,
        path: &Path,
        format: Format,
        view: impl FnOnce() -> Result<View, DrawError>,
        write: impl FnOnce(&Path, &[u8]) -> io::Result<()>,
    ) -> Result<(), SaveError> {
        let drawn = view().and_then(|view| Ok((self.draw(&view, format)?, view)));
        let (drawn, view) = drawn.map_err(|source| SaveError::Draw {
            path: path.to_owned(),
            source,
        })?;
        write(path, &drawn.bytes).map_err(|source| SaveError::Write {
            path: path.to_owned(),
            source,
        })?;
        if self.announce {
            eprintln!(
                "{}: {} boxes, {} arrows",
                path.display(),
                view.nodes.len(),
                view.edges.len()
            );
        }
        if let Some(warning) = drawn.warning {
            // In the picture too, but there perhaps too small to be read.
            eprintln!("{}: {warning}", path.display());
        }
        Ok(())
    }

    #[cfg(feature = "open")]
    pub(crate) fn open(
        &self,
        view: impl FnOnce() -> Result<View, DrawError>,
    ) -> Result<(), SaveError> {
        let path = crate::file::temporary("svg");
        self.write(&path, Format::Svg, view, crate::file::create)?;
        opener::open_browser(&path).map_err(|error| SaveError::Open {
            path,
            source: error.into(),
        })
    }
}
