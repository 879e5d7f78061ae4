//! Frames of small graphs, and of random ones against the obvious way to group.

use super::super::{ViewOptions, view_from};
use super::*;
use crate::builder::{GraphBuilder, NewNode};
use crate::graph::ObjectGraph;
use crate::view::model::{Shape, View};
use objgraph_trace::EdgeKind::{Strong, Weak};
use proptest::prelude::*;

/// A graph from edges like `a→b` and `a⇢b` (weak), where `a` is the type of an object and, behind a dot, its number.
fn graph(text: &str) -> ObjectGraph {
    let mut builder = GraphBuilder::default();
    let mut ids = HashMap::new();
    let mut names = Vec::new();
    for word in text.split_whitespace() {
        let (kind, arrow) = if word.contains('→') {
            (Strong, '→')
        } else {
            (Weak, '⇢')
        };
        let ends: Vec<_> = word.split(arrow).collect();
        for end in &ends {
            if !ids.contains_key(end) {
                let type_path = end.split('.').next().unwrap_or(end);
                ids.insert(*end, builder.add_node(NewNode::new(type_path)));
                names.push(*end);
            }
        }
        if let [source, target] = ends[..] {
            builder.add_edge(ids[source], ids[target], kind, "");
        }
    }
    builder.add_root("", ids[names[0]]);
    builder.finish()
}

fn view(text: &str, options: ViewOptions<'_>) -> View {
    let graph = graph(text);
    view_from(&graph, &[NodeId(0)], &options.max_depth(9))
}

fn titles(text: &str, group_by: GroupBy) -> Vec<(String, Vec<usize>)> {
    let view = view(text, ViewOptions::default().group_by(group_by));
    let frames = view.frames.into_iter();
    frames.map(|frame| (frame.title, frame.nodes)).collect()
}

#[test]
fn nothing_is_grouped_unless_asked_for() {
    assert_eq!(titles("a→b b→a", GroupBy::Nothing), []);
}

#[test]
fn objects_that_keep_each_other_alive_stand_together() {
    let text = "r→a a→b b→a r→c c→d d→e e→c r→s s→s r→w w⇢r";
    assert_eq!(
        titles(text, GroupBy::Component),
        [
            ("cycle of 2 objects".to_owned(), vec![1, 5]),
            ("cycle of 3 objects".to_owned(), vec![2, 6, 7]),
        ]
    );
}

#[test]
fn a_component_says_how_much_of_it_is_not_shown() {
    let options = ViewOptions::default().group_by(GroupBy::Component);
    let view = view("a→b b→c c→d d→a", options.max_nodes(2));
    assert_eq!(view.frames[0].title, "cycle of 4 objects, 2 shown");
    assert_eq!(
        view.frames[0].tooltip,
        "2 of 4 objects that keep each other alive"
    );
}

#[test]
fn a_type_of_one_object_has_no_frame() {
    let frames = titles("app::A.1→app::A.2 app::A.1→app::B", GroupBy::Type);
    assert_eq!(frames, [("A".to_owned(), vec![0, 1])]);
}

#[test]
fn types_of_one_short_name_stay_apart() {
    let text = "r→a::X.1 r→a::X.2 r→b::X.1 r→b::X.2";
    let frames = titles(text, GroupBy::Type);
    assert_eq!(
        frames,
        [("X".to_owned(), vec![1, 2]), ("X".to_owned(), vec![3, 4])]
    );
    let view = view(
        text,
        ViewOptions::default()
            .group_by(GroupBy::Type)
            .shortnames(false),
    );
    assert_eq!(view.frames[1].title, "b::X");
    assert_eq!(view.frames[1].tooltip, "2 objects of type b::X");
}

#[test]
fn modules_and_crates_frame_single_objects_too() {
    let text = "app::App→app::ui::A app::App→Rc<app::ui::B> app::App→i32 app::App→lib::C";
    assert_eq!(
        titles(text, GroupBy::Module),
        [
            ("app".to_owned(), vec![0]),
            ("app::ui".to_owned(), vec![1, 2]),
            ("lib".to_owned(), vec![4]),
        ]
    );
    assert_eq!(
        titles(text, GroupBy::Crate),
        [
            ("app".to_owned(), vec![0, 1, 2]),
            ("lib".to_owned(), vec![4])
        ]
    );
}

