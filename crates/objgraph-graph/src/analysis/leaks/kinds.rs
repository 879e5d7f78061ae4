//! The cycles that everything leaked hangs on, by their shape.

use super::LeakKind;
use crate::analysis::components::Components;
use crate::analysis::cycles::cycle_around;
use crate::analysis::kept::allocated;
use crate::analysis::walk::Breadth;
use crate::analysis::weaken::edges_to_weaken_of;
use crate::graph::{NodeId, ObjectGraph};
use crate::names::step;
use crate::node::Bytes;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// On which kinds of cycles an object hangs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HangsOn {
    Nothing,
    Kind(usize),
    Several,
}

pub(super) fn kinds(
    graph: &ObjectGraph,
    components: &Components,
    leaked: &[NodeId],
    is_leaked: &[bool],
) -> Vec<LeakKind> {
    let culprits = culprits(graph, components, leaked);
    let groups = groups(graph, components, &culprits);
    let hangs_on = hangs_on(graph, components, leaked, &groups);
    let mut kinds: Vec<LeakKind> = groups
        .iter()
        .map(|members| kind(graph, components, members))
        .collect();
    for node in leaked {
        if let HangsOn::Kind(number) = hangs_on[node.index()] {
            let kind = &mut kinds[number];
            kind.bytes = kind.bytes.saturating_add(allocated(graph, *node));
            kind.n_hanging += 1;
        }
    }
    for kind in &mut kinds {
        kind.n_hanging -= kind.n_on_cycles;
    }
    debug_assert!(leaked.iter().all(|node| is_leaked[node.index()]));
    kinds.sort_by(|one, other| {
        (Reverse(one.bytes), &one.shape).cmp(&(Reverse(other.bytes), &other.shape))
    });
    kinds
}

/// The components with a cycle that no other leaked component leads to.
fn culprits<'c>(
    graph: &ObjectGraph,
    components: &'c Components,
    leaked: &[NodeId],
) -> Vec<&'c [NodeId]> {
    let mut is_led_to = vec![false; components.count()];
    for edge in leaked.iter().flat_map(|node| graph.edges_from(*node)) {
        if edge.kind.keeps_alive() && !components.are_together(edge.source, edge.target) {
            is_led_to[components.of(edge.target).0 as usize] = true;
        }
    }
    let mut culprits: Vec<&[NodeId]> = leaked
        .iter()
        .filter(|node| !is_led_to[components.of(**node).0 as usize])
        .filter_map(|node| {
            components
                .around(*node)
                .filter(|members| members[0] == *node)
        })
        .collect();
    culprits.sort_unstable_by_key(|members| members[0]);
    culprits
}

/// The type of a referrer, its field, and the type of the referent.
type KindStep = (usize, u64, usize);

/// Components whose references take the same steps are of one kind.
fn groups<'c>(
    graph: &ObjectGraph,
    components: &Components,
    culprits: &[&'c [NodeId]],
) -> Vec<Vec<&'c [NodeId]>> {
    let mut groups: BTreeMap<Vec<KindStep>, Vec<&[NodeId]>> = BTreeMap::new();
    for members in culprits {
        let mut steps = Vec::new();
        for edge in members.iter().flat_map(|node| graph.edges_from(*node)) {
            if edge.kind.keeps_alive() && components.are_together(edge.source, edge.target) {
                let target_type = graph.store.type_index(edge.target.0);
                steps.push((
                    edge.type_index(),
                    graph.store.field_code(edge.id),
                    target_type,
                ));
            }
        }
        steps.sort_unstable();
        steps.dedup();
        groups.entry(steps).or_default().push(members);
    }
    let mut groups: Vec<Vec<&[NodeId]>> = groups.into_values().collect();
    groups.sort_by_key(|members| members[0][0]);
    groups
}

/// Goes from the culprits down, component by component in topological order.
fn hangs_on(
    graph: &ObjectGraph,
    components: &Components,
    leaked: &[NodeId],
    groups: &[Vec<&[NodeId]>],
) -> Vec<HangsOn> {
    let mut of_component = vec![HangsOn::Nothing; components.count()];
    for (number, members) in groups.iter().enumerate() {
        for members in members {
            of_component[components.of(members[0]).0 as usize] = HangsOn::Kind(number);
        }
    }
    let mut nodes = leaked.to_vec();
    nodes.sort_unstable_by_key(|node| components.of(*node));
    for edge in nodes.iter().flat_map(|node| graph.edges_from(*node)) {
        if !edge.kind.keeps_alive() {
            continue;
        }
        let above = of_component[components.of(edge.source).0 as usize];
        let below = &mut of_component[components.of(edge.target).0 as usize];
        *below = match *below {
            HangsOn::Nothing => above,
            known if known == above => known,
            _ => HangsOn::Several,
        };
    }
    let mut hangs_on = vec![HangsOn::Nothing; graph.n_nodes()];
    for node in leaked {
        hangs_on[node.index()] = of_component[components.of(*node).0 as usize];
    }
    hangs_on
}

fn kind(graph: &ObjectGraph, components: &Components, members: &[&[NodeId]]) -> LeakKind {
    let mut breadth = Breadth::new(graph.n_nodes());
    let smallest = members.iter().min_by_key(|members| members.len());
    let starts = smallest
        .into_iter()
        .flat_map(|members| members.iter().take(64));
    let cycle = starts
        .filter_map(|start| cycle_around(graph, components, *start, &mut breadth))
        .min_by_key(|cycle| cycle.nodes.len())
        .expect("a culprit has a cycle through each of its objects");
    let nodes = || members.iter().copied().flatten();
    let serials = nodes().filter_map(|node| graph.node(*node).serial());
    let serials = serials.fold(None, |ends: Option<(u64, u64)>, serial| {
        let (low, high) = ends.unwrap_or((serial, serial));
        Some((low.min(serial), high.max(serial)))
    });
    let mut sites: BTreeMap<&str, usize> = BTreeMap::new();
    for site in nodes()
        .map(|node| graph.node(*node).site())
        .filter(|site| !site.is_empty())
    {
        *sites.entry(site).or_default() += 1;
    }
    let mut sites: Vec<(String, usize)> = sites
        .into_iter()
        .map(|(site, count)| (site.to_owned(), count))
        .collect();
    sites.sort_by_key(|site| Reverse(site.1));
    let shape = cycle
        .nodes
        .iter()
        .zip(&cycle.edges)
        .filter_map(|(node, edge)| {
            let field = graph.edge_from(*node, *edge)?.field();
            Some(step(graph.node(*node).type_name(), &field))
        });
    let mut shape: Vec<String> = shape.collect();
    shape.push(graph.node(cycle.nodes[0]).type_name().to_owned());
    LeakKind {
        shape: shape.join(" → "),
        n_cycles: members.len(),
        n_on_cycles: nodes().count(),
        n_hanging: 0,
        bytes: Bytes::default(),
        fixes: edges_to_weaken_of(graph, components, members),
        sites,
        serials,
        example: (cycle.nodes, cycle.edges),
    }
}
