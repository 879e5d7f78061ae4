//! Differences against sets and maps, on random graphs of objects with serials.

use super::{Change, Diff, Identity, diff};
use crate::builder::{GraphBuilder, NewNode};
use crate::graph::{NodeId, ObjectGraph};
use crate::heap_builder::HeapBuilder;
use crate::node::Node;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// An object: serial, type, site and size.
type Object = (u64, usize, usize, u64);

fn objects() -> impl Strategy<Value = BTreeMap<u64, Object>> {
    let object = (0..12_u64, 0..3_usize, 0..2_usize, 0..9_u64);
    let objects = prop::collection::vec(object, 0..12);
    objects.prop_map(|objects| {
        objects
            .into_iter()
            .map(|object| (object.0, object))
            .collect()
    })
}

fn graph<'o>(objects: impl IntoIterator<Item = &'o Object>) -> ObjectGraph {
    let mut builder = GraphBuilder::default();
    for (serial, name, site, size) in objects {
        let new = NewNode::new(["a::A", "a::B", "C"][*name]).serial(*serial);
        builder.add_node(new.site(["", "main.py:1"][*site]).sizes(*size, 0));
    }
    builder.finish()
}

fn serials<'n>(graph: &ObjectGraph, nodes: impl IntoIterator<Item = &'n NodeId>) -> BTreeSet<u64> {
    nodes
        .into_iter()
        .filter_map(|node| graph.node(*node).serial())
        .collect()
}

/// Objects of both graphs that match.
fn change(old: &ObjectGraph, new: &ObjectGraph, matches: impl Fn(Node<'_>) -> bool) -> Change {
    let mut change = Change::default();
    for (graph, amount) in [(old, &mut change.old), (new, &mut change.new)] {
        for node in graph.nodes().filter(|node| matches(*node)) {
            amount.count += 1;
            amount.bytes.0 += node.shallow_size().0;
        }
    }
    change
}

proptest! {
    #[test]
    fn objects_are_new_or_gone_or_in_both(old in objects(), new in objects()) {
        let same = |object: &&Object| old.get(&object.0).filter(|before| before.1 == object.1);
        let grown = new.values().filter(|object| same(object).is_some_and(|before| before.3 < object.3));
        let grown: BTreeSet<u64> = grown.map(|object| object.0).collect();
        let added: BTreeSet<u64> = new.values().filter(|object| same(object).is_none()).map(|object| object.0).collect();
        let stayed = new.len() - added.len();

        let (old_graph, new_graph) = (graph(old.values()), graph(new.values()));
        let found = diff(&old_graph, &new_graph, Identity::Serial).objects.unwrap();
        prop_assert_eq!(serials(&new_graph, &found.new), added);
        prop_assert_eq!(serials(&new_graph, found.grown.iter().map(|grown| &grown.new)), grown);
        prop_assert_eq!(found.gone.len(), old.len() - stayed);
        prop_assert!(found.grown.is_sorted_by(|one, other| one.by >= other.by));
    }

    #[test]
    fn types_and_shapes_are_the_sums_of_their_objects(old in objects(), new in objects()) {
        let (old, new) = (graph(old.values()), graph(new.values()));
        let Diff { types, shapes, objects } = diff(&old, &new, Identity::Shape);
        prop_assert_eq!(objects, None);
        for found in &types {
            prop_assert_eq!(found.change, change(&old, &new, |node| node.type_path() == found.type_path));
        }
        for found in &shapes {
            let at_least = found.at_least.0;
            prop_assert_eq!(found.change, change(&old, &new, |node| {
                let size = node.shallow_size().0;
                node.type_path() == found.type_path
                    && node.site() == found.site
                    && (at_least..(2 * at_least).max(1)).contains(&size)
            }));
        }
        let grown_by: i64 = types.iter().map(|found| found.change.count_delta()).sum();
        prop_assert_eq!(grown_by, shapes.iter().map(|found| found.change.count_delta()).sum::<i64>());
        prop_assert_eq!(grown_by, change(&old, &new, |_| true).count_delta());
        prop_assert!(types.is_sorted_by_key(|found| std::cmp::Reverse(found.change.growth())));
    }
}

#[test]
fn serials_are_identity_only_if_all_have_one() {
    let with = graph([&(1, 0, 0, 0)]);
    let mut builder = GraphBuilder::default();
    builder.add_node(NewNode::new("A"));
    let without = builder.finish();
    assert_eq!(Identity::of(&with, &with), Identity::Serial);
    assert_eq!(Identity::of(&with, &without), Identity::Shape);
}

#[test]
fn an_object_without_a_serial_is_no_other() {
    let mut builder = GraphBuilder::default();
    builder.add_node(NewNode::new("A"));
    let graph = builder.finish();
    let objects = diff(&graph, &graph, Identity::Serial).objects.unwrap();
    assert_eq!(
        (objects.new, objects.gone),
        (vec![NodeId(0)], vec![NodeId(0)])
    );
}

#[test]
fn ids_of_a_file_are_identity_if_the_caller_says_so() {
    let graph = |ids: &[u64]| {
        let mut builder = HeapBuilder::default();
        for id in ids {
            builder
                .add_node(*id, NewNode::new("A").sizes(*id % 10, 0))
                .unwrap();
        }
        builder.finish().0
    };
    let (old, new) = (graph(&[0x10, 0x20]), graph(&[0x30, 0x20]));
    let objects = diff(&old, &new, Identity::Id).objects.unwrap();
    assert_eq!(
        (objects.new, objects.gone),
        (vec![NodeId(0)], vec![NodeId(0)])
    );
}

#[test]
fn two_traces_of_one_value_differ_by_what_was_added() {
    let mut list = vec![Box::new(1_u64)];
    list.reserve(1);
    let old = ObjectGraph::from(objgraph_trace::trace(&list));
    list.push(Box::new(2));
    let new = ObjectGraph::from(objgraph_trace::trace(&list));
    let objects = diff(&old, &new, Identity::Id).objects.unwrap();
    assert_eq!((objects.new, objects.gone), (vec![NodeId(2)], vec![]));
    assert_eq!(
        (objects.grown[0].new, objects.grown[0].by.0),
        (NodeId(0), 8)
    );
}
