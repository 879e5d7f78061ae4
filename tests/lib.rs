//! What the tests that cross a crate border share.

use objgraph::{Graph, ObjectGraph, Repr, Trace};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fmt::Write as _, fs, process, thread};

/// A graph in one line: each object with its value, state and references, in visiting order.
///
/// `Vec<Rc<i32>> {[0] strong 1, [1] strong 1} | i32 = 7`
#[must_use]
pub fn describe(graph: &ObjectGraph) -> String {
    let nodes = graph.nodes().map(|node| {
        let mut text = node.type_name().to_owned();
        if !node.value().is_empty() {
            let _ = write!(text, " = {}", node.value());
        }
        if !node.state().label().is_empty() {
            let _ = write!(text, " ({})", node.state().label());
        }
        let edges = graph.edges_from(node.id());
        let edges: Vec<_> = edges
            .map(|edge| format!("{} {} {}", edge.label(), edge.kind.label(), edge.target.0))
            .collect();
        if !edges.is_empty() {
            let _ = write!(text, " {{{}}}", edges.join(", "));
        }
        text
    });
    nodes.collect::<Vec<_>>().join(" | ")
}

/// What [`describe`] says of everything that a value refers to.
pub fn seen<T: Trace + ?Sized>(value: &T) -> String {
    describe(&objgraph::graph(value))
}

/// What [`describe`] says of several roots, in this order.
pub fn seen_from<'a, A: Trace + ?Sized, B: Trace + ?Sized>(
    one: &'a A,
    other: &'a B,
) -> (String, Graph) {
    let graph = objgraph::refs(one).root("", other).graph();
    (describe(&graph), graph)
}

/// The one-line value.
pub fn text<T: Trace + ?Sized>(value: &T) -> String {
    let mut text = String::new();
    value.trace_repr(&mut Repr::new(&mut text, 200));
    text
}

/// The bytes that a value owns, used and reserved.
pub fn owned_bytes<T: Trace>(value: &T) -> (u64, u64) {
    // The root is a tuple around a reference to nothing else, so that a pointer is no root by itself.
    let graph = objgraph::graph(value);
    let node = graph.node(graph.roots()[0].node);
    (node.owned_size().0, node.owned_capacity().0)
}

/// Runs a test on a stack as small as that of an ordinary thread: 2 MiB.
///
/// # Panics
/// If `test` does.
pub fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(test)
        .expect("a thread can be started");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// A folder of one test, removed with all that is in it.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// A new, empty folder.
    ///
    /// # Panics
    /// If it cannot be made.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "making a folder is no default")]
    pub fn new() -> Self {
        static N_MADE: AtomicU32 = AtomicU32::new(0);
        let number = N_MADE.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("objgraph-tests-{}-{number}", process::id()));
        fs::create_dir(&path).expect("the folder for temporary files takes another");
        Self(path)
    }

    /// The path of a file in it.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The names of what is in it, sorted.
    ///
    /// # Panics
    /// If it cannot be read.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder is there");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("readable").file_name())
            .collect();
        names.sort();
        names
            .into_iter()
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that is left over is a nuisance, and no reason to fail.
        let _ = fs::remove_dir_all(&self.0);
    }
}
