//! Where a picture or a file goes: a file, replaced whole or not at all, or standard output.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use anyhow::Context as _;
use objgraph_render::ArrangeError;

use crate::answer::say_bytes;
use crate::exit::{Exit, Exits as _, Failure};
use crate::input::is_standard;

/// Formats that extensions stand for.
pub(crate) trait Extension: Copy {
    /// All of them, as a sentence lists them.
    const EXTENSIONS: &str;

    /// The format of an extension in small letters.
    fn of(extension: &str) -> Option<Self>;

    /// Whether it is nothing that a terminal can show.
    fn is_pixels(self) -> bool;
}

/// The format to write: asked for, or told by the extension, or the usual one for standard output. Fails before
/// anything is read or drawn.
pub(crate) fn format<F: Extension>(asked: Option<F>, usual: F, path: &Path) -> Result<F, Failure> {
    let format = match asked {
        Some(format) => format,
        None if is_standard(path) => usual,
        None => by_extension(path)
            .with_context(|| {
                format!(
                    "cannot tell the format of {} from its extension; use {}, or say -T",
                    path.display(),
                    F::EXTENSIONS
                )
            })
            .exits_with(Exit::Usage)?,
    };
    if format.is_pixels() && is_standard(path) && io::stdout().is_terminal() {
        let error = anyhow::anyhow!(
            "a PNG cannot be shown on a terminal; give a file with -o, or redirect the output"
        );
        return Err(error).exits_with(Exit::Usage);
    }
    Ok(format)
}

fn by_extension<F: Extension>(path: &Path) -> Option<F> {
    F::of(&path.extension()?.to_str()?.to_ascii_lowercase())
}

/// Writes all of it.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    if is_standard(path) {
        return say_bytes(content);
    }
    objgraph::replace_file(path, content)
        .with_context(|| format!("cannot write {}", path.display()))
        .exits_with(Exit::Unwritable)
}

/// The library names its own options; here they have other names.
pub(crate) fn explained(error: ArrangeError) -> anyhow::Error {
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
