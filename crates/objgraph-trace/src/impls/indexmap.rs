//! Maps and sets of `indexmap`: their order is that of insertion, so nothing is sorted.

use super::maps::{entries_have_edges, report_table, trace_entries};
use super::sequences::{elements_have_edges, repr_elements};
use super::sets::trace_members;
use crate::{Nesting, Repr, Trace, Tracer};
use indexmap::{IndexMap, IndexSet};

impl<K: Trace, V: Trace, S> Trace for IndexMap<K, V, S> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        trace_table::<(usize, K, V)>(self.len(), self.capacity(), tracer);
        trace_entries(self, tracer);
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        out.count(self.len(), "entry", "entries");
    }

    fn has_edges(nesting: Nesting) -> bool {
        entries_have_edges::<K, V>(nesting)
    }
}

impl<T: Trace, S> Trace for IndexSet<T, S> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        trace_table::<(usize, T)>(self.len(), self.capacity(), tracer);
        trace_members(self, tracer);
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        repr_elements(self.iter(), out);
    }

    fn has_edges(nesting: Nesting) -> bool {
        elements_have_edges::<T>(nesting)
    }
}

/// Two buffers: the entries with their hashes, `E`, and a table of their positions with one control byte each.
fn trace_table<E>(len: usize, capacity: usize, tracer: &mut Tracer<'_>) {
    tracer.buffer(
        len * size_of::<E>(),
        capacity.saturating_mul(size_of::<E>()),
    );
    report_table::<usize>(len, capacity, tracer);
}

#[cfg(test)]
mod tests {
    use super::super::maps::table_bytes;
    use super::super::observe::{labels, owned, value};
    use super::*;
    use std::hash::RandomState;

    #[test]
    fn entries_keep_the_order_of_insertion() {
        let map: IndexMap<_, _, RandomState> = ["c", "a", "b"]
            .into_iter()
            .map(|key| (key, Box::new(1)))
            .collect();
        assert_eq!(labels(&map), [r#"["c"]"#, r#"["a"]"#, r#"["b"]"#]);
        let set: IndexSet<_, RandomState> = [3, 1, 2].into_iter().collect();
        assert_eq!(value(&set), "[3, 1, 2]");
    }

    #[test]
    fn keys_and_members_with_references_have_edges() {
        let map: IndexMap<_, _, RandomState> = [(Box::new(1), 'a')].into_iter().collect();
        let set: IndexSet<_, RandomState> = [Box::new(1), Box::new(2)].into_iter().collect();
        assert_eq!(
            (labels(&map), labels(&set)),
            (vec![".key(0)".into()], vec!["{0}".into(), "{1}".into()])
        );
        assert!(!IndexMap::<u8, String, ()>::has_edges(Nesting::OUTERMOST));
        assert!(IndexSet::<Box<u8>, ()>::has_edges(Nesting::OUTERMOST));
    }

    #[test]
    fn entries_and_positions_are_owned() {
        let mut map = IndexMap::with_capacity_and_hasher(10, RandomState::new());
        map.insert(1_usize, 2_usize);
        let entries = map.capacity() * 3 * size_of::<usize>();
        let (_, table) = table_bytes(1, map.capacity(), size_of::<usize>());
        assert_eq!(owned(&map), (33, entries + table));
        assert_eq!(owned(&IndexMap::<u8, u8, RandomState>::default()), (0, 0));
        assert_eq!(value(&map), "1 entry");
    }
}
