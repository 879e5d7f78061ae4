//! Graphs with texts, and how large their boxes are.

use objgraph_graph::{ArrowKind, Line, Roles, Shape, Tone, View, ViewEdge, ViewNode};
use objgraph_layout::{Arrow, Diagram, Size};
use objgraph_render::{LayoutOptions, Scene, arrange};
use objgraph_trace::EdgeKind;
use std::collections::BTreeMap;

/// A graph as it stands in a file.
pub(crate) struct Graph {
    pub(crate) name: String,
    /// The text of each box, with line breaks.
    pub(crate) nodes: Vec<String>,
    pub(crate) edges: Vec<Edge>,
}

/// An arrow of a [`Graph`].
pub(crate) struct Edge {
    pub(crate) source: usize,
    pub(crate) target: usize,
    /// Empty if it has none.
    pub(crate) label: String,
    pub(crate) weight: u32,
}

impl Graph {
    /// The graph as every engine gets it, with boxes and labels as large as `objgraph-render` makes them.
    pub(crate) fn diagram(&self) -> Diagram {
        let mut known = Sizes::default();
        let boxes = self.nodes.iter().map(|text| known.of_box(text)).collect();
        let arrows = self.edges.iter().map(|edge| Arrow {
            weight: edge.weight,
            ..Arrow::new(edge.source, edge.target, known.of_label(&edge.label))
        });
        let arrows = arrows.collect();
        Diagram::new(boxes, arrows).expect("texts are of finite size and edges end at nodes")
    }
}

/// Sizes of texts, each measured once, in a picture of its own.
#[derive(Default)]
struct Sizes<'t> {
    boxes: BTreeMap<&'t str, Size>,
    labels: BTreeMap<&'t str, Size>,
}

impl<'t> Sizes<'t> {
    fn of_box(&mut self, text: &'t str) -> Size {
        *self.boxes.entry(text).or_insert_with(|| {
            let rect = scene(text, "").boxes[0].rect;
            Size::new(rect.width, rect.height)
        })
    }

    fn of_label(&mut self, text: &'t str) -> Size {
        *self.labels.entry(text).or_insert_with(|| {
            let label = scene("", text).arrows[0]
                .label
                .as_ref()
                .map(|label| label.rect);
            label.map_or(Size::default(), |rect| Size::new(rect.width, rect.height))
        })
    }
}

/// A picture of two boxes and an arrow.
fn scene(text: &str, label: &str) -> Scene {
    let edge = ViewEdge {
        source: 0,
        target: 1,
        kind: ArrowKind::Reference(EdgeKind::Strong),
        label: label.to_owned(),
        tooltip: String::new(),
        in_cycle: false,
        to_weaken: false,
    };
    let view = View {
        nodes: vec![node("a", text), node("b", "")],
        edges: vec![edge],
        ..View::default()
    };
    arrange(&view, &LayoutOptions::default()).expect("our own engine does not fail")
}

fn node(key: &str, text: &str) -> ViewNode {
    let tones = [Tone::Name]
        .into_iter()
        .chain(std::iter::repeat(Tone::Value));
    let lines = text.split('\n').zip(tones).map(|(line, tone)| Line {
        text: line.to_owned(),
        tone,
    });
    ViewNode {
        key: key.to_owned(),
        shape: Shape::Object,
        lines: lines.collect(),
        tooltip: String::new(),
        roles: Roles::default(),
        depth_percent: 0,
        attributes: Vec::new(),
    }
}
