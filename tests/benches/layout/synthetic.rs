//! Graphs of any size that look like the heap of a Python program, as the files of this bench show it: level by level
//! fans of leaves and holders, a few objects that very many refer to, references back up, names on three arrows in four.

use crate::graph::{Edge, Graph};
use objgraph_benches::random::Random;

const LEAVES: [&str; 5] = ["str", "function", "int", "cell", "getset_descriptor"];
const HOLDERS: [&str; 4] = ["dict", "module", "ModelBase", "DeferredAttribute"];
const NAMES: [&str; 8] = [
    "__dict__",
    "__module__",
    "__doc__",
    "_meta",
    "model",
    "get_absolute_url",
    "__globals__",
    "__qualname__",
];

/// A graph of so many nodes and edges; the same for the same numbers.
pub(crate) fn heap(n_nodes: usize, n_edges: usize) -> Graph {
    let mut heap = Heap {
        random: Random(n_nodes as u64),
        holders: vec![0],
        leaves: Vec::new(),
        above: vec![0],
        graph: Graph {
            name: format!("generated {n_nodes}"),
            nodes: vec!["module\n__main__".to_owned()],
            edges: Vec::new(),
        },
    };
    heap.grow(n_nodes);
    while heap.graph.edges.len() < n_edges {
        heap.refer();
    }
    heap.graph
}

struct Heap {
    random: Random,
    /// The nodes that refer to others, in the order in which they were reached.
    holders: Vec<usize>,
    leaves: Vec<usize>,
    /// The holder in whose fan each node is; the first is in its own.
    above: Vec<usize>,
    graph: Graph,
}

impl Heap {
    /// Level by level: each holder gets its fan, in which there are always some holders.
    fn grow(&mut self, n_nodes: usize) {
        let mut next = 0;
        while self.graph.nodes.len() < n_nodes {
            let holder = self.holders[next];
            next += 1;
            // Most fans are small, one in eight is large.
            let n_members = match self.random.below(8) {
                0 => 10 + self.random.below(30),
                _ => 2 + self.random.below(5),
            };
            for place in 0..n_members.min(n_nodes - self.graph.nodes.len()) {
                let member = self.graph.nodes.len();
                let is_holder = place == 0 || self.random.below(4) == 0;
                let text = self.text(if is_holder { &HOLDERS } else { &LEAVES });
                self.graph.nodes.push(text);
                self.above.push(holder);
                if is_holder {
                    self.holders.push(member);
                } else {
                    self.leaves.push(member);
                }
                self.add(holder, member);
            }
        }
    }

    /// One more reference: most lead to leaves and holders that many share, some back up.
    fn refer(&mut self) {
        let source = self.holders[self.random.below(self.holders.len())];
        let target = match self.random.below(20) {
            0..=12 => shared(&mut self.random, &self.leaves),
            13..=18 => shared(&mut self.random, &self.holders),
            _ => self.above[self.above[source]],
        };
        self.add(source, target);
    }

    fn add(&mut self, source: usize, target: usize) {
        let is_named = self.random.below(4) > 0;
        let label = if is_named { self.pick(&NAMES) } else { "" };
        // As Python's objgraph does: what belongs to one object is to stand close.
        let weight = match label {
            "" => 1,
            "__dict__" | "__doc__" | "__globals__" => 10,
            _ => 2,
        };
        self.graph.edges.push(Edge {
            source,
            target,
            label: label.to_owned(),
            weight,
        });
    }

    fn text(&mut self, types: &[&'static str]) -> String {
        let type_name = self.pick(types);
        let name = self.pick(&NAMES);
        format!("{type_name}\n<{name} at {}>", self.random.below(1000))
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.random.below(words.len())]
    }
}

/// One of the second half of a list, far more often one of its first: what many share has little below itself.
fn shared(random: &mut Random, nodes: &[usize]) -> usize {
    let n_upper = nodes.len() / 2;
    #[expect(clippy::cast_sign_loss, reason = "a share is not negative")]
    let place = (random.share().powi(4) * (nodes.len() - n_upper) as f64) as usize;
    nodes[n_upper + place]
}
