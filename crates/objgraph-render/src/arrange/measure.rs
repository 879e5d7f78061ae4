//! How large the boxes and labels of a view are.

use objgraph_graph::{ArrowKind, Role, Roles, Shape, Tone, View, ViewEdge, ViewFrame, ViewNode};

use super::block::{TextBlock, TextLine};
use crate::printable::short_line;
use crate::scene::{Sign, TextStyle};
use objgraph_layout::{Arrow, Cluster, Diagram, Size};

/// Room between the border of a box and its text.
const PADDING: Size = Size {
    width: 12.0,
    height: 7.0,
};
/// The distance of the marks of a box.
pub(super) const MARK_STEP: f64 = 16.0;
/// Room around the text of a label.
const LABEL_PADDING: Size = Size {
    width: 3.0,
    height: 0.5,
};
/// Room around the title of a frame.
const TITLE_PADDING: Size = Size {
    width: 4.0,
    height: 2.0,
};

/// The measured texts of a view.
pub(super) struct Contents {
    pub(super) boxes: Vec<TextBlock>,
    pub(super) labels: Vec<TextBlock>,
    /// The titles of the frames.
    pub(super) titles: Vec<TextBlock>,
}

pub(super) fn contents(view: &View) -> Contents {
    Contents {
        boxes: view.nodes.iter().map(node_block).collect(),
        labels: view.edges.iter().map(label_block).collect(),
        titles: view.frames.iter().map(title_block).collect(),
    }
}

pub(super) fn diagram(view: &View, contents: &Contents) -> Diagram {
    let arrows = view.edges.iter().zip(&contents.labels);
    let arrows = arrows.map(|(edge, label)| Arrow {
        weight: weight(edge.kind),
        ..Arrow::new(edge.source, edge.target, label.size)
    });
    let boxes = contents.boxes.iter().map(|block| block.size);
    let frames = view.frames.iter().zip(&contents.titles);
    let clusters = frames.map(|(frame, title)| Cluster {
        boxes: frame.nodes.clone(),
        parent: None,
        title: title.size,
    });
    Diagram::new(boxes.collect(), arrows.collect())
        .and_then(|diagram| diagram.clusters(clusters.collect()))
        .expect("texts are cut, the arrows of a view end at its boxes, and no box is in two frames")
}

/// What owns stands above what it owns; where others point does not matter.
fn weight(kind: ArrowKind) -> u32 {
    match kind {
        ArrowKind::Reference(kind) => u32::from(kind.keeps_alive()),
        ArrowKind::More => 1,
    }
}

/// The signs of a box, from top to bottom.
pub(super) fn signs(roles: Roles) -> Vec<Sign> {
    roles
        .iter()
        .filter_map(|role| match role {
            Role::Root | Role::Highlighted => None,
            Role::Target => Some(Sign::Target),
            Role::InCycle => Some(Sign::Cycle),
            Role::Busy => Some(Sign::Busy),
            Role::Opaque => Some(Sign::Opaque),
            Role::HasDrop => Some(Sign::Drop),
            Role::Dropped => Some(Sign::Dropped),
        })
        .collect()
}

fn node_block(node: &ViewNode) -> TextBlock {
    let style = |tone| match node.shape {
        Shape::Object => text_style(tone),
        Shape::Folded => TextStyle::Value,
    };
    let lines = node
        .lines
        .iter()
        .map(|line| TextLine::new(style(line.tone), short_line(&line.text)));
    let mut block = TextBlock::new(lines.collect(), PADDING);
    let marks_height = signs(node.roles).len() as f64 * MARK_STEP + 4.0;
    let size = Size::new(
        block.size.width.max(34.0).ceil(),
        block.size.height.max(28.0).max(marks_height).ceil(),
    );
    block.resize(size);
    block
}

fn label_block(edge: &ViewEdge) -> TextBlock {
    let mut lines = Vec::new();
    if !edge.label.is_empty() {
        let style = match edge.kind {
            ArrowKind::Reference(_) => TextStyle::Label,
            ArrowKind::More => TextStyle::Detail,
        };
        lines.push(TextLine::new(style, short_line(&edge.label)));
    }
    if edge.to_weaken {
        lines.push(TextLine::new(TextStyle::Sign, "→ Weak".to_owned()));
    }
    if lines.is_empty() {
        return TextBlock::default();
    }
    TextBlock::new(lines, LABEL_PADDING)
}

fn title_block(frame: &ViewFrame) -> TextBlock {
    let title = TextLine::new(TextStyle::Heading, short_line(&frame.title));
    TextBlock::new(vec![title], TITLE_PADDING)
}

fn text_style(tone: Tone) -> TextStyle {
    match tone {
        Tone::Name => TextStyle::Name,
        Tone::Value => TextStyle::Value,
        Tone::Detail => TextStyle::Detail,
    }
}
