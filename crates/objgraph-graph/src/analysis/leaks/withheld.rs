//! Verdicts that are withheld, since what was seen cannot be believed.

use super::live::Live;
use super::twice::reported_twice;
use crate::graph::{NodeId, ObjectGraph};
use objgraph_trace::{EdgeKind, NodeFlags};
use std::collections::BTreeMap;
use std::fmt;

/// Objects that are not judged, and the type that is the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Withheld {
    /// The name of the type, without module paths.
    pub type_name: String,
    /// What is wrong with its objects, or with its impl of `Trace`.
    pub doubt: Doubt,
    /// One of its objects.
    pub example: NodeId,
    /// How many objects nothing else keeps live that is known. What several types keep live is counted with the first.
    pub n_objects: usize,
}

/// Why it is not said whether objects are leaked. Displayed as a clause: "reports one handle twice".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Doubt {
    /// An impl reports more strong handles to an object than there are.
    OverReported,
    /// An impl reports a handle that is reported already; one that is not seen may take its place.
    ReportedTwice,
    /// It holds pointers that change without a lock, so that a handle may be seen in two places or in none.
    Unsteady,
    /// It is locked or mutably borrowed, so somebody is using it.
    Busy,
    /// Its counts changed while they were read.
    Changed,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OverReported => "reports more handles than there are",
            Self::ReportedTwice => "reports one handle twice",
            Self::Unsteady => "changes without a lock",
            Self::Busy => "is locked or mutably borrowed",
            Self::Changed => "changed while it was looked at",
        })
    }
}

/// An object that is not judged.
pub(super) struct Doubted {
    pub(super) node: NodeId,
    pub(super) doubt: Doubt,
}

/// The objects that are not judged because of a type, and one of the type.
struct Group {
    example: NodeId,
    nodes: Vec<NodeId>,
}

/// Lets live what cannot be judged, and says why.
pub(super) fn withheld(graph: &ObjectGraph, live: &mut Live, doubted: &[Doubted]) -> Vec<Withheld> {
    let blamed = doubted.iter().flat_map(|doubted| blamed(graph, doubted));
    let mut withheld = grouped(graph, blamed).withhold(graph, live);
    let twice = reported_twice(graph, live);
    let twice = twice.map(|(culprit, node)| (Doubt::ReportedTwice, culprit, node));
    withheld.extend(grouped(graph, twice).withhold(graph, live));
    withheld
}

/// Objects that are not judged because of one: the doubt, the object at fault, and the object.
fn blamed(graph: &ObjectGraph, doubted: &Doubted) -> Vec<(Doubt, NodeId, NodeId)> {
    let Doubted { node, doubt } = *doubted;
    let (culprit, nodes) = match doubt {
        Doubt::OverReported => (most_reporting(graph, node), vec![node]),
        Doubt::Busy => (Some(node), with_owners(graph, node)),
        _ => (Some(node), vec![node]),
    };
    let blamed = culprit.into_iter().flat_map(|culprit| {
        let nodes = nodes.iter();
        nodes.map(move |node| (doubt, culprit, *node))
    });
    blamed.collect()
}

/// A cell in use and what it lies in, up to a counted object: whoever uses it has got there.
fn with_owners(graph: &ObjectGraph, cell: NodeId) -> Vec<NodeId> {
    let mut nodes = vec![cell];
    let mut place = 0;
    while let Some(node) = nodes.get(place).copied() {
        let owners = graph
            .edges_to(node)
            .filter(|edge| edge.kind == EdgeKind::Owned);
        if !graph.has_flag(node, NodeFlags::SHARED)
            && let Some(owner) = owners.map(|edge| edge.source).next()
            && !nodes.contains(&owner)
        {
            nodes.push(owner);
        }
        place += 1;
    }
    nodes
}

/// The object that reports most strong handles to another; of several, the first.
fn most_reporting(graph: &ObjectGraph, node: NodeId) -> Option<NodeId> {
    let mut counts: BTreeMap<NodeId, usize> = BTreeMap::new();
    for edge in graph
        .edges_to(node)
        .filter(|edge| edge.kind == EdgeKind::Strong)
    {
        *counts.entry(edge.source).or_default() += 1;
    }
    // The last of equal ones is the greatest.
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(referrer, _)| referrer)
}

/// Groups by the doubt and the type at fault.
struct Groups(BTreeMap<(Doubt, String), Group>);

fn grouped(graph: &ObjectGraph, culprits: impl Iterator<Item = (Doubt, NodeId, NodeId)>) -> Groups {
    let mut groups = BTreeMap::new();
    for (doubt, culprit, node) in culprits {
        let type_name = graph.node(culprit).type_name().to_owned();
        let group = groups.entry((doubt, type_name)).or_insert_with(|| Group {
            example: culprit,
            nodes: Vec::new(),
        });
        group.nodes.push(node);
    }
    Groups(groups)
}

impl Groups {
    /// Lets the objects live, group by group. That an object is busy is worth a word only if that makes a difference.
    fn withhold(self, graph: &ObjectGraph, live: &mut Live) -> Vec<Withheld> {
        let mut withheld = Vec::new();
        for ((doubt, type_name), group) in self.0 {
            let n_objects = live.add(graph, group.nodes);
            if n_objects > 0 || matches!(doubt, Doubt::OverReported | Doubt::ReportedTwice) {
                withheld.push(Withheld {
                    type_name,
                    doubt,
                    example: group.example,
                    n_objects,
                });
            }
        }
        withheld
    }
}
