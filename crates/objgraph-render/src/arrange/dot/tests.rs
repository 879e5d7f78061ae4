//! Each test draws the smallest text that shows its point.

mod places;

use proptest::prelude::*;

use super::*;
use crate::arrange::LayoutOptions;
use crate::dot::{DotGraph, read_dot, to_placed_dot, to_plain};
use crate::paint::{Colour, Dash, Fill, Outline};
use crate::png::{PngOptions, to_png};
use crate::scene::Head;
use crate::svg::{SvgOptions, to_svg};
use crate::theme::Theme;
use objgraph_layout::{Point, RankDirection, Rect};

fn graph(text: &str) -> DotGraph {
    read_dot(text.as_bytes()).expect("the text is DOT")
}

fn picture(text: &str) -> DotPicture {
    arrange_dot(&graph(text), &LayoutOptions::default())
        .expect("the layered engine places everything")
}

#[test]
fn edges_point_where_the_direction_says() {
    for (name, direction) in [
        ("TB", RankDirection::TopToBottom),
        ("LR", RankDirection::LeftToRight),
        ("BT", RankDirection::BottomToTop),
        ("RL", RankDirection::RightToLeft),
    ] {
        let text = "digraph { a -> b [label=l] }";
        let asked = arrange_dot(&graph(text), &LayoutOptions::default().direction(direction))
            .expect("small");
        let stated = picture(&text.replace('{', &format!("{{ rankdir={name};")));
        assert_eq!(
            asked, stated,
            "the file and the caller mean the same by {name}"
        );
        let (a, b) = (asked.boxes[0], asked.boxes[1]);
        let points = match direction {
            RankDirection::TopToBottom => a.bottom() < b.y,
            RankDirection::LeftToRight => a.right() < b.x,
            RankDirection::BottomToTop => b.bottom() < a.y,
            RankDirection::RightToLeft => b.right() < a.x,
        };
        assert!(points, "{name}");
        assert!(
            asked.labels[0].width > asked.labels[0].height.min(8.0),
            "{name}"
        );
    }
}

#[test]
fn sizes_are_honoured() {
    let size = |attributes: &str| {
        let rect = picture(&format!("graph {{ a [{attributes}] }}")).boxes[0];
        (rect.width, rect.height)
    };
    assert_eq!(size("label=\"\""), (54.0, 36.0));
    assert_eq!(size("width=2, height=1"), (144.0, 72.0));
    assert_eq!(
        size("label=\"much too long for it\", width=0.5, height=0.25, fixedsize=true"),
        (36.0, 18.0)
    );
    assert_eq!(size("shape=circle, width=1"), (72.0, 72.0));
    assert!(size("label=\"much too long for an inch\"").0 > 100.0);
    assert_eq!(size("shape=point"), (4.0, 4.0));
}

#[test]
fn looks_are_those_of_the_file() {
    let scene = picture(
        "digraph { a [shape=box, style=\"filled,dashed\", fillcolor=navy, color=red] b [shape=diamond] \
         a -> b [dir=both, arrowhead=odot, arrowtail=none, style=bold, color=\"#00ff00\"] }",
    )
    .scene;
    let (a, edge) = (&scene.boxes[0], &scene.arrows[0]);
    assert_eq!(a.paint.outline, Outline::Rectangle);
    assert_eq!(
        (a.paint.fill, a.paint.dash),
        (Fill::Colour(Colour::new(0, 0, 128)), Dash::Dashed)
    );
    assert_eq!(
        a.lines[0].colour,
        Some(Colour::new(255, 255, 255)),
        "light text on dark"
    );
    assert!(matches!(scene.boxes[1].paint.outline, Outline::Polygon(_)));
    assert!(matches!(edge.head, Head::Circle(..)) && edge.tail == Head::None);
    assert_eq!(edge.paint.stroke, Some(Colour::new(0, 255, 0)));
}

