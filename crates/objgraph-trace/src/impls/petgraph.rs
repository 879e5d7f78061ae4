//! Graphs of `petgraph`: weights of nodes are labelled `[3]`, those of edges `.edges[3]`.
//!
//! An edge of such a graph is a pair of positions, not a pointer, so it is no edge of the picture.

use super::leaves;
use super::sequences::elements_have_edges;
use crate::{Nesting, Repr, Trace, Tracer, TypeFacts};
use petgraph::graph::{Edge, EdgeIndex, Graph, IndexType, Node, NodeIndex};
use petgraph::graphmap::{GraphMap, NodeTrait};
use petgraph::stable_graph::StableGraph;
use petgraph::visit::{EdgeRef, IntoEdgeReferences, IntoNodeReferences};
use petgraph::{Directed, EdgeType, Undirected};
use std::hash::BuildHasher;

impl<N: Trace, E: Trace, Ty: EdgeType, Ix: IndexType> Trace for Graph<N, E, Ty, Ix> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        let counts = (self.node_count(), self.edge_count());
        trace_slots::<Node<N, Ix>, Edge<E, Ix>>(counts, self.capacity(), tracer);
        trace_weights(self.node_weights().enumerate(), tracer);
        tracer.at_field("edges", |tracer| {
            trace_weights(self.edge_weights().enumerate(), tracer);
        });
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        repr_counts((self.node_count(), self.edge_count()), out);
    }

    fn has_edges(nesting: Nesting) -> bool {
        elements_have_edges::<N>(nesting) || elements_have_edges::<E>(nesting)
    }
}

impl<N: Trace, E: Trace, Ty: EdgeType, Ix: IndexType> Trace for StableGraph<N, E, Ty, Ix> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        let counts = (self.node_count(), self.edge_count());
        trace_slots::<Node<Option<N>, Ix>, Edge<Option<E>, Ix>>(counts, self.capacity(), tracer);
        trace_weights(
            self.node_references()
                .map(|(node, weight)| (node.index(), weight)),
            tracer,
        );
        let edges = self
            .edge_references()
            .map(|edge| (edge.id().index(), edge.weight()));
        tracer.at_field("edges", |tracer| trace_weights(edges, tracer));
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        repr_counts((self.node_count(), self.edge_count()), out);
    }

    fn has_edges(nesting: Nesting) -> bool {
        elements_have_edges::<N>(nesting) || elements_have_edges::<E>(nesting)
    }
}

/// Its nodes are small values that are copied, and name the edges: `.edges[1 → 2]`.
impl<N: NodeTrait + Trace, E: Trace, Ty: EdgeType, S: BuildHasher> Trace for GraphMap<N, E, Ty, S> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        // A node is an entry of an index map with a list of its neighbours; an edge is an entry of
        // another, and is in the lists of both its ends.
        let node = size_of::<(usize, N, Vec<(N, bool)>, usize)>() + 1;
        let edge = size_of::<(usize, (N, N), E, usize)>() + 1;
        let neighbours = self.edge_count() * 2 * size_of::<(N, bool)>();
        let (nodes, edges) = self.capacity();
        tracer.buffer(
            self.node_count() * node + self.edge_count() * edge + neighbours,
            nodes.saturating_mul(node) + edges.saturating_mul(edge) + neighbours,
        );
        if N::has_edges(Nesting::OUTERMOST) {
            tracer.guarded(self.nodes().collect::<Vec<N>>());
        }
        if E::is_leaf() {
            return;
        }
        tracer.at_field("edges", |tracer| {
            for (source, target, weight) in self.all_edges() {
                let ends = |out: &mut Repr<'_>| {
                    source.trace_repr(out);
                    out.text(if Ty::is_directed() { " → " } else { " – " });
                    target.trace_repr(out);
                };
                tracer.entry(ends, weight);
            }
        });
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        repr_counts((self.node_count(), self.edge_count()), out);
    }

    fn has_edges(nesting: Nesting) -> bool {
        elements_have_edges::<N>(nesting) || elements_have_edges::<E>(nesting)
    }
}

/// Reports the buffer of the nodes, each an `N`, and that of the edges, each an `E`.
fn trace_slots<N, E>(
    (nodes, edges): (usize, usize),
    reserved: (usize, usize),
    tracer: &mut Tracer<'_>,
) {
    tracer.buffer(
        nodes * size_of::<N>(),
        reserved.0.saturating_mul(size_of::<N>()),
    );
    tracer.buffer(
        edges * size_of::<E>(),
        reserved.1.saturating_mul(size_of::<E>()),
    );
}

