//! Labels that could break a picture: every format is written all the same, and well formed.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use objgraph::{EdgeKind, Graph, GroupBy, Trace};
use objgraph_graph::{GraphBuilder, NewNode};
use resvg::usvg::roxmltree::Document;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::process::{Command, Stdio};
use std::rc::Rc;

fn hostile_texts() -> Vec<String> {
    let texts = [
        "\"quotes\" 'and' `ticks`",
        "a line\nbreak\r\nand\ttabs",
        "<script>alert(1)</script>",
        "<b>&amp;&lt;&#0;]]></b><!-- -->",
        "nul\0nul",
        "\u{1}\u{8}\u{1b}[31m\u{7f}\u{85}\u{fffe}\u{ffff}",
        "\u{202e}right to left\u{202c} \u{2066}isolated\u{2069} שלום مرحبا",
        "👩‍👩‍👧‍👦🏳️‍🌈 e\u{301}\u{301}\u{301}\u{301} 漢字",
        "back\\slash\\n\\",
        "{record|<port> field}",
        "%s %n $HOME {{}} #pound ; end [x] -->|y|",
        "javascript:alert(1)",
        "</title></svg>",
        "",
        " ",
        "\u{2028}\u{2029}\u{feff}\u{200d}",
    ];
    let mut texts: Vec<String> = texts.map(String::from).into();
    texts.push("x".repeat(10_000_000));
    texts.push("\"<&\n".repeat(2_500_000));
    texts.push("\u{10ffff}\u{e000}".repeat(1_000));
    texts
}

/// Runs `dot` over a file, if it is installed: what it says if it does not accept it.
fn rejected_by_dot(dot: &str) -> Option<String> {
    let mut command = Command::new("dot");
    command
        .arg("-Tcanon")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            eprintln!("not tested: `dot` cannot be run: {error}");
            return None;
        }
    };
    let written = child.stdin.take().unwrap().write_all(dot.as_bytes());
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    // What its fonts lack is none of our business.
    let errors: Vec<&str> = errors
        .lines()
        .filter(|line| !line.contains("ango") && !line.contains("ont"))
        .collect();
    (!output.status.success() || written.is_err() || !errors.is_empty()).then(|| errors.join("\n"))
}

