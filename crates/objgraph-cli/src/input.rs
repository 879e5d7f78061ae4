//! What is read: a file, or standard input.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use anyhow::Context as _;
use objgraph_render::{DotGraph, read_dot};

use crate::exit::{Exit, Exits as _, Failure};

/// Reads a DOT graph, and says on standard error what is odd about it.
pub(crate) fn dot(path: &Path) -> Result<DotGraph, Failure> {
    let name = name(path);
    let bytes = bytes(path).exits_with(Exit::Unreadable)?;
    let graph = read_dot(&bytes)
        .map_err(|error| anyhow::anyhow!("{name}:{error}"))
        .exits_with(Exit::Malformed)?;
    for warning in &graph.warnings {
        eprintln!("objgraph: {name}: warning: {warning}");
    }
    let unknown = graph.unknown_attributes();
    if !unknown.is_empty() {
        eprintln!("objgraph: {name}: warning: {}", ignored(&unknown));
    }
    Ok(graph)
}

/// One sentence on attributes that mean nothing.
fn ignored(names: &[&str]) -> String {
    const MAX_NAMES: usize = 10;
    let shown: String = names[..names.len().min(MAX_NAMES)]
        .join(", ")
        .escape_debug()
        .collect();
    let rest = if names.len() > MAX_NAMES { ", …" } else { "" };
    match names.len() {
        1 => format!("1 attribute that nothing here knows was ignored: {shown}"),
        n => format!("{n} attributes that nothing here knows were ignored: {shown}{rest}"),
    }
}

/// The input in the words of a message.
pub(crate) fn name(path: &Path) -> String {
    if is_standard(path) {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

/// Whether a path is the `-` that stands for standard input or output.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The most that is read. A device such as /dev/zero would never end.
const MAX_BYTES: u64 = 1 << 30;

fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let shown = name(path);
    anyhow::ensure!(!path.is_dir(), "cannot read {shown}: it is a folder");
    let mut bytes = Vec::new();
    let read = if is_standard(path) {
        io::stdin().lock().take(MAX_BYTES).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes))
    };
    let n_bytes = read.with_context(|| format!("cannot read {shown}"))?;
    anyhow::ensure!(
        (n_bytes as u64) < MAX_BYTES,
        "cannot read {shown}: it has more than 1 GiB"
    );
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_attributes_are_counted_once() {
        assert_eq!(
            ignored(&["foo"]),
            "1 attribute that nothing here knows was ignored: foo"
        );
        assert_eq!(
            ignored(&["bar", "foo"]),
            "2 attributes that nothing here knows were ignored: bar, foo"
        );
        assert!(ignored(&["x"; 12]).ends_with("x, …"));
    }
}
