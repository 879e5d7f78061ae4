//! What lives now, who holds it, what grows and what has leaked: questions to the tracked objects of a program.

mod breaking;
mod check;
mod counts;
mod growth;
mod holders;
mod leaks;
mod live;
mod objects;
mod report;
mod summary;

pub use breaking::Broken;
pub use check::LeakCheck;
pub use counts::{LiveType, count, most_common_types, show_most_common_types, type_stats};
pub use growth::{LiveGrowth, Mark, growth, growth_between, mark, show_growth};
pub use holders::{
    Held, LiveChain, Referrer, find_backref_chain, leaking_objects, referrers, show_backref_chain,
    show_live_backrefs,
};
pub use leaks::find_leaks;
pub use live::{Live, live};
pub use objects::{by_type, get_objects, new_since};
pub use report::LeakReport;
pub use summary::{Amounts, Summary, summary};
