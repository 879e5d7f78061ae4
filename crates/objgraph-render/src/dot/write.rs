//! View to DOT, the language of Graphviz.

mod frames;
mod legend;

use std::fmt::Write as _;

use objgraph_graph::{ArrowKind, Role, Roles, Shape, Tone, View, ViewEdge, ViewNode};
use objgraph_trace::EdgeKind;

use super::quote::{Html, Label, Verbatim};
use crate::legend::entries;
use crate::printable::short_line;
use crate::theme::LIGHT;

/// How a view is written as DOT.
#[derive(Clone, Debug, Default)]
pub struct DotOptions {
    graph_attributes: Vec<(String, String)>,
}

impl DotOptions {
    /// Adds an attribute of the whole graph, such as `rankdir` with `LR`. Default: none.
    #[must_use]
    pub fn graph_attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.graph_attributes.push((name.into(), value.into()));
        self
    }
}

/// Writes a view as a DOT file that Graphviz accepts, whatever the labels hold.
///
/// Graphviz reads no string longer than 16 kB, so longer texts are cut with an ellipsis.
/// Attributes that the view brings along are written last, as they are, so that they win. Frames are clusters, and so
/// is the legend, with a table in it.
///
/// # Complexity
///
/// Linear in the size of the view.
#[must_use]
pub fn to_dot(view: &View, options: &DotOptions) -> String {
    let mut dot = String::with_capacity(512 + 300 * (view.nodes.len() + view.edges.len()));
    dot.push_str("digraph objgraph {\n");
    heading(&mut dot, view, options);
    for node in &view.nodes {
        write_node(&mut dot, node);
    }
    for frame in &view.frames {
        frames::write(&mut dot, view, frame);
    }
    for (index, edge) in view.edges.iter().enumerate() {
        write_edge(&mut dot, view, index, edge);
    }
    legend::write(&mut dot, &entries(view));
    dot.push_str("}\n");
    dot
}

fn heading(dot: &mut String, view: &View, options: &DotOptions) {
    let _ = writeln!(
        dot,
        "  graph [fontname=\"DejaVu Sans\", fontsize=11, fontcolor=\"{}\", nodesep=0.3, ranksep=0.5, \
         tooltip=\" \"];",
        LIGHT.ink
    );
    let _ = writeln!(
        dot,
        "  node [shape=box, style=\"filled,rounded\", fontname=\"DejaVu Sans\", fontsize=11, \
         fontcolor=\"{}\", color=\"{}\", margin=\"0.15,0.07\", height=0.35];",
        LIGHT.ink, LIGHT.border
    );
    let _ = writeln!(
        dot,
        "  edge [fontname=\"DejaVu Sans Mono\", fontsize=9, fontcolor=\"{}\", color=\"{}\", arrowsize=0.7];",
        LIGHT.value, LIGHT.line
    );
    if let Some(title) = &view.title {
        let _ = writeln!(dot, "  labelloc=t;\n  label=\"{}\";", Label(title));
    }
    for note in &view.notes {
        let _ = writeln!(dot, "  // {}", short_line(note));
    }
    for (name, value) in &options.graph_attributes {
        let _ = writeln!(dot, "  \"{}\"=\"{}\";", Verbatim(name), Verbatim(value));
    }
}

fn write_node(dot: &mut String, node: &ViewNode) {
    let _ = write!(
        dot,
        "  \"{key}\" [id=\"{key}\", label=",
        key = Label(&node.key)
    );
    write_lines(dot, node);
    let look = Look::of(node.shape, node.roles, node.depth_percent);
    let _ = write!(dot, ", fillcolor=\"{}\"", look.fill);
    if look.border != LIGHT.border {
        let _ = write!(dot, ", color=\"{}\"", look.border);
    }
    if let Some(style) = look.style {
        let _ = write!(dot, ", style=\"filled,rounded,{style}\"");
    }
    if let Some(width) = look.border_width {
        let _ = write!(dot, ", penwidth={width}");
    }
    if node.roles.contains(Role::Highlighted) {
        dot.push_str(", peripheries=2");
    }
    write_class(dot, node);
    if !node.tooltip.is_empty() {
        let _ = write!(dot, ", tooltip=\"{}\"", Label(&node.tooltip));
    }
    for (name, value) in &node.attributes {
        let _ = write!(dot, ", \"{}\"=\"{}\"", Verbatim(name), Verbatim(value));
    }
    dot.push_str("];\n");
}

/// The label in Graphviz's own little HTML, so that names are bold and details small.
fn write_lines(dot: &mut String, node: &ViewNode) {
    let signs: String = node.roles.iter().filter_map(sign).collect();
    let mut separator = "<";
    for part in node
        .lines
        .iter()
        .filter(|part| !part.text.trim().is_empty())
    {
        dot.push_str(separator);
        separator = "<br/>";
        let text = Html(&part.text);
        let is_struck = node.roles.contains(Role::Dropped);
        let _ = match part.tone {
            Tone::Name if is_struck => write!(dot, "<s>{text}</s>{signs}"),
            Tone::Name => write!(dot, "<b>{text}</b>{signs}"),
            Tone::Value => write!(dot, "<font color=\"{}\">{text}</font>", LIGHT.value),
            Tone::Detail => {
                write!(
                    dot,
                    "<font point-size=\"8.5\" color=\"{}\">{text}</font>",
                    LIGHT.faint
                )
            }
        };
    }
    // Graphviz rejects an empty HTML label.
    dot.push_str(if separator == "<" { "\"\"" } else { ">" });
}

