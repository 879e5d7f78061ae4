//! How much memory some objects keep.

use super::walk::reach;
use crate::graph::{NodeId, ObjectGraph};
use crate::node::Bytes;
use objgraph_trace::NodeFlags;

/// A counter of an `Rc` or `Arc`.
const COUNTER: u64 = size_of::<usize>() as u64;

/// Its two counters, before its value.
const COUNTERS: Bytes = Bytes(2 * COUNTER);

/// The bytes of memory that some objects and all that they keep alive take, as they were asked of the allocator.
///
/// What is shared counts once. Buffers count with what they reserve, an object that lies in another with its own buffers
/// only, and a counted object with its two counters. What is only borrowed or held weakly does not count.
///
/// # Complexity
/// O(objects + references).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, kept_bytes};
/// use std::rc::Rc;
///
/// let text = Rc::new(String::from("text"));
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![text.clone(), text]));
/// let roots = graph.roots().iter().map(|root| root.node);
/// // Two pointers in a buffer, counters and the `String`, and four letters.
/// assert_eq!(kept_bytes(&graph, roots).0, 16 + (16 + 24) + 4);
/// ```
#[must_use]
pub fn kept_bytes(graph: &ObjectGraph, starts: impl IntoIterator<Item = NodeId>) -> Bytes {
    let starts = starts.into_iter().map(|start| start.0);
    let is_kept = reach(graph, starts, |_| true);
    let kept = graph.node_ids().filter(|node| is_kept[node.index()]);
    kept.map(|node| allocated(graph, node))
        .fold(Bytes::default(), Bytes::saturating_add)
}

/// What an object and its buffers were given by the allocator.
pub(super) fn allocated(graph: &ObjectGraph, node: NodeId) -> Bytes {
    let [shallow, _, reserved] = graph.sizes(node);
    if graph.has_flag(node, NodeFlags::INLINE) {
        return reserved;
    }
    if !graph.has_flag(node, NodeFlags::SHARED) {
        return shallow.saturating_add(reserved);
    }
    let counted = shallow.saturating_add(COUNTERS).0;
    Bytes(counted.next_multiple_of(COUNTER)).saturating_add(reserved)
}
