//! Dominators against their definition, and on shapes that are hard on them.

use super::{Dominators, dominators};
use crate::analysis::random::kinds::{alive, bytes, entered, random_graph, reached};
use crate::builder::{GraphBuilder, NewNode};
use crate::graph::{NodeId, ObjectGraph};
use objgraph_trace::EdgeKind::{Strong, Weak};
use petgraph::algo::dominators::simple_fast;
use petgraph::graph::{DiGraph, NodeIndex};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What is no longer reached when an object is taken away.
fn freed_by_the_end_of(graph: &ObjectGraph, node: NodeId) -> BTreeSet<NodeId> {
    let mut entries = entered(graph);
    entries.remove(&node);
    let rest = reached(graph, entries, |edge| edge.target == node);
    &alive(graph, |_| false) - &rest
}

/// The dominators that petgraph finds; the super-root has the number behind all objects.
fn of_petgraph(graph: &ObjectGraph) -> Vec<Option<NodeId>> {
    let super_root = NodeIndex::new(graph.n_nodes());
    let mut copy: DiGraph<(), ()> = DiGraph::new();
    (0..=graph.n_nodes()).for_each(|_| {
        copy.add_node(());
    });
    for edge in graph.node_ids().flat_map(|node| graph.edges_from(node)) {
        if edge.kind.keeps_alive() {
            copy.add_edge(
                NodeIndex::new(edge.source.index()),
                NodeIndex::new(edge.target.index()),
                (),
            );
        }
    }
    for entry in entered(graph) {
        copy.add_edge(super_root, NodeIndex::new(entry.index()), ());
    }
    let found = simple_fast(&copy, super_root);
    let dominator = |node: NodeId| found.immediate_dominator(NodeIndex::new(node.index()));
    let dominators = graph.node_ids().map(dominator);
    dominators
        .map(|dominator| dominator.filter(|it| *it != super_root))
        .map(|dominator| dominator.map(|it| NodeId(it.index() as u32)))
        .collect()
}

/// What the tree says, told by its parts.
fn assert_is_one_tree(graph: &ObjectGraph, dominators: &Dominators) {
    for node in graph.node_ids() {
        let children: BTreeSet<_> = dominators.children(node).collect();
        let below = graph
            .node_ids()
            .filter(|other| dominators.immediate(*other) == Some(node));
        assert_eq!(children, below.collect());
        let undominated = dominators.undominated().any(|other| other == node);
        let is_top = dominators.is_reachable(node) && dominators.immediate(node).is_none();
        assert_eq!(undominated, is_top);
    }
}

proptest! {
    #[test]
    fn an_object_retains_what_its_end_would_free(graph in random_graph()) {
        let dominators = dominators(&graph);
        let alive = alive(&graph, |_| false);
        for node in graph.node_ids() {
            let freed = freed_by_the_end_of(&graph, node);
            prop_assert_eq!(dominators.is_reachable(node), alive.contains(&node));
            prop_assert_eq!(dominators.retained(node).0, bytes(&graph, &freed));
            prop_assert_eq!(dominators.n_retained(node), freed.len());
            for other in graph.node_ids() {
                prop_assert_eq!(dominators.dominates(node, other), freed.contains(&other));
            }
            let retained = dominators.retained_objects(node).iter().copied();
            prop_assert_eq!(retained.collect::<BTreeSet<_>>(), freed);
        }
        prop_assert_eq!((dominators.n_reachable(), dominators.total().0), (alive.len(), bytes(&graph, &alive)));
    }

    #[test]
    fn petgraph_finds_the_same_dominators(graph in random_graph()) {
        let dominators = dominators(&graph);
        let found: Vec<_> = graph.node_ids().map(|node| dominators.immediate(node)).collect();
        prop_assert_eq!(found, of_petgraph(&graph));
        assert_is_one_tree(&graph, &dominators);
    }

    #[test]
    fn the_biggest_are_the_first_of_all_sorted(graph in random_graph(), limit in 0..16_usize) {
        let dominators = dominators(&graph);
        let mut nodes: Vec<_> = graph.node_ids().filter(|node| dominators.is_reachable(*node)).collect();
        nodes.sort_by_key(|node| (std::cmp::Reverse(dominators.retained(*node)), *node));
        nodes.truncate(limit);
        prop_assert_eq!(dominators.biggest(limit), nodes);
    }
}

/// A graph of objects of one byte each, entered at the first.
fn graph(n_nodes: u32, edges: impl IntoIterator<Item = (u32, u32)>) -> ObjectGraph {
    let mut builder = GraphBuilder::default();
    let one_byte = builder.add_type("", "T", "");
    (0..n_nodes).for_each(|_| {
        builder.add_node(NewNode::of(one_byte).sizes(1, 0));
    });
    for (source, target) in edges {
        builder.add_edge(NodeId(source), NodeId(target), Strong, "");
    }
    builder.add_root("first", NodeId(0));
    builder.finish()
}

fn immediate(graph: &ObjectGraph, node: u32) -> Option<u32> {
    dominators(graph).immediate(NodeId(node)).map(|node| node.0)
}

