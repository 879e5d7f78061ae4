//! Why a picture could not be drawn or saved.

use crate::Format;
use objgraph_render::{ArrangeError, PngError};
use std::io;
use std::path::PathBuf;

/// Why a picture could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DrawError {
    /// The objects could not be arranged.
    #[error("cannot lay the picture out")]
    Layout(#[from] ArrangeError),
    /// The drawing could not be turned into pixels.
    #[error("cannot turn the drawing into pixels")]
    Png(#[from] PngError),
    /// The object whose referrers were asked for was not found among what is tracked.
    #[error(
        "the target, a `{type_name}`, is not tracked, and nothing that is tracked leads to it; track it or what holds it"
    )]
    NotTracked {
        /// The type of the target.
        type_name: String,
    },
    /// The object whose referrers were asked for was not found.
    #[error(
        "the target, a `{type_name}`, is not reachable from the root, so nothing below the root refers to it"
    )]
    NotReachable {
        /// The type of the target.
        type_name: String,
    },
}

/// Why a picture could not be saved or shown. What was there before is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SaveError {
    /// The path does not say in which format to write.
    #[error("cannot tell the format of `{}` from its extension; use one of {}", .path.display(), Format::EXTENSIONS)]
    UnknownFormat {
        /// The path.
        path: PathBuf,
    },
    /// The picture could not be drawn.
    #[error("cannot draw `{}`", .path.display())]
    Draw {
        /// Where it was to be written.
        path: PathBuf,
        /// What went wrong.
        source: DrawError,
    },
    /// The file could not be written.
    #[error("cannot write `{}`", .path.display())]
    Write {
        /// Where it was to be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No program shows the picture.
    #[cfg(feature = "open")]
    #[error("cannot open `{}`; it is written and can be opened by hand", .path.display())]
    Open {
        /// Where it was written.
        path: PathBuf,
        /// What went wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
