//! The format `json`: where everything is, for programs. Lengths are pixels, y grows downwards.

use objgraph_render::{DotGraph, DotPicture, Point, Rect};
use serde::Serialize;

/// The whole file. A later version may have more keys, and changes `version` if one goes or means something else.
#[derive(Serialize)]
struct Picture<'a> {
    /// Always `objgraph-picture`.
    format: &'static str,
    /// 1.
    version: u32,
    /// The name of the graph; empty if there is none.
    name: &'a str,
    /// Whether edges have a direction.
    directed: bool,
    /// The size of the whole picture, margins and title included.
    width: f64,
    /// See `width`.
    height: f64,
    /// One for each node, in the order of the file.
    boxes: Vec<NodeBox<'a>>,
    /// One for each edge, in the order of the file.
    arrows: Vec<EdgeArrow<'a>>,
}

/// A node: its upper left corner and its size.
#[derive(Serialize)]
struct NodeBox<'a> {
    name: &'a str,
    /// The label as the file has it, escapes included; left out if it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(flatten)]
    place: Place,
}

/// An edge.
#[derive(Serialize)]
struct EdgeArrow<'a> {
    /// The position in `boxes` where it begins.
    tail: usize,
    /// The position in `boxes` where it ends.
    head: usize,
    /// From border to border: a start, then three points (two controls and an end) for each cubic curve.
    curve: Vec<[f64; 2]>,
    /// As with boxes.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    /// What the label covers; left out if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    label_place: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// A line of JSON.
pub(crate) fn to_json(graph: &DotGraph, picture: &DotPicture) -> String {
    let boxes = graph.nodes.iter().zip(&picture.boxes);
    let curves = picture.curves.iter().zip(&picture.labels);
    let arrows = graph.edges.iter().zip(curves);
    let picture = Picture {
        format: "objgraph-picture",
        version: 1,
        name: &graph.name,
        directed: graph.is_directed,
        width: picture.scene.size.width,
        height: picture.scene.size.height,
        boxes: boxes
            .map(|(node, rect)| NodeBox {
                name: &node.name,
                label: node.attributes.text("label"),
                place: place(*rect),
            })
            .collect(),
        arrows: arrows
            .map(|(edge, (curve, label))| EdgeArrow {
                tail: edge.tail,
                head: edge.head,
                curve: curve.iter().map(|point| pair(*point)).collect(),
                label: edge.attributes.text("label"),
                label_place: (label.width > 0.0).then(|| place(*label)),
            })
            .collect(),
    };
    let json = serde_json::to_string(&picture).expect("its keys are texts and its numbers finite");
    json + "\n"
}

fn place(rect: Rect) -> Place {
    Place {
        x: hundredths(rect.x),
        y: hundredths(rect.y),
        width: hundredths(rect.width),
        height: hundredths(rect.height),
    }
}

fn pair(point: Point) -> [f64; 2] {
    [hundredths(point.x), hundredths(point.y)]
}

fn hundredths(pixels: f64) -> f64 {
    (pixels * 100.0).round() / 100.0
}
