//! Groups of objects that are alike: of one type and about one size, from one place in the program.

use super::change::Change;
use super::sides::Sides;
use crate::graph::Type;
use crate::node::Bytes;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use std::cmp::Reverse;

/// Objects that are alike, then and now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShapeDiff {
    /// The name of their type without module paths.
    pub type_name: String,
    /// The full path of their type.
    pub type_path: String,
    /// Where they were allocated; empty if that is not known.
    pub site: String,
    /// The fewest shallow and owned bytes that one of them may have, a power of two or 0; the most are one fewer than
    /// twice as many.
    pub at_least: Bytes,
    /// How many there were and are. As many as it grew by are new, and perhaps others in place of some that are gone.
    pub change: Change,
}

/// Type, site and class of size. A hash map of groups, which is never iterated: its numbers are.
type Shape<'g> = (usize, &'g str, Option<u32>);

/// The groups whose number of objects has changed, the most grown first, then by type, site and size.
pub(super) fn changed_shapes(types: &[&Type], sides: &Sides<'_>) -> Vec<ShapeDiff> {
    let mut changes: Vec<(Shape<'_>, Change)> = Vec::new();
    let mut places: HashMap<Shape<'_>, usize, RandomState> = HashMap::default();
    for (side, node) in sides.nodes() {
        let bytes = side.bytes(node);
        let site = side.graph.node(node).site();
        let shape = (side.type_of(node), site, bytes.0.checked_ilog2());
        let place = *places.entry(shape).or_insert(changes.len());
        if place == changes.len() {
            changes.push((shape, Change::default()));
        }
        changes[place].1.count(side.age, bytes);
    }
    changes.retain(|(_, change)| change.count_delta() != 0);
    changes.sort_unstable_by_key(|(shape, change)| (Reverse(change.growth()), *shape));
    let diffs = changes
        .into_iter()
        .map(|((known, site, class), change)| ShapeDiff {
            type_name: types[known].short.to_string(),
            type_path: types[known].path.to_string(),
            site: site.to_owned(),
            at_least: Bytes(class.map_or(0, |power| 1 << power)),
            change,
        });
    diffs.collect()
}
