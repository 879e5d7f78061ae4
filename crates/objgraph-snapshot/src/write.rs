//! Graphs out: a line for each object, as the graph is walked.

use crate::compress::{Compression, compressed};
use crate::header::{FORMAT, Header, VERSION};
use crate::state;
use objgraph_graph::{Edge, Node, ObjectGraph};
use objgraph_trace::EdgeKind;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// Writes a graph as a heap file. Objects keep the numbers under which they are shown, so the same graph gives the same
/// bytes.
///
/// Of an object with several root names, the file has them as one, with commas between them.
///
/// # Errors
/// What the writer says.
///
/// # Complexity
/// O(objects + references) time, and memory for a line and what the compression needs.
///
/// # Examples
///
/// ```
/// use objgraph_graph::ObjectGraph;
/// use objgraph_snapshot::{Compression, Header, read, write};
///
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new(1), Box::new(2)]));
/// let mut file = Vec::new();
/// write(&graph, &Header::of_rust(), Compression::Zstd, &mut file)?;
/// let again = read(&file[..], &Default::default())?.graph;
/// assert_eq!(again.edge_from(again.roots()[0].node, objgraph_graph::EdgeId(1)).unwrap().label(), "[1]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(
    graph: &ObjectGraph,
    header: &Header,
    compression: Compression,
    out: impl Write,
) -> io::Result<()> {
    compressed(out, compression, |out| {
        let mut lines = Lines {
            out: BufWriter::new(out),
        };
        lines.json(&First {
            format: FORMAT,
            version: VERSION,
            header,
        })?;
        let mut roots: Vec<_> = graph.roots().iter().collect();
        roots.sort_by_key(|root| root.node);
        let mut roots = &roots[..];
        for node in graph.nodes() {
            let n_here = roots
                .iter()
                .take_while(|root| root.node == node.id())
                .count();
            let (here, behind) = roots.split_at(n_here);
            roots = behind;
            let names: Vec<&str> = here.iter().map(|root| root.name.as_str()).collect();
            lines.object(graph, node, (!names.is_empty()).then(|| names.join(", ")))?;
        }
        lines.json(&Last {
            end: true,
            objects: graph.n_nodes(),
            refs: graph.n_edges(),
        })?;
        lines.out.flush()
    })
}

/// The first line.
#[derive(Serialize)]
struct First<'h> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    header: &'h Header,
}

/// The last line.
#[derive(Serialize)]
struct Last {
    end: bool,
    objects: usize,
    refs: usize,
}

struct Lines<W: Write> {
    out: BufWriter<W>,
}

impl<W: Write> Lines<W> {
    fn json(&mut self, line: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, line)?;
        self.out.write_all(b"\n")
    }

    fn object(
        &mut self,
        graph: &ObjectGraph,
        node: Node<'_>,
        root: Option<String>,
    ) -> io::Result<()> {
        write!(self.out, "{{\"id\":{},\"type\":", node.shown_id())?;
        self.text(name(node))?;
        self.text_key("module", node.module())?;
        self.number_key("size", node.shallow_size().0)?;
        self.number_key("owned", node.owned_size().0)?;
        self.number_key("strong", node.strong_count() as u64)?;
        self.number_key("weak", node.weak_count() as u64)?;
        self.text_key("value", node.value())?;
        self.text_key("state", state::word(node.state()).unwrap_or_default())?;
        if let Some(root) = root {
            self.out.write_all(b",\"root\":")?;
            self.text(&root)?;
        }
        self.text_key("site", node.site())?;
        if let Some(serial) = node.serial() {
            write!(self.out, ",\"serial\":{serial}")?;
        }
        self.references(graph, node)?;
        self.out.write_all(b"}\n")
    }

    fn references(&mut self, graph: &ObjectGraph, node: Node<'_>) -> io::Result<()> {
        let references = graph.edges_from(node.id());
        if references.len() == 0 {
            return Ok(());
        }
        for (place, edge) in references.enumerate() {
            self.out
                .write_all(if place == 0 { b",\"refs\":[" } else { b"," })?;
            self.reference(graph, edge)?;
        }
        self.out.write_all(b"]")
    }

    fn reference(&mut self, graph: &ObjectGraph, edge: Edge<'_>) -> io::Result<()> {
        write!(self.out, "[{}", graph.node(edge.target).shown_id())?;
        let label = edge.label();
        let is_strong = edge.kind == EdgeKind::Strong;
        if !label.is_empty() || !is_strong {
            self.out.write_all(b",")?;
            self.text(&label)?;
        }
        if !is_strong {
            write!(self.out, ",\"{}\"", edge.kind.label())?;
        }
        self.out.write_all(b"]")
    }

    /// A key and a text, unless that is empty.
    fn text_key(&mut self, key: &str, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        write!(self.out, ",\"{key}\":")?;
        self.text(text)
    }

    /// A key and a number, unless that is 0.
    fn number_key(&mut self, key: &str, number: u64) -> io::Result<()> {
        if number == 0 {
            return Ok(());
        }
        write!(self.out, ",\"{key}\":{number}")
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        Ok(serde_json::to_writer(&mut self.out, text)?)
    }
}

/// The name of a type without its module.
fn name(node: Node<'_>) -> &str {
    let path = node.type_path();
    let behind = path.strip_prefix(node.module()).unwrap_or(path);
    let name = behind
        .strip_prefix("::")
        .or_else(|| behind.strip_prefix('.'));
    match name {
        Some(name) if !node.module().is_empty() => name,
        _ => path,
    }
}
