//! The legend, as a cluster with a table of samples.

use std::fmt::Write as _;

use objgraph_graph::{ArrowKind, Roles, Shape};
use objgraph_trace::EdgeKind;

use super::super::quote::Html;
use super::frames::FrameLook;
use super::{Look, sign};
use crate::legend::{Entry, Sample};
use crate::scene::Emphasis;
use crate::theme::LIGHT;

/// Writes the samples and what they mean; nothing if there are none.
pub(super) fn write(dot: &mut String, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    // No key of a view has a blank in it.
    let _ = writeln!(
        dot,
        "  subgraph \"cluster legend\" {{\n    graph [id=\"legend\", class=\"legend\", label=\"legend\", \
         labeljust=l, style=rounded, color=\"{}\", fontcolor=\"{}\"];",
        LIGHT.rule, LIGHT.faint
    );
    dot.push_str("    \"the legend\" [shape=plain, style=solid, tooltip=\"legend\", label=<");
    dot.push_str("<table border=\"0\" cellborder=\"0\" cellspacing=\"5\">");
    for entry in entries {
        dot.push_str("\n      <tr>");
        write_sample(dot, entry.sample);
        let text = Html(&entry.text);
        let _ = write!(dot, "<td align=\"left\">{text}</td></tr>");
    }
    dot.push_str("</table>>];\n  }\n");
}

fn write_sample(dot: &mut String, sample: Sample) {
    match sample {
        Sample::Box(shape, roles) => write_box(dot, shape, roles),
        Sample::Frame(kind) => {
            let look = FrameLook::of(kind);
            let dash = look.is_dashed.then_some("dashed");
            write_cell(dot, (look.fill, look.border, 1.0), dash, " ");
        }
        Sample::Arrow(kind, emphasis) => write_arrow(dot, kind, emphasis),
    }
}

fn write_box(dot: &mut String, shape: Shape, roles: Roles) {
    let look = Look::of(shape, roles, 25);
    let signs: String = roles.iter().filter_map(sign).collect();
    let width = look.border_width.unwrap_or(1.0);
    let signs = if signs.is_empty() { " " } else { &signs };
    write_cell(dot, (look.fill, look.border, width), look.style, signs);
}

/// A cell that looks like a box. Borders of tables are whole pixels wide.
fn write_cell(
    dot: &mut String,
    (fill, border, width): (&str, &str, f64),
    style: Option<&str>,
    signs: &str,
) {
    let style = style.map_or_else(String::new, |style| format!(",{style}"));
    let _ = write!(
        dot,
        "<td width=\"34\" border=\"{}\" style=\"rounded{style}\" bgcolor=\"{fill}\" color=\"{border}\">{signs}</td>",
        width.ceil()
    );
}

/// Tables have no arrows, so that characters have to do.
fn write_arrow(dot: &mut String, kind: ArrowKind, emphasis: Emphasis) {
    let arrow = match (kind, emphasis) {
        (_, Emphasis::Weaken) => "<b>╌╌▶</b>",
        (ArrowKind::Reference(EdgeKind::Owned), _) => "──◆",
        (ArrowKind::Reference(EdgeKind::Strong), _) => "──▶",
        (ArrowKind::Reference(EdgeKind::Weak), _) => "╌╌&gt;",
        (ArrowKind::Reference(EdgeKind::Borrowed) | ArrowKind::More, _) => "┈┈&gt;",
        (ArrowKind::Reference(EdgeKind::Raw), _) => "┈┈○",
    };
    let colour = match emphasis {
        Emphasis::Plain => LIGHT.line,
        Emphasis::Cycle | Emphasis::Weaken => LIGHT.red,
    };
    let _ = write!(dot, "<td><font color=\"{colour}\">{arrow}</font></td>");
}
