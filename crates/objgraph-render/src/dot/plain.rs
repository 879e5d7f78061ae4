//! Graphviz's format `plain`: a line for each part, in inches.

use std::fmt::Write as _;

use super::attributes::{DotAttributes, DotValue};
use super::canonical::{Id, Short, Value, upwards};
use super::graph::DotGraph;
use crate::arrange::DotPicture;
use objgraph_layout::Point;

/// Pixels, which are Graphviz's points, in an inch.
const POINTS: f64 = 72.0;

/// Writes where everything is in the format of `dot -Tplain`, so that layouts can be compared by program.
///
/// Lengths are inches, y grows upwards, and curves go from border to border. The margin and the title of the
/// picture are left out.
///
/// # Examples
///
/// ```
/// use objgraph_render::{LayoutOptions, arrange_dot, read_dot, to_plain};
///
/// let graph = read_dot(b"digraph { a [width=2] }")?;
/// let picture = arrange_dot(&graph, &LayoutOptions::default())?;
/// let plain = "graph 1 2 0.5\nnode a 1 0.25 2 0.5 a solid ellipse black lightgrey\nstop\n";
/// assert_eq!(to_plain(&graph, &picture), plain);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn to_plain(graph: &DotGraph, picture: &DotPicture) -> String {
    let mut plain = String::with_capacity(80 * (graph.nodes.len() + graph.edges.len()));
    let (width, height) = (inches(picture.bounds.width), inches(picture.bounds.height));
    let _ = writeln!(plain, "graph 1 {width} {height}");
    for index in 0..graph.nodes.len() {
        node(&mut plain, graph, picture, index);
    }
    for index in 0..graph.edges.len() {
        edge(&mut plain, graph, picture, index);
    }
    plain.push_str("stop\n");
    plain
}

/// `node name x y width height label style shape color fillcolor`
fn node(plain: &mut String, graph: &DotGraph, picture: &DotPicture, index: usize) {
    let (node, rect) = (&graph.nodes[index], picture.boxes[index]);
    let attributes = &node.attributes;
    let _ = write!(plain, "node {}", Id(&node.name));
    place(plain, picture, rect.center());
    let _ = write!(plain, " {} {}", inches(rect.width), inches(rect.height));
    let name = DotValue::Text(node.name.as_str().into());
    let label = attributes.value("label").unwrap_or(&name);
    let is_name = label.as_str() == "\\N";
    let color = attributes.text("color");
    let fill = attributes.text("fillcolor").or(color);
    let _ = writeln!(
        plain,
        " {} {} {} {} {}",
        Value(if is_name { &name } else { label }),
        Id(style(attributes)),
        Id(attributes.text("shape").unwrap_or("ellipse")),
        Id(color.unwrap_or("black")),
        Id(fill.unwrap_or("lightgrey")),
    );
}

/// `edge tail head n x1 y1 … xn yn [label x y] style color`
fn edge(plain: &mut String, graph: &DotGraph, picture: &DotPicture, index: usize) {
    let edge = &graph.edges[index];
    let name = |node: usize| Id(&graph.nodes[node].name);
    let curve = &picture.curves[index];
    let (tail, head) = (name(edge.tail), name(edge.head));
    let _ = write!(plain, "edge {tail} {head} {}", curve.len());
    for point in curve {
        place(plain, picture, *point);
    }
    let rect = picture.labels[index];
    let label = edge.attributes.value("label");
    if let Some(label) = label.filter(|_| rect.width > 0.0) {
        let _ = write!(plain, " {}", Value(label));
        place(plain, picture, rect.center());
    }
    let color = edge.attributes.text("color").unwrap_or("black");
    let _ = writeln!(plain, " {} {}", Id(style(&edge.attributes)), Id(color));
}

fn style(attributes: &DotAttributes) -> &str {
    attributes.text("style").unwrap_or("solid")
}

fn place(plain: &mut String, picture: &DotPicture, point: Point) {
    let point = upwards(picture, point);
    let _ = write!(plain, " {} {}", inches(point.x), inches(point.y));
}

fn inches(pixels: f64) -> Short {
    Short(pixels / POINTS, 4)
}
