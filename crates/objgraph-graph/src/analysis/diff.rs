//! What has changed from one graph to a later one of the same program.

mod change;
mod matching;
mod shapes;
mod sides;
#[cfg(test)]
mod tests;

use crate::graph::{NodeId, ObjectGraph};
use crate::node::Bytes;
pub use change::{Amount, Change};
pub use shapes::ShapeDiff;
use sides::sides;
use std::cmp::Reverse;

/// By what an object is known to be the same in two graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Identity {
    /// By its place in the order of creation, which is never used again.
    Serial,
    /// By the id that the heap file knows it by; in a graph of a trace, by where it lies.
    ///
    /// Only the caller can know that ids are stable. A freed object's address is soon another's: of the same type, the
    /// two are taken for one.
    Id,
    /// Not at all: only groups of objects are compared that are alike.
    Shape,
}

impl Identity {
    /// What two graphs have in common: serials, if every object of both has one; else only shapes.
    ///
    /// # Complexity
    /// O(objects).
    #[must_use]
    pub fn of(old: &ObjectGraph, new: &ObjectGraph) -> Self {
        let has_serials = |graph: &ObjectGraph| {
            graph.n_nodes() > 0 && graph.nodes().all(|node| node.serial().is_some())
        };
        if has_serials(old) && has_serials(new) {
            Self::Serial
        } else {
            Self::Shape
        }
    }
}

/// What has changed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Diff {
    /// The types of both graphs. What grew by the most bytes comes first, what shrank by the most last.
    pub types: Vec<TypeDiff>,
    /// Groups of objects that are alike, where their number has changed; sorted like types.
    pub shapes: Vec<ShapeDiff>,
    /// The objects that are new, gone or grown; `None` if objects are not told apart.
    pub objects: Option<ObjectDiff>,
}

/// The objects of one type, then and now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TypeDiff {
    /// The type's name without module paths.
    pub type_name: String,
    /// The type's full path.
    pub type_path: String,
    /// How many there were and are.
    pub change: Change,
}

/// The objects that only one of two graphs has, and those that are larger in the later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ObjectDiff {
    /// The objects of the new graph that the old one does not have, in visiting order.
    pub new: Vec<NodeId>,
    /// The objects of the old graph that the new one does not have, in visiting order.
    pub gone: Vec<NodeId>,
    /// The objects whose shallow and owned bytes have grown, those by the most bytes first.
    pub grown: Vec<Grown>,
}

/// An object that has grown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grown {
    /// Its number in the old graph.
    pub old: NodeId,
    /// Its number in the new graph.
    pub new: NodeId,
    /// By how much.
    pub by: Bytes,
}

/// Compares two graphs of one program, with objects told apart by their identity; [`Identity::of`] finds a safe one.
///
/// An object whose type is another is another object, whatever its identity says.
///
/// # Complexity
/// O(objects × log objects) time, 32 bytes an object while it runs; without identity, O(objects + groups × log groups)
/// time.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, Identity, NewNode, NodeId, diff};
///
/// let graph = |serials: &[u64]| {
///     let mut builder = GraphBuilder::default();
///     for serial in serials {
///         builder.add_node(NewNode::new("Session").sizes(100, 0).serial(*serial));
///     }
///     builder.finish()
/// };
/// let (old, new) = (graph(&[1, 2]), graph(&[2, 3, 4]));
/// assert_eq!(Identity::of(&old, &new), Identity::Serial);
///
/// let diff = diff(&old, &new, Identity::Serial);
/// assert_eq!((diff.types[0].change.count_delta(), diff.types[0].change.bytes_delta()), (1, 100));
/// let objects = diff.objects.unwrap();
/// assert_eq!((objects.gone, objects.new), (vec![NodeId(0)], vec![NodeId(1), NodeId(2)]));
/// ```
#[must_use]
pub fn diff(old: &ObjectGraph, new: &ObjectGraph, identity: Identity) -> Diff {
    let (types, sides) = sides(old, new);
    let mut changes = vec![Change::default(); types.len()];
    for (side, node) in sides.nodes() {
        changes[side.type_of(node)].count(side.age, side.bytes(node));
    }
    let of_types = types.iter().zip(changes).map(|(known, change)| TypeDiff {
        type_name: known.short.to_string(),
        type_path: known.path.to_string(),
        change,
    });
    let mut of_types: Vec<_> = of_types
        .filter(|found| !found.change.is_of_none())
        .collect();
    // Types come by path, and a stable sort keeps them so.
    of_types.sort_by_key(|found| Reverse(found.change.growth()));
    Diff {
        types: of_types,
        shapes: shapes::changed_shapes(&types, &sides),
        objects: matching::changed_objects(&sides, identity),
    }
}
