//! The heap that is asked: read from a file or standard input, with what is odd about it said on standard error.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use objgraph::{Graph, Header, ReadError, ReadOptions};
use objgraph_snapshot::read;

use crate::exit::{Exit, Exits as _, Failure};
use crate::input::{is_standard, name};
use crate::printable::printable;
use crate::progress::{Wanted, Watched};

/// Which heap, and how it is read.
#[derive(Args, Debug)]
pub(crate) struct HeapFile {
    /// The heap file, plain or compressed; `-` is standard input
    #[arg(value_name = "HEAP")]
    heap: PathBuf,

    #[command(flatten)]
    reading: Reading,
}

/// How a heap is read.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// Uses a damaged file as far as it goes
    #[arg(long, help_heading = "Reading")]
    lenient: bool,

    /// Says nothing of progress, or of what was drawn
    #[arg(long, short, help_heading = "Reading")]
    quiet: bool,
}

/// A heap, and what is known of it.
pub(crate) struct Heap {
    pub(crate) graph: Graph,
    pub(crate) header: Header,
    pub(crate) warnings: Vec<String>,
}

impl HeapFile {
    pub(crate) fn load(&self) -> Result<Heap, Failure> {
        load(&self.heap, self.reading)
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.reading.quiet
    }

    /// The file as it is named on a command line, to be asked again; `HEAP` if it cannot be.
    pub(crate) fn in_shell(&self) -> String {
        match self.heap.to_str() {
            Some(name) if !is_standard(&self.heap) => in_shell(name),
            _ => "HEAP".to_owned(),
        }
    }
}

/// A word as shells read it, in quotes if they would take it apart.
fn in_shell(word: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || "/._-+,:@%=".contains(char);
    if word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", printable(&word.replace('\'', r"'\''")))
    }
}

/// Reads a heap, and says on standard error what is odd about it.
pub(crate) fn load(path: &Path, reading: Reading) -> Result<Heap, Failure> {
    let name = name(path);
    let (input, n_bytes) = open(path)
        .with_context(|| format!("cannot read {name}"))
        .exits_with(Exit::Unreadable)?;
    let wanted = if reading.quiet {
        Wanted::Never
    } else {
        Wanted::OnTerminal
    };
    let options = ReadOptions::default().lenient(reading.lenient);
    let snapshot = read(Watched::new(input, n_bytes, wanted), &options)
        .map_err(|error| failure(&name, error))?;
    let warnings: Vec<String> = snapshot.warnings.iter().map(ToString::to_string).collect();
    for warning in &warnings {
        eprintln!("objgraph: {name}: warning: {warning}");
    }
    Ok(Heap {
        graph: snapshot.graph.into(),
        header: snapshot.header,
        warnings,
    })
}

fn open(path: &Path) -> io::Result<(Box<dyn Read + Send>, Option<u64>)> {
    if is_standard(path) {
        return Ok((Box::new(io::stdin()), None));
    }
    let file = File::open(path)?;
    let found = file.metadata()?;
    if found.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "it is a folder",
        ));
    }
    let n_bytes = found.is_file().then_some(found.len());
    Ok((Box::new(file), n_bytes))
}

fn failure(name: &str, error: ReadError) -> Failure {
    match error {
        ReadError::Io { line, source } => Failure {
            exit: Exit::Unreadable,
            error: anyhow::Error::new(source)
                .context(format!("cannot read {name} behind line {line}")),
        },
        ReadError::Truncated { .. } => Failure {
            exit: Exit::Malformed,
            error: anyhow::anyhow!("{name}: {error}; --lenient uses what was read"),
        },
        ReadError::Malformed { .. }
        | ReadError::DuplicateId { .. }
        | ReadError::Miscounted { .. } => Failure {
            exit: Exit::Malformed,
            error: anyhow::anyhow!("{name}:{error}; --lenient uses what stands before"),
        },
        error => Failure {
            exit: Exit::Malformed,
            error: anyhow::anyhow!("{name}:{error}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::in_shell;

    #[test]
    fn words_that_a_shell_would_take_apart_are_quoted() {
        assert_eq!(in_shell("/tmp/heap.jsonl.gz"), "/tmp/heap.jsonl.gz");
        assert_eq!(in_shell("my heap"), "'my heap'");
        assert_eq!(in_shell("it's"), r"'it'\''s'");
    }
}