fn sign(role: Role) -> Option<&'static str> {
    match role {
        Role::Root | Role::Highlighted => None,
        Role::Target => Some(" ◎"),
        Role::InCycle => Some(" ↻"),
        Role::Busy => Some(" ‖"),
        Role::Opaque => Some(" ?"),
        Role::HasDrop => Some(" ▾"),
        Role::Dropped => Some(" ×"),
    }
}

fn write_class(dot: &mut String, node: &ViewNode) {
    dot.push_str(", class=\"node");
    if node.shape == Shape::Folded {
        dot.push_str(" folded");
    }
    for role in node.roles.iter() {
        let _ = write!(dot, " {}", role.class());
    }
    dot.push('"');
}

fn write_edge(dot: &mut String, view: &View, index: usize, edge: &ViewEdge) {
    let (source, target) = (&view.nodes[edge.source].key, &view.nodes[edge.target].key);
    let _ = write!(
        dot,
        "  \"{}\" -> \"{}\" [id=\"e{index}\"",
        Label(source),
        Label(target)
    );
    if !edge.label.is_empty() {
        // Spaces keep the text off the line.
        let _ = write!(dot, ", label=\" {} \"", Label(&edge.label));
    }
    let (head, style) = match edge.kind {
        ArrowKind::Reference(EdgeKind::Owned) => ("diamond", None),
        ArrowKind::Reference(EdgeKind::Strong) => ("normal", None),
        ArrowKind::Reference(EdgeKind::Weak) => ("vee", Some("dashed")),
        ArrowKind::Reference(EdgeKind::Borrowed) | ArrowKind::More => ("vee", Some("dotted")),
        ArrowKind::Reference(EdgeKind::Raw) => ("odot", Some("dotted")),
    };
    let _ = write!(dot, ", arrowhead={head}");
    if edge.to_weaken {
        dot.push_str(", style=dashed, penwidth=2.5, headlabel=\"→ Weak\", labelfontcolor=\"");
        let _ = write!(dot, "{}\"", LIGHT.red);
    } else if let Some(style) = style {
        let _ = write!(dot, ", style={style}");
    }
    if edge.in_cycle || edge.to_weaken {
        let _ = write!(dot, ", color=\"{0}\", fontcolor=\"{0}\"", LIGHT.red);
    }
    if !edge.tooltip.is_empty() {
        let tooltip = Label(&edge.tooltip);
        let _ = write!(dot, ", tooltip=\"{tooltip}\", labeltooltip=\"{tooltip}\"");
    }
    dot.push_str("];\n");
}

/// The looks of a box.
struct Look {
    fill: &'static str,
    border: &'static str,
    border_width: Option<f64>,
    style: Option<&'static str>,
}

impl Look {
    /// Each role has something that no other takes away: a sign, or the width of the border, or a second border.
    fn of(shape: Shape, roles: Roles, depth_percent: u8) -> Self {
        let shade = usize::from(depth_percent.min(100).div_ceil(25));
        let mut look = Self {
            fill: LIGHT.shades[shade],
            border: LIGHT.border,
            border_width: None,
            style: None,
        };
        for role in LAST_WINS.into_iter().filter(|role| roles.contains(*role)) {
            look.add(role);
        }
        if shape == Shape::Folded {
            (look.fill, look.border, look.style) = (LIGHT.folded_fill, LIGHT.faint, Some("dotted"));
        }
        look
    }

    fn add(&mut self, role: Role) {
        match role {
            Role::Root | Role::Target => (self.border, self.border_width) = (LIGHT.root, Some(3.0)),
            Role::Dropped => {
                (self.fill, self.border, self.style) =
                    (LIGHT.dropped_fill, LIGHT.faint, Some("dashed"));
            }
            Role::Highlighted => (self.fill, self.border) = (LIGHT.highlight_fill, LIGHT.highlight),
            Role::Busy => (self.border, self.style) = (LIGHT.busy, Some("dashed")),
            Role::Opaque => (self.border, self.style) = (LIGHT.opaque, Some("dotted")),
            Role::InCycle => {
                self.border = LIGHT.red;
                self.border_width = self.border_width.or(Some(1.5));
            }
            Role::HasDrop => {}
        }
    }
}

/// Of two roles that want one thing, the later has it.
const LAST_WINS: [Role; 8] = [
    Role::Root,
    Role::Target,
    Role::Dropped,
    Role::Highlighted,
    Role::Busy,
    Role::Opaque,
    Role::InCycle,
    Role::HasDrop,
];

#[cfg(test)]
mod tests;
