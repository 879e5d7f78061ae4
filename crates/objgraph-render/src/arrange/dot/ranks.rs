//! Subgraphs whose nodes stand in one row: `rank`.

use crate::dot::DotGraph;
use objgraph_layout::{RankGroup, RankKind};

/// The groups of a graph, in the order of their subgraphs.
pub(super) fn groups(graph: &DotGraph) -> Vec<RankGroup> {
    let mut groups: Vec<RankGroup> = Vec::new();
    let mut group_of = vec![None; graph.subgraphs.len()];
    for (index, subgraph) in graph.subgraphs.iter().enumerate() {
        if subgraph.is_cluster() {
            continue;
        }
        // What is in a group belongs to it, however deep.
        let around = subgraph.parent.and_then(|parent| group_of[parent]);
        let own = subgraph.attributes.text("rank").and_then(kind);
        let group = around.or_else(|| {
            own.map(|kind| {
                groups.push(RankGroup {
                    kind,
                    ..RankGroup::default()
                });
                groups.len() - 1
            })
        });
        group_of[index] = group;
        if let Some(group) = group {
            groups[group].boxes.extend(&subgraph.nodes);
        }
    }
    groups.retain(|group| !group.boxes.is_empty());
    groups
}

fn kind(rank: &str) -> Option<RankKind> {
    Some(match rank {
        "same" => RankKind::Same,
        "min" => RankKind::Min,
        "source" => RankKind::Source,
        "max" => RankKind::Max,
        "sink" => RankKind::Sink,
        _ => return None,
    })
}

/// A sentence on groups that cannot be kept whole.
pub(super) fn warning(graph: &DotGraph, groups: &[RankGroup]) -> Option<String> {
    let cluster = |node: &usize| graph.nodes[*node].cluster;
    let is_torn = |group: &&RankGroup| {
        let mut clusters = group.boxes.iter().map(cluster);
        let first = clusters.next();
        clusters.any(|cluster| Some(cluster) != first)
    };
    match groups.iter().filter(is_torn).count() {
        0 => None,
        1 => Some("1 subgraph with a rank has nodes of several clusters, and is in one row in each of them only".to_owned()),
        n => Some(format!("{n} subgraphs with a rank have nodes of several clusters, and are in one row in each of them only")),
    }
}