fn trace_weights<'a, T: Trace + 'a>(
    weights: impl Iterator<Item = (usize, &'a T)>,
    tracer: &mut Tracer<'a>,
) {
    if T::has_edges(Nesting::OUTERMOST) {
        weights.for_each(|(index, weight)| tracer.element(index, weight));
    } else if !T::is_leaf() {
        weights.for_each(|(_, weight)| tracer.ask(weight));
    }
}

fn repr_counts((nodes, edges): (usize, usize), out: &mut Repr<'_>) {
    out.count(nodes, "node", "nodes");
    out.text(", ");
    out.count(edges, "edge", "edges");
}

leaves!(debug: Directed, Undirected);

/// Positions in a graph, shown as numbers.
macro_rules! indices {
    ($($index:ident),+) => {$(
        impl<Ix: IndexType> Trace for $index<Ix> {
            honest!();

            fn trace<'a>(&'a self, _: &mut Tracer<'a>) {}

            fn trace_repr(&self, out: &mut Repr<'_>) {
                out.display(&self.index());
            }

            fn trace_type(&self) -> TypeFacts {
                TypeFacts::of::<Self>().leaf(true)
            }

            fn is_leaf() -> bool {
                true
            }
        }
    )+};
}

indices!(NodeIndex, EdgeIndex);

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, node, owned, value};
    use super::*;
    use petgraph::graphmap::{DiGraphMap, UnGraphMap};
    use std::hash::RandomState;
    use std::rc::Rc;

    #[test]
    fn weights_are_labelled_by_their_positions() {
        let mut graph = Graph::<Rc<i32>, Box<i32>>::new();
        let (one, other) = (graph.add_node(Rc::new(1)), graph.add_node(Rc::new(2)));
        graph.add_edge(one, other, Box::new(3));
        assert_eq!(labels(&graph), ["[0]", "[1]", ".edges[0]"]);
        assert_eq!(
            (value(&graph), node(&graph, 1).strong),
            ("2 nodes, 1 edge".into(), 1)
        );
    }

    #[test]
    fn positions_of_a_stable_graph_survive_removals() {
        let mut graph = StableGraph::<Box<i32>, Box<i32>>::new();
        let nodes: Vec<_> = (0..3).map(|n| graph.add_node(Box::new(n))).collect();
        let edge = graph.add_edge(nodes[0], nodes[2], Box::new(0));
        graph.add_edge(nodes[2], nodes[0], Box::new(1));
        graph.remove_edge(edge);
        graph.remove_node(nodes[1]);
        assert_eq!(labels(&graph), ["[0]", "[2]", ".edges[1]"]);
        assert_eq!(value(&graph), "2 nodes, 1 edge");
    }

    #[test]
    fn edges_of_a_map_are_labelled_by_their_ends() {
        let mut directed =
            DiGraphMap::<_, _, RandomState>::with_capacity_and_hasher(0, 0, RandomState::new());
        directed.add_edge("b", "a", Box::new(1));
        assert_eq!(labels(&directed), [r#".edges["b" → "a"]"#]);
        let mut plain =
            UnGraphMap::<_, _, RandomState>::with_capacity_and_hasher(0, 0, RandomState::new());
        plain.add_edge(1, 2, String::from("seven b"));
        assert!(
            labels(&plain).is_empty() && owned(&plain).0 > 7 && owned(&plain).0 <= owned(&plain).1
        );
        assert_eq!(value(&plain), "2 nodes, 1 edge");
    }

    #[test]
    fn slots_of_nodes_and_edges_are_owned() {
        let mut graph = Graph::<u64, u64>::with_capacity(4, 2);
        let node = graph.add_node(1);
        graph.add_edge(node, node, 2);
        let (nodes, edges) = graph.capacity();
        assert_eq!(owned(&graph), (16 + 24, nodes * 16 + edges * 24));
        assert!(!Graph::<u8, String>::has_edges(Nesting::OUTERMOST));
    }

    #[test]
    fn positions_are_leaves() {
        assert!(NodeIndex::<u32>::is_leaf() && EdgeIndex::<u32>::is_leaf());
        assert_eq!(value(&vec![NodeIndex::<u32>::new(3)]), "[3]");
    }
}
