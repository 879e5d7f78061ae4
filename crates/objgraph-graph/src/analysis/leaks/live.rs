//! Which objects live: those that something holds which is not in the graph, and what they keep alive.

use super::handles::Holders;
use super::withheld::{Doubt, Doubted};
use crate::analysis::walk::{Follow, owning};
use crate::graph::{NodeId, ObjectGraph};
use objgraph_trace::{NodeFlags, State};

/// Objects that live for all that is known.
pub(super) struct Live {
    is_live: Vec<bool>,
    /// Live objects whose references are still to be followed.
    waiting: Vec<u32>,
}

/// Why an object is taken to live.
enum Claim {
    /// Nothing says that it does.
    None,
    /// Something unknown holds it, or nothing is known of who does.
    Held,
    /// What was seen of it is not believed.
    Doubted(Doubt),
}

impl Live {
    /// Roots, what is known or found to be held, and what these keep alive; and the objects that could not be judged.
    pub(super) fn of(graph: &ObjectGraph, held: &[NodeId]) -> (Self, Vec<Doubted>) {
        let mut live = Self {
            is_live: vec![false; graph.n_nodes()],
            waiting: Vec::new(),
        };
        let roots = graph.roots().iter().map(|root| root.node);
        for node in roots.chain(held.iter().copied()) {
            live.is_live[node.index()] = true;
        }
        let holders = Holders::of(graph);
        let mut doubted = Vec::new();
        owning!(graph, rows => live.sweep(&rows, |node| {
            let node = NodeId(node);
            match claim(graph, &holders, node) {
                Claim::None => false,
                Claim::Held => true,
                Claim::Doubted(doubt) => {
                    doubted.push(Doubted { node, doubt });
                    false
                }
            }
        }));
        let changed = graph.store.unsteady().iter().map(|node| Doubted {
            node: NodeId(*node),
            doubt: Doubt::Changed,
        });
        doubted.extend(changed);
        doubted.retain(|doubted| !live.contains(doubted.node));
        (live, doubted)
    }

    #[inline]
    pub(super) fn contains(&self, node: NodeId) -> bool {
        self.is_live[node.index()]
    }

    /// The objects that do not live, in visiting order.
    pub(super) fn others(&self) -> impl Iterator<Item = NodeId> {
        let numbered = (0..).zip(&self.is_live);
        numbered.filter_map(|(node, is_live)| (!is_live).then_some(NodeId(node)))
    }

    /// Adds objects and what they keep alive; gives how many did not live before.
    pub(super) fn add(
        &mut self,
        graph: &ObjectGraph,
        nodes: impl IntoIterator<Item = NodeId>,
    ) -> usize {
        let mut n_new = 0;
        for node in nodes {
            n_new += usize::from(self.find(node.0));
        }
        owning!(graph, rows => while let Some(node) = self.waiting.pop() {
            for target in rows.row(node).filter_map(|edge| rows.follow(edge)) {
                n_new += usize::from(self.find(target));
            }
        });
        n_new
    }

    fn find(&mut self, node: u32) -> bool {
        let is_new = !std::mem::replace(&mut self.is_live[node as usize], true);
        if is_new {
            self.waiting.push(node);
        }
        is_new
    }

    /// Spreads from all objects of which `is_held` is true.
    ///
    /// In the order in which objects lie in memory: most references lead to objects that were found later, and those are
    /// followed when it is their turn. Only what lies before is followed at once.
    fn sweep(&mut self, rows: &impl Follow, mut is_held: impl FnMut(u32) -> bool) {
        for node in 0..self.is_live.len() as u32 {
            if !self.is_live[node as usize] && !is_held(node) {
                continue;
            }
            self.is_live[node as usize] = true;
            self.follow(rows, node, node);
            while let Some(before) = self.waiting.pop() {
                self.follow(rows, before, node);
            }
        }
    }

    #[inline]
    fn follow(&mut self, rows: &impl Follow, node: u32, n_swept: u32) {
        for target in rows.row(node).filter_map(|edge| rows.follow(edge)) {
            let is_new = !std::mem::replace(&mut self.is_live[target as usize], true);
            if is_new && target < n_swept {
                self.waiting.push(target);
            }
        }
    }
}

#[inline]
fn claim(graph: &ObjectGraph, holders: &Holders, node: NodeId) -> Claim {
    let external = match holders.external(graph, node) {
        // Of what is dropped, or is still being made, no handle says anything.
        Some(_) if graph.store.strong(node.0) == 0 => return Claim::Held,
        Some(external) => external,
        None if !holders.has_owner(node) => return Claim::Held,
        None => 0,
    };
    match (external, graph.state(node)) {
        (1.., _) => Claim::Held,
        (..0, _) => Claim::Doubted(Doubt::OverReported),
        (0, State::MutablyBorrowed | State::Locked) => Claim::Doubted(Doubt::Busy),
        (0, _) if graph.has_flag(node, NodeFlags::UNSTEADY) => Claim::Doubted(Doubt::Unsteady),
        (0, _) => Claim::None,
    }
}
