//! What a picture shows, as JSON.

use objgraph::{ArrowKind, Role, Shape, View};
use serde::Serialize;

/// The whole file. A later version may have more keys, and changes `version` if one goes or means something else.
#[derive(Serialize)]
struct Shown<'v> {
    /// Always `objgraph-view`.
    format: &'static str,
    /// 1.
    version: u32,
    title: Option<&'v str>,
    boxes: Vec<ShownBox<'v>>,
    arrows: Vec<ShownArrow<'v>>,
    /// What the picture leaves out, a sentence each.
    notes: &'v [String],
}

#[derive(Serialize)]
struct ShownBox<'v> {
    /// The name by which arrows know it.
    key: &'v str,
    /// Whether it stands for objects that are not drawn.
    folded: bool,
    /// The label.
    lines: Vec<&'v str>,
    tooltip: &'v str,
    roles: Vec<&'static str>,
}

#[derive(Serialize)]
struct ShownArrow<'v> {
    source: &'v str,
    target: &'v str,
    /// `owned`, `strong`, `weak`, `borrowed`, `raw`, or `more` to a folded box.
    kind: &'static str,
    label: &'v str,
    in_cycle: bool,
    to_weaken: bool,
}

/// A line of JSON.
pub(crate) fn to_json(view: &View) -> String {
    let boxes = view.nodes.iter().map(|node| ShownBox {
        key: &node.key,
        folded: node.shape == Shape::Folded,
        lines: node.lines.iter().map(|line| line.text.as_str()).collect(),
        tooltip: &node.tooltip,
        roles: node.roles.iter().map(Role::label).collect(),
    });
    let key = |place: usize| view.nodes[place].key.as_str();
    let arrows = view.edges.iter().map(|edge| ShownArrow {
        source: key(edge.source),
        target: key(edge.target),
        kind: match edge.kind {
            ArrowKind::Reference(kind) => kind.label(),
            ArrowKind::More => "more",
        },
        label: &edge.label,
        in_cycle: edge.in_cycle,
        to_weaken: edge.to_weaken,
    });
    let shown = Shown {
        format: "objgraph-view",
        version: 1,
        title: view.title.as_deref(),
        boxes: boxes.collect(),
        arrows: arrows.collect(),
        notes: &view.notes,
    };
    serde_json::to_string(&shown).expect("its keys are texts") + "\n"
}
