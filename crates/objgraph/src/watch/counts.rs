//! How many objects there are of each type: of those that are counted, and of those that are tracked.

use objgraph_graph::shorten;
use objgraph_watch::{LiveObjects, TypeCount, counts};
use std::collections::BTreeMap;
use std::fmt;

/// How many objects of a type live.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LiveType {
    /// The type without module paths.
    pub type_name: String,
    /// The full path of the type.
    pub type_path: &'static str,
    /// How many live: all of them if the type is counted, else those that are tracked.
    pub live: u64,
    /// How many there were ever and at most at a time, if the type is counted.
    pub count: Option<TypeCount>,
}

impl LiveType {
    fn new(type_path: &'static str, live: u64, count: Option<TypeCount>) -> Self {
        Self {
            type_name: shorten(type_path),
            type_path,
            live,
            count,
        }
    }
}

/// How many objects of each type live, by name: Python's `typestats`.
///
/// A type is counted if it says `#[trace(count)]`, wherever its values are; of others, those that are tracked count.
///
/// # Complexity
/// O(types + tracked objects). [`counts`](crate::counts) asks only the counters: microseconds, however large the heap.
///
/// # Examples
///
/// ```
/// let pages = ["a", "b"].map(|name| objgraph::tracked(name.to_string()));
/// let stats = objgraph::type_stats();
/// assert_eq!((stats[0].type_name.as_str(), stats[0].live), ("String", 2));
/// # drop(pages);
/// ```
#[must_use]
pub fn type_stats() -> Vec<LiveType> {
    let mut tracked: BTreeMap<&'static str, u64> = BTreeMap::new();
    for type_path in LiveObjects::now().type_paths() {
        *tracked.entry(type_path).or_default() += 1;
    }
    let counted = counts();
    for count in &counted {
        tracked.remove(count.type_path);
    }
    let counted = counted
        .into_iter()
        .map(|count| LiveType::new(count.type_path, count.live, Some(count)));
    let tracked = tracked
        .into_iter()
        .map(|(type_path, live)| LiveType::new(type_path, live, None));
    let mut types: Vec<LiveType> = counted.chain(tracked).collect();
    types.sort_by_key(|found| found.type_path);
    types
}

/// How many objects of a type live, by its name with or without the module path; 0 if none was ever seen.
///
/// # Complexity
/// As [`type_stats`].
///
/// # Examples
///
/// ```
/// let page = objgraph::tracked(String::from("page"));
/// assert_eq!((objgraph::count("String"), objgraph::count("alloc::string::String")), (1, 1));
/// # drop(page);
/// ```
#[must_use]
pub fn count(type_name: &str) -> u64 {
    let is_meant = |found: &LiveType| found.type_name == type_name || found.type_path == type_name;
    let types = type_stats().into_iter().filter(is_meant);
    types.map(|found| found.live).sum()
}

/// The types with the most objects that live, the most frequent first; equal ones by name.
///
/// # Complexity
/// As [`type_stats`].
#[must_use]
pub fn most_common_types(limit: usize) -> Vec<LiveType> {
    let mut types = type_stats();
    types.retain(|found| found.live > 0);
    types.sort_by_key(|found| std::cmp::Reverse(found.live));
    types.truncate(limit);
    types
}

/// Prints the types with the most objects that live, as Python's objgraph does.
#[expect(clippy::print_stdout, reason = "printing is what is asked for")]
pub fn show_most_common_types(limit: usize) {
    print!(
        "{}",
        Columns::of(most_common_types(limit).iter().map(|found| {
            [
                found.type_name.clone(),
                found.live.to_string(),
                String::new(),
            ]
        }))
    );
}

/// Rows of a name and two numbers, one below the other.
pub(super) struct Columns(Vec<[String; 3]>);

impl Columns {
    pub(super) fn of(rows: impl IntoIterator<Item = [String; 3]>) -> Self {
        Self(rows.into_iter().collect())
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| {
            let widths = self.0.iter().map(|row| row[column].chars().count());
            widths.max().unwrap_or(0)
        };
        let [name_width, first_width, second_width] = [width(0), width(1), width(2)];
        for [name, first, second] in &self.0 {
            let line =
                format!("{name:<name_width$}  {first:>first_width$}  {second:>second_width$}");
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
