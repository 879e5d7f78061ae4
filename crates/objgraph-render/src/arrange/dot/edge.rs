//! Edges of a DOT graph: labels measured, and dressed once they have their place.

use super::ends;
use super::node::{dash, has_style, stroke_width, tooltip};
use super::port::Ports;
use super::text::{dressed, small};
use crate::arrange::block::TextBlock;
use crate::arrange::compose;
use crate::dot::{DotAttributes, DotEdge, DotGraph, colour, label};
use crate::paint::Paint;
use crate::printable;
use crate::scene::{Emphasis, Head, SceneArrow};
use objgraph_graph::ArrowKind;
use objgraph_layout::{Arrow, Point, Rect, Size};
use objgraph_trace::EdgeKind;

/// Room around the text of a label.
const LABEL_PADDING: Size = Size {
    width: 3.0,
    height: 0.5,
};

fn names<'a>(graph: &'a DotGraph, edge: &DotEdge) -> label::Names<'a> {
    label::Names {
        graph: &graph.name,
        tail: &graph.nodes[edge.tail].name,
        head: &graph.nodes[edge.head].name,
        is_directed: graph.is_directed,
        ..label::Names::default()
    }
}

/// The label, and below it what may stand beside the edge: `xlabel`.
pub(super) fn label_block(graph: &DotGraph, edge: &DotEdge) -> TextBlock {
    let attributes = &edge.attributes;
    let values = ["label", "xlabel"]
        .into_iter()
        .filter_map(|name| attributes.value(name));
    let lines = values.flat_map(|value| label::lines(value, names(graph, edge)));
    match dressed(lines.collect(), attributes, None) {
        lines if lines.is_empty() || !is_visible(edge) => TextBlock::default(),
        lines => TextBlock::new(lines, LABEL_PADDING),
    }
}

/// The labels at its ends, of which some may be empty: at the tail, then at the head.
pub(super) fn end_blocks(graph: &DotGraph, edge: &DotEdge) -> [TextBlock; 2] {
    ["taillabel", "headlabel"].map(|name| {
        let value = edge.attributes.value(name).filter(|_| is_visible(edge));
        let lines = value.map(|value| label::lines(value, names(graph, edge)));
        match small(lines.unwrap_or_default(), &edge.attributes) {
            lines if lines.is_empty() => TextBlock::default(),
            lines => TextBlock::new(lines, LABEL_PADDING),
        }
    })
}

/// The arrow that the layout knows.
pub(super) fn arrow(edge: &DotEdge, label: &TextBlock, ports: &mut Ports<'_>) -> Arrow {
    let is_free = edge.attributes.flag("constraint") == Some(false);
    let weight = edge.attributes.number("weight").unwrap_or(1.0);
    Arrow {
        weight: if is_free { 0 } else { whole(weight) },
        source_port: ports.find(edge.tail, edge.tail_port()),
        target_port: ports.find(edge.head, edge.head_port()),
        ..Arrow::new(edge.tail, edge.head, label.size)
    }
}

#[expect(clippy::cast_sign_loss, reason = "held between 0 and 1000")]
fn whole(weight: f64) -> u32 {
    weight.clamp(0.0, 1000.0).ceil() as u32
}

pub(super) fn is_visible(edge: &DotEdge) -> bool {
    !has_style(&edge.attributes, "invis")
}

pub(super) fn scene_arrow(
    graph: &DotGraph,
    index: usize,
    mut curve: Vec<Point>,
    block: TextBlock,
    rect: Rect,
) -> SceneArrow {
    let edge = &graph.edges[index];
    let attributes = &edge.attributes;
    let (head, tail) = heads(attributes, graph.is_directed, &mut curve);
    let id = |text: &str| printable::line(text).into_owned();
    let end = |node: usize| {
        let given = graph.nodes[node].attributes.text("id");
        given.map_or_else(|| format!("n{node}"), id)
    };
    SceneArrow {
        id: attributes
            .text("id")
            .map_or_else(|| format!("e{index}"), id),
        source: end(edge.tail),
        target: end(edge.head),
        kind: ArrowKind::Reference(EdgeKind::Strong),
        emphasis: Emphasis::Plain,
        head,
        tail,
        curve,
        label: compose::label(block, rect),
        end_labels: Vec::new(),
        tooltip: tooltip(attributes, names(graph, edge)).unwrap_or_default(),
        paint: Paint {
            stroke: attributes.text("color").and_then(colour::parse),
            stroke_width: stroke_width(attributes),
            dash: dash(attributes),
            ..Paint::default()
        },
    }
}

/// The heads at both ends; the line is drawn back to their feet.
fn heads(attributes: &DotAttributes, is_directed: bool, curve: &mut [Point]) -> (Head, Head) {
    let default = if is_directed { "forward" } else { "none" };
    let dir = attributes.text("dir").unwrap_or(default);
    let scale = attributes
        .number("arrowsize")
        .unwrap_or(1.0)
        .clamp(0.0, 10.0);
    let name = |attribute| attributes.text(attribute).unwrap_or("normal");
    let mut head = Head::None;
    if dir == "forward" || dir == "both" {
        head = ends::finish(curve, name("arrowhead"), scale);
    }
    let mut tail = Head::None;
    if dir == "back" || dir == "both" {
        curve.reverse();
        tail = ends::finish(curve, name("arrowtail"), scale);
        curve.reverse();
    }
    (head, tail)
}
