//! What is written is read again.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use objgraph_graph::{Birth, GraphBuilder, NewNode, ObjectGraph};
use objgraph_snapshot::{Compression, Header, ReadOptions, read, write};
use objgraph_trace::{EdgeKind, State};
use proptest::prelude::*;
use std::panic::Location;

const COMPRESSIONS: [Compression; 3] = [Compression::None, Compression::Gzip, Compression::Zstd];

/// Everything that a graph says, as text.
fn told(graph: &ObjectGraph) -> Vec<String> {
    let objects = graph.nodes().map(|node| {
        let edges = graph.edges_from(node.id());
        let edges: Vec<_> = edges
            .map(|edge| (edge.target, edge.label(), edge.kind))
            .collect();
        format!(
            "{node} {} {} {} {:?} {} {} {} {:?} {edges:?}",
            node.type_path(),
            node.module(),
            node.value(),
            (
                node.shallow_size(),
                node.owned_size(),
                node.strong_count(),
                node.weak_count()
            ),
            node.state() as u8,
            node.site(),
            node.serial().map_or(-1, i128::from),
            graph
                .roots()
                .iter()
                .filter(|root| root.node == node.id())
                .collect::<Vec<_>>(),
        )
    });
    objects.collect()
}

fn again(graph: &ObjectGraph, compression: Compression) -> ObjectGraph {
    let mut file = Vec::new();
    write(graph, &Header::of_rust(), compression, &mut file).unwrap();
    let heap = read(&file[..], &ReadOptions::default()).unwrap();
    assert_eq!((heap.header, heap.warnings.len()), (Header::of_rust(), 0));
    heap.graph
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z<>:]{0,6}",
        "\\PC{0,8}",
        Just("\"\\\u{2028}/".to_owned())
    ]
}

proptest! {
    #[test]
    fn any_graph_is_the_same_after_writing_and_reading(
        objects in prop::collection::vec(
            ((text(), text(), text()), (any::<u64>(), any::<u64>(), any::<u32>()), 0..State::ALL.len(), any::<Option<u32>>()),
            1..8,
        ),
        edges in prop::collection::vec((any::<usize>(), any::<usize>(), 0..5_usize, text()), 0..12),
        root in any::<usize>(),
    ) {
        let mut builder = GraphBuilder::default();
        let nodes: Vec<_> = objects.iter().map(|((name, value, site), (size, owned, count), state, serial)| {
            let known = builder.add_type("app::inner", &format!("T{name}"), "::");
            let mut new = NewNode::of(known)
                .value(value)
                .site(site)
                .sizes(*size, *owned)
                .counts((*count).into(), u64::from(*count) << 20)
                .state(State::ALL[*state]);
            if let Some(serial) = serial {
                new = new.serial((*serial).into());
            }
            builder.add_node(new)
        }).collect();
        for (source, target, kind, label) in &edges {
            let (source, target) = (nodes[source % nodes.len()], nodes[target % nodes.len()]);
            builder.add_edge(source, target, EdgeKind::ALL[*kind], label);
        }
        builder.add_root("static CACHE", nodes[root % nodes.len()]);
        let graph = builder.finish();
        for compression in COMPRESSIONS {
            prop_assert_eq!(told(&again(&graph, compression)), told(&graph));
        }
    }
}

#[test]
fn a_traced_graph_is_the_same_after_writing_and_reading() {
    let values = vec![
        Some(Box::new("a".to_owned())),
        None,
        Some(Box::new("b".to_owned())),
    ];
    let mut walk = objgraph_trace::Walk::new(objgraph_trace::TraceOptions::default().values(true));
    walk.add_root("values", &values);
    let graph = ObjectGraph::from(walk.finish());
    let before = told(&graph);
    assert!(
        before[0].contains("alloc::vec") && before[0].contains("[2]"),
        "{before:?}"
    );
    for compression in COMPRESSIONS {
        assert_eq!(told(&again(&graph, compression)), before);
    }
}

#[test]
fn long_files_are_the_same_after_writing_and_reading() {
    let mut builder = GraphBuilder::default();
    let list = builder.add_node(NewNode::new("list"));
    for number in 0..200_000_u64 {
        let item = builder.add_node(
            NewNode::new("int")
                .value(&(number % 977).to_string())
                .sizes(28, 0),
        );
        builder.add_edge(list, item, EdgeKind::Strong, &format!("[{number}]"));
    }
    let graph = builder.finish();
    for compression in COMPRESSIONS {
        let again = again(&graph, compression);
        assert_eq!((again.n_nodes(), again.n_edges()), (200_001, 200_000));
        let last = again.edges_from(objgraph_graph::NodeId(0)).last().unwrap();
        assert_eq!(
            (last.label().as_str(), again.node(last.target).value()),
            ("[199999]", "691")
        );
    }
}

#[test]
fn births_of_a_traced_graph_are_written() {
    let graph = ObjectGraph::from(objgraph_trace::trace(&vec![1_u8]));
    let site = Location::caller();
    let birth = Birth {
        node: graph.roots()[0].node,
        serial: 7,
        site,
        n_handles: 1,
    };
    let read = again(&graph.with_births(vec![birth]), Compression::None);
    let node = read.nodes().next().unwrap();
    let line = format!("{}:{}", site.file(), site.line());
    assert_eq!((node.serial(), node.site()), (Some(7), line.as_str()));
}
