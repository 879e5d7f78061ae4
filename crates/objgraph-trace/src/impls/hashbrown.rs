//! Hash tables of `hashbrown`: like those of `std`, and reported in the order of their keys' text.

use super::maps::{entries_have_edges, report_table, trace_hashed};
use super::sequences::elements_have_edges;
use super::sets::{repr_hashed, trace_hash_set};
use crate::{Nesting, Repr, Trace, Tracer};
use hashbrown::{HashMap, HashSet, HashTable};

impl<K: Trace, V: Trace, S> Trace for HashMap<K, V, S> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        report_table::<(K, V)>(self.len(), self.capacity(), tracer);
        trace_hashed(self.iter(), tracer);
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        out.count(self.len(), "entry", "entries");
    }

    fn has_edges(nesting: Nesting) -> bool {
        entries_have_edges::<K, V>(nesting)
    }
}

/// Sets, and tables whose hashes the user keeps.
macro_rules! sets {
    ($([$($generics:tt)*] $type:ty),+) => {$(
        impl<T: Trace, $($generics)*> Trace for $type {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                trace_hash_set(self.iter(), self.capacity(), tracer);
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                repr_hashed(self.iter(), out);
            }

            fn has_edges(nesting: Nesting) -> bool {
                elements_have_edges::<T>(nesting)
            }
        }
    )+};
}

sets!([S] HashSet<T, S>, [] HashTable<T>);

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, owned, value};
    use super::*;
    use std::hash::RandomState;
    use std::rc::Rc;

    #[test]
    fn entries_are_labelled_by_their_keys_in_the_order_of_text() {
        let mut map = HashMap::with_hasher(RandomState::new());
        for key in ["d", "b", "c", "a"] {
            map.insert(key, Rc::new(1));
        }
        assert_eq!(
            labels(&map),
            [r#"["a"]"#, r#"["b"]"#, r#"["c"]"#, r#"["d"]"#]
        );
        assert_eq!(value(&map), "4 entries");
    }

    #[test]
    fn a_table_owns_its_slots_and_its_members_buffers() {
        let mut map = HashMap::with_capacity_and_hasher(14, RandomState::new());
        map.insert(1_u64, String::from("seven b"));
        assert_eq!(owned(&map), (33 + 7, map.allocation_size() + 7));
        assert!(!HashMap::<u8, String, ()>::has_edges(Nesting::OUTERMOST));
        assert!(!HashMap::<u8, u8, ()>::is_leaf());
    }

    #[test]
    fn members_have_numbers_in_the_order_of_text() {
        let mut set = HashSet::with_hasher(RandomState::new());
        set.extend([7, 3, 5]);
        assert_eq!((value(&set), labels(&set)), ("[3, 5, 7]".into(), vec![]));
        set.clear();
        let mut boxes = HashSet::with_hasher(RandomState::new());
        boxes.extend([Box::new(1), Box::new(2)]);
        assert_eq!(labels(&boxes), ["{0}", "{1}"]);
    }

    #[test]
    fn a_bare_table_is_a_set() {
        let mut table = HashTable::new();
        table.insert_unique(7, Box::new('a'), |_| 7);
        assert_eq!(
            (labels(&table), value(&table)),
            (vec!["{0}".into()], "1 item".into())
        );
    }
}
