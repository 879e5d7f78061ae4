//! Any bytes are read or refused; what is read can be drawn, and what is written of it read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use objgraph_render::{LayoutOptions, arrange_dot, read_dot, to_placed_dot};

/// Larger graphs are read only, so that a run tries many.
const MAX_EDGES: usize = 200;

fuzz_target!(|bytes: &[u8]| {
    let Ok(graph) = read_dot(bytes) else { return };
    if graph.edges.len() > MAX_EDGES {
        return;
    }
    let picture = arrange_dot(&graph, &LayoutOptions::default()).expect("the layered engine places everything");
    let again = read_dot(to_placed_dot(&graph, &picture).as_bytes()).expect("what is written is DOT");
    let names = |graph: &objgraph_render::DotGraph| -> Vec<String> {
        graph.nodes.iter().map(|node| node.name.replace('\n', "\\n").replace('\r', " ")).collect()
    };
    assert_eq!(names(&again), names(&graph));
});
