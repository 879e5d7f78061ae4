//! Turns heap files into an [`ObjectGraph`](objgraph_graph::ObjectGraph), and graphs into heap files.
//!
//! In: bytes of the objgraph-heap format, plain or compressed, from anything that can be read. Out: a [`Heap`]; and
//! back by [`write()`].
//!
//! # Example
//!
//! ```
//! let file = br#"{"format":"objgraph-heap","version":1,"runtime":"CPython 3.11.7"}
//! {"id":5,"type":"dict","module":"builtins","size":232,"root":"sys.modules","refs":[[6,"name"],[6,"[0]"]]}
//! {"id":6,"type":"str","module":"builtins","size":50,"value":"'a'"}
//! {"end":true,"objects":2,"refs":2}
//! "#;
//! let heap = objgraph_snapshot::read(&file[..], &Default::default())?;
//! assert_eq!((heap.graph.n_nodes(), heap.graph.n_edges()), (2, 2));
//! assert_eq!(heap.graph.roots()[0].name, "sys.modules");
//! # Ok::<(), objgraph_snapshot::ReadError>(())
//! ```
//!
//! # Boundaries
//!
//! Opens no file: it reads from a reader and writes to a writer. Never panics on bad input, and never holds more of
//! a file than a few blocks of lines.

mod compress;
mod error;
mod header;
mod read;
mod state;
mod write;

pub use compress::Compression;
pub use error::{ReadError, Warning};
pub use header::Header;
pub use read::{Heap, ReadOptions, read};
pub use write::write;
