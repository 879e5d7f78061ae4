//! View to Mermaid, which code hosts draw inside Markdown.

mod legend;
mod looks;

use std::borrow::Cow;
use std::fmt::Write as _;

use objgraph_graph::{ArrowKind, Tone, View, ViewFrame, ViewNode};
use objgraph_trace::EdgeKind;

use crate::legend::{emphasis, entries};
use crate::printable::short_line;
use crate::scene::Emphasis;
use looks::{class, frame_class};

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
/// Frames and the legend are subgraphs. A box shows the most telling of its roles only.
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
    for frame in &view.frames {
        write_frame(&mut text, view, frame);
    }
    for edge in &view.edges {
        let link = link(edge.kind, emphasis(edge));
        let (source, target) = (&view.nodes[edge.source].key, &view.nodes[edge.target].key);
        let _ = write!(text, "    {} {link}", id(source));
        let sign = if edge.to_weaken { " → Weak" } else { "" };
        if !edge.label.is_empty() || edge.to_weaken {
            let _ = write!(text, "|\"{}{sign}\"|", escaped(&edge.label));
        }
        let _ = writeln!(text, " {}", id(target));
    }
    let legend = entries(view);
    legend::write(&mut text, &legend);
    looks::write_classes(&mut text, view, &legend);
    looks::write_red_links(&mut text, view, &legend);
    text
}

fn link(kind: ArrowKind, emphasis: Emphasis) -> &'static str {
    match kind {
        _ if emphasis == Emphasis::Weaken => "-.->",
        ArrowKind::Reference(EdgeKind::Owned | EdgeKind::Strong) => "-->",
        ArrowKind::Reference(EdgeKind::Raw) => "-.-o",
        ArrowKind::Reference(EdgeKind::Weak | EdgeKind::Borrowed) | ArrowKind::More => "-.->",
    }
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
    if let Some(class) = class(node.shape, node.roles) {
        let _ = write!(text, ":::{class}");
    }
    text.push('\n');
}

/// A frame around boxes that are written already.
fn write_frame(text: &mut String, view: &View, frame: &ViewFrame) {
    let (key, title) = (id(&frame.key), escaped(&frame.title));
    let _ = writeln!(text, "    subgraph {key}[\"{title}\"]");
    for node in &frame.nodes {
        let _ = writeln!(text, "        {}", id(&view.nodes[*node].key));
    }
    let _ = writeln!(text, "    end\n    class {key} {}", frame_class(frame.kind));
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
    use crate::samples::{frame, hostile_labels, labelled, view};
    use objgraph_graph::{FrameKind, Role};

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
    fn frames_and_the_legend_are_subgraphs() {
        let mut view = view("a→b b⇢a");
        view.frames = vec![
            frame("end", FrameKind::Component, "cycle of 2 objects", [0]),
            frame("frame1", FrameKind::Type, "Vec<u8>", [1]),
        ];
        view.nodes[0].roles.insert(Role::Root);
        view.edges[0].in_cycle = true;
        view.legend = true;
        insta::assert_snapshot!(to_mermaid(&view), @r##"
        flowchart TD
            n0(["<b>a</b>"]):::root
            n1(["<b>b</b>"])
            subgraph _end["cycle of 2 objects"]
                n0
            end
            class _end component
            subgraph frame1["Vec#lt;u8#gt;"]
                n1
            end
            class frame1 frame
            n0 -->|".f0"| n1
            n1 -.->|".f1"| n0
            subgraph _legend["legend"]
                _legend0(["root"]):::root
                _legend1["keep each other alive"]:::component
                _legend2["of one type"]:::frame
                _legend3(( )) -->|"strong, on a cycle"| _legend3_end(( ))
                _legend4(( )) -.->|"weak: keeps nothing alive"| _legend4_end(( ))
            end
            classDef root fill:#c6ddf5,stroke:#0b4f8a,color:#15202b,stroke-width:3px
            classDef frame fill:#f5f6f2,stroke:#d5dbe3,color:#43566b
            classDef component fill:#fdf6f4,stroke:#c8321e,color:#c8321e,stroke-dasharray:8 4
            linkStyle 0,2 stroke:#c8321e,stroke-width:2px
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
