//! Any text is a query or an error; what is written of a query reads as the same one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use objgraph_graph::{GraphBuilder, NewNode, Query};

fuzz_target!(|text: &str| {
    let query = match Query::parse(text) {
        Ok(query) => query,
        Err(error) => {
            assert!(error.column() <= text.chars().count() + 1);
            assert_eq!(error.point_at(text).lines().count(), 2);
            return;
        }
    };
    assert_eq!(Query::parse(&query.to_string()).as_ref(), Ok(&query));

    let mut builder = GraphBuilder::default();
    let node = builder.add_node(NewNode::new("app::Session").value("a b").sizes(24, 100));
    builder.add_root("main", node);
    let graph = builder.finish();
    let _ = query.unknown_types(&graph);
    // Retained sizes are unknown here.
    let Ok(matcher) = query.on(&graph) else { return };
    let is_first = matcher.first() == Some(node);
    let predicate = query.clone().into_predicate().expect("it can be asked");
    assert_eq!(predicate(graph.node(node)), is_first);
});
