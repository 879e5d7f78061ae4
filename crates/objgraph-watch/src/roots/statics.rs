//! Roots that are there for ever.

use objgraph_trace::Trace;
use std::sync::{Mutex, PoisonError};

type Static = &'static (dyn Trace + Sync);

static STATICS: Mutex<Vec<(String, Static)>> = Mutex::new(Vec::new());

/// Makes a static a root with a name, for questions of all threads. A name that is there already gets another value.
///
/// # Examples
///
/// ```
/// use std::sync::Mutex;
///
/// static CACHE: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// objgraph_watch::static_root("CACHE", &CACHE);
/// ```
pub fn static_root<T: Trace + Sync>(name: &str, value: &'static T) {
    let mut statics = STATICS.lock().unwrap_or_else(PoisonError::into_inner);
    statics.retain(|known| known.0 != name);
    statics.push((name.to_owned(), value));
}

pub(super) fn all() -> Vec<(String, &'static dyn Trace)> {
    let statics = STATICS.lock().unwrap_or_else(PoisonError::into_inner);
    let all = statics.iter();
    all.map(|(name, value)| (name.clone(), *value as &dyn Trace))
        .collect()
}
