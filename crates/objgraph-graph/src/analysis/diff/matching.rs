//! Which object of one graph is which of the other.

use super::sides::{Side, Sides};
use super::{Grown, Identity, ObjectDiff};
use crate::graph::{NodeId, ObjectGraph};
use crate::node::Bytes;
use std::cmp::{Ordering, Reverse};

/// What tells objects apart: their identity and their type.
type Key = (u64, u32);

/// New, gone and grown objects; `None` without identity.
pub(super) fn changed_objects(sides: &Sides<'_>, identity: Identity) -> Option<ObjectDiff> {
    if identity == Identity::Shape {
        return None;
    }
    let mut objects = ObjectDiff::default();
    let old = identified(&sides.old, identity, &mut objects.gone);
    let new = identified(&sides.new, identity, &mut objects.new);
    objects.add_differences(sides, &old, &new);
    objects.new.sort_unstable();
    objects.gone.sort_unstable();
    objects
        .grown
        .sort_unstable_by_key(|grown| (Reverse(grown.by), grown.new));
    Some(objects)
}

/// The objects by their keys, sorted; those without identity, which are none of the other graph's, go elsewhere.
fn identified(
    side: &Side<'_>,
    identity: Identity,
    unknown: &mut Vec<NodeId>,
) -> Vec<(Key, NodeId)> {
    let mut known = Vec::with_capacity(side.graph.n_nodes());
    for node in side.graph.node_ids() {
        match identity.of_object(side.graph, node) {
            Some(number) => known.push(((number, side.type_of(node) as u32), node)),
            None => unknown.push(node),
        }
    }
    known.sort_unstable();
    known
}

impl Identity {
    fn of_object(self, graph: &ObjectGraph, node: NodeId) -> Option<u64> {
        match self {
            Self::Serial => graph.node(node).serial(),
            Self::Id => Some(graph.store.address(node.0)),
            Self::Shape => None,
        }
    }
}

impl ObjectDiff {
    /// Merges two sorted lists. If several objects of one graph have one key, each is matched with one of the other's.
    fn add_differences(&mut self, sides: &Sides<'_>, old: &[(Key, NodeId)], new: &[(Key, NodeId)]) {
        let (mut old, mut new) = (old, new);
        while let ([(old_key, gone), old_rest @ ..], [(new_key, found), new_rest @ ..]) = (old, new)
        {
            let order = old_key.cmp(new_key);
            match order {
                Ordering::Less => self.gone.push(*gone),
                Ordering::Greater => self.new.push(*found),
                Ordering::Equal => self.grown.extend(grown(sides, *gone, *found)),
            }
            old = if order.is_le() { old_rest } else { old };
            new = if order.is_ge() { new_rest } else { new };
        }
        self.gone.extend(old.iter().map(|(_, node)| node));
        self.new.extend(new.iter().map(|(_, node)| node));
    }
}

fn grown(sides: &Sides<'_>, old: NodeId, new: NodeId) -> Option<Grown> {
    let (before, after) = (sides.old.bytes(old), sides.new.bytes(new));
    (after > before).then(|| Grown {
        old,
        new,
        by: Bytes(after.0 - before.0),
    })
}
