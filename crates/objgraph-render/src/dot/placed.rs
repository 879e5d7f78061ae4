//! A graph that was read, written back with the places of its parts.

use std::fmt::Write as _;

use super::attributes::DotAttributes;
use super::canonical::{Id, Short, Value, upwards};
use super::graph::{DotEdge, DotGraph};
use crate::arrange::{DotPicture, direction, retreat};
use objgraph_layout::Point;

/// How far a line ends before the tip of its head, in points, as in Graphviz.
const HEAD: f64 = 10.0;

/// Writes the graph as DOT with the attributes `bb`, `pos`, `lp`, `width` and `height` added, as `dot -Tdot` does.
///
/// `neato -n2` draws it with every part at its place. Defaults are written out at each node and edge.
///
/// # Examples
///
/// ```
/// use objgraph_render::{LayoutOptions, arrange_dot, read_dot, to_placed_dot};
///
/// let graph = read_dot(b"graph { a [label=\"one node\", width=2] }")?;
/// let picture = arrange_dot(&graph, &LayoutOptions::default())?;
/// let again = read_dot(to_placed_dot(&graph, &picture).as_bytes())?;
/// assert_eq!(again.nodes[0].attributes.text("pos"), Some("72,18"));
/// assert_eq!(again.nodes[0].attributes.text("label"), Some("one node"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn to_placed_dot(graph: &DotGraph, picture: &DotPicture) -> String {
    let mut dot = String::with_capacity(200 * (graph.nodes.len() + graph.edges.len()));
    let strict = if graph.is_strict { "strict " } else { "" };
    let kind = if graph.is_directed {
        "digraph"
    } else {
        "graph"
    };
    let _ = writeln!(dot, "{strict}{kind} {} {{", Id(&graph.name));
    let (width, height) = (short(picture.bounds.width), short(picture.bounds.height));
    let bounds = [("bb", format!("0,0,{width},{height}"))];
    let _ = writeln!(dot, "  graph [{}];", list(&graph.attributes, &bounds));
    for (node, rect) in graph.nodes.iter().zip(&picture.boxes) {
        let added = [
            ("pos", place(picture, rect.center())),
            ("width", inches(rect.width)),
            ("height", inches(rect.height)),
        ];
        let attributes = list(&node.attributes, &added);
        let _ = writeln!(dot, "  {} [{attributes}];", Id(&node.name));
    }
    subgraphs(&mut dot, graph);
    for (index, edge) in graph.edges.iter().enumerate() {
        write_edge(&mut dot, graph, picture, (index, edge));
    }
    dot.push_str("}\n");
    dot
}

/// Each subgraph inside that which contains it. A list of what to open and to close stands in for recursion.
fn subgraphs(dot: &mut String, graph: &DotGraph) {
    let mut children = vec![Vec::new(); graph.subgraphs.len()];
    let mut outermost = Vec::new();
    for (index, subgraph) in graph.subgraphs.iter().enumerate() {
        match subgraph.parent {
            Some(parent) => children[parent].push(index),
            None => outermost.push(index),
        }
    }
    let mut steps: Vec<Option<usize>> = outermost.into_iter().rev().map(Some).collect();
    while let Some(step) = steps.pop() {
        let Some(index) = step else {
            dot.push_str("  }\n");
            continue;
        };
        let subgraph = &graph.subgraphs[index];
        dot.push_str("  subgraph ");
        if !subgraph.name.is_empty() {
            let _ = write!(dot, "{} ", Id(&subgraph.name));
        }
        let attributes = list(&subgraph.attributes, &[]);
        let _ = writeln!(dot, "{{\n    graph [{attributes}];");
        for &node in &subgraph.nodes {
            let _ = writeln!(dot, "    {};", Id(&graph.nodes[node].name));
        }
        steps.push(None);
        steps.extend(children[index].iter().rev().copied().map(Some));
    }
}

fn write_edge(
    dot: &mut String,
    graph: &DotGraph,
    picture: &DotPicture,
    (index, edge): (usize, &DotEdge),
) {
    let label = picture.labels[index];
    let mut added = vec![("pos", spline(graph, picture, (index, edge)))];
    if label.width > 0.0 {
        added.push(("lp", place(picture, label.center())));
    }
    let name = |node: usize| Id(&graph.nodes[node].name);
    let operator = if graph.is_directed { "->" } else { "--" };
    let (tail, head) = (name(edge.tail), name(edge.head));
    let attributes = list(&edge.attributes, &added);
    let _ = writeln!(dot, "  {tail} {operator} {head} [{attributes}];");
}

/// All attributes; those added win.
fn list(attributes: &DotAttributes, added: &[(&str, String)]) -> String {
    let is_kept = |name: &str| added.iter().all(|(other, _)| *other != name);
    let kept = attributes.iter().filter(|(name, _)| is_kept(name));
    let kept = kept.map(|(name, value)| format!("{}={}", Id(name), Value(value)));
    let added = added
        .iter()
        .map(|(name, value)| format!("{name}={}", Id(value)));
    kept.chain(added).collect::<Vec<_>>().join(", ")
}

/// `s,x,y` and `e,x,y` for the tips of an arrow, then the points of the line between its heads.
fn spline(graph: &DotGraph, picture: &DotPicture, (index, edge): (usize, &DotEdge)) -> String {
    let default = if graph.is_directed { "forward" } else { "none" };
    let dir = edge.attributes.text("dir").unwrap_or(default);
    let mut curve = picture.curves[index].clone();
    let mut tips = String::new();
    if dir == "back" || dir == "both" {
        curve.reverse();
        let tip = cut_head(&mut curve);
        curve.reverse();
        let _ = write!(tips, "s,{} ", place(picture, tip));
    }
    if dir == "forward" || dir == "both" {
        let tip = cut_head(&mut curve);
        let _ = write!(tips, "e,{} ", place(picture, tip));
    }
    let points: Vec<_> = curve.iter().map(|point| place(picture, *point)).collect();
    tips + &points.join(" ")
}

/// Ends a line before its head; answers the tip.
fn cut_head(curve: &mut [Point]) -> Point {
    let tip = curve.last().copied().unwrap_or_default();
    let unit = direction(curve, tip);
    retreat(curve, tip.shifted(-unit.x * HEAD, -unit.y * HEAD));
    tip
}

fn place(picture: &DotPicture, point: Point) -> String {
    let point = upwards(picture, point);
    format!("{},{}", short(point.x), short(point.y))
}

fn short(pixels: f64) -> Short {
    Short(pixels, 2)
}

fn inches(pixels: f64) -> String {
    Short(pixels / 72.0, 4).to_string()
}
