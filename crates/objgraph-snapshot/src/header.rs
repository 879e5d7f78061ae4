//! What a heap file says of itself in its first line.

use serde::{Deserialize, Serialize};

/// The name of the format, with which every file begins.
pub(crate) const FORMAT: &str = "objgraph-heap";

/// The newest version of the format that can be read, and the one that is written.
pub(crate) const VERSION: u32 = 1;

/// Where a heap comes from, as far as its file tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Header {
    /// The runtime, with its version: `CPython 3.11.7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runtime: Option<String>,
    /// The size of an address in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer_bytes: Option<u32>,
    /// When the heap was written, as RFC 3339 has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// The program whose heap it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// The process whose heap it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u64>,
    /// A headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl Header {
    /// The header of a heap of this very program.
    #[must_use]
    pub fn of_rust() -> Self {
        Self {
            runtime: Some("Rust".to_owned()),
            pointer_bytes: Some(size_of::<usize>() as u32),
            ..Self::default()
        }
    }

    /// What stands between a module and the name of a type in it: `::` for Rust, `.` for all others.
    pub(crate) fn separator(&self) -> &'static str {
        let is_rust = |runtime: &String| runtime.to_ascii_lowercase().starts_with("rust");
        if self.runtime.as_ref().is_some_and(is_rust) {
            "::"
        } else {
            "."
        }
    }
}
