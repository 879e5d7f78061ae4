//! Kinds of cycles, what they keep, and what to change.

use super::{Heap, found, judged};
use crate::{Birth, Bytes, LeakKind, NodeId, Reason, freed_by_counting};
use std::panic::Location;

/// The kinds in a line each: cycles, their shape, and objects on them and hanging.
fn kinds(text: &str) -> Vec<String> {
    let kind = |kind: &LeakKind| {
        let (on_cycles, hanging) = (kind.on_cycles.count, kind.hanging.count);
        format!("{} × {kind}: {on_cycles} + {hanging}", kind.culprits.len())
    };
    found(text).1.kinds.iter().map(kind).collect()
}

fn fixes(text: &str) -> Vec<String> {
    let (_, found) = found(text);
    let fixes = found.kinds.iter().flat_map(|kind| &kind.fixes);
    fixes.map(|fix| fix.step.to_string()).collect()
}

#[test]
fn cycles_through_the_same_fields_are_of_one_kind() {
    let text = "a.x=b b.y=a a2.x=b2 b2.y=a2 b2.z=c c.own=c d.own=d";
    let expected = ["2 × A.x → B.y → A: 4 + 1", "1 × D.own → D: 1 + 0"];
    assert_eq!(kinds(text), expected);
}

#[test]
fn of_alike_components_the_same_shortest_cycle_is_taken() {
    let text = "a.x=b b.y=a a.x=c c.z=a  a2.x=c2 c2.z=a2 a2.x=b2 b2.y=a2";
    assert_eq!(kinds(text), ["2 × A.x → B.y → A: 6 + 0"]);
}

#[test]
fn kinds_are_in_the_order_of_what_they_keep_and_then_of_the_alphabet() {
    let text = "b.own=b a.own=a c.own=c c.text=t";
    let expected = [
        "1 × C.own → C: 1 + 1",
        "1 × A.own → A: 1 + 0",
        "1 × B.own → B: 1 + 0",
    ];
    assert_eq!(kinds(text), expected);
}

#[test]
fn what_hangs_on_several_kinds_is_told_once() {
    let text = "a.own=a b.own=b a.c=c b.c=c c.d=d a.e=e a2.own=a2 a2.e=e";
    let (_, leaks) = found(text);
    assert_eq!(
        kinds(text),
        ["2 × A.own → A: 2 + 1", "1 × B.own → B: 1 + 0"]
    );
    let several = leaks.hanging_on_several;
    assert_eq!((several.count, several.bytes), (2, Bytes(64)));
    assert_eq!((leaks.amount.count, leaks.amount.bytes), (6, Bytes(192)));
    assert_eq!(leaks.n_freed, 6);
}

#[test]
fn a_long_cycle_is_written_as_far_as_it_helps() {
    let ring: Vec<_> = (0..30)
        .map(|node| format!("a{node}.x=a{}", (node + 1) % 30))
        .collect();
    let told = kinds(&ring.join(" "));
    let expected = format!("1 × {}… 21 more … → A: 30 + 0", "A.x → ".repeat(9));
    assert_eq!(told, [expected]);
}

#[test]
fn the_field_that_points_back_is_the_one_to_weaken() {
    let text = "a.children=b b.parent=a a.children=b2 b2.parent=a b.text=t";
    let (graph, found) = found(text);
    let kind = &found.kinds[0];
    assert_eq!(fixes(text), ["B.parent"]);
    assert_eq!(kind.fixes[0].n_orphaned, 1);
    let reasons = [
        Reason::PointsBack,
        Reason::LeavesNoCycle,
        Reason::KeepsOwners,
    ];
    assert_eq!(kind.fixes[0].reasons, reasons);
    assert_eq!((kind.n_freed, found.n_freed), (4, 4));
    let example = kind.cycle(&graph);
    assert_eq!(example.to_string(), "A.children → B.parent → A");
    assert_eq!(example.component_size, 3);
}

#[test]
fn what_lives_has_no_part_in_the_fix() {
    // In the living part it is `next` that many would be orphaned by, and there is another cycle.
    let text = "a.next=b b.other=a  +a2 a2.next=b2 b2.other=a2 a2.next=b3 b3.deep=a2 c.next=a2 +c";
    assert_eq!(fixes(text), ["A.next"]);
}

#[test]
fn an_owner_is_weakened_last() {
    assert_eq!(fixes("a.all:b b.other=a"), ["B.other"]);
}

#[test]
fn if_no_field_breaks_all_cycles_several_do() {
    let ring = "a.next=a2 a2.next=a3 a3.next=a a2.prev=a a3.prev=a2 a.prev=a3";
    assert_eq!(fixes(ring), ["A.prev", "A.next"]);
    let (_, found) = found(ring);
    assert!(found.kinds[0].fixes[1].leaves_acyclic && !found.kinds[0].fixes[0].leaves_acyclic);
    assert_eq!(found.kinds[0].n_freed, 3);
}

#[test]
fn a_cycle_that_hangs_on_another_stays_when_that_is_broken() {
    let (_, found) = found("a.own=a a.other=b b.next=c c.next=b");
    let kind = &found.kinds[0];
    assert_eq!((kind.on_cycles.count, kind.hanging.count), (1, 2));
    assert_eq!((kind.n_freed, found.n_freed, found.leaked.len()), (1, 1, 3));
}

#[test]
fn sites_and_serials_are_those_of_the_cycles() {
    let site = Location::caller();
    let graph = Heap::of("a.next=b b.next=a b.text=t c.own=c").graph();
    let birth = |node, serial| Birth {
        node: NodeId(node),
        serial,
        site,
        n_handles: 0,
    };
    let graph = graph.with_births(vec![birth(0, 7), birth(1, 4), birth(3, 1)]);
    let kinds = judged(&graph).kinds;
    let line = format!("{}:{}", site.file(), site.line());
    assert_eq!(kinds[0].sites, [(line, 2)]);
    assert_eq!(
        (&kinds[0].serials, &kinds[1].serials),
        (&Some(4..=7), &None)
    );
    assert!(kinds[1].sites.is_empty());
}

#[test]
fn parallel_references_hold_until_the_last_of_them_goes() {
    let (graph, found) = found("a.x=b a.y=b b.back=a");
    let freed = |fields: &[&str]| {
        let freed = freed_by_counting(&graph, &found.leaked, |edge| {
            fields.contains(&edge.label().as_str())
        });
        freed.nodes.len()
    };
    assert_eq!(
        [freed(&[".x"]), freed(&[".x", ".y"]), freed(&[".back"])],
        [0, 2, 2]
    );
}

#[test]
fn what_others_hold_is_not_freed_and_what_nobody_else_holds_is() {
    let (graph, _) = found("a.own=a a.text=t +t a.more=u u.part:v");
    let freed = freed_by_counting(&graph, &[NodeId(0)], |edge| edge.label() == ".own");
    let nodes = [0, 2, 3].map(NodeId);
    assert_eq!((&freed.nodes[..], freed.bytes), (&nodes[..], Bytes(30)));
}

#[test]
fn a_field_that_is_chosen_for_one_kind_serves_the_others() {
    let text = "a.b=b b.a=a a2.b=b2 b2.a=a2 a2.c=c c.a=a2 c.me=c";
    let all = fixes(text);
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    // Each of the kinds has a cycle of `A.b` and `B.a`; the second has two more.
    assert_eq!((all.len(), distinct.len()), (4, 3), "{all:?}");
    assert_eq!(found(text).1.n_freed, 5);
}
