//! Each clause of the proof on the smallest heap.

use super::{Heap, found, judged, leaked, weakly_held, withheld};
use crate::{Birth, GraphBuilder, LeaksOptions, NewNode, NodeId, leaks};
use objgraph_trace::EdgeKind::{Strong, Weak};
use objgraph_trace::State;
use std::panic::Location;

#[test]
fn a_cycle_that_nothing_else_holds_is_leaked() {
    assert_eq!(leaked("a.next=b b.next=a"), "a b");
    assert_eq!(leaked("a.own=a"), "a");
    assert_eq!(leaked("a.x=b a.y=b b.x=a b.y=a"), "a b");
}

#[test]
fn a_handle_that_nobody_finds_keeps_alive() {
    assert_eq!(leaked("a.next=b b.next=a +a"), "");
    assert_eq!(leaked("a.next=b b.next=a b.text=c +b"), "");
    assert_eq!(leaked("a.next=b b.next=a b.text=c +c"), "a b");
}

#[test]
fn roots_live_whether_they_are_handles_or_not() {
    assert_eq!(leaked("a.next=b b.next=a @a"), "");
    let mut builder = GraphBuilder::default();
    let [a, b] = [2, 1].map(|strong| builder.add_node(NewNode::new("A").counts(strong, 0)));
    builder.add_edge(a, b, Strong, "");
    builder.add_edge(b, a, Strong, "");
    builder.add_handle_root("local", a);
    assert!(judged(&builder.finish()).is_empty());
}

#[test]
fn what_hangs_on_a_leaked_cycle_is_leaked_with_it() {
    assert_eq!(leaked("a.own=a a.text:t a.other=b b.text:u"), "a b t u");
    assert_eq!(leaked("a.own=a a.other=b b.own=b"), "a b");
}

#[test]
fn what_lives_keeps_alive_what_a_leaked_cycle_leads_to_as_well() {
    assert_eq!(leaked("a.own=a a.other=b c.b=b +c b.own=b"), "a");
}

#[test]
fn what_is_reached_without_being_owned_lives() {
    assert_eq!(leaked("a.own=a a.static&s s.cell=b b.own=b"), "a");
}

#[test]
fn an_object_with_owners_that_are_not_counted_is_no_proof() {
    // Of what has a strong referrer and no count, it is not known how many handles there are.
    let mut builder = GraphBuilder::default();
    let node = builder.add_node(NewNode::new("A"));
    builder.add_edge(node, node, Strong, "");
    assert!(judged(&builder.finish()).is_empty());
}

#[test]
fn what_is_dropped_already_is_not_leaked() {
    let mut builder = GraphBuilder::default();
    let [a, b] = [("A", 1, 0, State::Traced), ("B", 0, 1, State::Dropped)].map(
        |(name, strong, weak, state)| {
            builder.add_node(NewNode::new(name).counts(strong, weak).state(state))
        },
    );
    builder.add_edge(a, a, Strong, "");
    builder.add_edge(a, b, Weak, "");
    assert_eq!(judged(&builder.finish()).leaked, [a]);
}

#[test]
fn a_busy_cell_and_what_it_lies_in_are_not_judged_nor_what_they_lead_to() {
    let (_, found) = found("a.own=a a.part:b b.cell:c c.item=d e.own=e !c");
    assert_eq!(found.leaked, [NodeId(4)]);
    assert_eq!(withheld(&found), ["C is locked or mutably borrowed: 4"]);
}

#[test]
fn who_is_known_to_be_held_is_held() {
    let graph = Heap::of("a.own=a b.own=b b.c=c").graph();
    let options = LeaksOptions::default().held([NodeId(1)]);
    assert_eq!(leaks(&graph, &options).leaked, [NodeId(0)]);
}

#[test]
fn a_busy_cell_that_lives_anyway_is_not_worth_a_word() {
    let (_, found) = found("a.cell:c c.item=a +a !c");
    assert_eq!((found.leaked.len(), withheld(&found).len()), (0, 0));
}

#[test]
fn more_references_than_handles_withhold_the_verdict_and_name_the_type() {
    let (_, found) = found("a.x=b a.y=b c.x=b b.next=a b.next=c -b");
    assert!(found.leaked.is_empty());
    assert_eq!(
        withheld(&found),
        ["A reports more handles than there are: 3"]
    );
    assert_eq!(found.withheld[0].example, NodeId(0));
}

#[test]
fn weak_handles_that_nobody_finds_are_told_apart() {
    let text = "a.next=b b.next=a b.text=c ?b d.own=d";
    assert_eq!(
        (weakly_held(text), leaked(text)),
        ("a b c".into(), "d".into())
    );
}

#[test]
fn weak_references_of_live_objects_are_told_apart_and_those_of_leaked_ones_are_not() {
    assert_eq!(weakly_held("a.own=a b.see~a +b"), "a");
    assert_eq!(weakly_held("a.own=a b.see~a @b"), "a");
    assert_eq!(weakly_held("a.own=a c.own=c c.see~a"), "");
    assert_eq!(leaked("a.own=a c.own=c c.see~a"), "a c");
}

#[test]
fn a_weak_reference_leads_on_from_what_a_live_one_can_reach() {
    assert_eq!(weakly_held("a.own=a a.see~b b.own=b ?a"), "a b");
}

#[test]
fn a_weak_handle_that_is_reported_twice_makes_the_count_unknown() {
    let mut builder = GraphBuilder::default();
    let node = builder.add_node(NewNode::new("A").counts(1, 1));
    builder.add_edge(node, node, Strong, "");
    builder.add_edge(node, node, Weak, ".x");
    builder.add_edge(node, node, Weak, ".y");
    let found = judged(&builder.finish());
    assert_eq!((found.leaked.len(), found.weakly_held), (0, vec![node]));
}

#[test]
fn the_watchers_own_weak_handles_lead_nobody_to_an_object() {
    let birth = |n_handles| Birth {
        node: NodeId(0),
        serial: 0,
        site: Location::caller(),
        n_handles,
    };
    let n_leaked = |text: &str, n_handles| {
        let graph = Heap::of(text).graph().with_births(vec![birth(n_handles)]);
        judged(&graph).leaked.len()
    };
    assert_eq!(n_leaked("a.own=a ?a ?a", 2), 1);
    assert_eq!(n_leaked("a.own=a ?a ?a", 1), 0);
    assert_eq!(n_leaked("a.own=a a.see~a ?a ?a", 2), 1);
    // More than there are: somebody is wrong, and it may be we.
    assert_eq!(n_leaked("a.own=a ?a", 2), 0);
}

#[test]
fn an_empty_graph_has_no_leaks() {
    let found = judged(&GraphBuilder::default().finish());
    assert!(found.is_empty() && found.kinds.is_empty() && found.withheld.is_empty());
}
