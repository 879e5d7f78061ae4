//! Which types grow.

use super::counts::Columns;
use super::{LiveType, type_stats};
use objgraph_graph::shorten;
use objgraph_watch::next_serial;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// A point in the life of the program: how many objects of each type lived, and which came later. Made by [`mark`].
#[derive(Clone, Debug)]
pub struct Mark {
    serial: u64,
    live: BTreeMap<&'static str, u64>,
}

impl Mark {
    /// The serial number that the next tracked object gets.
    #[must_use]
    pub fn serial(&self) -> u64 {
        self.serial
    }
}

/// A type of which there are more objects than before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LiveGrowth {
    /// The type without module paths.
    pub type_name: String,
    /// The full path of the type.
    pub type_path: &'static str,
    /// How many live now.
    pub live: u64,
    /// How many more these are.
    pub delta: u64,
}

/// Marks this moment, for [`new_since`](super::new_since) and [`growth_between`].
///
/// # Complexity
/// As [`type_stats`].
#[must_use]
pub fn mark() -> Mark {
    // Before the types are counted: what is tracked meanwhile is new, and perhaps counted already.
    let serial = next_serial();
    let types = type_stats().into_iter();
    Mark {
        serial,
        live: types.map(|found| (found.type_path, found.live)).collect(),
    }
}

/// The types of which more objects live at one mark than at an earlier one, those that grew most first.
///
/// # Examples
///
/// ```
/// let before = objgraph::mark();
/// let page = objgraph::tracked(String::from("page"));
/// let growth = objgraph::growth_between(&before, &objgraph::mark());
/// assert_eq!((growth[0].type_name.as_str(), growth[0].delta), ("String", 1));
/// # drop(page);
/// ```
#[must_use]
pub fn growth_between(before: &Mark, after: &Mark) -> Vec<LiveGrowth> {
    let mut all: Vec<LiveGrowth> = after
        .live
        .iter()
        .filter_map(|(type_path, live)| {
            let earlier = before.live.get(type_path).copied().unwrap_or(0);
            grown(type_path, *live, earlier)
        })
        .collect();
    sort(&mut all);
    all
}

fn grown(type_path: &'static str, live: u64, earlier: u64) -> Option<LiveGrowth> {
    (live > earlier).then(|| LiveGrowth {
        type_name: shorten(type_path),
        type_path,
        live,
        delta: live - earlier,
    })
}

fn sort(grown: &mut [LiveGrowth]) {
    grown.sort_by(|one, other| (other.delta, &one.type_path).cmp(&(one.delta, &other.type_path)));
}

/// The most objects of each type that were there at any call of [`growth`].
static PEAKS: Mutex<BTreeMap<&'static str, u64>> = Mutex::new(BTreeMap::new());

/// The types of which more objects live than at any earlier call, those that grew most first: Python's `growth`.
///
/// What is remembered is shared by the whole program; [`growth_between`] compares any two moments.
///
/// # Complexity
/// As [`type_stats`].
pub fn growth(limit: usize) -> Vec<LiveGrowth> {
    let types = type_stats();
    let mut peaks = PEAKS
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut all: Vec<LiveGrowth> = types
        .iter()
        .filter_map(
            |LiveType {
                 type_path, live, ..
             }| {
                let peak = peaks.entry(type_path).or_default();
                let growth = grown(type_path, *live, *peak);
                *peak = (*peak).max(*live);
                growth
            },
        )
        .collect();
    sort(&mut all);
    all.truncate(limit);
    all
}

/// Prints the types of which more objects live than at any earlier call, as Python's objgraph does.
#[expect(clippy::print_stdout, reason = "printing is what is asked for")]
pub fn show_growth(limit: usize) {
    let rows = growth(limit).into_iter().map(|grown| {
        let LiveGrowth {
            type_name,
            live,
            delta,
            ..
        } = grown;
        [type_name, live.to_string(), format!("+{delta}")]
    });
    print!("{}", Columns::of(rows));
}
