//! Each test reads the smallest text that shows its point.

use proptest::prelude::*;

use super::*;
use crate::dot::{DotAttributes, DotGraph, DotOptions, DotSubgraph, to_dot};
use crate::samples::{busy_view, hostile_labels, labelled};

fn read(text: &str) -> DotGraph {
    read_dot(text.as_bytes()).expect("the text is DOT")
}

/// What is read, in short: `a(color=red) a→b`; subgraphs as `name{a b}`.
fn told(text: &str) -> String {
    let graph = match read_dot(text.as_bytes()) {
        Ok(graph) => graph,
        Err(error) => return error.to_string(),
    };
    let name = |node: usize| graph.nodes[node].name.clone();
    let nodes = graph.nodes.iter();
    let nodes = nodes.map(|node| format!("{}{}", node.name, list(&node.attributes)));
    let edges = graph.edges.iter().map(|edge| {
        let arrow = if graph.is_directed { '→' } else { '–' };
        let (tail, head) = (name(edge.tail), name(edge.head));
        format!("{tail}{arrow}{head}{}", list(&edge.attributes))
    });
    let subgraphs = graph.subgraphs.iter().map(|subgraph| {
        let nodes: Vec<_> = subgraph.nodes.iter().map(|&node| name(node)).collect();
        let attributes = list(&subgraph.attributes);
        format!("{}{attributes}{{{}}}", subgraph.name, nodes.join(" "))
    });
    let told: Vec<_> = nodes.chain(edges).chain(subgraphs).collect();
    told.join(" ")
}

fn list(attributes: &DotAttributes) -> String {
    let all = attributes.iter();
    let all: Vec<_> = all
        .map(|(name, value)| format!("{name}={}", value.as_str()))
        .collect();
    if all.is_empty() {
        String::new()
    } else {
        format!("({})", all.join(","))
    }
}

#[test]
fn every_header_is_read() {
    for (text, is_directed, is_strict, name) in [
        ("graph {}", false, false, ""),
        ("STRICT DiGraph \"a b\" {}", true, true, "a b"),
        ("\u{FEFF}digraph -1.5 {}", true, false, "-1.5"),
        (
            "# 1 \"file\"\n//\n/**/digraph Größe{}",
            true,
            false,
            "Größe",
        ),
        ("graph <b>{}", false, false, "b"),
    ] {
        let graph = read(text);
        let found = (graph.is_directed, graph.is_strict, graph.name.as_str());
        assert_eq!(found, (is_directed, is_strict, name), "{text}");
    }
}

#[test]
fn a_chain_joins_each_end_with_the_next() {
    assert_eq!(told("digraph { a -> b -> c }"), "a b c a→b b→c");
    assert_eq!(
        told("graph { a -- {b c} -- d }"),
        "a b c d a–b a–c b–d c–d {b c}"
    );
    assert_eq!(
        told("digraph { {a;b} -> subgraph s {c d} }"),
        "a b c d a→c a→d b→c b→d {a b} s{c d}"
    );
    assert_eq!(
        told("digraph { a -> {b -> c} [x=y] }"),
        "a b c b→c a→b(x=y) a→c(x=y) {b c}"
    );
    assert_eq!(
        told("digraph { a -> {b {c {d}}} }"),
        "a b c d a→b a→c a→d {b} {c} {d}"
    );
    assert_eq!(
        told("digraph { a,b:p -> c,d }"),
        "a b c d a→c a→d b→c(tailport=p) b→d(tailport=p)"
    );
    assert_eq!(told("graph { a,b [x=y] {c} [x=y] }"), "a(x=y) b(x=y) c {c}");
    assert_eq!(told("digraph { a b; c;; -1 .5 }"), "a b c -1 .5");
}

#[test]
fn defaults_hold_for_what_comes_later_until_the_brace_closes() {
    assert_eq!(
        told("digraph { a; node [x=1]; b; { node [x=2, y=3] c } d; b }"),
        "a b(x=1) c(x=2,y=3) d(x=1) {c}"
    );
    assert_eq!(
        told("digraph { edge [x=1] a -> b; subgraph s { edge [x=2] } a -> c [y=1] }"),
        "a b c a→b(x=1) a→c(x=1,y=1) s{}"
    );
    assert_eq!(
        told("graph { x=1; subgraph s { graph [y=2]; x=3 } subgraph t {} }"),
        "s(x=3,y=2){} t(x=1){}"
    );
}

