//! Every DOT file is read by `dot`, where it is installed.

use std::io::Write as _;
use std::process::{Command, Stdio};

use objgraph_graph::{FrameKind, Role};

use super::*;
use crate::samples::{busy_view, frame, hostile_labels, labelled, view};

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
fn frames_and_the_legend_are_clusters() {
    let mut view = view("a→b b→a a→c");
    view.frames = vec![
        frame("frame0", FrameKind::Component, "cycle of 2 objects", [0, 1]),
        frame("frame1", FrameKind::Crate, "app", [2]),
    ];
    view.legend = true;
    let dot = to_dot(&view, &DotOptions::default());
    let clusters = dot.lines().skip_while(|line| !line.contains("subgraph"));
    let clusters = clusters.filter(|line| !line.contains("->"));
    insta::assert_snapshot!(clusters.collect::<Vec<_>>().join("\n"), @r##"
      subgraph "cluster_frame0" {
        graph [id="frame0", class="component", label=<<b>cycle of 2 objects</b>>, labeljust=l, style="filled,rounded,dashed", fillcolor="#fdf6f4", color="#c8321e", fontcolor="#c8321e", tooltip="around cycle of 2 objects"];
        "n0";
        "n1";
      }
      subgraph "cluster_frame1" {
        graph [id="frame1", class="crate", label=<<b>app</b>>, labeljust=l, style="filled,rounded", fillcolor="#f5f6f2", color="#d5dbe3", fontcolor="#43566b", tooltip="around app"];
        "n2";
      }
      subgraph "cluster legend" {
        graph [id="legend", class="legend", label="legend", labeljust=l, style=rounded, color="#d5dbe3", fontcolor="#66758a"];
        "the legend" [shape=plain, style=solid, tooltip="legend", label=<<table border="0" cellborder="0" cellspacing="5">
          <tr><td width="34" border="1" style="rounded,dashed" bgcolor="#fdf6f4" color="#c8321e"> </td><td align="left">keep each other alive</td></tr>
          <tr><td width="34" border="1" style="rounded" bgcolor="#f5f6f2" color="#d5dbe3"> </td><td align="left">types of one crate</td></tr>
          <tr><td><font color="#55677c">──▶</font></td><td align="left">strong: one of the owners</td></tr></table>>];
      }
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
