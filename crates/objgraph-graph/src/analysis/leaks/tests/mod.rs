//! Tests of the proof, by heaps that are written down.

mod clauses;
mod kinds;
mod large;
mod program;
mod random;
mod reports;

use super::{Leaks, LeaksOptions, leaks};
use crate::{GraphBuilder, NewNode, NodeId, ObjectGraph};
use objgraph_trace::{EdgeKind, State};
use std::collections::BTreeMap;

/// A heap of words: `a.next=b` is a strong reference from `a`, `~` a weak one, `:` an owned and `&` a borrowed one; `+a` is
/// a strong handle that nobody finds, `-a` one that is reported though it is not there, `?a` a weak handle that
/// nobody finds, `@a` a root and `!a` a cell that is borrowed.
///
/// `a` is of the type `A`, and so is `a2`. What a strong handle leads to is counted.
#[derive(Default)]
struct Heap {
    nodes: BTreeMap<String, Counts>,
    edges: Vec<(String, String, EdgeKind, String)>,
    roots: Vec<String>,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    strong: u64,
    weak: u64,
    /// How many handles are reported that are not there.
    n_made_up: u64,
    is_busy: bool,
}

impl Heap {
    fn of(text: &str) -> Self {
        let mut heap = Self::default();
        text.split_whitespace().for_each(|word| heap.add(word));
        heap
    }

    fn add(&mut self, word: &str) {
        let kinds = [
            ('=', EdgeKind::Strong),
            ('~', EdgeKind::Weak),
            (':', EdgeKind::Owned),
            ('&', EdgeKind::Borrowed),
        ];
        if let Some((name, rest)) = word.split_once('.') {
            let (sign, kind) = kinds
                .into_iter()
                .find(|(sign, _)| rest.contains(*sign))
                .unwrap();
            let (field, target) = rest.split_once(sign).unwrap();
            self.nodes.entry(name.to_owned()).or_default();
            let counts = self.nodes.entry(target.to_owned()).or_default();
            counts.strong += u64::from(kind == EdgeKind::Strong);
            counts.weak += u64::from(kind == EdgeKind::Weak);
            let edge = (
                name.to_owned(),
                target.to_owned(),
                kind,
                format!(".{field}"),
            );
            self.edges.push(edge);
            return;
        }
        let (sign, name) = word.split_at(1);
        let counts = self.nodes.entry(name.to_owned()).or_default();
        match sign {
            "+" => counts.strong += 1,
            "-" => counts.n_made_up += 1,
            "?" => counts.weak += 1,
            "!" => counts.is_busy = true,
            _ => self.roots.push(name.to_owned()),
        }
    }

    /// Objects are in the order of their names, and of 10 bytes.
    fn graph(&self) -> ObjectGraph {
        let mut builder = GraphBuilder::default();
        let mut ids = BTreeMap::new();
        for (name, counts) in &self.nodes {
            let type_name = name[..1].to_uppercase();
            let state = if counts.is_busy {
                State::MutablyBorrowed
            } else {
                State::Traced
            };
            let new = NewNode::new(&type_name).sizes(10, 0).state(state);
            let new = new.counts(counts.strong - counts.n_made_up, counts.weak);
            ids.insert(name, builder.add_node(new));
        }
        for (source, target, kind, label) in &self.edges {
            builder.add_edge(ids[source], ids[target], *kind, label);
        }
        self.roots
            .iter()
            .for_each(|root| builder.add_root(root, ids[root]));
        builder.finish()
    }

    fn names(&self, nodes: &[NodeId]) -> String {
        let names: Vec<&str> = self.nodes.keys().map(String::as_str).collect();
        let names: Vec<&str> = nodes.iter().map(|node| names[node.index()]).collect();
        names.join(" ")
    }
}

fn judged(graph: &ObjectGraph) -> Leaks {
    leaks(graph, &LeaksOptions::default())
}

fn found(text: &str) -> (ObjectGraph, Leaks) {
    let graph = Heap::of(text).graph();
    let leaks = judged(&graph);
    (graph, leaks)
}

fn leaked(text: &str) -> String {
    let heap = Heap::of(text);
    heap.names(&judged(&heap.graph()).leaked)
}

fn weakly_held(text: &str) -> String {
    let heap = Heap::of(text);
    heap.names(&judged(&heap.graph()).weakly_held)
}

/// What is withheld, as sentences.
fn withheld(leaks: &Leaks) -> Vec<String> {
    let sentences = leaks.withheld.iter().map(|withheld| {
        format!(
            "{} {}: {}",
            withheld.type_name, withheld.doubt, withheld.n_objects
        )
    });
    sentences.collect()
}
