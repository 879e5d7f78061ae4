//! Bytes to text, and on to a graph.

use std::borrow::Cow;

use super::error::ReadDotError;
use super::parse::parse;
use crate::dot::graph::DotGraph;

/// Reads the first graph of a DOT file: the whole language, as Graphviz reads it.
///
/// Files are UTF-8, with a byte order mark or without. A file that is not is read as Latin-1, with a warning
/// that says where the first wrong byte is.
///
/// # Errors
///
/// [`ReadDotError`] with line and column of what does not belong there.
///
/// # Complexity
///
/// Linear in the size of the file and the number of edges, of which there may be two million. Never recurses.
///
/// # Examples
///
/// ```
/// use objgraph_render::read_dot;
///
/// let graph = read_dot(b"digraph { node [shape=box]; a -> {b c} [color=red] }")?;
/// assert_eq!(graph.nodes[2].name, "c");
/// assert_eq!(graph.nodes[2].attributes.text("shape"), Some("box"));
/// assert_eq!(graph.edges[1].attributes.text("color"), Some("red"));
///
/// let error = read_dot(b"digraph { a -- b }").unwrap_err();
/// assert_eq!(error.to_string(), "1:13: expected `->`, since this is a digraph, found `--`");
/// # Ok::<(), objgraph_render::ReadDotError>(())
/// ```
pub fn read_dot(bytes: &[u8]) -> Result<DotGraph, ReadDotError> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(ReadDotError::Utf16);
    }
    let (text, warning) = decode(bytes);
    let mut graph = parse(&text)?;
    graph.warnings.extend(warning);
    Ok(graph)
}

fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<String>) {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return (Cow::Borrowed(text), None),
        Err(error) => error,
    };
    let before = bytes[..error.valid_up_to()].split(|&byte| byte == b'\n');
    let line = before.count();
    let warning = format!(
        "byte 0x{:02x} in line {line} is not UTF-8; the file is read as Latin-1",
        bytes[error.valid_up_to()],
    );
    // The first 256 characters of Unicode are Latin-1.
    let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    (Cow::Owned(text), Some(warning))
}