#[test]
fn what_is_invisible_takes_room_and_is_not_drawn() {
    let picture = picture("digraph { a -> b [style=invis]; b [style=invis] b -> c }");
    assert_eq!(
        (picture.scene.boxes.len(), picture.scene.arrows.len()),
        (2, 1)
    );
    assert!(picture.boxes[2].y > picture.boxes[1].bottom());
}

#[test]
fn undirected_edges_have_no_heads_unless_asked_for() {
    let scene = picture("graph { a -- b; b -- c [dir=forward] }").scene;
    assert_eq!(scene.arrows[0].head, Head::None);
    assert!(matches!(scene.arrows[1].head, Head::Filled(_)));
}

#[test]
fn edges_without_a_say_leave_the_ranks_alone() {
    let boxes = picture("digraph { a -> b; b -> a [constraint=false] c -> a [weight=0] }").boxes;
    assert!(boxes[0].y < boxes[1].y);
}

#[test]
fn links_are_kept_and_scripts_are_not() {
    let scene = picture(
        "graph { a [URL=\"x.html\", id=A, class=hot, tooltip=\"\\N!\"] b [href=\"javascript:x\"] }",
    )
    .scene;
    let (a, b) = (&scene.boxes[0], &scene.boxes[1]);
    assert_eq!(
        (a.link.as_deref(), b.link.as_deref()),
        (Some("x.html"), None)
    );
    assert_eq!(
        (a.id.as_str(), a.tooltip.as_str(), a.classes[0].as_str()),
        ("A", "a!", "hot")
    );
}

#[test]
fn chosen_colours_that_vanish_on_a_dark_page_are_marked() {
    let svg = to_svg(
        &picture("digraph { a -> b [color=black] a [fontcolor=red] }").scene,
        &SvgOptions::default(),
    );
    assert_eq!(svg.matches("class=\"line murky\"").count(), 1);
    assert!(svg.contains("fill:#ff0000") && svg.contains(".line.murky"));
}

#[test]
fn a_black_line_can_be_seen_in_the_dark() {
    let scene =
        picture("graph { node [shape=none, label=\"\"] a -- b [color=black, penwidth=20] }").scene;
    let n_light = |theme| {
        let png = to_png(&scene, &PngOptions::default().theme(theme)).expect("small");
        let pixels = resvg::tiny_skia::Pixmap::decode_png(&png).expect("a PNG");
        pixels
            .pixels()
            .iter()
            .filter(|pixel| pixel.green() > 0x80)
            .count()
    };
    let n_pixels = scene.size.width * scene.size.height * 4.0;
    assert!(n_light(Theme::Dark) > 400, "the line");
    assert!(
        (n_light(Theme::Light) as f64) < n_pixels - 400.0,
        "the page without the line"
    );
}

#[test]
fn plain_names_everything_as_dot_does() {
    let graph =
        graph("digraph { \"a b\" -> c [label=\"x y\", color=red] c [shape=box, label=\"\"] }");
    let picture = arrange_dot(&graph, &LayoutOptions::default()).expect("small");
    let plain = to_plain(&graph, &picture);
    let words: Vec<Vec<&str>> = plain
        .lines()
        .map(|line| line.split(' ').collect())
        .collect();
    assert_eq!((words[0][0], words[0].len()), ("graph", 4));
    assert!(
        plain.contains("\nnode \"a b\" ")
            && plain.contains(" \"a b\" solid ellipse black lightgrey\n")
    );
    assert!(plain.contains(" \"\" solid box black lightgrey\n"));
    assert!(
        plain.contains("\nedge \"a b\" c ")
            && plain.contains(" \"x y\" ")
            && plain.ends_with(" solid red\nstop\n")
    );
}

