//! The graphs that are laid out.

use crate::dot_file;
use crate::graph::Graph;
use crate::synthetic::heap;
use std::fs;
use std::io;
use std::path::Path;

/// The files of this bench.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/layout/graphs");
/// Nodes and edges of the generated graphs: those that something is asked of, and one between.
pub(crate) const GENERATED: [(usize, usize); 5] = [
    (20, 34),
    (1_000, 1_750),
    (3_000, 5_250),
    (10_000, 17_500),
    (33_000, 64_000),
];

/// The graphs of a folder, or of the bench's own, smallest file first.
///
/// # Errors
/// What reading the folder or a file of it gives.
pub(crate) fn files(folder: Option<&str>) -> io::Result<Vec<Graph>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder.unwrap_or(FOLDER))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "dot") {
            texts.push((fs::read_to_string(&path)?, name(&path)));
        }
    }
    texts.sort_by(|one, other| (one.0.len(), &one.1).cmp(&(other.0.len(), &other.1)));
    let graphs = texts.iter().map(|(text, name)| dot_file::read(name, text));
    Ok(graphs.collect())
}

/// The generated graphs, smallest first.
pub(crate) fn generated() -> impl Iterator<Item = Graph> {
    GENERATED
        .into_iter()
        .map(|(n_nodes, n_edges)| heap(n_nodes, n_edges))
}

fn name(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}
