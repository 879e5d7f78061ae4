//! Whether a condition holds for one object.

use super::condition::{NumberKey, Term, TextKey};
use super::pattern::Pattern;
use crate::graph::{ObjectGraph, Type};
use crate::node::{Bytes, Node};

impl Term {
    /// The answer for an object of a graph; of retained sizes, there may be none.
    pub(super) fn holds(&self, node: Node<'_>, retained: &[Bytes]) -> bool {
        match self {
            Self::Id(id) => node.shown_id() == *id,
            Self::Text(key, pattern) => text_holds(*key, pattern, node),
            Self::Number(key, comparison, wanted) => {
                number(*key, node, retained).is_some_and(|number| comparison.holds(number, *wanted))
            }
            Self::State(state) => node.state() == *state,
            Self::Root => node.graph.roots().iter().any(|root| root.node == node.id()),
        }
    }
}

fn text_holds(key: TextKey, pattern: &Pattern, node: Node<'_>) -> bool {
    match key {
        TextKey::Type | TextKey::Module => type_holds(key, pattern, node.graph.type_of(node.id())),
        TextKey::Value => pattern.matches(node.value()),
        TextKey::Site => pattern.matches(node.site()),
        TextKey::Root => {
            let mut roots = node.graph.roots().iter();
            roots.any(|root| root.node == node.id() && pattern.matches(&root.name))
        }
    }
}

/// What is asked of the type of an object only.
pub(super) fn type_holds(key: TextKey, pattern: &Pattern, known: &Type) -> bool {
    match key {
        TextKey::Module => pattern.matches_path(&known.module),
        _ => pattern.matches_path(&known.short) || pattern.matches_path(&known.path),
    }
}

/// What an object is compared by; nothing where that is not known.
fn number(key: NumberKey, node: Node<'_>, retained: &[Bytes]) -> Option<u64> {
    let (graph, id): (&ObjectGraph, _) = (node.graph, node.id());
    match key {
        NumberKey::Size => Some(node.shallow_size().0),
        NumberKey::Owned => Some(node.owned_size().0),
        NumberKey::Retained => retained.get(id.index()).map(|size| size.0),
        NumberKey::Strong => Some(node.strong_count() as u64),
        NumberKey::Weak => Some(node.weak_count() as u64),
        NumberKey::Refs => Some(graph.edges_from(id).len() as u64),
        NumberKey::Referrers => Some(graph.referrers(id).len() as u64),
        NumberKey::Serial => node.serial(),
    }
}
