//! DOT files as graphs of this bench.

use crate::graph::{Edge, Graph};
use objgraph_render::{DotAttributes, DotGraph, read_dot};

/// The graph of a file; weights as Graphviz would take them.
pub(crate) fn read(name: &str, text: &str) -> Graph {
    let graph = read_dot(text.as_bytes()).expect("the files of the bench are DOT");
    Graph {
        name: name.to_owned(),
        nodes: graph
            .nodes
            .iter()
            .map(|node| label(&node.attributes, &node.name))
            .collect(),
        edges: edges(&graph),
    }
}

fn edges(graph: &DotGraph) -> Vec<Edge> {
    let edges = graph.edges.iter().map(|edge| Edge {
        source: edge.tail,
        target: edge.head,
        label: label(&edge.attributes, ""),
        weight: weight(&edge.attributes),
    });
    edges.collect()
}

fn label(attributes: &DotAttributes, default: &str) -> String {
    let text = attributes.text("label").unwrap_or(default);
    text.replace("\\n", "\n").replace("\\\\", "\\")
}

fn weight(attributes: &DotAttributes) -> u32 {
    let weight = attributes.text("weight").and_then(|text| text.parse().ok());
    weight.unwrap_or(1)
}
