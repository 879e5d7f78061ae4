//! Sums over groups of objects, whatever the groups are.

use crate::analysis::dominators::Dominators;
use crate::graph::{NodeId, ObjectGraph};
use crate::node::{Bytes, Node};
use std::cmp::Reverse;

/// How statistics are sorted; equal ones by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatsOrder {
    /// The most objects first.
    #[default]
    Count,
    /// The most bytes of the objects themselves first.
    Shallow,
    /// The most bytes of their buffers first.
    Owned,
    /// The most retained bytes first, if they are asked for.
    Retained,
    /// By name.
    Name,
}

/// What statistics tell, and in which order.
#[derive(Clone, Copy, Debug, Default)]
pub struct StatsOptions<'d> {
    order: StatsOrder,
    dominators: Option<&'d Dominators>,
}

impl<'d> StatsOptions<'d> {
    /// What comes first. Default: the most objects.
    #[must_use]
    pub fn order(mut self, order: StatsOrder) -> Self {
        self.order = order;
        self
    }

    /// Tells retained bytes too, by the dominators of the same graph. Default: not told.
    #[must_use]
    pub fn retained(mut self, dominators: &'d Dominators) -> Self {
        self.dominators = Some(dominators);
        self
    }
}

/// The objects of one group, together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    pub(crate) count: usize,
    pub(crate) shallow: Bytes,
    pub(crate) owned: Bytes,
    pub(crate) retained: Option<Bytes>,
}

/// The groups that have objects, by number, sorted.
pub(crate) fn totals<'n>(
    graph: &ObjectGraph,
    options: &StatsOptions<'_>,
    names: &[(&'n str, &'n str)],
    group_of: impl Fn(NodeId) -> Option<usize>,
) -> Vec<(usize, Totals)> {
    let mut totals = vec![Totals::default(); names.len()];
    for node in graph.node_ids() {
        if let Some(group) = group_of(node) {
            totals[group].count(graph, node);
        }
    }
    if let Some(dominators) = options.dominators {
        add_retained(&mut totals, dominators, group_of);
    }
    let counted = totals.into_iter().enumerate();
    let mut counted: Vec<_> = counted.filter(|(_, totals)| totals.count > 0).collect();
    counted.sort_by_key(|(group, totals)| (Reverse(totals.rank(options.order)), names[*group]));
    counted
}

/// The group of an object by its type, for those that match.
pub(crate) fn by_type(
    graph: &ObjectGraph,
    matches: impl Fn(Node<'_>) -> bool,
    group_of_type: impl Fn(usize) -> usize,
) -> impl Fn(NodeId) -> Option<usize> {
    move |node| {
        let is_counted = matches(graph.node(node));
        is_counted.then(|| group_of_type(graph.store.type_index(node.0)))
    }
}

impl Totals {
    fn count(&mut self, graph: &ObjectGraph, node: NodeId) {
        let [shallow, owned, _] = graph.sizes(node);
        self.count += 1;
        self.shallow = self.shallow.saturating_add(shallow);
        self.owned = self.owned.saturating_add(owned);
    }

    fn rank(&self, order: StatsOrder) -> u64 {
        match order {
            StatsOrder::Count => self.count as u64,
            StatsOrder::Shallow => self.shallow.0,
            StatsOrder::Owned => self.owned.0,
            StatsOrder::Retained => self.retained.unwrap_or_default().0,
            StatsOrder::Name => 0,
        }
    }
}

/// Adds what objects retain that are dominated by no other of their group, so that nothing counts twice.
///
/// The objects below one stand right behind it in the dominator tree: those of its group in that stretch are passed
/// over.
fn add_retained(
    totals: &mut [Totals],
    dominators: &Dominators,
    group_of: impl Fn(NodeId) -> Option<usize>,
) {
    let mut counted_up_to = vec![0; totals.len()];
    totals
        .iter_mut()
        .for_each(|totals| totals.retained = Some(Bytes(0)));
    for (place, node) in dominators.preorder().iter().enumerate() {
        let Some(group) = group_of(*node).filter(|group| counted_up_to[*group] <= place) else {
            continue;
        };
        counted_up_to[group] = place + dominators.n_retained(*node);
        let retained = totals[group].retained.unwrap_or_default();
        totals[group].retained = Some(retained.saturating_add(dominators.retained(*node)));
    }
}
