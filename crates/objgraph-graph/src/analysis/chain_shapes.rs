//! Several chains to one place, each through other fields.

mod tails;

use super::chain::Chain;
use super::walk::{every, owning};
use crate::graph::{NodeId, ObjectGraph};
use crate::node::Node;
use tails::Search;

/// How many chains [`find_chains`] and [`chains_from_roots`] look for, and when they give up.
#[derive(Clone, Debug)]
pub struct ChainOptions {
    pub(super) max_chains: usize,
    pub(super) budget: u64,
}

impl Default for ChainOptions {
    fn default() -> Self {
        Self {
            max_chains: 10,
            budget: 10_000_000,
        }
    }
}

impl ChainOptions {
    /// Finds at most so many chains, the shortest. Default: 10.
    #[must_use]
    pub fn max_chains(mut self, max_chains: usize) -> Self {
        self.max_chains = max_chains;
        self
    }

    /// Ends the search for further chains when so many references were looked at. The first is found in any case.
    /// Default: 10 million, a fraction of a second.
    #[must_use]
    pub fn budget(mut self, budget: u64) -> Self {
        self.budget = budget;
        self
    }
}

/// The answer of [`find_chains`] and [`chains_from_roots`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Chains<'g> {
    /// The chains, the shortest first, no two of which go through the same fields of the same types.
    pub chains: Vec<Chain<'g>>,
    /// Whether the budget ended the search, so that there may be more.
    pub ran_out: bool,
}

/// Finds chains of any references from objects that match to objects that match, each through other fields.
///
/// A chain meets no object twice, begins at the last object that matches `from`, and ends at the first that matches
/// `to`. Of several ways from one object to the end through the same fields, one is followed.
///
/// A search along the references tells how far each object is from where chains begin. Then chains are put together from
/// their ends, always the one that can become the shortest (A*, Hart, Nilsson and Raphael 1968, with exact distances).
///
/// # Complexity
/// O(objects + references + budget log budget).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ChainOptions, GraphBuilder, NewNode, find_chains};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [app, cache, page] = ["App", "Cache", "Page"].map(|name| builder.add_node(NewNode::new(name)));
/// builder.add_edge(app, page, Strong, ".current");
/// builder.add_edge(app, cache, Strong, ".cache");
/// for place in 0..2 {
///     builder.add_edge(cache, page, Strong, &format!("[{place}]"));
/// }
/// let graph = builder.finish();
/// let is = |name: &'static str| move |node: objgraph_graph::Node<'_>| node.type_name() == name;
/// let found = find_chains(&graph, is("App"), is("Page"), &ChainOptions::default());
/// let texts: Vec<_> = found.chains.iter().map(ToString::to_string).collect();
/// assert_eq!(texts, ["App.current → Page#2", "App.cache[0] → Page#2"]);
/// ```
#[must_use]
pub fn find_chains<'g>(
    graph: &'g ObjectGraph,
    from: impl Fn(Node<'_>) -> bool,
    to: impl Fn(Node<'_>) -> bool,
    options: &ChainOptions,
) -> Chains<'g> {
    let matches_from = graph.node_ids().filter(|id| from(graph.node(*id)));
    let is_end = |node: u32| to(graph.node(NodeId(node)));
    every!(graph, rows => {
        let search = Search::new(graph, &rows, matches_from.map(|id| id.0), is_end);
        search.run(graph.node_ids().map(|id| id.0), options)
    })
}

/// Finds chains of references that keep an object alive, from roots, each through other fields: why it is alive.
///
/// As [`find_chains`], along references that keep their referents alive. No chain is found if no root keeps it alive.
///
/// # Complexity
/// O(objects + references + budget log budget).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ChainOptions, GraphBuilder, NewNode, chains_from_roots};
/// use objgraph_trace::EdgeKind::{Strong, Weak};
///
/// let mut builder = GraphBuilder::default();
/// let [app, page] = ["App", "Page"].map(|name| builder.add_node(NewNode::new(name)));
/// builder.add_edge(app, page, Strong, ".current");
/// builder.add_edge(app, page, Weak, ".previous");
/// builder.add_edge(app, page, Strong, ".next");
/// builder.add_root("app", app);
/// let graph = builder.finish();
/// let found = chains_from_roots(&graph, page, &ChainOptions::default());
/// let texts: Vec<_> = found.chains.iter().map(ToString::to_string).collect();
/// assert_eq!(texts, ["app.current → Page#1", "app.next → Page#1"]);
/// ```
#[must_use]
pub fn chains_from_roots<'g>(
    graph: &'g ObjectGraph,
    target: NodeId,
    options: &ChainOptions,
) -> Chains<'g> {
    let roots = graph.roots().iter().map(|root| root.node.0);
    owning!(graph, rows => {
        let search = Search::new(graph, &rows, roots, |node| node == target.0);
        search.run([target.0], options)
    })
}

