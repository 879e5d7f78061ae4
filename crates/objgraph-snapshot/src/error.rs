//! What can be wrong with a heap file, and what is merely odd.

use objgraph_graph::grouped;
use std::fmt;
use std::io;

/// Why a heap file cannot be read.
///
/// Displayed behind the place where there is one, `8123:17: expected …`, so that the name of the file and a colon can be
/// put before it. Lines and columns begin at 1; columns count bytes.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes could not be had.
    #[error("reading stopped behind line {line}")]
    Io {
        /// The last line that was complete; 0 if none was.
        line: u64,
        /// Why.
        source: io::Error,
    },
    /// There is nothing in it.
    #[error(
        "1:1: the file is empty; the first line of a heap file is {{\"format\":\"objgraph-heap\",\"version\":1}}"
    )]
    Empty,
    /// The first line is not that of a heap file.
    #[error(
        "1:{column}: this is no heap file ({reason}); its first line is {{\"format\":\"objgraph-heap\",\"version\":1}}"
    )]
    NotAHeap {
        /// Where it stops to be one.
        column: u64,
        /// What is wrong.
        reason: String,
    },
    /// The file is of a later version of the format.
    #[error("1:1: heap format {found} is newer than {newest}, the newest that this build reads")]
    FutureVersion {
        /// The version of the file.
        found: u64,
        /// The newest that can be read.
        newest: u32,
    },
    /// A line is not what it should be.
    #[error("{line}:{column}: {reason}")]
    Malformed {
        /// The line.
        line: u64,
        /// The byte in the line.
        column: u64,
        /// What was found and what was expected.
        reason: String,
    },
    /// A line is longer than a gibibyte.
    #[error("{line}:1: the line is longer than a gibibyte, the most that is read of one")]
    LongLine {
        /// The line.
        line: u64,
    },
    /// Two lines define an object of one id.
    #[error("{line}:1: the id {id} is already that of the object in line {first_line}")]
    DuplicateId {
        /// The id.
        id: u64,
        /// The line that has it first.
        first_line: u64,
        /// The line that has it again.
        line: u64,
    },
    /// The file ends before its footer, or breaks off inside of a line or of its compressed data.
    #[error("truncated after line {}: {} objects read, {reason}", grouped(*line), grouped(*n_objects))]
    Truncated {
        /// The last whole line.
        line: u64,
        /// How many objects were read.
        n_objects: u64,
        /// How the file ends.
        reason: String,
    },
    /// The footer counts other numbers of objects and references than the file has.
    #[error(
        "{line}:1: the footer counts {objects} objects and {refs} references, but the file has {n_objects} and {n_refs}"
    )]
    Miscounted {
        /// The line of the footer.
        line: u64,
        /// The objects that it counts.
        objects: u64,
        /// The references that it counts.
        refs: u64,
        /// The objects that are there.
        n_objects: u64,
        /// The references that are there.
        n_refs: u64,
    },
}

impl ReadError {
    /// Whether what stands before the place of the error can be used all the same.
    pub(crate) fn leaves_a_heap(&self) -> bool {
        matches!(
            self,
            Self::Io { .. }
                | Self::Malformed { .. }
                | Self::LongLine { .. }
                | Self::DuplicateId { .. }
                | Self::Truncated { .. }
                | Self::Miscounted { .. }
        )
    }
}

/// What is odd about a heap that was read.
#[derive(Debug)]
#[non_exhaustive]
pub enum Warning {
    /// There are references to objects that the file does not have; they are left out.
    Missing {
        /// How many references there are.
        n_references: usize,
        /// How many ids they name.
        n_ids: usize,
        /// The line of the first.
        line: u64,
        /// The id that the first names.
        id: u64,
    },
    /// Objects have states that nothing here knows; they count as traced.
    UnknownStates {
        /// How many objects there are.
        n_objects: u64,
        /// The first of the words.
        word: String,
    },
    /// References have kinds that nothing here knows; they count as strong.
    UnknownKinds {
        /// How many references there are.
        n_references: u64,
        /// The first of the words.
        word: String,
    },
    /// The file is damaged, and only what stands before the damage was read.
    Damaged(ReadError),
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing {
                n_references,
                n_ids,
                line,
                id,
            } => write!(
                f,
                "{} references to {} ids that no line defines are left out; the first is in line {line}, to {id}",
                grouped(*n_references as u64),
                grouped(*n_ids as u64),
            ),
            Self::UnknownStates { n_objects, word } => write!(
                f,
                "{} objects have states that nothing here knows, such as {word:?}, and count as traced",
                grouped(*n_objects)
            ),
            Self::UnknownKinds { n_references, word } => write!(
                f,
                "{} references are of kinds that nothing here knows, such as {word:?}, and count as strong",
                grouped(*n_references)
            ),
            Self::Damaged(error) => {
                write!(f, "only what stands before the damage was read: {error}")
            }
        }
    }
}
