//! View to Mermaid, which code hosts draw inside Markdown.

use std::borrow::Cow;
use std::fmt::Write as _;

use objgraph_graph::{ArrowKind, Role, Shape, Tone, View, ViewNode};
use objgraph_trace::EdgeKind;

use crate::printable::short_line;
use crate::theme::LIGHT;

/// Words that Mermaid does not take as the name of a box.
const RESERVED: [&str; 12] = [
    "end",
    "graph",
    "subgraph",
    "flowchart",
    "default",
    "style",
    "class",
    "classdef",
    "click",
    "linkstyle",
    "direction",
    "href",
];

/// Writes a view as a Mermaid flowchart.
///
/// Mermaid itself refuses more than 500 arrows or 50,000 characters unless its page allows more.
///
/// # Complexity
///
/// Linear in the size of the view.
#[must_use]
pub fn to_mermaid(view: &View) -> String {
    let mut text = String::new();
    if let Some(title) = &view.title {
        let _ = writeln!(text, "---\ntitle: \"{}\"\n---", yaml(title));
    }
    text.push_str("flowchart TD\n");
    for node in &view.nodes {
        write_node(&mut text, node);
    }
    for edge in &view.edges {
        let link = match edge.kind {
            _ if edge.to_weaken => "-.->",
            ArrowKind::Reference(EdgeKind::Owned | EdgeKind::Strong) => "-->",
            ArrowKind::Reference(EdgeKind::Raw) => "-.-o",
            ArrowKind::Reference(EdgeKind::Weak | EdgeKind::Borrowed) | ArrowKind::More => "-.->",
        };
        let (source, target) = (&view.nodes[edge.source].key, &view.nodes[edge.target].key);
        let _ = write!(text, "    {} {link}", id(source));
        let sign = if edge.to_weaken { " → Weak" } else { "" };
        if !edge.label.is_empty() || edge.to_weaken {
            let _ = write!(text, "|\"{}{sign}\"|", escaped(&edge.label));
        }
        let _ = writeln!(text, " {}", id(target));
    }
    write_classes(&mut text, view);
    write_red_links(&mut text, view);
    text
}

fn write_node(text: &mut String, node: &ViewNode) {
    let _ = write!(text, "    {}([\"", id(&node.key));
    let mut separator = "";
    for part in node
        .lines
        .iter()
        .filter(|part| !part.text.trim().is_empty())
    {
        let escaped = escaped(&part.text);
        let _ = match part.tone {
            Tone::Name => write!(text, "{separator}<b>{escaped}</b>"),
            Tone::Value => write!(text, "{separator}{escaped}"),
            Tone::Detail => write!(text, "{separator}<small>{escaped}</small>"),
        };
        separator = "<br/>";
    }
    if separator.is_empty() {
        text.push(' ');
    }
    text.push_str("\"])");
    if let Some(class) = class(node) {
        let _ = write!(text, ":::{class}");
    }
    text.push('\n');
}

/// A box has one class in Mermaid: that of its most telling role.
fn class(node: &ViewNode) -> Option<&'static str> {
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
    if node.shape == Shape::Folded {
        return Some("folded");
    }
    TELLING
        .into_iter()
        .find(|role| node.roles.contains(*role))
        .map(Role::class)
}

fn write_classes(text: &mut String, view: &View) {
    for role in Role::ALL {
        if view
            .nodes
            .iter()
            .any(|node| class(node) == Some(role.class()))
        {
            let _ = writeln!(text, "    classDef {} {}", role.class(), look(role));
        }
    }
    if view.nodes.iter().any(|node| node.shape == Shape::Folded) {
        let (fill, border) = (LIGHT.folded_fill, LIGHT.faint);
        let _ = writeln!(
            text,
            "    classDef folded fill:{fill},stroke:{border},color:{border},stroke-dasharray:2 3"
        );
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

/// Links have no classes, so the red ones are named by their numbers.
fn write_red_links(text: &mut String, view: &View) {
    let links = |chosen: fn(&objgraph_graph::ViewEdge) -> bool| -> String {
        let numbers = view
            .edges
            .iter()
            .enumerate()
            .filter(|(_, edge)| chosen(edge));
        numbers
            .map(|(index, _)| index.to_string())
            .collect::<Vec<_>>()
            .join(",")
    };
    for (numbers, width) in [
        (links(|edge| edge.in_cycle && !edge.to_weaken), 2),
        (links(|edge| edge.to_weaken), 4),
    ] {
        if !numbers.is_empty() {
            let _ = writeln!(
                text,
                "    linkStyle {numbers} stroke:{},stroke-width:{width}px",
                LIGHT.red
            );
        }
    }
}

/// The key, with `_` in front where Mermaid would read a word of its own; never two keys alike.
fn id(key: &str) -> Cow<'_, str> {
    let is_reserved = RESERVED.iter().any(|word| word.eq_ignore_ascii_case(key));
    if is_reserved || key.starts_with('_') {
        format!("_{key}").into()
    } else {
        key.into()
    }
}

/// Mermaid's own escapes: `#` and the name or number of a character.
fn escaped(text: &str) -> String {
    let text = short_line(text);
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("#quot;"),
            '#' => escaped.push_str("#35;"),
            '&' => escaped.push_str("#amp;"),
            '<' => escaped.push_str("#lt;"),
            '>' => escaped.push_str("#gt;"),
            // A label in backticks would be read as Markdown, and so would stars and underscores.
            '`' | '*' | '_' | '\\' | '|' | '~' => {
                let _ = write!(escaped, "#{};", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

fn yaml(text: &str) -> String {
    short_line(text).replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{hostile_labels, labelled, view};

    #[test]
    fn a_cycle_in_mermaid() {
        let mut view = view("List→Vec<i32> Vec<i32>→List List⇢List");
        view.nodes[0].roles.insert(Role::Root);
        view.nodes[1].key = "end".to_owned();
        view.edges[0].in_cycle = true;
        view.edges[1].in_cycle = true;
        view.edges[1].to_weaken = true;
        insta::assert_snapshot!(to_mermaid(&view), @r##"
        flowchart TD
            n0(["<b>List</b>"]):::root
            _end(["<b>Vec#lt;i32#gt;</b>"])
            n0 -->|".f0"| _end
            _end -.->|".f1 → Weak"| n0
            n0 -.->|".f2"| n0
            classDef root fill:#c6ddf5,stroke:#0b4f8a,color:#15202b,stroke-width:3px
            linkStyle 0 stroke:#c8321e,stroke-width:2px
            linkStyle 1 stroke:#c8321e,stroke-width:4px
        "##);
    }

    #[test]
    fn a_label_cannot_leave_its_quotes_or_its_line() {
        for label in hostile_labels() {
            let view = View {
                title: None,
                ..labelled(&label)
            };
            let text = to_mermaid(&view);
            assert_eq!(
                text.lines().filter(|line| line.contains("n0([\"")).count(),
                1
            );
            assert!(
                text.lines()
                    .all(|line| line.matches('"').count() % 2 == 0 && !line.contains("<script"))
            );
            assert!(
                text.lines()
                    .filter(|line| line.starts_with("    n0"))
                    .count()
                    == 2
            );
        }
    }

    #[test]
    fn an_empty_view_is_an_empty_flowchart() {
        assert_eq!(to_mermaid(&View::default()), "flowchart TD\n");
    }
}