fn start(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Every format is written, well formed, and of a reasonable size.
fn assert_drawn(drawing: &objgraph::Drawing<'_>, hostile: &str) {
    let dot = drawing.to_dot();
    assert!(
        dot.starts_with("digraph") && dot.len() < 200_000,
        "{} bytes of DOT for {:?}",
        dot.len(),
        start(hostile)
    );
    assert!(!dot.contains('\0'), "{:?}", start(hostile));
    assert_eq!(rejected_by_dot(&dot), None, "{:?}", start(hostile));

    let svg = drawing.to_svg().unwrap();
    assert!(
        svg.len() < 500_000,
        "{} bytes of SVG for {:?}",
        svg.len(),
        start(hostile)
    );
    let document = Document::parse(&svg)
        .unwrap_or_else(|error| panic!("{error} for {:?}: {svg}", start(hostile)));
    for element in document.descendants().filter(roxmltree_element) {
        assert!(
            element.tag_name().name() != "script" && element.tag_name().name() != "foreignObject"
        );
        let handler = element
            .attributes()
            .find(|attribute| attribute.name().to_lowercase().starts_with("on"));
        assert!(handler.is_none(), "{handler:?}");
        let link = element
            .attributes()
            .find(|attribute| attribute.name() == "href");
        assert!(
            link.is_none_or(|link| !link.value().trim().to_lowercase().starts_with("javascript")),
            "{link:?}"
        );
    }

    let mermaid = drawing.to_mermaid();
    assert!(
        mermaid.contains("flowchart") && mermaid.len() < 200_000,
        "{:?}",
        start(hostile)
    );
    // The title stands in quotes before the drawing, where Mermaid takes it as plain text.
    let body = mermaid
        .find("flowchart")
        .map_or("", |start| &mermaid[start..]);
    assert!(
        !body.contains("<script") && !mermaid.contains('\0'),
        "{mermaid}"
    );
    assert!(drawing.to_png().unwrap().starts_with(b"\x89PNG"));
}

fn roxmltree_element(node: &resvg::usvg::roxmltree::Node<'_, '_>) -> bool {
    node.is_element()
}

fn assert_graph_drawn(graph: &Graph, hostile: &str) {
    assert_drawn(&graph.draw(), hostile);
}

#[test]
fn values_of_every_kind_are_drawn() {
    #[derive(Trace)]
    struct Holder {
        owned: String,
        boxed: Box<str>,
        shared: Rc<String>,
        parts: Vec<Rc<str>>,
    }
    for text in hostile_texts() {
        let holder = Holder {
            owned: text.clone(),
            boxed: text.as_str().into(),
            shared: Rc::new(text.clone()),
            parts: vec![text.as_str().into()],
        };
        let graph = objgraph::graph(&holder);
        // A box around nothing is nothing.
        let n_edges = if text.is_empty() { 2 } else { 3 };
        assert_eq!((graph.n_nodes(), graph.n_edges()), (n_edges + 1, n_edges));
        assert!(
            graph.nodes().all(|node| node.value().chars().count() <= 60
                && !node.value().contains(char::is_control))
        );
        assert_graph_drawn(&graph, &text);
    }
}

#[test]
fn values_that_are_cut_have_an_ellipsis() {
    let graph = objgraph::graph(&(
        Rc::new("x".repeat(10_000_000)),
        Box::new(vec![1_u8; 10_000_000]),
    ));
    let values: Vec<_> = graph.nodes().skip(1).map(objgraph::Node::value).collect();
    assert!(values[0].ends_with('…') && values[0].chars().count() == 60);
    assert!(values[1].ends_with("1, 1, … 10000000 bytes]") && values[1].chars().count() < 60);
}

#[test]
fn keys_of_maps_are_drawn() {
    for text in hostile_texts() {
        let hashed = HashMap::from([(text.clone(), Rc::new(1_u8))]);
        let nested = BTreeMap::from([(
            text.clone(),
            BTreeMap::from([(text.clone(), vec![Rc::new(1_u8)])]),
        )]);
        let graph = objgraph::graph(&(hashed, nested));
        assert!(
            graph
                .node_ids()
                .flat_map(|id| graph.edges_from(id))
                .all(|edge| edge.label().chars().count() < 100)
        );
        assert_graph_drawn(&graph, &text);
    }
}

#[test]
fn names_of_roots_titles_and_extra_lines_are_drawn() {
    for text in hostile_texts() {
        let value = vec![Rc::new(1_u8)];
        let graph = objgraph::refs(&value).name(text.clone()).graph();
        assert!(graph.why_alive(&value[0]).to_string().ends_with("→ u8#1"));
        let drawing = graph
            .draw()
            .title(text.clone())
            .extra_info(|_| Some(text.clone()))
            .legend(true);
        assert_drawn(&drawing, &text);
    }
}

#[test]
fn attributes_of_the_caller_are_drawn() {
    for text in hostile_texts()
        .into_iter()
        .filter(|text| text.len() < 10_000)
    {
        let graph = objgraph::graph(&vec![Rc::new(1_u8)]);
        let attributes = |_: objgraph::Node<'_>| {
            ["URL", "class", "tooltip", "label"]
                .map(|name| (name.to_owned(), text.clone()))
                .to_vec()
        };
        let drawing = graph.draw().extra_node_attrs(attributes);
        let svg = drawing.to_svg().unwrap();
        assert!(Document::parse(&svg).is_ok(), "{text:?}: {svg}");
        assert!(!svg.contains("href=\"javascript"), "{svg}");
        assert_eq!(rejected_by_dot(&drawing.to_dot()), None, "{text:?}");
    }
}

#[test]
fn names_and_labels_from_elsewhere_are_drawn() {
    for text in hostile_texts() {
        let mut builder = GraphBuilder::default();
        let one = builder.add_node(NewNode::new(&text).value(&text));
        let other = builder.add_node(NewNode::new("dict"));
        builder.add_edge(one, other, EdgeKind::Strong, &text);
        builder.add_edge(other, one, EdgeKind::Weak, &text);
        builder.add_root(&text, one);
        assert_graph_drawn(&Graph::from(builder.finish()), &text);
    }
}

#[test]
fn titles_of_frames_are_drawn() {
    for text in hostile_texts() {
        let name = format!("{text}::{text}::X");
        let mut builder = GraphBuilder::default();
        let ids = [&name, &name, &text, &text].map(|name| builder.add_node(NewNode::new(name)));
        for pair in ids.windows(2) {
            builder.add_edge(pair[0], pair[1], EdgeKind::Strong, "");
        }
        builder.add_root("", ids[0]);
        let graph = Graph::from(builder.finish());
        for group_by in [GroupBy::Type, GroupBy::Module, GroupBy::Crate] {
            let drawing = graph.draw().group_by(group_by).legend(true);
            let frames = drawing.to_view().frames;
            assert!(group_by != GroupBy::Type || frames.len() == 2);
            let is_line = |title: &str| title.chars().count() <= 60;
            assert!(frames.iter().all(|frame| is_line(&frame.title)));
            assert_drawn(&drawing, &text);
        }
    }
}

#[test]
fn text_that_turns_around_is_shown_and_does_not_turn_the_label() {
    let graph = objgraph::graph(&Rc::new(String::from("user\u{202e}gpj.exe")));
    let drawn = [graph.to_dot(), graph.to_svg().unwrap(), graph.to_mermaid()];
    assert!(
        drawn.iter().all(|text| !text.contains('\u{202e}')),
        "{drawn:?}"
    );
}