const MILLION: u32 = 1_000_000;

#[test]
fn a_chain_of_a_million_is_one_long_tree() {
    let chain = graph(MILLION, (1..MILLION).map(|node| (node - 1, node)));
    let dominators = dominators(&chain);
    assert_eq!(
        dominators.immediate(NodeId(MILLION - 1)),
        Some(NodeId(MILLION - 2))
    );
    assert_eq!(dominators.retained(NodeId(0)).0, u64::from(MILLION));
    assert_eq!(dominators.biggest(1), [NodeId(0)]);
}

#[test]
fn a_fan_of_a_million_is_one_wide_tree() {
    let fan = graph(MILLION, (1..MILLION).map(|node| (0, node)));
    let dominators = dominators(&fan);
    assert!(dominators.children(NodeId(0)).eq((1..MILLION).map(NodeId)));
    assert_eq!(dominators.n_retained(NodeId(MILLION / 2)), 1);
}

#[test]
fn in_a_complete_graph_the_root_dominates_all() {
    let n_nodes = 2_000;
    let edges = (0..n_nodes).flat_map(|source| (0..n_nodes).map(move |target| (source, target)));
    let complete = graph(n_nodes, edges);
    let dominators = dominators(&complete);
    assert!((1..n_nodes).all(|node| dominators.immediate(NodeId(node)) == Some(NodeId(0))));
}

/// Two rails, rungs in both directions, and references from every rung back to the one before.
#[test]
fn a_ladder_with_references_back_hangs_on_its_first_rung() {
    let n_rungs = MILLION / 2;
    let rung = |rung: u32| {
        let (left, right) = (2 * rung, 2 * rung + 1);
        let across = [(left, right), (right, left)];
        let down = [(left, left + 2), (right, right + 2)]
            .into_iter()
            .filter(move |_| rung + 1 < n_rungs);
        let back = [
            (left, left.saturating_sub(1)),
            (right, right.saturating_sub(3)),
        ];
        across.into_iter().chain(down).chain(back)
    };
    let ladder = graph(MILLION, (0..n_rungs).flat_map(rung));
    let dominators = dominators(&ladder);
    assert!((1..MILLION).all(|node| dominators.immediate(NodeId(node)) == Some(NodeId(0))));
}

/// Every leaf of the fan is found through the end of the list, and dominated by the start: half a million steps up for
/// each, if they were taken one by one.
#[test]
fn a_list_that_ends_in_a_fan_takes_no_quadratic_time() {
    let (end, leaves) = (MILLION / 2, MILLION / 2 + 1..MILLION);
    let list = (1..=end).map(|node| (node - 1, node));
    let fan = leaves.flat_map(|leaf| [(end, leaf), (0, leaf)]);
    let graph = graph(MILLION, list.chain(fan));
    let dominators = dominators(&graph);
    assert_eq!(dominators.immediate(NodeId(end)), Some(NodeId(end - 1)));
    assert_eq!(dominators.immediate(NodeId(MILLION - 1)), Some(NodeId(0)));
}

#[test]
fn a_small_stack_is_enough() {
    let chain = graph(
        MILLION,
        (1..MILLION).flat_map(|node| [(node - 1, node), (node, node - 1)]),
    );
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let answer = thread
        .spawn(move || immediate(&chain, MILLION - 1))
        .unwrap();
    assert_eq!(answer.join().unwrap(), Some(MILLION - 2));
}

#[test]
fn what_only_weak_references_lead_to_is_alive_by_itself() {
    let mut builder = GraphBuilder::default();
    let [owner, observed] = ["Owner", "Observed"].map(|name| builder.add_node(NewNode::new(name)));
    builder.add_edge(owner, observed, Weak, "");
    let dominators = dominators(&builder.finish());
    assert!(dominators.undominated().eq([owner, observed]));
}

#[test]
fn a_cycle_that_nothing_leads_to_is_unreachable() {
    let cycle = graph(3, [(1, 2), (2, 1)]);
    let dominators = dominators(&cycle);
    assert!(!dominators.is_reachable(NodeId(1)));
    assert_eq!(
        (
            dominators.retained(NodeId(1)).0,
            dominators.n_retained(NodeId(1))
        ),
        (0, 0)
    );
    assert_eq!(dominators.children(NodeId(1)).count(), 0);
}

#[test]
fn a_graph_of_nothing_has_no_dominators() {
    let nothing = GraphBuilder::default().finish();
    assert_eq!(
        (
            dominators(&nothing).n_reachable(),
            dominators(&nothing).biggest(3)
        ),
        (0, vec![])
    );
}

#[test]
fn sizes_that_a_file_claims_do_not_overflow() {
    let mut builder = GraphBuilder::default();
    let [one, other] =
        [0, 1].map(|_| builder.add_node(NewNode::new("T").sizes(u64::MAX, u64::MAX)));
    builder.add_edge(one, other, Strong, "");
    assert_eq!(dominators(&builder.finish()).retained(one).0, u64::MAX);
}
