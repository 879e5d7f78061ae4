//! Clusters of a DOT graph: titles measured, and frames dressed once they have their place.

use super::node::{dash, fill, has_style, stroke_width, tooltip};
use super::text::dressed;
use crate::arrange::block::TextBlock;
use crate::dot::{DotAttributes, DotGraph, colour, label};
use crate::paint::{Fill, Outline, Paint};
use crate::scene::SceneFrame;
use objgraph_layout::{Cluster, Rect, Size};

/// Room around the text of a title.
const TITLE_PADDING: Size = Size {
    width: 2.0,
    height: 1.0,
};

/// A cluster that has a title but no place yet.
pub(super) struct Measured {
    /// Its position in [`DotGraph::subgraphs`].
    subgraph: usize,
    pub(super) cluster: Cluster,
    title: TextBlock,
}

/// The clusters among the subgraphs, in their order.
pub(super) fn measured(graph: &DotGraph) -> Vec<Measured> {
    let mut place = vec![None; graph.subgraphs.len()];
    let mut clusters = Vec::new();
    for (subgraph, found) in graph.subgraphs.iter().enumerate() {
        // Subgraphs that are no clusters count as their parent.
        let around = found.parent.and_then(|parent| place[parent]);
        if !found.is_cluster() {
            place[subgraph] = around;
            continue;
        }
        place[subgraph] = Some(clusters.len());
        let title = title(graph, &found.attributes);
        clusters.push(Measured {
            subgraph,
            cluster: Cluster {
                boxes: Vec::new(),
                parent: around,
                title: title.size,
            },
            title,
        });
    }
    for (index, node) in graph.nodes.iter().enumerate() {
        if let Some(cluster) = node.cluster.and_then(|subgraph| place[subgraph]) {
            clusters[cluster].cluster.boxes.push(index);
        }
    }
    clusters
}

fn names(graph: &DotGraph) -> label::Names<'_> {
    label::Names {
        graph: &graph.name,
        is_directed: graph.is_directed,
        ..label::Names::default()
    }
}

fn title(graph: &DotGraph, attributes: &DotAttributes) -> TextBlock {
    let lines = attributes
        .value("label")
        .map(|value| label::lines(value, names(graph)));
    match dressed(lines.unwrap_or_default(), attributes, None) {
        lines if lines.is_empty() => TextBlock::default(),
        lines => TextBlock::new(lines, TITLE_PADDING),
    }
}

impl Measured {
    /// The frame at its place.
    pub(super) fn dressed(
        self,
        graph: &DotGraph,
        index: usize,
        rect: Rect,
        title: Rect,
    ) -> SceneFrame {
        let attributes = &graph.subgraphs[self.subgraph].attributes;
        SceneFrame {
            id: format!("c{index}"),
            rect,
            kind: None,
            lines: self.title.into_texts(title),
            tooltip: tooltip(attributes, names(graph)).unwrap_or_default(),
            paint: paint(attributes),
        }
    }
}

fn paint(attributes: &DotAttributes) -> Paint {
    let colour = |name| attributes.text(name).and_then(colour::parse);
    let is_filled = has_style(attributes, "filled") || has_style(attributes, "radial");
    let chosen = fill(attributes, &["fillcolor", "color"]).filter(|_| is_filled);
    let fill = fill(attributes, &["bgcolor"]).or(chosen);
    Paint {
        outline: if attributes.number("peripheries").is_some_and(|n| n < 1.0) {
            Outline::None
        } else if has_style(attributes, "rounded") {
            Outline::Rounded
        } else {
            Outline::Rectangle
        },
        fill: fill.unwrap_or(Fill::Theme),
        stroke: colour("pencolor").or(colour("color")),
        stroke_width: stroke_width(attributes),
        dash: dash(attributes),
        ..Paint::default()
    }
}
