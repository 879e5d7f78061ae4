//! Types that a query names and a graph does not have.

use super::condition::{Term, TextKey};
use super::nearest::distance;
use super::pattern::Pattern;
use crate::analysis::type_stats;
use crate::graph::ObjectGraph;
use std::collections::BTreeMap;
use std::fmt;

/// A type that no object has. Displayed as a sentence that names those that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownType {
    /// The name, as the query has it.
    pub name: String,
    /// Types with names that are near, the nearest first; three at most.
    pub near: Vec<NearType>,
}

/// A type that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NearType {
    /// Its short name, or its full path if the query has one.
    pub name: String,
    /// How many objects there are of types with this name.
    pub count: usize,
}

/// More suggestions are no help.
const MAX_NEAR: usize = 3;

pub(super) fn unknown_types(terms: &[Term], graph: &ObjectGraph) -> Vec<UnknownType> {
    let mut unknown: Vec<UnknownType> = Vec::new();
    let stats = type_stats(graph);
    for term in terms {
        let Term::Text(TextKey::Type, pattern @ Pattern::Exact(name)) = term else {
            continue;
        };
        let mut names = stats
            .iter()
            .flat_map(|stats| [&stats.type_name, &stats.type_path]);
        let is_known = names.any(|known| pattern.matches_path(known));
        if is_known || unknown.iter().any(|known| known.name == *name) {
            continue;
        }
        let is_path = name.contains("::") || name.contains('.');
        let counts = stats.iter().map(|stats| {
            let name = if is_path {
                &stats.type_path
            } else {
                &stats.type_name
            };
            (name.as_str(), stats.count)
        });
        unknown.push(UnknownType {
            name: name.clone(),
            near: nearest(name, counts),
        });
    }
    unknown
}

/// The nearest names, of several that are equally near the shortest first.
fn nearest<'n>(name: &str, counts: impl Iterator<Item = (&'n str, usize)>) -> Vec<NearType> {
    let mut near: BTreeMap<(usize, usize, &str), usize> = BTreeMap::new();
    for (known, count) in counts {
        if let Some(distance) = distance(name, known) {
            *near.entry((distance, known.len(), known)).or_default() += count;
        }
    }
    let nearest = near.into_iter().take(MAX_NEAR);
    let near_type = |((_, _, name), count): ((usize, usize, &str), usize)| NearType {
        name: name.to_owned(),
        count,
    };
    nearest.map(near_type).collect()
}

impl fmt::Display for UnknownType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no object of type {}", self.name)?;
        for (place, NearType { name, count }) in self.near.iter().enumerate() {
            let before = if place == 0 { "; did you mean" } else { "," };
            write!(f, "{before} {name} ({count})")?;
        }
        if self.near.is_empty() {
            Ok(())
        } else {
            f.write_str("?")
        }
    }
}
