//! The common cases, in one call.

use crate::drawing::format_of;
use crate::{SaveError, backrefs, refs};
use objgraph_graph::{Node, ViewOptions, view_chain};
use objgraph_trace::Trace;
use std::path::Path;

/// Draws what a value refers to, three references deep, into a file.
///
/// The format is told by the extension: `.dot`, `.svg`, `.png` or `.mmd`. [`refs`] has the choices.
///
/// # Errors
/// [`SaveError`] if the extension is unknown or the file cannot be written.
///
/// # Complexity
/// Grows with what is drawn, not with the heap.
///
/// # Examples
///
/// ```
/// # let path = std::env::temp_dir().join(format!("show_refs_{}.svg", std::process::id()));
/// # let path = path.as_path();
/// objgraph::show_refs(&vec![Box::new(1), Box::new(2)], path)?;
/// assert!(std::fs::read_to_string(path)?.starts_with("<svg"));
/// # std::fs::remove_file(path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn show_refs<T: Trace + ?Sized>(value: &T, path: impl AsRef<Path>) -> Result<(), SaveError> {
    refs(value).save(path)
}

/// Draws what refers to a value, among everything that is reachable from a root, into a file.
///
/// # Errors
/// [`SaveError`] if the target is not reachable from the root, the extension is unknown, or the file cannot be written.
///
/// # Complexity
/// O(everything reachable from the root): references have to be turned around.
pub fn show_backrefs<S: Trace + ?Sized, T: Trace + ?Sized>(
    target: &S,
    root: &T,
    path: impl AsRef<Path>,
) -> Result<(), SaveError> {
    backrefs(target, root).save(path)
}

/// Draws a shortest chain from a value to the first object that matches, into a file.
///
/// Returns whether there is one; if not, nothing is written.
///
/// # Errors
/// [`SaveError`] if the extension is unknown or the file cannot be written.
pub fn show_chain<T: Trace + ?Sized>(
    from: &T,
    matches: impl Fn(Node<'_>) -> bool,
    path: impl AsRef<Path>,
) -> Result<bool, SaveError> {
    format_of(path.as_ref())?;
    let refs = refs(from);
    let graph = refs.graph();
    let Some(chain) = graph.find_chain(from, matches) else {
        return Ok(false);
    };
    refs.look.save(path.as_ref(), || {
        Ok(view_chain(&chain, &ViewOptions::default()))
    })?;
    Ok(true)
}
