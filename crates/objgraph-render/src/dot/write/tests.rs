//! Every DOT file is read by `dot`, where it is installed.

use std::io::Write as _;
use std::process::{Command, Stdio};

use objgraph_graph::Role;

use super::*;
use crate::samples::{busy_view, hostile_labels, labelled, view};

/// What `dot` complains about; `None` when it is not installed.
fn complaints(dot: &str) -> Option<String> {
    let command = Command::new("dot")
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = command else {
        eprintln!("skipped: `dot` is not installed");
        return None;
    };
    let mut stdin = child.stdin.take().expect("piped");
    stdin
        .write_all(dot.as_bytes())
        .expect("dot reads all of its input");
    drop(stdin);
    let output = child.wait_with_output().expect("dot ends");
    let said = String::from_utf8_lossy(&output.stderr);
    Some(
        said.lines()
            .filter(|line| line.contains("yntax") || !output.status.success())
            .collect(),
    )
}

#[test]
fn dot_accepts_every_label() {
    for label in hostile_labels() {
        let view = labelled(&label);
        let text = to_dot(
            &view,
            &DotOptions::default().graph_attribute("comment", &label),
        );
        assert_eq!(complaints(&text).unwrap_or_default(), "", "{label:.80}");
    }
}

#[test]
fn dot_accepts_every_look() {
    for text in [
        to_dot(&View::default(), &DotOptions::default()),
        to_dot(&busy_view(40), &DotOptions::default()),
    ] {
        assert_eq!(complaints(&text).unwrap_or_default(), "");
    }
}

#[test]
fn a_cycle_in_dot() {
    let mut view = view("List→i32 List→List");
    view.nodes[0].roles.insert(Role::Root);
    view.edges[1].in_cycle = true;
    let dot = to_dot(
        &view,
        &DotOptions::default().graph_attribute("rankdir", "LR"),
    );
    insta::assert_snapshot!(dot, @r##"
    digraph objgraph {
      graph [fontname="DejaVu Sans", fontsize=11, fontcolor="#15202b", nodesep=0.3, ranksep=0.5, tooltip=" "];
      node [shape=box, style="filled,rounded", fontname="DejaVu Sans", fontsize=11, fontcolor="#15202b", color="#5b7a9d", margin="0.15,0.07", height=0.35];
      edge [fontname="DejaVu Sans Mono", fontsize=9, fontcolor="#43566b", color="#55677c", arrowsize=0.7];
      "rankdir"="LR";
      "n0" [id="n0", label=<<b>List</b>>, fillcolor="#c6ddf5", color="#0b4f8a", penwidth=3, class="node root", tooltip="example::List"];
      "n1" [id="n1", label=<<b>i32</b>>, fillcolor="#c6ddf5", class="node", tooltip="example::i32"];
      "n0" -> "n1" [id="e0", label=" .f0 ", arrowhead=normal, tooltip="holds .f0", labeltooltip="holds .f0"];
      "n0" -> "n0" [id="e1", label=" .f1 ", arrowhead=normal, color="#c8321e", fontcolor="#c8321e", tooltip="holds .f1", labeltooltip="holds .f1"];
    }
    "##);
}

#[test]
fn every_role_of_a_box_shows_whatever_its_other_roles() {
    let dot = |roles: &[Role]| {
        let mut view = view("a");
        view.nodes[0].roles = roles.iter().copied().collect();
        to_dot(&view, &DotOptions::default())
    };
    let all = dot(&Role::ALL);
    for part in [
        "penwidth=3",
        "peripheries=2",
        LIGHT.highlight_fill,
        LIGHT.red,
        " ◎ ↻ ‖ ? ▾ ×",
        "<s>",
    ] {
        assert!(all.contains(part), "{part} is missing in {all}");
    }
    for role in Role::ALL {
        assert!(dot(&[Role::Root, role]).contains("penwidth=3"), "{role:?}");
        assert!(
            dot(&[Role::Highlighted, role]).contains(LIGHT.highlight_fill),
            "{role:?}"
        );
    }
}
