//! Queries on a small heap.

mod errors;
mod found;
mod random;

use crate::builder::NewNode;
use crate::graph::ObjectGraph;
use crate::heap_builder::HeapBuilder;
use objgraph_trace::{EdgeKind, State};

/// Six objects: two sessions, a store that holds both, a text, a Rust cell, and a list that nothing is known of.
pub(super) fn heap() -> ObjectGraph {
    let mut builder = HeapBuilder::default();
    let session = builder.add_type("app.web", "Session", ".");
    let store = builder.add_type("app", "SessionStore", ".");
    let text = builder.add_type("", "str", ".");
    let first = NewNode::of(session)
        .value("a b")
        .sizes(100, 2_000)
        .counts(2, 1);
    let news = [
        (0x10, first.site("main.py:3").serial(5)),
        (0x20, NewNode::of(session).state(State::Locked).serial(7)),
        (0x30, NewNode::of(store).sizes(1_024, 0).site("store.py:9")),
        (0x40, NewNode::of(text).value("it's \"x\"").sizes(60, 0)),
        (
            0x50,
            NewNode::new("core::cell::RefCell<app::Page>").value("(1, 2)"),
        ),
        (0x60, NewNode::new("list")),
    ];
    let nodes = news.map(|(id, new)| builder.add_node(id, new).unwrap());
    let label = builder.add_label("[0]");
    for (source, target) in [(2, 0x10), (2, 0x20), (0, 0x40), (4, 0x40)] {
        builder.add_edge(nodes[source], target, EdgeKind::Strong, label);
    }
    builder.add_root("main.store", nodes[2]);
    builder.add_root("", nodes[5]);
    builder.finish().0
}