#[test]
fn attribute_lists_take_every_separator() {
    assert_eq!(
        told("graph { a [b=c, d=e; f=g h=i][j=k] [] }"),
        "a(b=c,d=e,f=g,h=i,j=k)"
    );
    assert_eq!(told("graph { a [b=1 b=2] }"), "a(b=2)");
    assert_eq!(told("graph { a [l=\"x\" + \"y\" +\n\"z\"] }"), "a(l=xyz)");
    assert_eq!(told("graph { a [l=<<b>x</b> y>] }"), "a(l=<b>x</b> y)");
}

#[test]
fn ports_become_attributes() {
    let graph = read("digraph { a:f -> b:g:ne; c:s -> \"d\":\"p q\":w }");
    let port = |port: Option<crate::DotPort>| port.map(|port| (port.name, port.compass));
    let pair = |name: &str, compass: &str| Some((name.to_owned(), compass.to_owned()));
    assert_eq!(port(graph.edges[0].tail_port()), pair("f", ""));
    assert_eq!(port(graph.edges[0].head_port()), pair("g", "ne"));
    assert_eq!(port(graph.edges[1].tail_port()), pair("", "s"));
    assert_eq!(port(graph.edges[1].head_port()), pair("p q", "w"));
}

#[test]
fn strict_graphs_have_no_parallel_edges() {
    assert_eq!(
        told("strict digraph { a -> b [x=1] a -> b [y=2] b -> a }"),
        "a b a→b(x=1,y=2) b→a"
    );
    assert_eq!(told("strict graph { a -- b b -- a a -- a }"), "a b a–b a–a");
    assert_eq!(told("digraph { a -> b a -> b }"), "a b a→b a→b");
    assert_eq!(
        told("digraph { a -> b [key=k] a -> b [key=k x=1] }"),
        "a b a→b(key=k,x=1)"
    );
}

#[test]
fn a_subgraph_that_opens_again_goes_on() {
    assert_eq!(
        told("graph { subgraph s { x=1 a } subgraph s { b } }"),
        "a b s(x=1){a b}"
    );
}

#[test]
fn a_node_is_in_the_innermost_cluster_that_names_it() {
    let graph = read(
        "graph { a; subgraph cluster_o { b; subgraph cluster_i { b c } } subgraph cluster_p { c a } }",
    );
    let cluster = |index: usize| {
        graph.nodes[index]
            .cluster
            .map(|at| graph.subgraphs[at].name.as_str())
    };
    assert_eq!(cluster(0), Some("cluster_p"), "a");
    assert_eq!(cluster(1), Some("cluster_i"), "b");
    assert_eq!(cluster(2), Some("cluster_i"), "c stays where it was first");
    let graph = read("graph { { cluster=true; a } }");
    assert_eq!(graph.nodes[0].cluster, Some(0));
}

#[test]
fn mistakes_say_where_and_what() {
    for (text, message) in [
        (
            "",
            "1:1: expected `graph` or `digraph`, found the end of the file",
        ),
        (
            "digraph",
            "1:8: expected a name or `{`, found the end of the file",
        ),
        (
            "digraph {\n a",
            "1:9: the brace that begins here does not end; expected `}`",
        ),
        (
            "digraph { a -- b }",
            "1:13: expected `->`, since this is a digraph, found `--`",
        ),
        (
            "graph { é -> b }",
            "1:11: expected `--`, since this is no digraph, found `->`",
        ),
        (
            "digraph { a -> }",
            "1:16: expected a node or a subgraph, found `}`",
        ),
        (
            "digraph { a -> node }",
            "1:16: expected a node or a subgraph, found the keyword `node`",
        ),
        (
            "digraph { a [b=] }",
            "1:16: expected a name, a number or a string, found `]`",
        ),
        (
            "digraph { a [b=c",
            "1:13: the attribute list that begins here does not end; expected `]`",
        ),
        (
            "digraph { a [b=\"c",
            "1:16: the string that begins here does not end; expected a closing `\"`",
        ),
        (
            "digraph { a [=b] }",
            "1:14: expected an attribute or `]`, found `=`",
        ),
        (
            "digraph { a [b=\"c\"+d] }",
            "1:20: expected a string after `+`, found `d`",
        ),
        ("digraph { node }", "1:16: expected `[`, found `}`"),
        ("digraph { a [b] }", "1:15: expected `=`, found `]`"),
        ("digraph { subgraph s }", "1:22: expected `{`, found `}`"),
        (
            "digraph {} }",
            "1:12: expected the end of the file, found `}`",
        ),
        (
            "digraph { a\0 }",
            "1:12: expected a name, a string, a number or one of `{}[]=;,`, found `\\0`",
        ),
    ] {
        assert_eq!(told(text), message, "{text}");
    }
}

