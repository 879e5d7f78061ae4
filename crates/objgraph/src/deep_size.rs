//! How large a value is, with all that it keeps.

use crate::refs;
use objgraph_graph::{Bytes, kept_bytes};
use objgraph_trace::Trace;

/// The bytes of memory that a value takes together with everything that it keeps alive: Python's `asizeof`.
///
/// What is shared counts once, buffers with what they reserve, and what is only borrowed or held weakly not at all. Values
/// may be nested as deep as they like. Of a `BTreeMap` or `BTreeSet` the nodes are estimated; what foreign types own counts only
/// as far as their [`Trace`] tells. Memory that the allocator adds for itself is not known.
///
/// # Complexity
/// O(everything that is reachable from the value).
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
///
/// let text = Rc::new(String::from("text"));
/// let pair = [text.clone(), text];
/// // Two pointers; then once two counters, a `String` and its four letters.
/// assert_eq!(objgraph::deep_size(&pair).0, 16 + 16 + 24 + 4);
/// ```
#[must_use]
pub fn deep_size<T: Trace + ?Sized>(value: &T) -> Bytes {
    let graph = refs(value).values(false).graph();
    let starts = graph.roots().iter().map(|root| root.node);
    let kept = kept_bytes(&graph, starts);
    Bytes(kept.0 + size_of_val(value) as u64)
}
