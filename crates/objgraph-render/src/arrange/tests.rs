//! What every scene must hold, whatever the view.

use objgraph_graph::{ArrowKind, FrameKind, View};
use objgraph_trace::EdgeKind;

use super::*;
use crate::samples::{busy_view, frame, hostile_labels, labelled, view};
use crate::scene::{Emphasis, Head};
use objgraph_layout::Rect;

fn scene(view: &View) -> Scene {
    arrange(view, &LayoutOptions::default()).expect("the view is small")
}

/// Boxes apart, labels apart and off the boxes, everything inside the picture.
fn assert_tidy(scene: &Scene) {
    let boxes: Vec<Rect> = scene.boxes.iter().map(|part| part.rect).collect();
    let labels: Vec<Rect> = scene
        .arrows
        .iter()
        .filter_map(|part| part.label.as_ref())
        .map(|l| l.rect)
        .collect();
    let rects: Vec<Rect> = boxes.iter().chain(&labels).copied().collect();
    for (index, rect) in rects.iter().enumerate() {
        assert!(rect.x >= 0.0 && rect.y >= 0.0, "{rect:?}");
        assert!(
            rect.right() <= scene.size.width && rect.bottom() <= scene.size.height,
            "{rect:?}"
        );
        for other in &rects[..index] {
            assert!(!rect.grown(-0.5).overlaps(*other), "{rect:?} {other:?}");
        }
    }
    for arrow in &scene.arrows {
        assert_eq!(arrow.curve.len() % 3, 1, "{}", arrow.id);
        for point in &arrow.curve {
            assert!((0.0..=scene.size.width).contains(&point.x), "{}", arrow.id);
            assert!((0.0..=scene.size.height).contains(&point.y), "{}", arrow.id);
        }
    }
}

#[test]
fn an_empty_view_has_an_empty_scene() {
    let scene = scene(&View::default());
    assert!(scene.boxes.is_empty() && scene.size.width > 0.0);
}

#[test]
fn small_shapes_are_tidy() {
    for text in [
        "a",
        "a b c",
        "a→b",
        "a→b b→a",
        "a→a",
        "a→a a→a a→a",
        "a→b a→b a→b a⇢b",
        "a→b b→c c→a a→c c→b b→a",
        "a→b c→d e e→e f→g g→f",
        "r→a r→b r→c r→d r→e a→z b→z c→z d→z e→z z→r r→z",
        "a→b b→c c→d d→e e→f a→f a→e a→d a→c f→a",
    ] {
        assert_tidy(&scene(&view(text)));
    }
}

#[test]
fn a_hundred_and_fifty_boxes_are_tidy() {
    let mut view = busy_view(150);
    view.edges
        .retain(|edge| edge.label != ".parent" || edge.source % 18 == 5);
    assert_tidy(&scene(&view));
}

#[test]
fn hostile_labels_are_tidy() {
    for label in hostile_labels() {
        assert_tidy(&scene(&labelled(&label)));
    }
}

#[test]
fn the_root_is_above_and_the_arrow_back_ends_at_it() {
    let scene = scene(&view("a→b b→a"));
    let (above, below) = (scene.boxes[0].rect, scene.boxes[1].rect);
    assert!(above.bottom() < below.y);
    let back = &scene.arrows[1];
    assert!(below.grown(1.0).contains(back.curve[0]));
    let Head::Filled(points) = &back.head else {
        panic!("a strong arrow has a filled head")
    };
    assert!(above.grown(1.0).contains(points[0]));
}

#[test]
fn the_two_arrows_of_a_cycle_are_apart() {
    let scene = scene(&view("a→b b→a"));
    let (there, back) = (&scene.arrows[0].curve, &scene.arrows[1].curve);
    assert!((there[0].x - back[back.len() - 1].x).abs() > 8.0);
}

#[test]
fn the_same_view_gives_the_same_scene() {
    let view = busy_view(40);
    assert_eq!(scene(&view), scene(&view));
}

#[test]
fn layout_rs_refuses_too_many_boxes_with_advice() {
    let options = LayoutOptions::default().engine(Engine::LayoutRs);
    let error = arrange(&busy_view(2_000), &options)
        .err()
        .map(|error| error.to_string());
    let advice = error.unwrap_or_default();
    assert!(
        advice.contains("2000 boxes") && advice.contains("Engine::Layered"),
        "{advice}"
    );
}

