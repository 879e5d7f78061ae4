//! Slot maps: values are labelled by their keys, which are a position and a version: `[1v3]`.

#![expect(deprecated, reason = "`HopSlotMap` is deprecated and in use")]

use super::leaves;
use super::sequences::elements_have_edges;
use crate::{Nesting, Repr, Trace, Tracer};
use slotmap::{
    DefaultKey, DenseSlotMap, HopSlotMap, Key, KeyData, SecondaryMap, SlotMap, SparseSecondaryMap,
};
use std::hash::BuildHasher;
use std::num::NonZeroU32;

// Keys of `new_key_type!` can derive `Trace`.
leaves!(debug: KeyData, DefaultKey);

/// Slot maps, each with the size of what it keeps for one value; their own types for that are private.
macro_rules! slot_maps {
    ($([$($generics:tt)*] $type:ty: $slot:expr, |$map:ident| $entries:expr;)+) => {$(
        impl<K: Key, V: Trace, $($generics)*> Trace for $type {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                let slot: usize = $slot;
                tracer.buffer(self.len() * slot, self.capacity().saturating_mul(slot));
                let $map = self;
                trace_slots($entries, tracer);
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                out.count(self.len(), "entry", "entries");
            }

            fn has_edges(nesting: Nesting) -> bool {
                elements_have_edges::<V>(nesting)
            }
        }
    )+};
}

slot_maps! {
    // A value or the next free slot, and a version.
    [] SlotMap<K, V>: size_of::<(V, u32)>().max(8), |map| map.iter();
    // A value or three links of the list of free slots, and a version.
    [] HopSlotMap<K, V>: size_of::<(V, u32)>().max(16), |map| map.iter();
    // A value, its key, and a slot that says where they are.
    [] DenseSlotMap<K, V>: size_of::<V>() + size_of::<K>() + 8, |map| map.iter();
    [] SecondaryMap<K, V>: size_of::<Option<(V, NonZeroU32)>>(), |map| map.iter();
    // A hash table, with one control byte for each entry.
    [S: BuildHasher] SparseSecondaryMap<K, V, S>: size_of::<(u32, (u32, V))>() + 1, |map| by_position(map.iter());
}

/// Entries of a hash table in the order of their positions, so that two runs draw the same picture.
fn by_position<'m, K: Key, V>(
    entries: impl Iterator<Item = (K, &'m V)>,
) -> std::vec::IntoIter<(K, &'m V)> {
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|(key, _)| key.data());
    entries.into_iter()
}

fn trace_slots<'a, K: Key, V: Trace + 'a>(
    entries: impl Iterator<Item = (K, &'a V)>,
    tracer: &mut Tracer<'a>,
) {
    if V::is_leaf() {
        return;
    }
    if V::has_edges(Nesting::OUTERMOST) {
        entries.for_each(|(key, value)| tracer.entry(|out| out.debug(&key.data()), value));
    } else {
        entries.for_each(|(_, value)| tracer.ask(value));
    }
}

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, owned, value};
    use super::*;
    use slotmap::new_key_type;

    new_key_type! {
        struct Id;
    }

    #[test]
    fn values_are_labelled_by_position_and_version() {
        let mut map: SlotMap<Id, Box<i32>> = SlotMap::with_key();
        let (first, _) = (map.insert(Box::new(1)), map.insert(Box::new(2)));
        map.remove(first);
        map.insert(Box::new(3));
        assert_eq!(labels(&map), ["[1v3]", "[2v1]"]);
        assert_eq!(value(&map), "2 entries");
    }

    #[test]
    fn all_kinds_label_alike() {
        let mut hop = HopSlotMap::new();
        let mut dense = DenseSlotMap::new();
        let mut secondary = SecondaryMap::new();
        let mut sparse = SparseSecondaryMap::new();
        let keys: Vec<DefaultKey> = (0..20).map(|_| hop.insert(Box::new(1))).collect();
        for (n, key) in keys.into_iter().enumerate() {
            dense.insert(Box::new(n));
            secondary.insert(key, Box::new(n));
            sparse.insert(key, Box::new(n));
        }
        let expected: Vec<String> = (1..=20).map(|position| format!("[{position}v1]")).collect();
        assert_eq!(labels(&hop), expected);
        assert_eq!(labels(&dense), expected);
        assert_eq!(labels(&secondary), expected);
        assert_eq!(labels(&sparse), expected);
    }

    #[test]
    fn slots_are_owned() {
        let mut map = SlotMap::new();
        let key = map.insert(1_u32);
        assert_eq!(owned(&map), (8, map.capacity() * 8));
        let mut texts = SecondaryMap::new();
        texts.insert(key, String::from("seven b"));
        assert_eq!(owned(&texts).0, 32 + 7);
        assert!(labels(&texts).is_empty() && !SlotMap::<Id, String>::has_edges(Nesting::OUTERMOST));
    }

    #[test]
    fn keys_are_leaves() {
        assert!(KeyData::is_leaf() && DefaultKey::is_leaf());
        let mut map = SlotMap::new();
        assert_eq!(value(&map.insert(1).data()), "1v1");
    }
}
