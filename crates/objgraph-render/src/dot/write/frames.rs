//! Frames as clusters.

use std::fmt::Write as _;

use objgraph_graph::{FrameKind, View, ViewFrame};

use super::super::quote::{Html, Label};
use crate::theme::LIGHT;

/// The looks of a frame.
pub(super) struct FrameLook {
    pub(super) fill: &'static str,
    pub(super) border: &'static str,
    pub(super) title: &'static str,
    /// Whether the border is dashed: a second sign beside the colour.
    pub(super) is_dashed: bool,
}

impl FrameLook {
    pub(super) fn of(kind: FrameKind) -> Self {
        if kind == FrameKind::Component {
            Self {
                fill: LIGHT.component,
                border: LIGHT.red,
                title: LIGHT.red,
                is_dashed: true,
            }
        } else {
            Self {
                fill: LIGHT.cluster,
                border: LIGHT.rule,
                title: LIGHT.value,
                is_dashed: false,
            }
        }
    }
}

/// Writes a frame around boxes that are written already.
pub(super) fn write(dot: &mut String, view: &View, frame: &ViewFrame) {
    let look = FrameLook::of(frame.kind);
    let dashed = if look.is_dashed { ",dashed" } else { "" };
    let _ = writeln!(
        dot,
        "  subgraph \"cluster_{key}\" {{\n    graph [id=\"{key}\", class=\"{}\", label={}, labeljust=l, \
         style=\"filled,rounded{dashed}\", fillcolor=\"{}\", color=\"{}\", fontcolor=\"{}\", tooltip=\"{}\"];",
        frame.kind.class(),
        title(&frame.title),
        look.fill,
        look.border,
        look.title,
        Label(&frame.tooltip),
        key = Label(&frame.key),
    );
    for node in &frame.nodes {
        let _ = writeln!(dot, "    \"{}\";", Label(&view.nodes[*node].key));
    }
    dot.push_str("  }\n");
}

/// A bold title. Graphviz rejects an empty HTML label.
fn title(title: &str) -> String {
    if title.trim().is_empty() {
        "\"\"".to_owned()
    } else {
        format!("<<b>{}</b>>", Html(title))
    }
}
