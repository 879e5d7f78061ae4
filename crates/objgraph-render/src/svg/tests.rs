//! Every SVG is read back by an XML parser.

use objgraph_graph::{FrameKind, Role, View};
use resvg::usvg::roxmltree::{Document, Node};

use super::{SvgOptions, to_svg};
use crate::arrange::{LayoutOptions, arrange};
use crate::samples::{busy_view, frame, hostile_labels, labelled, view};

fn svg(view: &View) -> String {
    let scene = arrange(view, &LayoutOptions::default()).expect("the view is small");
    to_svg(&scene, &SvgOptions::default())
}

fn with_class<'a>(document: &'a Document<'_>, class: &str) -> Vec<Node<'a, 'a>> {
    let has = |node: &Node<'_, '_>| {
        node.attribute("class")
            .is_some_and(|all| all.split(' ').any(|one| one == class))
    };
    document.descendants().filter(has).collect()
}

#[test]
fn boxes_and_arrows_carry_ids_classes_and_titles() {
    let mut view = view("a→b a⇢b");
    view.nodes[0].roles.insert(Role::Root);
    view.nodes[1]
        .attributes
        .push(("URL".to_owned(), "https://example.org/?a=1&b=2".to_owned()));
    view.nodes[1]
        .attributes
        .push(("class".to_owned(), "mine".to_owned()));
    let svg = svg(&view);
    let document = Document::parse(&svg).expect("well-formed");
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    assert_eq!(
        root.attribute("aria-label"),
        Some("object graph: 2 objects, 2 references")
    );
    let first = with_class(&document, "root")[0];
    assert_eq!(
        (first.attribute("id"), first.attribute("data-type")),
        (Some("n0"), Some("a"))
    );
    assert!(
        first
            .descendants()
            .any(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "title")))
    );
    let weak = with_class(&document, "weak")[0];
    assert_eq!(
        (weak.attribute("id"), weak.attribute("data-target")),
        (Some("e1"), Some("n1"))
    );
    let mine = with_class(&document, "mine")[0];
    let link = mine.parent_element().expect("inside a link");
    assert_eq!(link.attribute("href"), Some("https://example.org/?a=1&b=2"));
}

#[test]
fn a_frame_has_its_class_its_title_and_its_colour_behind_its_labels() {
    let mut view = view("a→b b→a a→c");
    view.frames = vec![frame("frame0", FrameKind::Component, "cycle of 2", [0, 1])];
    view.legend = true;
    let svg = svg(&view);
    let document = Document::parse(&svg).expect("well-formed");
    let found = with_class(&document, "cluster");
    let ids: Vec<_> = found.iter().map(|node| node.attribute("id")).collect();
    // The frame, what is behind the two labels inside, and the sample in the legend.
    assert_eq!(ids, [Some("frame0"), None, None, None]);
    assert!(found.iter().all(|node| {
        node.attribute("class")
            .is_some_and(|all| all.contains("component"))
    }));
    assert_eq!(
        with_class(&document, "heading")[0].text(),
        Some("cycle of 2")
    );
    assert_eq!(with_class(&document, "halo").len(), 3);
}

#[test]
fn hostile_labels_stay_text() {
    for label in hostile_labels() {
        let svg = svg(&labelled(&label));
        let document = Document::parse(&svg).expect("well-formed");
        assert!(
            document
                .descendants()
                .all(|node| node.tag_name().name() != "script")
        );
        assert!(
            document
                .descendants()
                .all(|node| node.tag_name().name() != "b")
        );
    }
}

#[test]
fn the_text_is_what_was_given() {
    let label = "<script>\"&'";
    let svg = svg(&labelled(label));
    let document = Document::parse(&svg).expect("well-formed");
    assert_eq!(with_class(&document, "name")[0].text(), Some(label));
}

#[test]
fn ids_are_unique() {
    let svg = svg(&busy_view(40));
    let document = Document::parse(&svg).expect("well-formed");
    let mut ids: Vec<_> = document
        .descendants()
        .filter_map(|node| node.attribute("id"))
        .collect();
    let n_ids = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), n_ids);
}

#[test]
fn every_role_of_a_box_shows_whatever_its_other_roles() {
    let mut view = view("a");
    view.nodes[0].roles = Role::ALL.into_iter().collect();
    let svg = svg(&view);
    let document = Document::parse(&svg).expect("well-formed");
    for class in ["inset", "ring", "hatch"] {
        assert_eq!(with_class(&document, class).len(), 1, "{class}");
    }
    let marks = with_class(&document, "mark");
    let marks: Vec<_> = marks.iter().map(|mark| mark.attribute("class")).collect();
    assert_eq!(
        marks,
        ["target", "cycle", "busy", "opaque", "drop", "dropped"]
            .map(|class| format!("mark {class}"))
            .iter()
            .map(|class| Some(class.as_str()))
            .collect::<Vec<_>>()
    );
    let place = |rule: &str| svg.find(rule).expect("in the style sheet");
    assert!(place(".dropped .frame{fill") < place(".highlighted .frame{fill"));
}

#[test]
fn no_colour_depends_on_variables() {
    let svg = svg(&busy_view(10));
    assert!(!svg.contains("var(") && svg.contains("prefers-color-scheme:dark"));
}
