//! `objgraph convert`: a heap file into another, checked and compressed anew.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use objgraph::Compression;
use objgraph_snapshot::write;

use crate::exit::{Exit, Exits as _, Failure};
use crate::heap::{self, Reading};
use crate::input::is_standard;

/// Writes a heap file anew: compressed as the extension says, `.gz`, `.zst` or none
///
/// What is written is whole; with --lenient, it is what can be read of a damaged file.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph convert heap.jsonl.gz heap.jsonl.zst
  objgraph convert --lenient cut.jsonl.gz whole.jsonl.gz

Exit codes: 0 written, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 5 the output cannot be \
written.")]
pub(crate) struct Convert {
    /// The heap file; `-` is standard input
    #[arg(value_name = "IN")]
    input: PathBuf,

    /// Where to write; `-` is standard output, not compressed
    #[arg(value_name = "OUT")]
    output: PathBuf,

    #[command(flatten)]
    reading: Reading,
}

impl Convert {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let heap = heap::load(&self.input, self.reading)?;
        let compression = Compression::of(&self.output);
        let written = if is_standard(&self.output) {
            write(
                &heap.graph,
                &heap.header,
                compression,
                std::io::stdout().lock(),
            )
        } else {
            objgraph::replace_file_with(&self.output, |file| {
                write(&heap.graph, &heap.header, compression, file)
            })
        };
        written
            .with_context(|| format!("cannot write {}", self.output.display()))
            .exits_with(Exit::Unwritable)
    }
}
