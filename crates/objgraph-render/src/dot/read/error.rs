//! Why something is no DOT.

/// Why a DOT file could not be read. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadDotError {
    /// Something stands where something else has to.
    #[error("{line}:{column}: expected {expected}, found {found}")]
    Unexpected {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// What could stand there.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// The file ends within something.
    #[error("{line}:{column}: the {what} that begins here does not end; expected {expected}")]
    Unclosed {
        /// The line where it begins.
        line: usize,
        /// The column where it begins.
        column: usize,
        /// What it is.
        what: &'static str,
        /// What would end it.
        expected: &'static str,
    },
    /// Edges between sets of nodes are more than memory should hold, or their ends lie in too many braces.
    #[error(
        "{line}:{column}: these edges make more than {limit}, or end in too many nested braces"
    )]
    TooManyEdges {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// The most that are read.
        limit: usize,
    },
    /// The file is text of two bytes a character.
    #[error("1:1: expected UTF-8 or Latin-1, found UTF-16; save the file as UTF-8")]
    Utf16,
}
