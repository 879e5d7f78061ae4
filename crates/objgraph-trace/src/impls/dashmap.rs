//! `DashMap` and `DashSet`: shards behind locks, which are never waited for.
//!
//! The map is in state [`Locked`](State::Locked) if any of its shards is locked now; what the others hold
//! is reported. Shards are no nodes of their own: which entry lies in which differs from run to run.

use super::maps::{report_table, sorted_by_text, trace_hashed};
use super::sets::trace_members;
use crate::{Nesting, Repr, State, Trace, Tracer};
use dashmap::{DashMap, DashSet};
use std::hash::{BuildHasher, Hash};

/// The entries of the shards that could be read, and the guards that keep them there.
struct Entries<'m, K, V, G> {
    entries: Vec<(&'m K, &'m V)>,
    _guards: Vec<G>,
}

impl<K: Trace, V: Trace, G> Trace for Entries<'_, K, V, G> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        trace_hashed(self.entries.iter().copied(), tracer);
    }
}

/// The members of the shards of a set.
struct Members<'m, T, G>(Entries<'m, T, (), G>);

impl<T: Trace, G> Trace for Members<'_, T, G> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        let members = self.0.entries.iter().map(|entry| entry.0);
        if T::has_edges(Nesting::OUTERMOST) {
            trace_members(sorted_by_text(members, |member| *member), tracer);
        } else {
            trace_members(members, tracer);
        }
    }
}

/// The impl for a map or a set; a macro, since the type of a shard has no name outside of dashmap.
macro_rules! sharded {
    ([$($generics:tt)*] $type:ty: $entry:ty, $one:literal, $several:literal, $held:expr) => {
        impl<$($generics)*> Trace for $type {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                let shards = self.shards();
                let guards: Vec<_> = shards.iter().filter_map(|shard| shard.try_read()).collect();
                let any_locked = guards.len() < shards.len();
                let report = move |tracer: &mut Tracer<'a>| {
                    tracer.buffer(size_of_val(shards), size_of_val(shards));
                    for table in &guards {
                        report_table::<$entry>(table.len(), table.capacity(), tracer);
                    }
                    if <$entry>::is_leaf() {
                        return;
                    }
                    // SAFETY: the iterator and the buckets are used while the guards are held, and so are
                    // the references that come of them: whoever takes them takes the guards.
                    let buckets = guards.iter().flat_map(|table| unsafe { table.iter() });
                    let entries = buckets.map(|bucket| {
                        // SAFETY: see above; nobody writes while the guard is held.
                        let (key, value) = unsafe { bucket.as_ref() };
                        (key, value.get())
                    });
                    let entries = Entries { entries: entries.collect(), _guards: guards };
                    tracer.guarded(Box::new($held(entries)));
                };
                if any_locked {
                    tracer.readable_but(self, State::Locked, report);
                } else {
                    report(tracer);
                }
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                let lens: Option<Vec<_>> =
                    self.shards().iter().map(|shard| shard.try_read().map(|table| table.len())).collect();
                if let Some(lens) = lens {
                    out.count(lens.into_iter().sum(), $one, $several);
                }
            }
        }
    };
}

sharded!(
    [K: Trace + Eq + Hash, V: Trace, S: BuildHasher + Clone] DashMap<K, V, S>:
    (K, V), "entry", "entries", |entries| entries
);
sharded!([T: Trace + Eq + Hash, S: BuildHasher + Clone] DashSet<T, S>: (T,), "item", "items", Members);

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, node, owned, states, value};
    use super::*;
    use crate::trace;
    use std::sync::Arc;

    fn map() -> DashMap<&'static str, Arc<u64>> {
        ["d", "b", "a", "c"]
            .into_iter()
            .map(|key| (key, Arc::new(1)))
            .collect()
    }

    #[test]
    fn entries_of_all_shards_are_in_the_order_of_text() {
        let map = map();
        assert_eq!(
            labels(&map),
            [r#"["a"]"#, r#"["b"]"#, r#"["c"]"#, r#"["d"]"#]
        );
        assert_eq!(
            (value(&map), states(&map)),
            ("4 entries".into(), vec![State::Traced; 5])
        );
        let set: DashSet<Box<i32>> = [Box::new(1), Box::new(2)].into_iter().collect();
        assert_eq!(
            (labels(&set), value(&set)),
            (vec!["{0}".into(), "{1}".into()], "2 items".into())
        );
    }

    #[test]
    fn a_locked_shard_is_not_waited_for_and_not_hidden() {
        let map = DashMap::with_shard_amount(2);
        (0..100).for_each(|key| _ = map.insert(key, Arc::new(key)));
        let held = map.get_mut(&0).unwrap();
        let n_seen = labels(&map).len();
        assert!(
            (1..100).contains(&n_seen),
            "one shard of two is read: {n_seen}"
        );
        assert_eq!(
            (states(&map)[0], value(&map)),
            (State::Locked, String::new())
        );
        drop(held);
        assert_eq!((labels(&map).len(), states(&map)[0]), (100, State::Traced));
        let inside = (1, map);
        let held = inside.1.get_mut(&0).unwrap();
        assert_eq!(
            (labels(&inside), states(&inside)[1]),
            (vec![".1".into()], State::Locked)
        );
        drop(held);
        assert_eq!(
            (labels(&inside).len(), labels(&inside)[7].as_str()),
            (100, ".1[15]")
        );
    }

    #[test]
    fn a_reader_does_not_lock_and_a_set_may_be_locked_too() {
        let (map, set) = (map(), DashSet::new());
        set.insert(7);
        let reader = map.get("a").unwrap();
        assert_eq!(states(&map)[0], State::Traced);
        drop(reader);
        let shard = set.shards()[set.determine_map(&7)].write();
        assert_eq!(states(&set), [State::Locked]);
        drop(shard);
    }

    #[test]
    fn guards_are_released_and_counts_unchanged() {
        let map = map();
        let shared = map.get("a").unwrap().clone();
        assert_eq!((node(&map, 1).strong, Arc::strong_count(&shared)), (2, 2));
        assert!(
            map.try_get_mut("a").is_present()
                && map.shards().iter().all(|shard| shard.try_write().is_some())
        );
    }

    #[test]
    fn shards_and_slots_are_owned() {
        let map: DashMap<u64, String> = DashMap::new();
        let empty = size_of_val(map.shards());
        assert_eq!(owned(&map), (empty, empty));
        map.insert(1, String::from("seven b"));
        assert_eq!(owned(&map).0, empty + size_of::<(u64, String)>() + 1 + 7);
        assert!(labels(&map).is_empty());
    }

    #[test]
    fn entries_that_are_removed_during_a_trace_are_there_or_not() {
        let map = DashMap::new();
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                for key in 0..10_000 {
                    map.insert(key, Box::new(Arc::new(key)));
                    map.remove(&(key - 3));
                }
            });
            while !writer.is_finished() {
                // Each entry is a box and what it points at.
                assert!(trace(&map).n_nodes() <= 1 + 2 * 5);
            }
        });
        assert_eq!(labels(&map), ["[9997]", "[9998]", "[9999]"]);
    }
}
