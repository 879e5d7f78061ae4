//! The whole way: measure, place, dress.

use super::beside::{Shown, SmallLabels};
use super::port::Ports;
use super::shapes::meeting;
use super::{clusters, edge, node, ranks};
use crate::arrange::block::TextBlock;
use crate::arrange::compose::{MARGIN, back_labels};
use crate::arrange::direction::place;
use crate::arrange::{ArrangeError, LayoutOptions, furniture};
use crate::dot::{DotEdge, DotGraph, colour, label};
use crate::paint::Outline;
use crate::printable::line;
use crate::scene::Scene;
use objgraph_graph::View;
use objgraph_layout::{Diagram, Layout, Point, RankDirection, RankGroup, Rect, Size};

/// A DOT graph with a place for each of its parts, made by [`arrange_dot`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DotPicture {
    /// The picture, to be written as SVG or PNG. What is invisible is not in it.
    pub scene: Scene,
    /// Where each node is, in the order of [`DotGraph::nodes`], in pixels of the scene.
    pub boxes: Vec<Rect>,
    /// The line of each edge, in the order of [`DotGraph::edges`]: a start, then three points for each cubic curve.
    pub curves: Vec<Vec<Point>>,
    /// The label of each edge; an empty rectangle where there is none.
    pub labels: Vec<Rect>,
    /// The frame of each cluster, in the order of the clusters in [`DotGraph::subgraphs`]; only the default engine draws them.
    pub clusters: Vec<Rect>,
    /// What all of these cover: the picture without margins and title.
    pub bounds: Rect,
    /// What the file asks for and the picture does not show, a sentence each.
    pub warnings: Vec<String>,
}

/// Places everything that a DOT graph says.
///
/// Direction, sizes, shapes, colours and styles are those of the file; the fonts are the bundled ones.
///
/// # Errors
///
/// As [`arrange`](crate::arrange()).
///
/// # Examples
///
/// ```
/// use objgraph_render::{LayoutOptions, arrange_dot, read_dot};
///
/// let graph = read_dot(b"digraph { rankdir=LR; a -> b [label=\"to\"] }")?;
/// let picture = arrange_dot(&graph, &LayoutOptions::default())?;
/// assert!(picture.boxes[0].right() < picture.boxes[1].x);
/// assert_eq!(picture.scene.arrows[0].label.as_ref().unwrap().lines[0].text, "to");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn arrange_dot(graph: &DotGraph, options: &LayoutOptions) -> Result<DotPicture, ArrangeError> {
    let in_file = graph
        .attributes
        .text("rankdir")
        .and_then(RankDirection::parse);
    // Ports are chosen with a direction in mind, and Graphviz draws downwards.
    let has_ports = |edge: &DotEdge| edge.tail_port().or(edge.head_port()).is_some();
    let is_tied = graph.edges.iter().any(has_ports);
    let usual = is_tied.then_some(RankDirection::TopToBottom);
    let direction = options.direction.or(in_file).or(usual);
    let is_sideways = direction.is_some_and(RankDirection::is_sideways);
    let nodes = graph.nodes.iter();
    let nodes: Vec<_> = nodes
        .map(|node| node::measured(graph, node, is_sideways))
        .collect();
    let edges = graph.edges.iter();
    let blocks: Vec<_> = edges.map(|edge| edge::label_block(graph, edge)).collect();
    let clusters = clusters::measured(graph);
    let mut ports = Ports::new(graph, &nodes);
    let groups = ranks::groups(graph);
    let warnings = ranks::warning(graph, &groups);
    let diagram = diagram(graph, &mut ports, &blocks, (&clusters, groups));
    let warnings = ports.warning().into_iter().chain(warnings).collect();
    let mut layout = place(diagram, options, direction)?;
    for (edge, curve) in graph.edges.iter().zip(&mut layout.curves) {
        let outline = |end: usize| (nodes[end].paint.outline, layout.boxes[end]);
        clip(curve, outline(edge.tail), outline(edge.head));
    }
    let picture = dressed(graph, nodes, blocks, clusters, layout);
    Ok(DotPicture {
        warnings,
        ..picture
    })
}

fn diagram(
    graph: &DotGraph,
    ports: &mut Ports<'_>,
    blocks: &[TextBlock],
    (clusters, groups): (&[clusters::Measured], Vec<RankGroup>),
) -> Diagram {
    let boxes = ports.nodes().iter().map(node::Measured::size).collect();
    let arrows = graph.edges.iter().zip(blocks);
    let arrows = arrows.map(|(edge, block)| edge::arrow(edge, block, ports));
    let diagram = Diagram::new(boxes, arrows.collect());
    let clusters = clusters.iter().map(|measured| measured.cluster.clone());
    diagram
        .and_then(|diagram| diagram.clusters(clusters.collect()))
        .and_then(|diagram| diagram.groups(groups))
        .expect("sizes and texts are cut, ports are within nodes, edges end at them, and each node is in one cluster")
}