#[cfg(test)]
mod tests {
    use super::{ChainOptions, chains_from_roots, find_chains};
    use crate::analysis::random::fields::{FIELDS, built, edges, owning, type_name};
    use crate::{Chain, NodeId, ObjectGraph};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    type Way = Vec<(u32, usize)>;

    /// All ways from an object to the object 6 that meet no object twice.
    fn ways(edges: &BTreeSet<(u32, u32, usize)>, way: &mut Way, at: u32, found: &mut Vec<Way>) {
        if at == 6 {
            return found.push(way.clone());
        }
        for &(_, target, field) in edges.iter().filter(|edge| edge.0 == at) {
            way.push((at, field));
            // The object 0 is where chains begin.
            if target != 0 && way.iter().all(|step| step.0 != target) {
                ways(edges, way, target, found);
            }
            way.pop();
        }
    }

    fn shape(graph: &ObjectGraph, chain: &Chain<'_>) -> Vec<String> {
        let steps = chain.nodes.iter().zip(&chain.edges);
        let steps = steps.map(|(node, edge)| {
            let field = graph.edge_from(*node, *edge).map(|edge| edge.field());
            graph.node(*node).type_name().to_owned() + &field.unwrap_or_default()
        });
        steps.collect()
    }

    proptest! {
        #[test]
        fn chains_are_ways_of_different_shape_and_the_shortest_come_first(edges in edges(7, 24)) {
            let graph = built(7, &edges);
            let mut expected = Vec::new();
            ways(&owning(&edges), &mut Vec::new(), 0, &mut expected);
            let step = |(node, field): &(u32, usize)| format!("{}{}", type_name(*node), FIELDS[*field]);
            let expected: BTreeSet<Vec<String>> = expected.iter().map(|way| way.iter().map(step).collect()).collect();

            let options = ChainOptions::default().max_chains(usize::MAX);
            let found = chains_from_roots(&graph, NodeId(6), &options);
            prop_assert!(!found.ran_out);
            prop_assert!(found.chains.is_sorted_by_key(|chain| chain.edges.len()));
            let shapes: BTreeSet<_> = found.chains.iter().map(|chain| shape(&graph, chain)).collect();
            prop_assert_eq!(shapes.len(), found.chains.len());
            prop_assert!(shapes.is_subset(&expected));
            let lengths = |shapes: &BTreeSet<Vec<String>>| shapes.iter().map(Vec::len).min();
            prop_assert_eq!(lengths(&shapes), lengths(&expected));
            for chain in &found.chains {
                prop_assert_eq!((chain.nodes[0], chain.nodes[chain.nodes.len() - 1]), (NodeId(0), NodeId(6)));
                prop_assert_eq!(chain.nodes.iter().collect::<BTreeSet<_>>().len(), chain.nodes.len());
                for (place, id) in chain.edges.iter().enumerate() {
                    let edge = graph.edge_from(chain.nodes[place], *id).unwrap();
                    prop_assert!(edge.kind.keeps_alive() && edge.target == chain.nodes[place + 1]);
                }
            }
        }

        #[test]
        fn chains_between_groups_begin_and_end_once(edges in edges(9, 30)) {
            let graph = built(9, &edges);
            let found = find_chains(&graph, |node| node.id().0 < 3, |node| node.id().0 > 5, &ChainOptions::default());
            let one = crate::chain_between(&graph, |node| node.id().0 < 3, |node| node.id().0 > 5);
            let first = found.chains.first();
            prop_assert_eq!(first.map(|chain| chain.edges.len()), one.map(|chain| chain.edges.len()));
            for chain in &found.chains {
                let inner = &chain.nodes[1..chain.nodes.len() - 1];
                prop_assert!(inner.iter().all(|node| (3..=5).contains(&node.0)));
                prop_assert!(chain.nodes[0].0 < 3 && chain.nodes[chain.nodes.len() - 1].0 > 5);
            }
        }
    }

    #[test]
    fn a_small_budget_still_finds_the_shortest_chain() {
        let edges = (0..50).flat_map(|one| (0..50).map(move |other| (one, other, 0, false)));
        let graph = built(50, &edges.collect());
        let options = ChainOptions::default().budget(1);
        let found = chains_from_roots(&graph, NodeId(49), &options);
        assert_eq!(
            (
                found.chains.len(),
                found.chains[0].edges.len(),
                found.ran_out
            ),
            (1, 1, true)
        );
        let mut lengths = BTreeMap::new();
        for chain in chains_from_roots(&graph, NodeId(49), &ChainOptions::default()).chains {
            *lengths.entry(chain.edges.len()).or_insert(0) += 1;
        }
        // From A to B and so on: of each length there are several shapes.
        assert!(lengths[&1] == 1 && lengths[&2] == 2);
    }
}
