//! Heap files in: bytes → blocks of lines → batches of objects → a graph.
//!
//! One thread decompresses and cuts the bytes into blocks, several parse them, and the caller's puts the batches
//! together in their order. Nothing holds more than a few blocks at a time, but for the graph.

mod batch;
mod blocks;
mod decompress;
mod footer;
mod line;
mod merge;
mod parse;
mod pipeline;
mod refs;
mod word;

use crate::error::{ReadError, Warning};
use crate::header::{FORMAT, Header, VERSION};
use blocks::{Blocks, Stop};
use merge::Merge;
use objgraph_graph::ObjectGraph;
use serde::Deserialize;
use std::io::{ErrorKind, Read};

/// How a file ends whose compressed data do not.
const BREAKS_OFF: &str = "the compressed data break off";

/// How a heap file is read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    lenient: bool,
}

impl ReadOptions {
    /// Makes use of a damaged file as far as it goes, with a warning. Default: no.
    #[must_use]
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.lenient = lenient;
        self
    }
}

/// The objects of a heap file and what the file says of itself.
#[derive(Debug)]
#[non_exhaustive]
pub struct Heap {
    /// Where it comes from.
    pub header: Header,
    /// Its objects, numbered in the order of their lines, and their references.
    pub graph: ObjectGraph,
    /// What is odd about the file.
    pub warnings: Vec<Warning>,
}

/// Reads a heap file, plain or compressed by gzip or zstd, which its first bytes tell.
///
/// # Errors
/// [`ReadError`], with the line and column where there is one. With [`ReadOptions::lenient`], an error behind the first line
/// is a warning instead, and the objects before it are used.
///
/// # Complexity
/// O(bytes) time, on all cores. Memory for the graph, and for a few blocks of lines: of a mebibyte each, or as
/// long as the longest line, at most a gibibyte.
pub fn read(input: impl Read + Send, options: &ReadOptions) -> Result<Heap, ReadError> {
    let mut blocks = Blocks::new(decompress::plain(input)?);
    let first = blocks.first_line().map_err(stopped)?;
    let header = header(&first)?;
    let mut merge = Merge::new(header.separator());
    match pipeline::run(blocks, &mut merge) {
        Ok(()) => {}
        Err(error) if options.lenient && error.leaves_a_heap() => {
            merge.warnings.push(Warning::Damaged(error));
        }
        Err(error) => return Err(error),
    }
    let (graph, warnings) = merge.finish();
    Ok(Heap {
        header,
        graph,
        warnings,
    })
}

/// Why there is no first line.
fn stopped(stop: Stop) -> ReadError {
    match stop {
        Stop::Failure { line, source } if source.kind() == ErrorKind::UnexpectedEof => {
            ReadError::Truncated {
                line,
                n_objects: 0,
                reason: BREAKS_OFF.to_owned(),
            }
        }
        Stop::Failure { line, source } => ReadError::Io { line, source },
        Stop::End | Stop::LongLine(_) => ReadError::Empty,
    }
}

/// What the first line must have, before anything else of it is looked at.
#[derive(Deserialize)]
struct Signature {
    format: String,
    version: u64,
}

fn header(line: &[u8]) -> Result<Header, ReadError> {
    let no_heap = |error: serde_json::Error| ReadError::NotAHeap {
        column: error.column().max(1) as u64,
        reason: line::reason(&error),
    };
    let signature: Signature = serde_json::from_slice(line).map_err(no_heap)?;
    if signature.format != FORMAT {
        return Err(ReadError::NotAHeap {
            column: 1,
            reason: format!("its format is {:?}", line::shown(&signature.format)),
        });
    }
    if signature.version > u64::from(VERSION) {
        return Err(ReadError::FutureVersion {
            found: signature.version,
            newest: VERSION,
        });
    }
    serde_json::from_slice(line).map_err(no_heap)
}
