//! A picture of a graph, before it is written: what it shows, and how.

use crate::{DrawError, Format, Graph, NodeId, RankDirection, SaveError, replace_file};
use objgraph_graph::{Direction, View, ViewOptions, view_from};
use objgraph_render::{
    DotOptions, LayoutOptions, PngOptions, Scene, SvgOptions, arrange, png_size, to_dot,
    to_mermaid, to_png, to_svg,
};
use std::io;
use std::path::Path;

/// What every picture lets its caller decide, under the names and with the defaults of Python's objgraph.
///
/// For a struct with a field `look: Look`.
macro_rules! look_setters {
    ($lifetime:lifetime) => {
        /// Goes this many references away from where it begins. Default: 3.
        pub fn max_depth(mut self, max_depth: usize) -> Self {
            self.look.max_depth = max_depth;
            self.look.view = self.look.view.max_depth(max_depth);
            self
        }

        /// Folds the references beyond this many of one object into "12 more references". Default: 10.
        pub fn too_many(mut self, too_many: usize) -> Self {
            self.look.too_many = too_many;
            self.look.view = self.look.view.too_many(too_many);
            self
        }

        /// Shows at most this many objects. Default: 5,000; few people read more.
        pub fn max_nodes(mut self, max_nodes: usize) -> Self {
            self.look.view = self.look.view.max_nodes(max_nodes);
            self
        }

        /// Shows only objects that match; what only others lead to is not shown. Default: all.
        pub fn filter(mut self, filter: impl Fn($crate::Node<'_>) -> bool + $lifetime) -> Self {
            self.look.is_filtered = true;
            self.look.view = self.look.view.filter(filter);
            self
        }

        /// Leaves objects out that match. Default: none.
        pub fn ignore(mut self, ignore: impl Fn($crate::Node<'_>) -> bool + $lifetime) -> Self {
            self.look.is_filtered = true;
            self.look.view = self.look.view.ignore(ignore);
            self
        }

        /// Makes objects stand out that match. Default: none.
        pub fn highlight(
            mut self,
            highlight: impl Fn($crate::Node<'_>) -> bool + $lifetime,
        ) -> Self {
            self.look.view = self.look.view.highlight(highlight);
            self
        }

        /// Adds a line to the labels of objects. Default: none.
        pub fn extra_info(
            mut self,
            extra_info: impl Fn($crate::Node<'_>) -> Option<String> + $lifetime,
        ) -> Self {
            self.look.view = self.look.view.extra_info(extra_info);
            self
        }

        /// Adds attributes to the boxes of objects: any in DOT; `URL`, `class` and `tooltip` in SVG. Default: none.
        pub fn extra_node_attrs(
            mut self,
            attributes: impl Fn($crate::Node<'_>) -> Vec<(String, String)> + $lifetime,
        ) -> Self {
            self.look.view = self.look.view.extra_node_attrs(attributes);
            self
        }

        /// Shows strong and weak counts, as they were before anything was looked at. Default: no.
        pub fn refcounts(mut self, refcounts: bool) -> Self {
            self.look.view = self.look.view.refcounts(refcounts);
            self
        }

        /// Shows sizes in bytes. Default: no.
        pub fn sizes(mut self, sizes: bool) -> Self {
            self.look.view = self.look.view.sizes(sizes);
            self
        }

        /// Strips module paths from type names. Default: yes.
        pub fn shortnames(mut self, shortnames: bool) -> Self {
            self.look.view = self.look.view.shortnames(shortnames);
            self
        }

        /// Draws frames around objects that belong together. Default: [`GroupBy::Nothing`]($crate::GroupBy::Nothing).
        ///
        /// Only the default engine draws them in SVG and PNG.
        ///
        /// # Examples
        ///
        /// ```
        /// use objgraph::GroupBy;
        /// use std::rc::Rc;
        ///
        /// let words = ["a", "b"].map(|word| Rc::new(word.to_owned()));
        /// let graph = objgraph::graph(&words);
        /// let view = graph.draw().group_by(GroupBy::Type).to_view();
        /// assert_eq!((view.frames[0].title.as_str(), view.frames[0].nodes.len()), ("String", 2));
        /// ```
        pub fn group_by(mut self, group_by: $crate::GroupBy) -> Self {
            self.look.view = self.look.view.group_by(group_by);
            self
        }

        /// Explains colours, arrows and frames beside the picture. Default: no.
        ///
        /// A table of samples in DOT, boxes and arrows with their meaning in Mermaid, whose arrows do not tell all kinds apart.
        pub fn legend(mut self, legend: bool) -> Self {
            self.look.view = self.look.view.legend(legend);
            self
        }

        /// Sets a headline. Default: none.
        pub fn title(mut self, title: impl Into<String>) -> Self {
            self.look.view = self.look.view.title(title);
            self
        }

        /// Chooses what places the boxes. Default: [`Engine::default`]($crate::Engine).
        pub fn engine(mut self, engine: $crate::Engine) -> Self {
            self.look.layout = self.look.layout.engine(engine);
            self
        }

        /// Chooses where arrows point in SVG, PNG and DOT. Default: downwards or to the right, whichever can be shown
        /// larger on a screen; downwards in DOT.
        pub fn direction(mut self, direction: $crate::RankDirection) -> Self {
            self.look.direction = Some(direction);
            self.look.layout = self.look.layout.direction(direction);
            self
        }

        /// Multiplies the size of a PNG. Default: 2, for sharp text on today's screens.
        ///
        /// A picture of more than 16,384 pixels on a side, or 100 million of them, is drawn smaller and says so.
        pub fn scale(mut self, scale: f64) -> Self {
            self.look.scale = scale;
            self
        }

        /// Says in one line on standard error what was written. Default: no.
        ///
        /// That a picture is too large to be of use is always said there, and below the picture.
        pub fn announce(mut self, announce: bool) -> Self {
            self.look.announce = announce;
            self
        }
    };
}

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
