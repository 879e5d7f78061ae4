//! What memory is used for, by type.

use super::counts::Columns;
use super::live;
use objgraph_graph::Bytes;
use std::collections::BTreeMap;
use std::fmt;

/// Objects and bytes of each type, of all that is tracked and what it leads to: Python's muppy. Made by [`summary`].
///
/// Displayed as a table, the types with the most bytes first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    types: BTreeMap<String, Amounts>,
}

/// How many objects of a type there are, and how many bytes they and their buffers take; of a difference, how many more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Objects.
    pub n_objects: i64,
    /// Bytes of the objects and of the buffers that belong to them alone.
    pub bytes: i64,
}

/// What each type uses now, of all that is tracked and what it leads to.
///
/// # Complexity
/// O(everything that is tracked and what it leads to).
///
/// # Examples
///
/// ```
/// let page = objgraph::tracked(String::from("page"));
/// let before = objgraph::summary();
/// assert_eq!(before.of("String").map(|amounts| amounts.n_objects), Some(1));
///
/// let another = objgraph::tracked(String::from("another"));
/// let difference = objgraph::summary().since(&before);
/// assert_eq!(difference.of("String").map(|amounts| amounts.bytes), Some(24 + 7));
/// # drop((page, another));
/// ```
#[must_use]
pub fn summary() -> Summary {
    let stats = live().values(false).graph().type_stats();
    let types = stats.into_iter().map(|stats| {
        let bytes = stats.shallow.0.saturating_add(stats.owned.0);
        let amounts = Amounts {
            n_objects: i64::try_from(stats.count).unwrap_or(i64::MAX),
            bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
        };
        (stats.type_name, amounts)
    });
    let mut all: BTreeMap<String, Amounts> = BTreeMap::new();
    for (type_name, amounts) in types {
        all.entry(type_name).or_default().add(amounts, 1);
    }
    Summary { types: all }
}

impl Amounts {
    fn add(&mut self, other: Self, times: i64) {
        self.n_objects += times * other.n_objects;
        self.bytes += times * other.bytes;
    }
}

impl Summary {
    /// What a type uses, by its name without module paths; `None` if there is nothing of it.
    #[must_use]
    pub fn of(&self, type_name: &str) -> Option<Amounts> {
        self.types.get(type_name).copied()
    }

    /// The types and what they use, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Amounts)> {
        self.types
            .iter()
            .map(|(name, amounts)| (name.as_str(), *amounts))
    }

    /// What has changed since an earlier summary: Python's `SummaryTracker`.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        let mut types = self.types.clone();
        for (name, amounts) in &earlier.types {
            types.entry(name.clone()).or_default().add(*amounts, -1);
        }
        types.retain(|_, amounts| *amounts != Amounts::default());
        Self { types }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows: Vec<(&str, Amounts)> = self.iter().collect();
        rows.sort_by_key(|(_, amounts)| std::cmp::Reverse(amounts.bytes));
        let rows = rows.into_iter().map(|(name, amounts)| {
            let sign = if amounts.bytes < 0 { "-" } else { "" };
            let bytes = Bytes(amounts.bytes.unsigned_abs());
            [
                name.to_owned(),
                amounts.n_objects.to_string(),
                format!("{sign}{bytes}"),
            ]
        });
        Columns::of(rows).fmt(f)
    }
}
