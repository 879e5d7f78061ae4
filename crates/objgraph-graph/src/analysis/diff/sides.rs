//! Two graphs whose types have common numbers.

use super::change::Age;
use crate::graph::{NodeId, ObjectGraph, Type};
use crate::node::Bytes;
use std::collections::BTreeMap;

/// One of the graphs.
pub(super) struct Side<'g> {
    pub(super) graph: &'g ObjectGraph,
    pub(super) age: Age,
    /// The common number of each of its types.
    types: Vec<usize>,
}

pub(super) struct Sides<'g> {
    pub(super) old: Side<'g>,
    pub(super) new: Side<'g>,
}

/// The types of both graphs, sorted by path, and the graphs.
pub(super) fn sides<'g>(old: &'g ObjectGraph, new: &'g ObjectGraph) -> (Vec<&'g Type>, Sides<'g>) {
    let types = old.types.iter().chain(&new.types);
    let by_path: BTreeMap<&str, &Type> = types.map(|known| (&*known.path, known)).collect();
    let paths: Vec<&str> = by_path.keys().copied().collect();
    let number = |known: &Type| paths.binary_search(&&*known.path).unwrap_or_default();
    let side = |graph: &'g ObjectGraph, age| Side {
        graph,
        age,
        types: graph.types.iter().map(number).collect(),
    };
    let sides = Sides {
        old: side(old, Age::Old),
        new: side(new, Age::New),
    };
    (by_path.into_values().collect(), sides)
}

impl<'g> Sides<'g> {
    /// All objects of both graphs.
    pub(super) fn nodes(&self) -> impl Iterator<Item = (&Side<'g>, NodeId)> {
        let of = |side| move |node| (side, node);
        let old = self.old.graph.node_ids().map(of(&self.old));
        old.chain(self.new.graph.node_ids().map(of(&self.new)))
    }
}

impl Side<'_> {
    pub(super) fn type_of(&self, node: NodeId) -> usize {
        self.types[self.graph.store.type_index(node.0)]
    }

    /// Shallow and owned bytes.
    pub(super) fn bytes(&self, node: NodeId) -> Bytes {
        let [shallow, owned, _] = self.graph.sizes(node);
        shallow.saturating_add(owned)
    }
}
