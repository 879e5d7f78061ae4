//! Maps: values are labelled by their keys.

use super::sequences::{elements_have_edges, with_look_ahead};
use crate::{Nesting, Repr, Trace, Tracer};
use std::collections::{BTreeMap, HashMap};

/// Maps and sets in hash order are reported in the order of their keys' text up to this many entries, so that
/// two runs draw the same picture; beyond, the picture shows a handful of them anyway.
const MAX_SORTED: usize = 10_000;

/// Reports the entries of a map whose own order is stable.
pub(crate) fn trace_entries<'a, K: Trace + 'a, V: Trace + 'a>(
    entries: impl IntoIterator<Item = (&'a K, &'a V)>,
    tracer: &mut Tracer<'a>,
) {
    if K::is_leaf() && V::is_leaf() {
        return;
    }
    let keys_have_edges = K::has_edges(Nesting::OUTERMOST);
    let values_have_edges = V::has_edges(Nesting::OUTERMOST);
    with_look_ahead(
        entries,
        tracer,
        |(key, value), tracer| {
            K::trace_ahead(key, tracer);
            V::trace_ahead(value, tracer);
        },
        |index, (key, value), tracer| {
            if keys_have_edges {
                tracer.map_key(index, key);
            } else {
                tracer.ask(key);
            }
            if values_have_edges {
                tracer.entry(|out| key.trace_repr(out), value);
            } else {
                tracer.ask(value);
            }
        },
    );
}

/// Reports the entries of a map in hash order.
pub(crate) fn trace_hashed<'a, K: Trace + 'a, V: Trace + 'a>(
    entries: impl ExactSizeIterator<Item = (&'a K, &'a V)>,
    tracer: &mut Tracer<'a>,
) {
    let has_edges = K::has_edges(Nesting::OUTERMOST) || V::has_edges(Nesting::OUTERMOST);
    if !has_edges || entries.len() > MAX_SORTED {
        trace_entries(entries, tracer);
        return;
    }
    trace_entries(sorted_by_text(entries, |entry| entry.0), tracer);
}

/// Items in the order of the text of their keys, if they are not too many; equal texts stay in the order of iteration.
pub(crate) fn sorted_by_text<'a, I, K: Trace + 'a>(
    items: impl Iterator<Item = I>,
    key: impl Fn(&I) -> &'a K,
) -> impl Iterator<Item = I> {
    let mut items: Vec<(String, I)> = items.map(|item| (String::new(), item)).collect();
    if items.len() <= MAX_SORTED {
        for (text, item) in &mut items {
            key(item).trace_order(&mut Repr::new(text, 200));
        }
        items.sort_by(|one, other| one.0.cmp(&other.0));
    }
    items.into_iter().map(|(_, item)| item)
}

/// Whether a map of such keys and values can hold an edge.
pub(crate) fn entries_have_edges<K: Trace, V: Trace>(nesting: Nesting) -> bool {
    elements_have_edges::<K>(nesting) || elements_have_edges::<V>(nesting)
}

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

impl<K: Trace, V: Trace> Trace for BTreeMap<K, V> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        let used = self.len() * size_of::<(K, V)>();
        tracer.buffer(used, btree_bytes(self.len(), size_of::<(K, V)>()));
        trace_entries(self, tracer);
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        out.count(self.len(), "entry", "entries");
    }

    fn has_edges(nesting: Nesting) -> bool {
        entries_have_edges::<K, V>(nesting)
    }
}

/// Reports the table of a map or set of hashbrown's, which `std` has too.
pub(crate) fn report_table<E>(len: usize, capacity: usize, tracer: &mut Tracer<'_>) {
    let (used, reserved) = table_bytes(len, capacity, size_of::<E>());
    tracer.buffer(used, reserved);
}

/// What a table uses and reserves: an entry and a control byte for each slot, of which an eighth stays vacant, and as many
/// control bytes more as are read at once.
pub(crate) fn table_bytes(len: usize, capacity: usize, entry: usize) -> (usize, usize) {
    let n_slots = match capacity {
        0 => return (0, 0),
        1..4 => 4,
        4..8 => 8,
        _ => (capacity.saturating_mul(8) / 7).next_power_of_two(),
    };
    let group = if cfg!(target_feature = "sse2") { 16 } else { 8 };
    let entries = n_slots.saturating_mul(entry).next_multiple_of(group);
    (len * (entry + 1), entries + n_slots + group)
}

/// An estimate of what a B-tree reserves: nodes of eleven entries, eight of them filled on average.
pub(crate) fn btree_bytes(n_entries: usize, entry: usize) -> usize {
    n_entries.div_ceil(8) * (11 * entry + 2 * size_of::<usize>())
}