#[test]
fn a_placed_graph_says_the_same_as_before() {
    let before = graph(
        "strict digraph \"my graph\" { node [shape=box] subgraph cluster_x { label=x; a; {b} } a:p -> b [label=<<b>l</b>>] \
         node [color=\"\"] c }",
    );
    let picture = arrange_dot(&before, &LayoutOptions::default()).expect("small");
    let after = graph(&to_placed_dot(&before, &picture));
    let names = |graph: &DotGraph| -> Vec<String> {
        graph.nodes.iter().map(|node| node.name.clone()).collect()
    };
    assert_eq!(names(&after), names(&before));
    assert_eq!(
        after.edges[0].attributes.value("label"),
        before.edges[0].attributes.value("label")
    );
    assert_eq!(after.edges[0].tail_port(), before.edges[0].tail_port());
    assert_eq!(
        (after.nodes[1].cluster, after.subgraphs.len()),
        (Some(0), 2)
    );
    assert!(
        after.edges[0]
            .attributes
            .text("pos")
            .is_some_and(|pos| pos.starts_with("e,"))
    );
}

#[test]
fn a_hundred_thousand_braces_in_each_other_are_drawn() {
    const N: usize = 100_000;
    let graph = graph(&format!(
        "digraph {{{} a {}}}",
        "{".repeat(N),
        "}".repeat(N)
    ));
    let picture = arrange_dot(&graph, &LayoutOptions::default()).expect("one node");
    assert_eq!(to_placed_dot(&graph, &picture).matches('}').count(), N + 1);
}

#[test]
fn clusters_have_frames_with_titles_around_their_nodes() {
    let text = "digraph { subgraph cluster_a { label=outer; a; subgraph plain { subgraph cluster_b { b; label=\"inner\" } } } c; a -> b -> c }";
    let picture = arrange_dot(&graph(text), &LayoutOptions::default()).expect("placed");
    let [a, b, c] = picture.boxes[..] else {
        panic!("three nodes")
    };
    let [outer, inner] = picture.clusters[..] else {
        panic!("two clusters")
    };
    assert!(
        outer.contains(inner.center()) && inner.contains(b.center()) && outer.contains(a.center())
    );
    assert!(!inner.overlaps(a) && !outer.overlaps(c));
    let titles = picture
        .scene
        .frames
        .iter()
        .map(|frame| frame.lines[0].text.as_str());
    assert_eq!(titles.collect::<Vec<_>>(), ["outer", "inner"]);
    let svg = to_svg(&picture.scene, &SvgOptions::default());
    assert_eq!(svg.matches("class=\"cluster\"").count(), 2);
}

const NAMES: [&str; 16] = [
    "label",
    "shape",
    "style",
    "color",
    "fillcolor",
    "fontcolor",
    "fontsize",
    "width",
    "height",
    "margin",
    "peripheries",
    "penwidth",
    "arrowsize",
    "arrowhead",
    "weight",
    "fixedsize",
];

const VALUES: [&str; 24] = [
    "",
    "1e308",
    "-1e308",
    "nan",
    "inf",
    "0",
    "-1",
    "0.5",
    "1e-300",
    "1,2,3",
    "record",
    "{a|<b>c|{",
    "\\N\\",
    "\\E\\G\\L",
    "filled",
    "invis",
    "point",
    "circle",
    "diamond",
    "red:blue",
    "#12345",
    "&#x110000;",
    "o",
    "true",
];

proptest! {
    #[test]
    fn any_values_of_attributes_are_drawn(pairs in prop::collection::vec((0..NAMES.len(), 0..VALUES.len()), 0..12)) {
        let list: Vec<_> = (pairs.iter()).map(|(name, value)| format!("{}=\"{}\"", NAMES[*name], VALUES[*value])).collect();
        let list = list.join(",").replace("\\\"", "\\\\\"");
        let graph = graph(&format!("digraph {{ node [{list}] edge [{list}] a -> b -> a -> a c }}"));
        let picture = arrange_dot(&graph, &LayoutOptions::default()).expect("the layered engine places everything");
        let svg = to_svg(&picture.scene, &SvgOptions::default());
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf\""));
        prop_assert!(read_dot(to_placed_dot(&graph, &picture).as_bytes()).is_ok());
        prop_assert!(to_plain(&graph, &picture).lines().count() == 8);
    }
}
