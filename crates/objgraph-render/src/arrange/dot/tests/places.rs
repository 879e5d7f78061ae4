//! Ports, cells, rows and small labels.

use super::*;

/// Where the first edge begins and ends, from the upper left corner of its nodes.
fn ends(text: &str) -> [(f64, f64); 2] {
    let picture = picture(text);
    let curve = &picture.curves[0];
    let from = |rect: Rect, point: Point| ((point.x - rect.x).round(), (point.y - rect.y).round());
    [
        from(picture.boxes[0], curve[0]),
        from(picture.boxes[1], curve[curve.len() - 1]),
    ]
}

#[test]
fn edges_end_at_compass_points() {
    let boxes = "node [shape=box, width=1, height=0.5, fixedsize=true]";
    for (ports, expected) in [
        ("a:n -> b:s", [(36.0, 0.0), (36.0, 36.0)]),
        ("a:e -> b:w", [(72.0, 18.0), (0.0, 18.0)]),
        ("a:se -> b:nw", [(72.0, 36.0), (0.0, 0.0)]),
        (
            "a -> b [tailport=sw, headport=ne]",
            [(0.0, 36.0), (72.0, 0.0)],
        ),
        ("a:_ -> b:c", [(36.0, 36.0), (36.0, 0.0)]),
    ] {
        for rankdir in ["TB", "LR", "BT", "RL"] {
            let text = format!("digraph {{ rankdir={rankdir} {boxes} {ports} }}");
            let is_free = ports.contains('_');
            assert!(
                is_free && rankdir != "TB" || ends(&text) == expected,
                "{ports} {rankdir}: {:?}",
                ends(&text)
            );
        }
    }
    let [start, _] =
        ends("digraph { node [shape=ellipse, width=1, height=0.5, fixedsize=true] a:ne -> b }");
    assert_eq!(start, (61.0, 5.0), "on the ellipse");
}

