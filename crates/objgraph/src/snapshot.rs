//! Heap files: what is traced now, to be looked at later, and what others have written.

use crate::{Graph, Refs, SaveError, refs, replace_file_with};
use objgraph_snapshot::{Compression, Header, ReadError, ReadOptions, Warning, read, write};
use objgraph_trace::Trace;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Everything that is reachable from a value, to be written into a file and asked later by [`load`] or by the
/// `objgraph` command.
///
/// # Examples
///
/// ```
/// # let path = std::env::temp_dir().join(format!("snapshot_{}.jsonl.zst", std::process::id()));
/// let cache = vec![Box::new(1), Box::new(2)];
/// objgraph::snapshot(&cache).name("cache").save(&path)?;
///
/// let heap = objgraph::load(&path)?;
/// assert_eq!(heap.graph.roots()[0].name, "cache");
/// assert_eq!((heap.graph.n_nodes(), heap.graph.n_edges()), (3, 2));
/// # std::fs::remove_file(path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn snapshot<T: Trace + ?Sized>(root: &T) -> Snapshot<'_> {
    Snapshot {
        refs: refs(root),
        header: Header::of_rust(),
    }
}

/// Roots, and what is to be written of what they refer to. Made by [`snapshot`].
#[must_use = "nothing is traced until it is saved"]
pub struct Snapshot<'a> {
    refs: Refs<'a>,
    header: Header,
}

impl<'a> Snapshot<'a> {
    /// Names the root that was added last.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.refs = self.refs.name(name);
        self
    }

    /// Adds a root with a name.
    pub fn root<T: Trace + ?Sized>(mut self, name: impl Into<String>, root: &'a T) -> Self {
        self.refs = self.refs.root(name, root);
        self
    }

    /// Writes one-line values down too. Default: yes.
    pub fn values(mut self, values: bool) -> Self {
        self.refs = self.refs.values(values);
        self
    }

    /// Sets a headline. Default: none.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.header.title = Some(title.into());
        self
    }

    /// Writes a heap file, compressed as its extension says: `.gz` or `.zst`, else not at all.
    ///
    /// # Errors
    /// [`SaveError::Write`]; what was there before is as it was.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), SaveError> {
        let path = path.as_ref();
        let graph = self.refs.graph();
        let compression = Compression::of(path);
        replace_file_with(path, |file| write(&graph, &self.header, compression, file)).map_err(
            |source| SaveError::Write {
                path: path.to_owned(),
                source,
            },
        )
    }

    /// Writes a heap file to anywhere.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&self, out: impl Write, compression: Compression) -> io::Result<()> {
        write(&self.refs.graph(), &self.header, compression, out)
    }
}

/// A heap that was read from a file, by [`load`].
#[derive(Debug)]
#[non_exhaustive]
pub struct HeapFile {
    /// Its objects and references, to be asked and drawn.
    pub graph: Graph,
    /// Where it comes from.
    pub header: Header,
    /// What is odd about the file.
    pub warnings: Vec<Warning>,
}

/// Why a heap file could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file cannot be opened.
    #[error("cannot read `{}`", .path.display())]
    Open {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is no heap file, or a damaged one.
    #[error("{}:{error}", .path.display())]
    Read {
        /// The path.
        path: PathBuf,
        /// What is wrong with it, and where; part of the message, since it begins with the line.
        error: ReadError,
    },
}

/// Reads a heap file, plain or compressed, of a Rust program or of any other runtime.
///
/// # Errors
/// [`LoadError`], with the line and column where there is one.
///
/// # Complexity
/// O(bytes of the file), on all cores.
pub fn load(path: impl AsRef<Path>) -> Result<HeapFile, LoadError> {
    load_with(path, &ReadOptions::default())
}

/// As [`load`], with choices: a damaged file can be read as far as it goes.
///
/// # Errors
/// As [`load`].
pub fn load_with(path: impl AsRef<Path>, options: &ReadOptions) -> Result<HeapFile, LoadError> {
    let path = path.as_ref();
    let open = |source| LoadError::Open {
        path: path.to_owned(),
        source,
    };
    if path.is_dir() {
        return Err(open(io::Error::new(
            io::ErrorKind::IsADirectory,
            "it is a folder",
        )));
    }
    let file = File::open(path).map_err(open)?;
    let heap = read(file, options).map_err(|error| LoadError::Read {
        path: path.to_owned(),
        error,
    })?;
    Ok(HeapFile {
        graph: heap.graph.into(),
        header: heap.header,
        warnings: heap.warnings,
    })
}
