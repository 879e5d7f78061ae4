//! How many objects of each type there are, and how many bytes they take.

use crate::graph::ObjectGraph;
use crate::node::Bytes;

/// The objects of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TypeStats {
    /// The type's name without module paths.
    pub type_name: String,
    /// The type's full path.
    pub type_path: String,
    /// How many objects there are.
    pub count: usize,
    /// The bytes of the objects themselves, together.
    pub shallow: Bytes,
    /// The bytes in use of the buffers that belong to them alone, together.
    pub owned: Bytes,
}

/// Counts objects by type, the most frequent first; types of equal count by name.
///
/// # Complexity
/// O(objects + types log types).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, type_stats};
///
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new(1_u8), Box::new(2)]));
/// let stats = type_stats(&graph);
/// assert_eq!((stats[0].type_name.as_str(), stats[0].count, stats[0].shallow.0), ("u8", 2, 2));
/// ```
#[must_use]
pub fn type_stats(graph: &ObjectGraph) -> Vec<TypeStats> {
    let mut stats: Vec<TypeStats> = (graph.types.iter())
        .map(|known| TypeStats {
            type_name: known.short.to_string(),
            type_path: known.path.to_string(),
            count: 0,
            shallow: Bytes(0),
            owned: Bytes(0),
        })
        .collect();
    for id in graph.node_ids() {
        let [shallow, owned, _] = graph.sizes(id);
        let counted = &mut stats[graph.store.type_index(id.0)];
        counted.count += 1;
        counted.shallow.0 += shallow.0;
        counted.owned.0 += owned.0;
    }
    stats.retain(|counted| counted.count > 0);
    stats.sort_by(|one, other| {
        let by_name = |stats: &TypeStats| (stats.type_name.clone(), stats.type_path.clone());
        (other.count.cmp(&one.count)).then_with(|| by_name(one).cmp(&by_name(other)))
    });
    stats
}
