//! Random graphs of few types and fields, for tests.

use crate::{GraphBuilder, NewNode, NodeId, ObjectGraph};
use objgraph_trace::EdgeKind::{Strong, Weak};
use proptest::prelude::*;
use std::collections::BTreeSet;

pub(crate) const FIELDS: [&str; 3] = [".parent", ".y[]", ""];

/// Source, target, field and whether it is weak.
pub(crate) type Edges = Vec<(u32, u32, usize, bool)>;

pub(crate) fn edges(n_nodes: u32, n_edges: usize) -> impl Strategy<Value = Edges> {
    let edge = (
        0..n_nodes,
        0..n_nodes,
        0..3_usize,
        prop::bool::weighted(0.2),
    );
    prop::collection::vec(edge, 0..n_edges)
}

/// Those that keep their targets alive, each once.
pub(crate) fn owning(edges: &Edges) -> BTreeSet<(u32, u32, usize)> {
    let owning = edges.iter().filter(|edge| !edge.3);
    owning.map(|edge| (edge.0, edge.1, edge.2)).collect()
}

pub(crate) fn type_name(node: u32) -> &'static str {
    ["A", "B"][node as usize % 2]
}

pub(crate) fn built(n_nodes: u32, edges: &Edges) -> ObjectGraph {
    let mut builder = GraphBuilder::default();
    for node in 0..n_nodes {
        builder.add_node(NewNode::new(type_name(node)));
    }
    for (place, &(source, target, field, is_weak)) in edges.iter().enumerate() {
        let kind = if is_weak { Weak } else { Strong };
        let label = FIELDS[field].replace("[]", &format!("[{place}]"));
        builder.add_edge(NodeId(source), NodeId(target), kind, &label);
    }
    if n_nodes > 0 {
        builder.add_root("first", NodeId(0));
    }
    builder.finish()
}
