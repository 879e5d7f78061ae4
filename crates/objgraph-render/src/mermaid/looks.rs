//! The looks of boxes, frames and links, as classes where Mermaid has them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use objgraph_graph::{FrameKind, Role, Roles, Shape, View};

use crate::legend::{Entry, Sample, emphasis};
use crate::scene::Emphasis;
use crate::theme::LIGHT;

/// Frames of all kinds but one look alike.
pub(super) fn frame_class(kind: FrameKind) -> &'static str {
    if kind == FrameKind::Component {
        kind.class()
    } else {
        "frame"
    }
}

/// A box has one class in Mermaid: that of its most telling role.
pub(super) fn class(shape: Shape, roles: Roles) -> Option<&'static str> {
    const TELLING: [Role; 8] = [
        Role::Highlighted,
        Role::Dropped,
        Role::Busy,
        Role::Opaque,
        Role::InCycle,
        Role::Target,
        Role::Root,
        Role::HasDrop,
    ];
    if shape == Shape::Folded {
        return Some("folded");
    }
    TELLING
        .into_iter()
        .find(|role| roles.contains(*role))
        .map(Role::class)
}

/// Defines the classes that occur, those of samples included.
pub(super) fn write_classes(text: &mut String, view: &View, legend: &[Entry]) {
    let of_boxes = view.nodes.iter().map(|node| class(node.shape, node.roles));
    let of_frames = view
        .frames
        .iter()
        .map(|frame| Some(frame_class(frame.kind)));
    let of_samples = legend.iter().map(|entry| sample_class(entry.sample));
    let all = of_boxes.chain(of_frames).chain(of_samples);
    let used: BTreeSet<&str> = all.flatten().collect();
    let mut define = |class: &str, look: String| {
        if used.contains(class) {
            let _ = writeln!(text, "    classDef {class} {look}");
        }
    };
    Role::ALL
        .into_iter()
        .for_each(|role| define(role.class(), look(role)));
    let p = LIGHT;
    define(
        "folded",
        format!(
            "fill:{},stroke:{1},color:{1},stroke-dasharray:2 3",
            p.folded_fill, p.faint
        ),
    );
    define(
        "frame",
        format!("fill:{},stroke:{},color:{}", p.cluster, p.rule, p.value),
    );
    define(
        "component",
        format!(
            "fill:{},stroke:{1},color:{1},stroke-dasharray:8 4",
            p.component, p.red
        ),
    );
}

/// The class of a sample; arrows have none.
pub(super) fn sample_class(sample: Sample) -> Option<&'static str> {
    match sample {
        Sample::Box(shape, roles) => class(shape, roles),
        Sample::Frame(kind) => Some(frame_class(kind)),
        Sample::Arrow(..) => None,
    }
}

fn look(role: Role) -> String {
    let p = LIGHT;
    let (fill, ink) = (p.shades[1], p.ink);
    match role {
        Role::Root | Role::Target => format!(
            "fill:{},stroke:{},color:{ink},stroke-width:3px",
            p.shades[0], p.root
        ),
        Role::Highlighted => {
            format!(
                "fill:{},stroke:{},color:{ink},stroke-width:2px",
                p.highlight_fill, p.highlight
            )
        }
        Role::InCycle => format!("fill:{fill},stroke:{},color:{ink},stroke-width:2px", p.red),
        Role::Busy => format!(
            "fill:{fill},stroke:{},color:{ink},stroke-dasharray:6 3",
            p.busy
        ),
        Role::Opaque => format!(
            "fill:{fill},stroke:{},color:{ink},stroke-dasharray:2 2",
            p.opaque
        ),
        Role::HasDrop => format!("fill:{fill},stroke:{},color:{ink}", p.drop),
        Role::Dropped => format!(
            "fill:{},stroke:{1},color:{1},stroke-dasharray:4 3",
            p.dropped_fill, p.faint
        ),
    }
}

/// Links have no classes, so the red ones are named by their numbers; those of the legend come last.
pub(super) fn write_red_links(text: &mut String, view: &View, legend: &[Entry]) {
    let samples = legend.iter().filter_map(|entry| match entry.sample {
        Sample::Arrow(_, emphasis) => Some(emphasis),
        _ => None,
    });
    let all: Vec<Emphasis> = view.edges.iter().map(emphasis).chain(samples).collect();
    for (chosen, width) in [(Emphasis::Cycle, 2), (Emphasis::Weaken, 4)] {
        let numbers = all
            .iter()
            .enumerate()
            .filter(|(_, emphasis)| **emphasis == chosen);
        let numbers: Vec<_> = numbers.map(|(number, _)| number.to_string()).collect();
        if !numbers.is_empty() {
            let (numbers, red) = (numbers.join(","), LIGHT.red);
            let _ = writeln!(
                text,
                "    linkStyle {numbers} stroke:{red},stroke-width:{width}px"
            );
        }
    }
}
