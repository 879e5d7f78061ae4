//! Views for the tests.

use objgraph_graph::{
    ArrowKind, FrameKind, Line, Role, Roles, Shape, Tone, View, ViewEdge, ViewFrame, ViewNode,
};
use objgraph_trace::EdgeKind;

/// A view from words like `a→b`, `a` and `a⇢b` (weak); boxes are named and numbered as they appear.
pub(crate) fn view(text: &str) -> View {
    let mut view = View::default();
    for word in text.split_whitespace() {
        let (ends, kind) = match word.split_once('⇢') {
            Some(ends) => (Some(ends), EdgeKind::Weak),
            None => (word.split_once('→'), EdgeKind::Strong),
        };
        let Some((source, target)) = ends else {
            find_or_add(&mut view, word);
            continue;
        };
        let (source, target) = (
            find_or_add(&mut view, source),
            find_or_add(&mut view, target),
        );
        view.edges.push(edge(
            source,
            target,
            kind,
            &format!(".f{}", view.edges.len()),
        ));
    }
    view
}

/// A view of one box with one line of text, and an arrow to itself and a frame with the same text.
pub(crate) fn labelled(text: &str) -> View {
    let mut node = node("n0", text);
    node.tooltip = text.to_owned();
    node.lines.push(Line {
        text: text.to_owned(),
        tone: Tone::Value,
    });
    node.attributes
        .push(("comment".to_owned(), text.to_owned()));
    let mut own = edge(0, 0, EdgeKind::Owned, text);
    own.tooltip = text.to_owned();
    View {
        title: Some(text.to_owned()),
        nodes: vec![node],
        edges: vec![own],
        frames: vec![frame("frame0", FrameKind::Component, text, [0])],
        notes: vec![text.to_owned()],
        legend: true,
    }
}

/// Labels that have broken writers before.
pub(crate) fn hostile_labels() -> Vec<String> {
    let mut labels: Vec<String> = [
        "",
        " ",
        "\"quoted\" 'single' `back` \\ \\\\ \\\" trailing\\",
        "two\nlines\r\nand\ttabs",
        "<script>alert(1)</script> ]]> <b>bold</b> &lt; & &#0; -->",
        "zero \0 bell \x07 escape \x1B delete \x7F c1 \u{85} \u{FFFE}",
        "שלום עולם مرحبا",
        "turned \u{202E}round\u{2066} and left open",
        "🦀 👩‍👩‍👧 漢字 ｆｕｌｌ e\u{301}",
        "{record|<port> field} \\N \\G \\l ;#quot; %% [\"x\"] --> end",
    ]
    .map(str::to_owned)
    .to_vec();
    labels.push("x".repeat(100_000));
    labels
}

/// A bunch of boxes under some hubs, with arrows back, in all looks; some in frames.
pub(crate) fn busy_view(n_nodes: usize) -> View {
    let kinds = EdgeKind::ALL;
    let mut view = View {
        title: Some("everything at once".to_owned()),
        legend: true,
        ..View::default()
    };
    for index in 0..n_nodes {
        let mut node = node(
            &format!("n{index}"),
            ["Node", "Vec<Item>", "Cache", "i32"][index % 4],
        );
        node.depth_percent = (index * 100 / n_nodes) as u8;
        node.roles = Role::ALL
            .into_iter()
            .filter(|role| index % (7 + *role as usize * 2) == 3)
            .collect();
        if index == 0 {
            node.roles = Roles::from_iter([Role::Root]);
        } else {
            let kind = kinds[index % 5];
            view.edges.push(edge(
                (index - 1) / 3,
                index,
                kind,
                &format!(".items[{index}]"),
            ));
        }
        if index % 6 == 5 {
            view.edges
                .push(edge(index, index / 4, EdgeKind::Strong, ".parent"));
        }
        view.nodes.push(node);
    }
    for (index, kind) in FrameKind::ALL.into_iter().enumerate() {
        let nodes = (0..n_nodes).filter(|node| node % 7 == index);
        let frame = frame(&format!("frame{index}"), kind, kind.label(), nodes);
        view.frames
            .extend((!frame.nodes.is_empty()).then_some(frame));
    }
    view
}

pub(crate) fn frame(
    key: &str,
    kind: FrameKind,
    title: &str,
    nodes: impl IntoIterator<Item = usize>,
) -> ViewFrame {
    ViewFrame {
        key: key.to_owned(),
        kind,
        title: title.to_owned(),
        tooltip: format!("around {title}"),
        nodes: nodes.into_iter().collect(),
    }
}

pub(crate) fn node(key: &str, name: &str) -> ViewNode {
    ViewNode {
        key: key.to_owned(),
        shape: Shape::Object,
        lines: vec![Line {
            text: name.to_owned(),
            tone: Tone::Name,
        }],
        tooltip: format!("example::{name}"),
        roles: Roles::default(),
        depth_percent: 0,
        attributes: Vec::new(),
    }
}

pub(crate) fn edge(source: usize, target: usize, kind: EdgeKind, label: &str) -> ViewEdge {
    ViewEdge {
        source,
        target,
        kind: ArrowKind::Reference(kind),
        label: label.to_owned(),
        tooltip: format!("holds {label}"),
        in_cycle: false,
        to_weaken: false,
    }
}

fn find_or_add(view: &mut View, name: &str) -> usize {
    if let Some(index) = view
        .nodes
        .iter()
        .position(|node| node.lines[0].text == name)
    {
        return index;
    }
    view.nodes
        .push(node(&format!("n{}", view.nodes.len()), name));
    view.nodes.len() - 1
}
