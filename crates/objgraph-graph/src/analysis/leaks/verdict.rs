//! Who is held, and by what kind of handle.

use super::{Why, Withheld};
use crate::analysis::unexplained::{Handles, weak_found};
use crate::analysis::walk::reach;
use crate::graph::{NodeId, ObjectGraph};
use objgraph_trace::{EdgeKind, NodeFlags, State};

/// A weak count like this or higher is not known exactly.
const MANY: u64 = u16::MAX as u64;

/// What is known of each object before it is asked whether a cycle keeps it.
pub(super) struct Verdict {
    /// Whether no handle from outside leads to it, neither a strong nor a weak one.
    pub(super) is_unheld: Vec<bool>,
    pub(super) weakly_held: Vec<NodeId>,
    pub(super) withheld: Vec<Withheld>,
}

impl Verdict {
    pub(super) fn of(graph: &ObjectGraph, held: &[NodeId]) -> Self {
        let seeds = Seeds::new(graph, held);
        let mut doubts = seeds.doubts;
        let mut is_held = reach(graph, from(&seeds.held, &doubts), |_| true);
        loop {
            let twice = reported_twice(graph, &is_held);
            if twice.is_empty() {
                break;
            }
            doubts.extend(twice);
            is_held = reach(graph, from(&seeds.held, &doubts), |_| true);
        }
        // Those that something known holds anyway need no judgement.
        if !doubts.is_empty() {
            let is_known = reach(graph, from(&seeds.held, &[]), |_| true);
            doubts.retain(|doubt| !is_known[doubt.node.index()]);
        }
        let is_weakly_held = weakly_held(graph, &is_held);
        let is_unheld = |node: NodeId| !is_held[node.index()] && !is_weakly_held[node.index()];
        Self {
            is_unheld: graph.node_ids().map(is_unheld).collect(),
            weakly_held: graph
                .node_ids()
                .filter(|node| is_weakly_held[node.index()])
                .collect(),
            withheld: doubts,
        }
    }
}

fn from(held: &[u32], doubts: &[Withheld]) -> impl Iterator<Item = u32> {
    let doubts = doubts.iter().map(|doubt| doubt.node.0);
    held.iter().copied().chain(doubts)
}

/// Where everything that is held begins.
struct Seeds {
    held: Vec<u32>,
    doubts: Vec<Withheld>,
}

impl Seeds {
    fn new(graph: &ObjectGraph, held: &[NodeId]) -> Self {
        let mut seeds = Self {
            held: held
                .iter()
                .chain(graph.roots.iter().map(|root| &root.node))
                .map(|node| node.0)
                .collect(),
            doubts: Vec::new(),
        };
        let handles = Handles::found(graph);
        for node in graph.node_ids() {
            seeds.look_at(graph, &handles, node);
        }
        let unsteady = graph.store.unsteady().iter();
        seeds.doubts.extend(unsteady.map(|node| Withheld {
            node: NodeId(*node),
            why: Why::Unsteady,
        }));
        seeds
    }

    fn look_at(&mut self, graph: &ObjectGraph, handles: &Handles, node: NodeId) {
        if graph.has_flag(node, NodeFlags::SHARED) {
            let unknown = handles.unexplained(graph, node);
            if unknown > 0 {
                self.held.push(node.0);
            } else if unknown < 0 {
                let n_too_many = unknown.unsigned_abs();
                self.doubts.push(Withheld {
                    node,
                    why: Why::TooManyHandles { n_too_many },
                });
            }
        } else if !handles.has_owner(node) {
            // Something lent it: it lies in a static, on a stack, or in what is not traced.
            self.held.push(node.0);
        }
        let is_busy = [State::MutablyBorrowed, State::Locked].contains(&graph.state(node));
        if is_busy {
            self.doubt_owners(graph, node);
        }
        if graph.has_flag(node, NodeFlags::UNSTEADY) {
            self.doubts.push(Withheld {
                node,
                why: Why::Unsteady,
            });
        }
    }

    /// Whoever uses a cell has got at the object that it lies in.
    fn doubt_owners(&mut self, graph: &ObjectGraph, cell: NodeId) {
        let mut waiting = vec![cell];
        while let Some(node) = waiting.pop() {
            self.doubts.push(Withheld {
                node,
                why: Why::Busy,
            });
            if !graph.has_flag(node, NodeFlags::SHARED) {
                let owners = graph
                    .edges_to(node)
                    .filter(|edge| edge.kind == EdgeKind::Owned);
                waiting.extend(owners.map(|edge| edge.source));
            }
        }
    }
}

/// The objects that nothing holds but what was reported twice at one place.
fn reported_twice(graph: &ObjectGraph, is_held: &[bool]) -> Vec<Withheld> {
    let unheld = graph.node_ids().filter(|node| !is_held[node.index()]);
    let edges = unheld.flat_map(|node| graph.edges_from(node));
    let strong =
        edges.filter(|edge| edge.kind == EdgeKind::Strong && !is_held[edge.target.index()]);
    let mut handles: Vec<_> = strong
        .filter_map(|edge| Some((graph.store.handle(edge.id.0)?, edge.target, edge.source)))
        .collect();
    handles.sort_unstable();
    let twice = handles.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    twice
        .map(|pair| Withheld {
            node: pair[1].1,
            why: Why::ReportedTwice {
                type_name: graph.node(pair[1].2).type_name().to_owned(),
            },
        })
        .collect()
}

/// Of the objects that no strong handle from outside leads to, those that a weak one does.
fn weakly_held(graph: &ObjectGraph, is_held: &[bool]) -> Vec<bool> {
    let mut is_found = vec![false; graph.n_nodes()];
    if is_held.iter().all(|is_held| *is_held) {
        return is_found;
    }
    let weak_found = weak_found(graph);
    let mut waiting: Vec<NodeId> = graph
        .node_ids()
        .filter(|node| !is_held[node.index()] && has_unknown_weak(graph, &weak_found, *node))
        .collect();
    let held = graph.node_ids().filter(|node| is_held[node.index()]);
    let edges = held.flat_map(|node| graph.edges_from(node));
    waiting.extend(
        edges
            .filter(|edge| edge.kind == EdgeKind::Weak)
            .map(|edge| edge.target),
    );
    while let Some(node) = waiting.pop() {
        // Of what is dropped, nothing is left that could leak.
        let is_gone = graph.state(node) == State::Dropped;
        if is_gone || is_held[node.index()] || std::mem::replace(&mut is_found[node.index()], true)
        {
            continue;
        }
        let edges = graph.edges_from(node);
        let follows = |kind: EdgeKind| kind.keeps_alive() || kind == EdgeKind::Weak;
        waiting.extend(
            edges
                .filter(|edge| follows(edge.kind))
                .map(|edge| edge.target),
        );
    }
    is_found
}

/// Whether an object has weak handles that nothing found explains, or may have some.
fn has_unknown_weak(graph: &ObjectGraph, weak_found: &[u32], node: NodeId) -> bool {
    let n_weak = graph.store.weak(node.0);
    let of_tracking = graph.births.of(node).map_or(0, |birth| birth.n_handles);
    let n_known = u64::from(weak_found[node.index()]) + u64::from(of_tracking);
    graph.has_flag(node, NodeFlags::SHARED) && (n_weak >= MANY || n_weak != n_known)
}