/// Draws both ends of a line on to the outlines that they belong to.
fn clip(curve: &mut [Point], tail: (Outline, Rect), head: (Outline, Rect)) {
    if let [start, control, .., last_control, end] = curve {
        for (point, control, (outline, rect)) in [(start, control, tail), (end, last_control, head)]
        {
            let met = meeting(outline, rect, *point);
            *control = control.shifted(met.x - point.x, met.y - point.y);
            *point = met;
        }
    }
}

fn dressed(
    graph: &DotGraph,
    nodes: Vec<node::Measured>,
    blocks: Vec<TextBlock>,
    clusters: Vec<clusters::Measured>,
    mut layout: Layout,
) -> DotPicture {
    let surroundings = View {
        title: title(graph),
        ..View::default()
    };
    let small = SmallLabels::new(graph, &layout);
    let bounds = small.bounds(layout.bounds());
    let frame = furniture::frame(&surroundings, bounds.width);
    let width = frame.width.max(bounds.width);
    let dx = MARGIN - bounds.x + (width - bounds.width) / 2.0;
    let dy = MARGIN - bounds.y + frame.title_height;
    shift(&mut layout, dx, dy);
    let mut scene = Scene {
        background: graph.attributes.text("bgcolor").and_then(colour::parse),
        summary: summary(graph),
        ..Scene::default()
    };
    let frames = clusters
        .into_iter()
        .zip(layout.clusters.iter().zip(&layout.titles));
    scene.frames = frames
        .enumerate()
        .map(|(index, (measured, (rect, title)))| measured.dressed(graph, index, *rect, *title))
        .collect();
    let mut shown = Shown::default();
    for (index, measured) in nodes.into_iter().enumerate() {
        let place = scene.boxes.len();
        shown.nodes.push(measured.is_visible.then_some(place));
        if measured.is_visible {
            let rect = layout.boxes[index];
            scene
                .boxes
                .push(node::scene_box(graph, index, measured, rect));
        }
    }
    for (index, block) in blocks.into_iter().enumerate() {
        let is_visible = edge::is_visible(&graph.edges[index]);
        shown.edges.push(is_visible.then_some(scene.arrows.len()));
        if is_visible {
            let (curve, rect) = (layout.curves[index].clone(), layout.labels[index]);
            scene
                .arrows
                .push(edge::scene_arrow(graph, index, curve, block, rect));
        }
    }
    small.insert(&mut scene, (dx, dy), &shown);
    back_labels(&mut scene);
    let below = dy + bounds.y + bounds.height;
    let bottom = frame.place(&mut scene, Point::new(MARGIN, MARGIN), width, below);
    scene.size = Size::new((width + 2.0 * MARGIN).ceil(), (bottom + MARGIN).ceil());
    DotPicture {
        scene,
        bounds: bounds.shifted(dx, dy),
        boxes: layout.boxes,
        curves: layout.curves,
        labels: layout.labels,
        clusters: layout.clusters,
        warnings: Vec::new(),
    }
}

fn shift(layout: &mut Layout, dx: f64, dy: f64) {
    let of_clusters = layout.clusters.iter_mut().chain(&mut layout.titles);
    let rects = layout
        .boxes
        .iter_mut()
        .chain(&mut layout.labels)
        .chain(of_clusters);
    rects.for_each(|rect| *rect = rect.shifted(dx, dy));
    let points = layout.curves.iter_mut().flatten();
    points.for_each(|point| *point = point.shifted(dx, dy));
}

fn title(graph: &DotGraph) -> Option<String> {
    let names = label::Names {
        graph: &graph.name,
        is_directed: graph.is_directed,
        ..label::Names::default()
    };
    let value = graph.attributes.value("label")?;
    Some(label::text(value, names).replace('\n', " "))
}

fn summary(graph: &DotGraph) -> String {
    let title = title(graph).unwrap_or_else(|| graph.name.clone());
    let counted = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let counts = [
        counted(graph.nodes.len(), "node"),
        counted(graph.edges.len(), "edge"),
    ]
    .join(", ");
    if title.is_empty() {
        counts
    } else {
        format!("{}: {counts}", line(&title))
    }
}
