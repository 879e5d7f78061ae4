//! A plan and its texts become a scene.

use objgraph_graph::{Shape, View, ViewEdge, ViewFrame, ViewNode};

use super::block::TextBlock;
use super::furniture;
use super::heads;
use super::measure::{Contents, MARK_STEP, signs};
use crate::legend::emphasis;
use crate::paint::Paint;
use crate::printable::{line, lines};
use crate::scene::{Emphasis, Head, Mark, Scene, SceneArrow, SceneBox, SceneFrame, SceneLabel};
use objgraph_layout::{Layout, Point, Rect, Size};

/// Room around the picture.
pub(super) const MARGIN: f64 = 18.0;

/// Dresses a plan: title above, captions and legend below.
pub(super) fn scene(view: &View, contents: Contents, plan: &Layout) -> Scene {
    let bounds = plan.bounds();
    let frame = furniture::frame(view, bounds.width);
    let width = frame.width.max(bounds.width);
    let dx = MARGIN - bounds.x + (width - bounds.width) / 2.0;
    let dy = MARGIN - bounds.y + frame.title_height;
    let boxes = view.nodes.iter().zip(contents.boxes).zip(&plan.boxes);
    let arrows = view.edges.iter().zip(contents.labels).enumerate();
    let places = plan.clusters.iter().zip(&plan.titles);
    // Only our own engine draws frames.
    let frames = (view.frames.iter().zip(contents.titles).zip(places))
        .filter(|(_, (rect, _))| rect.width > 0.0);
    let mut scene = Scene {
        summary: summary(view),
        frames: frames
            .map(|((frame, title), (rect, at))| {
                scene_frame(frame, title, rect.shifted(dx, dy), at.shifted(dx, dy))
            })
            .collect(),
        boxes: boxes
            .map(|((node, block), rect)| scene_box(node, block, rect.shifted(dx, dy)))
            .collect(),
        arrows: arrows
            .map(|(index, (edge, block))| {
                let curve = plan.curves[index]
                    .iter()
                    .map(|point| point.shifted(dx, dy))
                    .collect();
                let rect = plan.labels[index].shifted(dx, dy);
                scene_arrow(view, (index, edge), curve, label(block, rect))
            })
            .collect(),
        ..Scene::default()
    };
    back_labels(&mut scene);
    let below = dy + bounds.y + bounds.height;
    let bottom = frame.place(&mut scene, Point::new(MARGIN, MARGIN), width, below);
    scene.size = Size::new((width + 2.0 * MARGIN).ceil(), (bottom + MARGIN).ceil());
    scene
}

fn scene_frame(frame: &ViewFrame, title: TextBlock, rect: Rect, at: Rect) -> SceneFrame {
    SceneFrame {
        id: frame.key.clone(),
        rect,
        kind: Some(frame.kind),
        lines: title.into_texts(at),
        tooltip: lines(&frame.tooltip).into_owned(),
        paint: Paint::default(),
    }
}

/// A box with its texts centred and its marks in place.
pub(super) fn scene_box(node: &ViewNode, block: TextBlock, rect: Rect) -> SceneBox {
    let marks = signs(node.roles).into_iter().enumerate();
    SceneBox {
        id: node.key.clone(),
        rect,
        shape: node.shape,
        roles: node.roles,
        shade: node.depth_percent.min(100).div_ceil(25),
        lines: block.into_texts(rect),
        beside: None,
        dividers: Vec::new(),
        marks: marks
            .map(|(index, sign)| Mark {
                sign,
                center: Point::new(rect.x, rect.y + 9.0 + index as f64 * MARK_STEP),
            })
            .collect(),
        tooltip: attribute(node, "tooltip").map_or_else(
            || lines(&node.tooltip).into_owned(),
            |text| lines(text).into_owned(),
        ),
        link: attribute(node, "URL")
            .or_else(|| attribute(node, "href"))
            .and_then(safe_link),
        classes: attribute(node, "class").map(classes).unwrap_or_default(),
        paint: Paint::default(),
    }
}

fn scene_arrow(
    view: &View,
    (index, edge): (usize, &ViewEdge),
    mut curve: Vec<Point>,
    label: Option<SceneLabel>,
) -> SceneArrow {
    let emphasis = emphasis(edge);
    let scale = if emphasis == Emphasis::Weaken {
        1.25
    } else {
        1.0
    };
    SceneArrow {
        id: format!("e{index}"),
        source: view.nodes[edge.source].key.clone(),
        target: view.nodes[edge.target].key.clone(),
        kind: edge.kind,
        emphasis,
        head: heads::finish(&mut curve, edge.kind, scale),
        curve,
        label,
        end_labels: Vec::new(),
        tooltip: lines(&edge.tooltip).into_owned(),
        tail: Head::None,
        paint: Paint::default(),
    }
}

pub(super) fn label(block: TextBlock, rect: Rect) -> Option<SceneLabel> {
    let is_empty = block.lines.is_empty();
    (!is_empty).then(|| SceneLabel {
        rect,
        lines: block.into_texts(rect),
        frame: None,
    })
}

/// Tells each label of a scene which frame is behind it.
pub(super) fn back_labels(scene: &mut Scene) {
    let frames = &scene.frames;
    let labels = (scene.arrows.iter_mut()).filter_map(|arrow| arrow.label.as_mut());
    for label in labels {
        let is_behind = |frame: &SceneFrame| frame.rect.contains(label.rect.center());
        label.frame = frames.iter().rposition(is_behind);
    }
}

fn attribute<'a>(node: &'a ViewNode, name: &str) -> Option<&'a str> {
    let found = node
        .attributes
        .iter()
        .rev()
        .find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// An address that a click may follow: anything but a script or a page in the address itself.
pub(super) fn safe_link(url: &str) -> Option<String> {
    let plain: String = url
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect();
    let scheme = plain
        .split(['/', '?', '#'])
        .next()
        .and_then(|start| start.split_once(':'));
    let is_script = scheme.is_some_and(|(scheme, _)| {
        ["javascript", "vbscript", "data"]
            .iter()
            .any(|bad| scheme.eq_ignore_ascii_case(bad))
    });
    (!is_script && !plain.is_empty()).then(|| line(url.trim()).into_owned())
}

pub(super) fn classes(text: &str) -> Vec<String> {
    let is_name = |word: &&str| {
        word.chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    text.split_whitespace()
        .filter(is_name)
        .map(str::to_owned)
        .collect()
}

fn summary(view: &View) -> String {
    let n_objects = view
        .nodes
        .iter()
        .filter(|node| node.shape == Shape::Object)
        .count();
    let title = view.title.as_deref().unwrap_or("object graph");
    format!(
        "{}: {n_objects} {}, {} {}",
        line(title),
        if n_objects == 1 { "object" } else { "objects" },
        view.edges.len(),
        if view.edges.len() == 1 {
            "reference"
        } else {
            "references"
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_no_links() {
        assert_eq!(
            safe_link("https://example.org/a:b").as_deref(),
            Some("https://example.org/a:b")
        );
        assert_eq!(
            safe_link("docs/list.html#javascript:").as_deref(),
            Some("docs/list.html#javascript:")
        );
        assert_eq!(safe_link(" java\nScript:alert(1)"), None);
        assert_eq!(safe_link("data:text/html,<script>"), None);
        assert_eq!(safe_link(""), None);
    }

    #[test]
    fn only_names_become_classes() {
        assert_eq!(classes("hot \"><script> cold-1"), ["hot", "cold-1"]);
    }
}