#[test]
fn fields_of_records_are_cells_with_ports() {
    let text = "digraph { node [shape=record, width=2, height=0.5, fixedsize=true]
        a [label=\"<l>x|<r>y\"] b [label=\"{<t>x|<m>y|<b>z}\"] a:r -> b:m }";
    assert_eq!(ends(text), [(108.0, 36.0), (144.0, 18.0)]);
    assert_eq!(
        ends(&text.replace("a:r -> b:m", "a:l:sw -> b:b:n"))[0],
        (0.0, 36.0)
    );
    let turned = text.replacen('{', "{ rankdir=LR;", 1);
    assert_eq!(ends(&turned)[0], (144.0, 27.0), "fields lie the other way");
    let scene = picture(text).scene;
    assert_eq!(
        (scene.boxes[0].dividers.len(), scene.boxes[1].dividers.len()),
        (1, 2)
    );
    let texts: Vec<_> = scene.boxes[1]
        .lines
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(texts, ["x", "y", "z"]);
    assert!(
        to_svg(&scene, &SvgOptions::default())
            .matches("<path class=\"frame\"")
            .count()
            == 2
    );
}

#[test]
fn texts_in_cells_stand_at_the_side_that_they_ask_for() {
    let picture = picture(r#"graph { a [shape=record, label="{a long field\l|b\l|c\r|d}"] }"#);
    let x: Vec<_> = picture.scene.boxes[0]
        .lines
        .iter()
        .map(|line| line.at.x)
        .collect();
    assert!(
        (x[0] - x[1]).abs() < 1e-6 && x[2] > x[3] && x[3] > x[1],
        "{x:?}"
    );
}

#[test]
fn small_labels_stand_beside_their_ends() {
    let text = "digraph { rankdir=TB; a -> b [label=on, headlabel=\"1\", taillabel=\"0..*\", labelfontcolor=red]; \
                a [xlabel=outside]; b -> c [style=invis, headlabel=x] c [style=invis, xlabel=y] }";
    let picture = picture(text);
    let arrow = &picture.scene.arrows[0];
    let texts: Vec<_> = arrow
        .end_labels
        .iter()
        .map(|label| label.lines[0].text.as_str())
        .collect();
    assert_eq!(texts, ["0..*", "1"], "at the tail first");
    assert_eq!(
        arrow.end_labels[0].lines[0].colour,
        Some(Colour::new(255, 0, 0))
    );
    let outside = picture.scene.boxes[0].beside.as_ref().expect("it has one");
    let all = arrow.end_labels.iter().chain([outside]);
    for label in all {
        assert!(!picture.boxes.iter().any(|rect| rect.overlaps(label.rect)));
        assert!(picture.bounds.contains(label.rect.center()));
    }
    let curve = &arrow.curve;
    let near =
        |label: usize, end: Point| arrow.end_labels[label].rect.center().distance(end) < 45.0;
    assert!(near(0, curve[0]) && near(1, curve[curve.len() - 1]));
    let svg = to_svg(&picture.scene, &SvgOptions::default());
    assert!(svg.contains(">0..*<") && svg.contains(">outside<") && !svg.contains(">y<"));
}

#[test]
fn two_colours_fill_a_box_gradually() {
    let text = "digraph { a [style=filled, fillcolor=\"red:blue\", gradientangle=90] b [style=radial, fillcolor=\"white:navy\"]
        c [style=filled, fillcolor=\"red:blue\", gradientangle=90] subgraph cluster_x { bgcolor=\"white:gray\"; d } }";
    let scene = picture(text).scene;
    let svg = to_svg(&scene, &SvgOptions::default());
    assert_eq!(
        svg.matches("<linearGradient id=\"objgraph-ff0000ff-0000ffff-90\"")
            .count(),
        1
    );
    assert_eq!(
        svg.matches("fill:url(#objgraph-ff0000ff-0000ffff-90)")
            .count(),
        2
    );
    assert_eq!(svg.matches("<radialGradient ").count(), 1);
    assert_eq!(svg.matches("<linearGradient ").count(), 2);
    assert!(to_png(&scene, &PngOptions::default()).is_ok());
}

#[test]
fn nodes_of_one_rank_stand_in_one_row() {
    let y = |text: &str| {
        let boxes = picture(text).boxes;
        boxes
            .iter()
            .map(|rect| rect.center().y.round() as i64)
            .collect::<Vec<_>>()
    };
    let same = y("digraph { rankdir=TB a -> b -> c -> d; { rank=same; a; d } }");
    assert!(
        same[0] == same[3] && same[0] < same[1] && same[1] < same[2],
        "{same:?}"
    );
    let ends = y("digraph { rankdir=TB a -> b -> c; { rank=max b } { rank=source c } }");
    assert!(ends[2] < ends[0] && ends[0] < ends[1], "{ends:?}");
    let nested = y("digraph { rankdir=TB a -> b; a -> c -> d; subgraph { rank=same b {d} } }");
    assert_eq!(nested[1], nested[3]);
    let torn = "digraph { subgraph cluster_a { a -> b } c -> d; {rank=same b c} {rank=same a d} }";
    assert_eq!(
        picture(torn).warnings,
        [
            "2 subgraphs with a rank have nodes of several clusters, and are in one row in each of them only"
        ]
    );
}

#[test]
fn ports_that_are_not_there_are_told_once() {
    let warnings = |text: &str| picture(text).warnings;
    assert_eq!(
        warnings("digraph { a [shape=record, label=\"<p>x|<q>y\"] a:q -> b:n; a:p:sw -> a:_ }"),
        [""; 0]
    );
    assert_eq!(
        warnings("digraph { a:nowhere -> b:s }"),
        ["node a has no port nowhere, so the edge ends anywhere at it"]
    );
    assert_eq!(
        warnings("digraph { a [shape=record, label=\"<p>x\"] a:q -> b; a:p:up -> b; c:p:n -> b }"),
        ["3 edges name ports that are not there, the first port q of node a; they end anywhere"]
    );
    let table =
        "digraph { a [label=<<table><tr><td port='p'>x</td></tr></table>>] a:p -> b; a:p:e -> b }";
    assert_eq!(warnings(table), [""; 0]);
}

#[test]
fn labels_of_records_that_are_none_are_names() {
    let texts = |label: &str| {
        let picture = picture(&format!(
            "graph {{ name [shape=record, label=\"{label}\"] }}"
        ));
        let lines = picture.scene.boxes[0].lines.iter();
        lines.map(|line| line.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts("{a|b"), ["name"]);
    assert_eq!(texts(&"{".repeat(100_000)), ["name"]);
    assert!(texts(&"a|".repeat(5_000_000)).len() > 1000);
}
