//! Where the picture goes: a file, replaced whole or not at all, or standard output.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::Context as _;

use crate::arguments::Format;
use crate::exit::{Exit, Exits as _, Failure};
use crate::input::is_standard;

/// The format to write, asked for or told by the extension. Fails before anything is read or drawn.
pub(crate) fn format(asked: Option<Format>, path: &Path) -> Result<Format, Failure> {
    let format = match asked {
        Some(format) => format,
        None if is_standard(path) => Format::Svg,
        None => Format::of(path)
            .with_context(|| {
                format!(
                    "cannot tell the format of {} from its extension; use .svg, .png, .dot, .plain or .json, or say -T",
                    path.display()
                )
            })
            .exits_with(Exit::Usage)?,
    };
    if format == Format::Png && is_standard(path) && io::stdout().is_terminal() {
        let error = anyhow::anyhow!(
            "a PNG cannot be shown on a terminal; give a file with -o, or redirect the output"
        );
        return Err(error).exits_with(Exit::Usage);
    }
    Ok(format)
}

/// Writes all of it.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    if is_standard(path) {
        let mut output = io::stdout().lock();
        let written = output.write_all(content).and_then(|()| output.flush());
        return written
            .context("cannot write standard output")
            .exits_with(Exit::Unwritable);
    }
    objgraph::replace_file(path, content)
        .with_context(|| format!("cannot write {}", path.display()))
        .exits_with(Exit::Unwritable)
}
