//! What the tests of the impls look at.

#![allow(dead_code, reason = "each feature's tests use some of it")]

use crate::{NodeRecord, State, Trace, TraceOptions, trace, trace_with};

/// The labels of what the root itself refers to, in the order of the report.
pub(super) fn labels<T: Trace + ?Sized>(root: &T) -> Vec<String> {
    let records = trace(root);
    let (first, n_edges) = (
        records.nodes[0].first_edge as usize,
        records.nodes[0].n_edges as usize,
    );
    (first..first + n_edges)
        .map(|edge| records.paths.text(records.edges[edge].label()))
        .collect()
}

/// The bytes of the buffers that the root owns: in use, and reserved.
pub(super) fn owned<T: Trace + ?Sized>(root: &T) -> (usize, usize) {
    let node = node(root, 0);
    (node.used as usize, node.reserved as usize)
}

/// The states of all nodes, the root's first.
pub(super) fn states<T: Trace + ?Sized>(root: &T) -> Vec<State> {
    trace(root).nodes.iter().map(|node| node.state).collect()
}

/// The record of one node; 0 is the root.
pub(super) fn node<T: Trace + ?Sized>(root: &T, number: usize) -> NodeRecord {
    trace(root).nodes[number]
}

/// The one-line value of the root.
pub(super) fn value<T: Trace>(root: &T) -> String {
    trace_with([("", root)], TraceOptions::default().values(true))
        .values
        .of(0)
        .to_owned()
}
