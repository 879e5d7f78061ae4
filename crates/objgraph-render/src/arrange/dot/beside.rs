//! Labels at the ends of edges, and beside nodes: placed when all else is.

use super::text::dressed;
use super::{edge, node};
use crate::arrange::block::TextBlock;
use crate::arrange::compose;
use crate::dot::{DotGraph, DotNode, label};
use crate::scene::{Scene, SceneArrow, SceneBox};
use objgraph_layout::{Beside, Layout, Rect, Size, beside};

/// Room around the text of a label beside a node.
const PADDING: Size = Size {
    width: 2.0,
    height: 0.5,
};

/// Labels with their places.
#[derive(Default)]
pub(super) struct SmallLabels {
    labels: Vec<(Beside, TextBlock, Rect)>,
}

impl SmallLabels {
    /// Measures and places them in a layout.
    pub(super) fn new(graph: &DotGraph, layout: &Layout) -> Self {
        let of_edges = graph.edges.iter().enumerate().flat_map(|(index, edge)| {
            let [tail, head] = edge::end_blocks(graph, edge);
            [(Beside::Source(index), tail), (Beside::Target(index), head)]
        });
        let of_nodes = graph.nodes.iter().enumerate();
        let of_nodes = of_nodes.map(|(index, node)| (Beside::Box(index), node_block(graph, node)));
        let all = of_edges.chain(of_nodes);
        let blocks: Vec<_> = all.filter(|(_, block)| !block.lines.is_empty()).collect();
        let sizes: Vec<_> = blocks
            .iter()
            .map(|(what, block)| (*what, block.size))
            .collect();
        let places = beside(layout, &sizes);
        let labels = blocks.into_iter().zip(places);
        Self {
            labels: labels
                .map(|((what, block), rect)| (what, block, rect))
                .collect(),
        }
    }

    /// What they cover, together with a rectangle.
    pub(super) fn bounds(&self, bounds: Rect) -> Rect {
        self.labels.iter().fold(bounds, |all, (_, _, rect)| {
            let (x, y) = (all.x.min(rect.x), all.y.min(rect.y));
            Rect {
                x,
                y,
                width: all.right().max(rect.right()) - x,
                height: all.bottom().max(rect.bottom()) - y,
            }
        })
    }

    /// Puts them into a scene that is so much further right and down.
    pub(super) fn insert(self, scene: &mut Scene, (dx, dy): (f64, f64), shown: &Shown) {
        for (what, block, rect) in self.labels {
            let label = compose::label(block, rect.shifted(dx, dy));
            match what {
                Beside::Source(index) | Beside::Target(index) => {
                    if let Some(arrow) = shown.arrow(scene, index) {
                        arrow.end_labels.extend(label);
                    }
                }
                Beside::Box(index) => {
                    if let Some(node) = shown.node(scene, index) {
                        node.beside = label;
                    }
                }
            }
        }
    }
}

/// Where in a scene the visible nodes and edges are.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) nodes: Vec<Option<usize>>,
    pub(super) edges: Vec<Option<usize>>,
}

impl Shown {
    fn node<'s>(&self, scene: &'s mut Scene, index: usize) -> Option<&'s mut SceneBox> {
        scene.boxes.get_mut((*self.nodes.get(index)?)?)
    }

    fn arrow<'s>(&self, scene: &'s mut Scene, index: usize) -> Option<&'s mut SceneArrow> {
        scene.arrows.get_mut((*self.edges.get(index)?)?)
    }
}

fn node_block(graph: &DotGraph, node: &DotNode) -> TextBlock {
    let value = node.attributes.value("xlabel");
    let lines = value.map(|value| label::lines(value, node::names(graph, node)));
    match dressed(lines.unwrap_or_default(), &node.attributes, None) {
        lines if lines.is_empty() => TextBlock::default(),
        lines => TextBlock::new(lines, PADDING),
    }
}
