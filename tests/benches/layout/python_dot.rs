//! Reads the DOT that Python's objgraph writes: a statement a line.
//!
//! To be replaced by the reader of `objgraph-render` when it has one: [`read`] is all that the rest knows of this file.

use crate::graph::{Edge, Graph};
use std::collections::BTreeMap;

/// The graph of a file. What is no node or edge is passed over.
pub(crate) fn read(name: &str, text: &str) -> Graph {
    let mut reader = Reader {
        graph: Graph {
            name: name.to_owned(),
            nodes: Vec::new(),
            edges: Vec::new(),
        },
        ids: BTreeMap::new(),
    };
    for line in text.lines() {
        reader.read_line(line.trim().trim_end_matches(';'));
    }
    reader.graph
}

struct Reader<'t> {
    graph: Graph,
    ids: BTreeMap<&'t str, usize>,
}

impl<'t> Reader<'t> {
    fn read_line(&mut self, line: &'t str) {
        let (head, attributes) = line.split_once('[').unwrap_or((line, ""));
        let head = head.trim();
        if head.is_empty() || head == "}" || head == "node" || head.starts_with("digraph") {
            return;
        }
        let label = attribute(attributes, "label");
        if let Some((source, target)) = head.split_once("->") {
            let edge = Edge {
                source: self.node(source.trim()),
                target: self.node(target.trim()),
                label: label.unwrap_or_default(),
                weight: attribute(attributes, "weight")
                    .and_then(|weight| weight.parse().ok())
                    .unwrap_or(1),
            };
            self.graph.edges.push(edge);
        } else {
            let node = self.node(head);
            if let Some(label) = label {
                self.graph.nodes[node] = label;
            }
        }
    }

    fn node(&mut self, id: &'t str) -> usize {
        *self.ids.entry(id).or_insert_with(|| {
            self.graph.nodes.push(id.to_owned());
            self.graph.nodes.len() - 1
        })
    }
}

/// The value of an attribute: what follows `name=`, quoted or not.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let (_, value) = attributes.split_once(&format!("{name}="))?;
    let Some(quoted) = value.strip_prefix('"') else {
        return value.split([',', ']']).next().map(str::to_owned);
    };
    let mut text = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '"' => return Some(text),
            '\\' => text.push(match chars.next()? {
                'n' => '\n',
                other => other,
            }),
            other => text.push(other),
        }
    }
}
