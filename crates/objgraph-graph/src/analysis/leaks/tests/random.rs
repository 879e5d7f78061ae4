//! The proof on random heaps, beside the obvious way to tell: what no holder reaches is leaked.

use super::judged;
use crate::{Edge, GraphBuilder, NewNode, NodeId, ObjectGraph, freed_by_counting, unexplained};
use objgraph_trace::EdgeKind::{self, Borrowed, Owned, Raw, Strong, Weak};
use objgraph_trace::{
    Address, EdgeRecord, Label, NodeFlags, NodeRecord, PathId, Records, State, TypeFacts,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const N_NODES: u32 = 9;

/// A heap as it is.
#[derive(Clone, Debug)]
struct Truth {
    edges: Vec<(u32, u32, EdgeKind)>,
    /// Objects that are held by strong and by weak handles outside, once for each.
    held: Vec<u32>,
    seen: Vec<u32>,
    roots: Vec<u32>,
}

/// Two objects in three are counted.
fn is_counted(node: u32) -> bool {
    !node.is_multiple_of(3)
}

/// An object's bytes, of which each has twice as many as the one before, and its counters if it has some.
fn allocated(node: u32) -> u64 {
    let size = 1 << node;
    if is_counted(node) {
        (size + 16_u64).next_multiple_of(8)
    } else {
        size
    }
}

/// Of what is not counted, the first owner is the only one.
fn truth() -> impl Strategy<Value = Truth> {
    let kind = prop::sample::select(&[Strong, Strong, Strong, Owned, Weak, Borrowed, Raw][..]);
    let edges = prop::collection::vec((0..N_NODES, 0..N_NODES, kind), 0..22);
    let some = |most| prop::collection::vec(0..N_NODES, 0..most);
    (edges, some(3), some(2), some(2)).prop_map(|(edges, mut held, mut seen, roots)| {
        let mut owned = BTreeSet::new();
        let edges = edges
            .into_iter()
            .filter_map(|(source, target, kind)| match kind {
                Strong | Owned if is_counted(target) => Some((source, target, Strong)),
                Strong | Owned => owned.insert(target).then_some((source, target, Owned)),
                Weak if !is_counted(target) => None,
                _ => Some((source, target, kind)),
            });
        let edges = edges.collect();
        held.retain(|node| is_counted(*node));
        seen.retain(|node| is_counted(*node));
        Truth {
            edges,
            held,
            seen,
            roots,
        }
    })
}

impl Truth {
    fn n_of(&self, node: u32, kind: EdgeKind, outside: &[u32]) -> u64 {
        let edges = self
            .edges
            .iter()
            .filter(|edge| edge.1 == node && edge.2 == kind);
        (edges.count() + outside.iter().filter(|other| **other == node).count()) as u64
    }

    fn strong(&self, node: u32) -> u64 {
        self.n_of(node, Strong, &self.held)
    }

    fn weak(&self, node: u32) -> u64 {
        self.n_of(node, Weak, &self.seen)
    }

    fn graph(&self) -> ObjectGraph {
        let mut builder = GraphBuilder::default();
        for node in 0..N_NODES {
            let new = NewNode::new(["A", "B"][node as usize % 2]).sizes(1 << node, 0);
            builder.add_node(new.counts(self.strong(node), self.weak(node)));
        }
        for (place, (source, target, kind)) in self.edges.iter().enumerate() {
            let label = [".x", ".y"][place % 2];
            builder.add_edge(NodeId(*source), NodeId(*target), *kind, label);
        }
        self.roots
            .iter()
            .for_each(|root| builder.add_root("", NodeId(*root)));
        builder.finish()
    }

    fn reached(&self, from: BTreeSet<u32>, kinds: &[EdgeKind]) -> BTreeSet<u32> {
        let mut reached = from;
        for _ in 0..N_NODES {
            for (source, target, kind) in &self.edges {
                if kinds.contains(kind) && reached.contains(source) {
                    reached.insert(*target);
                }
            }
        }
        reached
    }

    /// What holders reach: whoever has a handle, the roots, and what has neither owners nor handles.
    fn live(&self) -> BTreeSet<u32> {
        let is_owned = |node: &u32| {
            self.edges
                .iter()
                .any(|edge| edge.1 == *node && edge.2 == Owned)
        };
        let alone = (0..N_NODES).filter(|node| {
            if is_counted(*node) {
                self.strong(*node) == 0
            } else {
                !is_owned(node)
            }
        });
        let holders = self.held.iter().chain(&self.roots).copied();
        self.reached(holders.chain(alone).collect(), &[Strong, Owned])
    }

    /// What is not live, but whoever has a weak handle can come by.
    fn weakly_held(&self) -> BTreeSet<u32> {
        let live = self.live();
        let from_live = self
            .edges
            .iter()
            .filter(|edge| edge.2 == Weak && live.contains(&edge.0));
        let seen = self
            .seen
            .iter()
            .copied()
            .chain(from_live.map(|edge| edge.1));
        let from = seen.filter(|node| !live.contains(node)).collect();
        &self.reached(from, &[Strong, Owned, Weak]) - &live
    }

    fn leaked(&self) -> BTreeSet<u32> {
        let all: BTreeSet<u32> = (0..N_NODES).collect();
        let unheld = &all - &self.live();
        &unheld - &self.weakly_held()
    }

    /// What is dropped once references are let go, handle by handle.
    fn dropped(&self, is_cut: impl Fn(usize) -> bool) -> BTreeSet<u32> {
        let mut edges: Vec<_> = self
            .edges
            .iter()
            .enumerate()
            .filter(|(place, edge)| [Strong, Owned].contains(&edge.2) && !is_cut(*place))
            .map(|(_, edge)| *edge)
            .collect();
        let mut dropped = BTreeSet::new();
        loop {
            let is_held =
                |node: &u32| self.held.contains(node) || edges.iter().any(|edge| edge.1 == *node);
            let was_held = |node: &u32| {
                self.edges
                    .iter()
                    .any(|edge| edge.1 == *node && [Strong, Owned].contains(&edge.2))
            };
            let next = (0..N_NODES)
                .find(|node| !dropped.contains(node) && was_held(node) && !is_held(node));
            let Some(next) = next else { return dropped };
            edges.retain(|edge| edge.0 != next);
            dropped.insert(next);
        }
    }
}

fn numbers(nodes: &[NodeId]) -> BTreeSet<u32> {
    nodes.iter().map(|node| node.0).collect()
}

/// Which of the references of a heap one of its graph is.
fn place(graph: &ObjectGraph, truth: &Truth, edge: &Edge<'_>) -> usize {
    let nth = graph
        .edges_from(edge.source)
        .position(|other| other.id == edge.id)
        .unwrap();
    let mut of_source = truth
        .edges
        .iter()
        .enumerate()
        .filter(|(_, other)| other.0 == edge.source.0);
    of_source.nth(nth).unwrap().0
}

proptest! {
    #[test]
    fn leaked_is_what_no_holder_reaches(truth in truth()) {
        let found = judged(&truth.graph());
        prop_assert_eq!(numbers(&found.leaked), truth.leaked());
        prop_assert_eq!(numbers(&found.weakly_held), truth.weakly_held());
        prop_assert!(found.withheld.is_empty());
        let bytes: u64 = truth.leaked().into_iter().map(allocated).sum();
        prop_assert_eq!(found.amount.bytes.0, bytes);
        let told = found.kinds.iter().map(|kind| kind.kept().count).sum::<usize>();
        prop_assert_eq!(told + found.hanging_on_several.count, found.leaked.len());
    }

    #[test]
    fn unexplained_is_who_holds_from_outside(truth in truth()) {
        let outside = |node: u32| truth.n_of(node, Strong, &truth.held) - truth.n_of(node, Strong, &[]);
        for (node, count) in unexplained(&truth.graph()) {
            prop_assert_eq!(u64::try_from(count), Ok(outside(node.0)));
        }
    }

    #[test]
    fn what_is_freed_is_what_counting_drops(truth in truth(), cut in any::<u32>()) {
        let graph = truth.graph();
        let found = judged(&graph);
        let is_cut = |place: usize| {
            cut & 1 << place != 0 && found.leaked.contains(&NodeId(truth.edges[place].0))
        };
        let freed = freed_by_counting(&graph, &found.leaked, |edge| is_cut(place(&graph, &truth, edge)));
        prop_assert_eq!(numbers(&freed.nodes), truth.dropped(is_cut));
    }

    /// Fixes leave no cycle of their kind, and free as many objects as is said.
    #[test]
    fn fixes_break_all_cycles_of_their_kind(truth in truth()) {
        let graph = truth.graph();
        let found = judged(&graph);
        let fixed = |edge: &Edge<'_>| found.kinds.iter().flat_map(|kind| &kind.fixes).any(|fix| fix.applies_to(edge));
        let freed = freed_by_counting(&graph, &found.leaked, fixed);
        let is_leaked = |node: &&NodeId| found.leaked.contains(node);
        prop_assert_eq!(freed.nodes.iter().filter(is_leaked).count(), found.n_freed);
        for kind in &found.kinds {
            prop_assert!(kind.fixes.last().is_some_and(|fix| fix.leaves_acyclic));
            prop_assert!(kind.n_freed >= kind.on_cycles.count);
            prop_assert!(kind.n_freed <= kind.kept().count);
            prop_assert!(kind.culprits.iter().all(|culprit| freed.nodes.contains(culprit)));
        }
    }

    /// What is reported twice, wherever it lies, is never taken for another handle.
    #[test]
    fn no_report_makes_leaked_what_is_not(truth in truth(), lies in prop::collection::vec((0..N_NODES, 0..22_usize), 1..4)) {
        let found = judged(&traced(&truth, &lies));
        prop_assert!(numbers(&found.leaked).is_subset(&truth.leaked()), "{:?}", found.withheld);
        let honest = judged(&traced(&truth, &[]));
        prop_assert_eq!(numbers(&honest.leaked), truth.leaked());
    }
}

/// The heap as a trace would find it, with some references reported by others as well.
fn traced(truth: &Truth, lies: &[(u32, usize)]) -> ObjectGraph {
    let mut records = Records::default();
    records.types.push(TypeFacts::of::<u8>());
    for node in 0..N_NODES {
        let own = |(place, edge): (usize, &(u32, u32, EdgeKind))| {
            (edge.0 == node).then_some((place, edge.1, edge.2))
        };
        let lied = |(liar, place): &(u32, usize)| {
            let (_, target, kind) = truth.edges.get(*place)?;
            (*liar == node && *kind == Strong).then_some((*place, *target, *kind))
        };
        let reported = truth.edges.iter().enumerate().filter_map(own);
        let reported = reported.chain(lies.iter().filter_map(lied));
        let first_edge = records.edges.len() as u32;
        for (place, target, kind) in reported {
            let label = Label {
                path: PathId::EMPTY,
                filling: 0,
            };
            records.edges.push(EdgeRecord::new(target, kind, label));
            let is_handle = kind == Strong;
            records
                .handles
                .push(Address(if is_handle { 8 * (place + 1) } else { 0 }));
        }
        let n_edges = records.edges.len() as u32 - first_edge;
        records.nodes.push(record(truth, node, first_edge, n_edges));
    }
    for root in &truth.roots {
        records.roots.push(objgraph_trace::RootRecord {
            name: String::new(),
            node: *root,
            handle: None,
        });
    }
    ObjectGraph::from(records)
}

fn record(truth: &Truth, node: u32, first_edge: u32, n_edges: u32) -> NodeRecord {
    let mut flags = NodeFlags::default();
    flags.set(NodeFlags::SHARED, is_counted(node));
    NodeRecord {
        address: Address(1 << 20),
        type_index: 0,
        strong: truth.strong(node) as u32,
        weak: truth.weak(node) as u16,
        state: State::Traced,
        flags,
        shallow: 1,
        used: 0,
        reserved: 0,
        first_edge,
        n_edges,
    }
}