#[test]
fn a_second_graph_is_left_out_with_a_warning() {
    let graph = read("graph { a }\ngraph { b }");
    assert_eq!(graph.nodes.len(), 1);
    assert_eq!(
        graph.warnings,
        ["only the first graph is read; another begins in line 2"]
    );
}

#[test]
fn bytes_that_are_no_utf_8_are_latin_1() {
    let graph = read_dot(b"graph {\n caf\xE9 }").expect("Latin-1 is read");
    assert_eq!(graph.nodes[0].name, "café");
    assert_eq!(
        graph.warnings,
        ["byte 0xe9 in line 2 is not UTF-8; the file is read as Latin-1"]
    );
    assert_eq!(read_dot(b"\xFF\xFEg\0"), Err(ReadDotError::Utf16));
}

#[test]
fn a_hundred_thousand_braces_in_each_other_are_read() {
    const N: usize = 100_000;
    let deep = |open: &str| {
        read(&format!(
            "digraph {{{} a {}}}",
            open.repeat(N),
            "}".repeat(N)
        ))
    };
    assert_eq!(deep("{").subgraphs.len(), N);
    let clusters = deep("subgraph cluster { node [x=1] ");
    assert_eq!(clusters.nodes[0].cluster, Some(N - 1));
}

#[test]
fn long_texts_and_many_nodes_are_read() {
    let label = "é".repeat(5_000_000);
    let graph = read(&format!("graph {{ a [label=\"{label}\"] }}"));
    assert_eq!(
        graph.nodes[0].attributes.text("label").map(str::len),
        Some(10_000_000)
    );
    let nodes: Vec<_> = (0..100_000).map(|node| format!("n{node};")).collect();
    assert_eq!(
        read(&format!("graph {{ {} }}", nodes.concat())).nodes.len(),
        100_000
    );
}

#[test]
fn edges_beyond_all_measure_are_refused() {
    let set: Vec<_> = (0..2000).map(|node| format!(" n{node}")).collect();
    let set = set.concat();
    let deep = "b -> {".repeat(100_000) + &"}".repeat(100_000);
    for text in [format!("{{{set}}} -> {{{set}}}"), deep] {
        let error = read_dot(format!("digraph {{ {text} }}").as_bytes());
        assert!(matches!(error, Err(ReadDotError::TooManyEdges { .. })));
    }
}

#[test]
fn what_we_write_is_read_back() {
    let views = hostile_labels().into_iter().map(|label| labelled(&label));
    for mut view in views.chain([busy_view(40)]) {
        // The legend would be one more node.
        view.legend = false;
        let graph = read(&to_dot(&view, &DotOptions::default()));
        let keys: Vec<_> = view.nodes.iter().map(|node| &node.key).collect();
        let names: Vec<_> = graph.nodes.iter().map(|node| &node.name).collect();
        assert_eq!(names, keys);
        let ends: Vec<_> = view
            .edges
            .iter()
            .map(|edge| (edge.source, edge.target))
            .collect();
        let read: Vec<_> = graph
            .edges
            .iter()
            .map(|edge| (edge.tail, edge.head))
            .collect();
        assert_eq!(read, ends);
        let inside: Vec<_> = view.frames.iter().map(|frame| &frame.nodes).collect();
        let read: Vec<_> = graph.subgraphs.iter().map(|found| &found.nodes).collect();
        assert_eq!(read, inside);
        assert!(graph.subgraphs.iter().all(DotSubgraph::is_cluster));
    }
}

const PIECES: [&str; 32] = [
    "digraph", "graph", "strict", "subgraph", "node", "edge", "{", "}", "[", "]", "=", ";", ",",
    ":", "->", "--", "+", "a", "b", "cluster1", "\"", "\\", "<", ">", "<!--", "-->", "/*", "*/",
    "//", "#", "\n", "-1.5",
];

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_dot(&bytes);
    }

    #[test]
    fn any_mixture_of_tokens_is_read_or_refused(pieces in prop::collection::vec(0..PIECES.len(), 0..60)) {
        let text: Vec<_> = pieces.into_iter().map(|piece| PIECES[piece]).collect();
        let _ = read_dot(format!("digraph {{ {}", text.join(" ")).as_bytes());
    }

    #[test]
    fn any_mutation_is_read_or_refused(at in 0_usize..2000, byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = to_dot(&busy_view(6), &DotOptions::default()).into_bytes();
        let at = at % bytes.len();
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        let _ = read_dot(&bytes);
    }
}
