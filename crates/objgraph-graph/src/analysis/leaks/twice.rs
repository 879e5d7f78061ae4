//! Strong handles that were reported twice: by two references that lie at one place.

use super::live::Live;
use crate::graph::{Edge, NodeId, ObjectGraph};
use objgraph_trace::{Address, EdgeKind};

/// A handle that leads to an object which is believed to be leaked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Handle {
    place: Address,
    referrer: NodeId,
    target: NodeId,
}

/// The objects that are believed to be leaked and that a handle leads to which others report, too, each with an object at
/// fault.
///
/// If one is counted twice, another may be missing that nobody has seen: an impl reports a handle of its own twice, or
/// one that is another's. The object at fault is the one in whose own memory the handle does not lie; if that does not tell
/// them apart, both.
pub(super) fn reported_twice(
    graph: &ObjectGraph,
    live: &Live,
) -> impl Iterator<Item = (NodeId, NodeId)> {
    let mut handles = handles_to_leaked(graph, live);
    handles.sort_unstable();
    let others = first_to_live(graph, live, &handles);
    let mut found = Vec::new();
    for at_one_place in handles.chunk_by(|one, other| one.place == other.place) {
        let place = at_one_place[0].place;
        let other = others
            .binary_search_by_key(&place, |(place, _)| *place)
            .ok();
        let other = other.map(|place| others[place].1);
        if at_one_place.len() == 1 && other.is_none() {
            continue;
        }
        let mut referrers: Vec<NodeId> =
            at_one_place.iter().map(|handle| handle.referrer).collect();
        referrers.extend(other);
        referrers.dedup();
        let at_fault = at_fault(graph, place, &referrers);
        for handle in at_one_place {
            found.extend(at_fault.iter().map(|culprit| (*culprit, handle.target)));
        }
    }
    found.into_iter()
}

fn at_fault(graph: &ObjectGraph, place: Address, referrers: &[NodeId]) -> Vec<NodeId> {
    let owns = |node: &NodeId| {
        let offset = (place.0 as u64).checked_sub(graph.store.address(node.0));
        offset.is_some_and(|offset| offset < graph.sizes(*node)[0].0)
    };
    let strangers: Vec<_> = referrers
        .iter()
        .copied()
        .filter(|node| !owns(node))
        .collect();
    if strangers.is_empty() || strangers.len() == referrers.len() {
        return referrers.to_vec();
    }
    strangers
}

fn handles_to_leaked(graph: &ObjectGraph, live: &Live) -> Vec<Handle> {
    let edges = live.others().flat_map(|node| graph.edges_from(node));
    let to_leaked = edges.filter(|edge| !live.contains(edge.target));
    to_leaked.filter_map(|edge| handle(graph, &edge)).collect()
}

fn handle(graph: &ObjectGraph, edge: &Edge<'_>) -> Option<Handle> {
    Some(Handle {
        place: (edge.kind == EdgeKind::Strong).then(|| graph.store.handle(edge.id.0))??,
        referrer: edge.source,
        target: edge.target,
    })
}

/// For each place at which a handle to a live object is reported as well, the first who reports it.
///
/// The trace does not look up an object with a single handle, so that it becomes two if the handle is reported twice, and
/// one of them may live: by the trace's own handle, or by who reports it.
fn first_to_live(graph: &ObjectGraph, live: &Live, handles: &[Handle]) -> Vec<(Address, NodeId)> {
    let Some(filter) = Filter::of(handles) else {
        return Vec::new();
    };
    let edges = graph.node_ids().flat_map(|node| graph.edges_from(node));
    let edges = edges.filter(|edge| live.contains(edge.target));
    let there = edges
        .filter_map(|edge| handle(graph, &edge))
        .filter(|handle| filter.may_have(handle.place))
        .filter(|handle| {
            handles
                .binary_search_by_key(&handle.place, |known| known.place)
                .is_ok()
        });
    let mut found: Vec<_> = there
        .map(|handle| (handle.place, handle.referrer))
        .collect();
    found.sort_unstable();
    found.dedup_by_key(|(place, _)| *place);
    found
}

/// Tells most places that are not among some at one look, since a search among millions takes long.
struct Filter {
    bits: Vec<u64>,
}

impl Filter {
    /// `None` if there are no handles.
    fn of(handles: &[Handle]) -> Option<Self> {
        let n_words = (!handles.is_empty()).then(|| (handles.len() / 8 + 1).next_power_of_two())?;
        let mut filter = Self {
            bits: vec![0; n_words],
        };
        for handle in handles {
            let (word, bit) = filter.bit(handle.place);
            filter.bits[word] |= bit;
        }
        Some(filter)
    }

    fn may_have(&self, place: Address) -> bool {
        let (word, bit) = self.bit(place);
        self.bits[word] & bit != 0
    }

    /// Handles are words, and neighbours have bits beside each other.
    fn bit(&self, place: Address) -> (usize, u64) {
        let number = place.0 / size_of::<usize>();
        ((number / 64) & (self.bits.len() - 1), 1 << (number % 64))
    }
}
