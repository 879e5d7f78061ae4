//! Views of something that was found: chains, a cycle.

use super::model::{Role, View};
use super::options::ViewOptions;
use super::selection::Selection;
use crate::analysis::{Chain, Cycle, EdgeToWeaken};

/// Shows a chain: the objects on the way, and the references between them.
///
/// # Complexity
/// O(objects + references) of the whole graph, for its cycles.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, Role, ViewOptions, chain_to, view_chain};
///
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new(1), Box::new(2)]));
/// let chain = chain_to(&graph, graph.roots()[0].node, |node| node.id().0 == 2).unwrap();
/// let view = view_chain(&chain, &ViewOptions::default());
/// assert_eq!((view.nodes.len(), view.edges[0].label.as_str()), (2, "[1]"));
/// assert!(view.nodes[1].roles.contains(Role::Target));
/// ```
#[must_use]
pub fn view_chain(chain: &Chain<'_>, options: &ViewOptions<'_>) -> View {
    view_chains(std::slice::from_ref(chain), options)
}

/// Shows several chains of one graph in one picture: what they share is drawn once. No chains give an empty view.
///
/// # Complexity
/// O(objects + references) of the whole graph, for its cycles.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{
///     ChainOptions, GraphBuilder, NewNode, ViewOptions, chains_from_roots, view_chains,
/// };
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [app, cache, page] = ["App", "Cache", "Page"].map(|name| builder.add_node(NewNode::new(name)));
/// for (source, target, label) in [(app, page, ".page"), (app, cache, ".cache"), (cache, page, "[0]")] {
///     builder.add_edge(source, target, Strong, label);
/// }
/// builder.add_root("app", app);
/// let graph = builder.finish();
/// let found = chains_from_roots(&graph, page, &ChainOptions::default());
/// let view = view_chains(&found.chains, &ViewOptions::default());
/// assert_eq!((found.chains.len(), view.nodes.len(), view.edges.len()), (2, 3, 3));
/// ```
#[must_use]
pub fn view_chains(chains: &[Chain<'_>], options: &ViewOptions<'_>) -> View {
    let Some(first) = chains.first() else {
        return View::default();
    };
    let mut selection = Selection::new(first.graph);
    for chain in chains {
        selection.add(&chain.nodes, &chain.edges);
        if let [first, .., last] = chain.nodes[..] {
            selection.place(first, Role::Root);
            selection.place(last, Role::Target);
        }
    }
    selection.view(options)
}

/// Shows a cycle: the objects on the way, and the references between them.
///
/// # Complexity
/// O(objects + references) of the whole graph, for its cycles.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, ViewOptions, cycles, view_cycle};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [a, b, c] = ["A", "B", "C"].map(|name| builder.add_node(NewNode::new(name)));
/// for (source, target) in [(a, b), (b, a), (b, c)] {
///     builder.add_edge(source, target, Strong, "");
/// }
/// let graph = builder.finish();
/// let view = view_cycle(&cycles(&graph)[0], &ViewOptions::default());
/// assert_eq!((view.nodes.len(), view.edges.len()), (2, 2));
/// ```
#[must_use]
pub fn view_cycle(cycle: &Cycle<'_>, options: &ViewOptions<'_>) -> View {
    let mut selection = Selection::new(cycle.graph);
    selection.add(&cycle.nodes, &cycle.edges);
    selection.view(options)
}

/// Shows a cycle, with those of its references marked that a suggestion would make weak.
///
/// # Complexity
/// O(objects + references) of the whole graph, for its cycles.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{
///     GraphBuilder, NewNode, ViewOptions, WeakenOptions, components, cycles, edges_to_weaken, view_cycle_to_weaken,
/// };
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [list, item] = ["List", "Item"].map(|name| builder.add_node(NewNode::new(name)));
/// builder.add_edge(list, item, Strong, "[0]");
/// builder.add_edge(item, list, Strong, ".owner");
/// let graph = builder.finish();
/// let found = edges_to_weaken(&graph, &components(&graph), &WeakenOptions::default());
/// let view = view_cycle_to_weaken(&cycles(&graph)[0], &found.suggestions[0], &ViewOptions::default());
/// let marked: Vec<_> = view.edges.iter().filter(|edge| edge.to_weaken).collect();
/// assert_eq!((marked.len(), marked[0].label.as_str()), (1, ".owner"));
/// ```
#[must_use]
pub fn view_cycle_to_weaken(
    cycle: &Cycle<'_>,
    suggestion: &EdgeToWeaken,
    options: &ViewOptions<'_>,
) -> View {
    let mut selection = Selection::new(cycle.graph);
    selection.add(&cycle.nodes, &cycle.edges);
    selection.to_weaken = vec![suggestion];
    selection.view(options)
}
