//! Sets: members have no name but the order of iteration.

use super::maps::{btree_bytes, report_table, sorted_by_text};
use super::sequences::{elements_have_edges, repr_elements};
use crate::{Nesting, Repr, Trace, Tracer};
use std::collections::{BTreeSet, HashSet};

/// Reports the members of a set.
pub(crate) fn trace_members<'a, T: Trace + 'a>(
    members: impl IntoIterator<Item = &'a T>,
    tracer: &mut Tracer<'a>,
) {
    if T::is_leaf() {
        return;
    }
    if T::has_edges(Nesting::OUTERMOST) {
        tracer.members(members);
    } else {
        members.into_iter().for_each(|member| tracer.ask(member));
    }
}

/// Reports a set in hash order: its table and its members.
pub(crate) fn trace_hash_set<'a, T: Trace + 'a>(
    members: impl ExactSizeIterator<Item = &'a T>,
    capacity: usize,
    tracer: &mut Tracer<'a>,
) {
    report_table::<T>(members.len(), capacity, tracer);
    if T::has_edges(Nesting::OUTERMOST) {
        trace_members(sorted_by_text(members, |member| *member), tracer);
    } else {
        trace_members(members, tracer);
    }
}

/// Writes the members of a set in hash order.
pub(crate) fn repr_hashed<'t, T: Trace + 't>(
    members: impl ExactSizeIterator<Item = &'t T>,
    out: &mut Repr<'_>,
) {
    if T::is_leaf() {
        // Sorted, so that two runs show the same; of a large set not even the beginning is worth it.
        let n_members = members.len();
        if n_members <= 1000 {
            out.sequence(sorted_by_text(members, |member| *member));
            return;
        }
        out.count(n_members, "item", "items");
    } else {
        out.count(members.len(), "item", "items");
    }
}

impl<T: Trace, S> Trace for HashSet<T, S> {
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

impl<T: Trace> Trace for BTreeSet<T> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        let used = self.len() * size_of::<T>();
        tracer.buffer(used, btree_bytes(self.len(), size_of::<T>()));
        trace_members(self, tracer);
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        repr_elements(self.iter(), out);
    }

    fn has_edges(nesting: Nesting) -> bool {
        elements_have_edges::<T>(nesting)
    }
}