#[test]
fn folded_boxes_stand_with_their_object_but_are_in_no_component() {
    let text = "a::X.1→a::X.2 a::X.2→a::X.1 a::X.1→a::Y.1 a::X.1→a::Y.2";
    let view = |group_by| view(text, ViewOptions::default().too_many(1).group_by(group_by));
    let of_type = view(GroupBy::Type);
    assert_eq!(of_type.nodes[2].shape, Shape::Folded);
    assert_eq!(of_type.frames[0].nodes, [0, 1, 2]);
    assert_eq!(of_type.frames[0].tooltip, "2 objects of type a::X");
    assert_eq!(view(GroupBy::Component).frames[0].nodes, [0, 1]);
}

#[test]
fn long_names_are_cut() {
    let long = format!("a::{}", "x".repeat(10_000_000));
    let frames = titles(&format!("{long}.1→{long}.2"), GroupBy::Type);
    assert_eq!(frames[0].0.chars().count(), MAX_NAME_CHARS);
    assert!(frames[0].0.ends_with('…'));
}

/// Types to choose from, with their module and crate.
const TYPES: [(&str, Option<&str>, Option<&str>); 6] = [
    ("app::App", Some("app"), Some("app")),
    ("app::ui::Button", Some("app::ui"), Some("app")),
    (
        "core::cell::RefCell<app::ui::Menu>",
        Some("app::ui"),
        Some("app"),
    ),
    ("lib::Page", Some("lib"), Some("lib")),
    ("alloc::string::String", None, None),
    ("i32", None, None),
];

/// A graph of these types, with references between any two.
fn random(types: &[usize], edges: &[(usize, usize)]) -> ObjectGraph {
    let mut builder = GraphBuilder::default();
    let new = |index: &usize| NewNode::new(TYPES[*index].0);
    let ids: Vec<_> = types
        .iter()
        .map(|index| builder.add_node(new(index)))
        .collect();
    for (source, target) in edges {
        builder.add_edge(ids[source % ids.len()], ids[target % ids.len()], Strong, "");
    }
    builder.finish()
}

/// The object of a box; of a folded one, that whose references it folds.
fn object(view: &View, node: usize) -> NodeId {
    let number = view.nodes[node].key.trim_start_matches(char::is_alphabetic);
    NodeId(number.parse().expect("keys end with numbers"))
}

/// Every box in a frame together with all that belong to it, by asking of each two whether they do.
fn obvious_frames(
    view: &View,
    group_by: GroupBy,
    are_together: impl Fn(NodeId, NodeId) -> bool,
) -> Vec<Vec<usize>> {
    let is_object = |node: &usize| view.nodes[*node].shape == Shape::Object;
    let is_strict = group_by == GroupBy::Component;
    let boxes = || (0..view.nodes.len()).filter(|node| is_object(node) || !is_strict);
    let least = if matches!(group_by, GroupBy::Component | GroupBy::Type) {
        2
    } else {
        1
    };
    let around = |one: usize| -> Vec<usize> {
        let with_it = |other: &usize| are_together(object(view, one), object(view, *other));
        boxes().filter(with_it).collect()
    };
    let mut frames: Vec<_> = boxes().map(around).collect();
    frames.retain(|nodes| nodes.iter().copied().filter(is_object).count() >= least);
    frames.sort();
    frames.dedup();
    frames
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_box_is_in_exactly_the_frame_of_its_group(
        types in prop::collection::vec(0..TYPES.len(), 1..20),
        edges in prop::collection::vec((0..20_usize, 0..20_usize), 0..50),
        too_many in 0..8_usize,
    ) {
        let graph = random(&types, &edges);
        let components = crate::components(&graph);
        for group_by in [GroupBy::Component, GroupBy::Type, GroupBy::Module, GroupBy::Crate] {
            let options = ViewOptions::default().too_many(too_many).group_by(group_by);
            let view = view_from(&graph, &[NodeId(0)], &options);
            prop_assert_eq!(&view, &view_from(&graph, &[NodeId(0)], &options));
            let frames: Vec<_> = view.frames.iter().map(|frame| frame.nodes.clone()).collect();
            let expected = obvious_frames(&view, group_by, |one, other| {
                let (one_type, other_type) = (TYPES[types[one.index()]], TYPES[types[other.index()]]);
                match group_by {
                    GroupBy::Component => components.are_together(one, other),
                    GroupBy::Type => one_type == other_type,
                    GroupBy::Module => one_type.1.is_some() && one_type.1 == other_type.1,
                    _ => one_type.2.is_some() && one_type.2 == other_type.2,
                }
            });
            prop_assert_eq!(frames, expected);
        }
    }
}
