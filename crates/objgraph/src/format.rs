//! Formats of pictures, told by the extension of the file.

use std::ffi::OsStr;
use std::path::Path;

/// What a picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Graphviz's language, `.dot` or `.gv`: for other programs to lay out.
    Dot,
    /// A drawing that browsers show, `.svg`: with tooltips, ids and classes.
    Svg,
    /// A picture in pixels, `.png`.
    Png,
    /// Mermaid, `.mmd` or `.mermaid`: text that code hosts draw inside Markdown.
    Mermaid,
}

impl Format {
    /// The extensions of all formats, as a sentence lists them.
    pub const EXTENSIONS: &str = ".dot, .gv, .svg, .png, .mmd, .mermaid";

    /// The format that a path's extension stands for, in capitals or not; `None` if there is none.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph::Format;
    ///
    /// assert_eq!(Format::of("graph.SVG".as_ref()), Some(Format::Svg));
    /// assert_eq!(Format::of("graph.bmp".as_ref()), None);
    /// ```
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path
            .extension()
            .and_then(OsStr::to_str)?
            .to_ascii_lowercase();
        match extension.as_str() {
            "dot" | "gv" => Some(Self::Dot),
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            "mmd" | "mermaid" => Some(Self::Mermaid),
            _ => None,
        }
    }
}