#[test]
fn many_small_pieces_are_packed() {
    let text: Vec<String> = (0..900).map(|index| format!("a{index}→b{index}")).collect();
    let scene = scene(&view(&text.join(" ")));
    assert!(scene.size.width < 3.0 * scene.size.height);
    assert!(scene.size.height < 3.0 * scene.size.width);
}

#[test]
fn graphviz_places_the_same_parts() {
    let view = busy_view(40);
    let options = LayoutOptions::default().engine(Engine::Graphviz);
    match arrange(&view, &options) {
        Ok(scene) => {
            assert_eq!(
                (scene.boxes.len(), scene.arrows.len()),
                (view.nodes.len(), view.edges.len())
            );
            assert!(scene.arrows.iter().all(|arrow| arrow.curve.len() >= 4));
        }
        Err(error @ ArrangeError::Program { .. }) => eprintln!("skipped: {error}"),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn frames_hold_their_boxes_and_no_others() {
    for view in [busy_view(6), busy_view(40)] {
        let scene = scene(&view);
        assert_eq!(scene.frames.len(), view.frames.len());
        for (frame, drawn) in view.frames.iter().zip(&scene.frames) {
            for (index, part) in scene.boxes.iter().enumerate() {
                let is_inside = drawn.rect.contains(part.rect.center());
                assert_eq!(is_inside, frame.nodes.contains(&index), "{index}");
                assert_eq!(is_inside, drawn.rect.overlaps(part.rect), "{index}");
            }
        }
    }
}

#[test]
fn other_engines_draw_no_frames() {
    let options = LayoutOptions::default().engine(Engine::LayoutRs);
    let scene = arrange(&busy_view(6), &options).expect("the view is small");
    assert_eq!(scene.frames, []);
}

#[test]
fn the_legend_explains_frames() {
    let mut view = view("a→b");
    view.frames = vec![frame("frame0", FrameKind::Type, "x", [0, 1])];
    view.legend = true;
    assert_eq!(
        legend_texts(&view),
        ["of one type", "strong: one of the owners"]
    );
}

fn legend_texts(view: &View) -> Vec<String> {
    let legend = scene(view).legend.expect("asked for");
    legend.texts.into_iter().map(|text| text.text).collect()
}

#[test]
fn the_legend_explains_what_occurs_and_nothing_else() {
    let mut view = view("a→b a⇢b");
    assert_eq!(scene(&view).legend, None);
    view.legend = true;
    assert_eq!(
        legend_texts(&view),
        ["strong: one of the owners", "weak: keeps nothing alive"]
    );
}

#[test]
fn the_legend_shows_arrows_of_cycles_as_they_are_drawn() {
    let mut view = view("a→b b→a a→c");
    view.legend = true;
    view.edges[0].kind = ArrowKind::Reference(EdgeKind::Owned);
    (view.edges[0].in_cycle, view.edges[1].to_weaken) = (true, true);
    let legend = scene(&view).legend.expect("asked for");
    let looks = legend
        .arrows
        .iter()
        .map(|arrow| (arrow.kind, arrow.emphasis));
    assert_eq!(
        looks.collect::<Vec<_>>(),
        [
            (ArrowKind::Reference(EdgeKind::Owned), Emphasis::Cycle),
            (ArrowKind::Reference(EdgeKind::Strong), Emphasis::Plain),
            (ArrowKind::Reference(EdgeKind::Strong), Emphasis::Weaken),
        ]
    );
    assert_eq!(
        legend_texts(&view),
        [
            "owned, on a cycle",
            "strong: one of the owners",
            "strong, better a Weak"
        ]
    );
}

#[test]
fn a_caption_that_is_added_later_lies_below_and_inside() {
    for mut view in [View::default(), view("a→b b→a"), busy_view(40)] {
        view.notes.push("One thing is left out.".to_owned());
        let mut scene = scene(&view);
        let before = scene.clone();
        scene.add_caption(&"The picture is larger than most programs open. ".repeat(9));
        assert_tidy(&scene);
        let new = &scene.captions[before.captions.len()..];
        assert!(!new.is_empty());
        for line in new {
            assert!(line.at.y > before.size.height - compose::MARGIN);
            assert!(line.at.y < scene.size.height && line.at.x + line.width <= scene.size.width);
        }
    }
}
