//! Random graphs against versions of ten lines that are obviously right.

#![expect(
    clippy::unwrap_used,
    clippy::vec_box,
    reason = "helpers of tests may fail like tests, and boxes are what is looked at"
)]

use objgraph::{EdgeKind, GroupBy, NodeId, ObjectGraph, Trace, ViewOptions};
use objgraph_graph::{
    GraphBuilder, NewNode, chain_to, components, condensation, key_cycles, view_from,
};
use objgraph_render::{LayoutOptions, arrange};
use objgraph_trace::{TraceOptions, trace_with};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::{Rc, Weak};

#[derive(Trace)]
struct Object {
    id: usize,
    strong: RefCell<Vec<Rc<Object>>>,
    weak: RefCell<Vec<Weak<Object>>>,
}

/// A list of edges between objects: source, target, and whether it is weak.
type Edges = Vec<(usize, usize, bool)>;

fn edges(n_objects: usize, n_edges: usize) -> impl Strategy<Value = Edges> {
    prop::collection::vec(
        (0..n_objects, 0..n_objects, prop::bool::weighted(0.3)),
        0..n_edges,
    )
}

fn objects(n_objects: usize, edges: &Edges) -> Vec<Rc<Object>> {
    let new = |id| {
        Rc::new(Object {
            id,
            strong: RefCell::default(),
            weak: RefCell::default(),
        })
    };
    let objects: Vec<_> = (0..n_objects).map(new).collect();
    for &(source, target, is_weak) in edges {
        if is_weak {
            objects[source]
                .weak
                .borrow_mut()
                .push(Rc::downgrade(&objects[target]));
        } else {
            objects[source]
                .strong
                .borrow_mut()
                .push(objects[target].clone());
        }
    }
    objects
}

fn release(objects: &[Rc<Object>]) {
    objects
        .iter()
        .for_each(|object| object.strong.borrow_mut().clear());
}

/// Which object of ours each node is.
fn ids(graph: &ObjectGraph) -> Vec<usize> {
    let id = |value: &str| {
        value
            .split([':', ','])
            .nth(1)
            .unwrap()
            .trim()
            .parse()
            .unwrap()
    };
    graph.nodes().map(|node| id(node.value())).collect()
}

fn reachable(edges: &Edges, from: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::from([from]);
    let mut waiting = vec![from];
    while let Some(node) = waiting.pop() {
        waiting.extend(
            edges
                .iter()
                .filter(|edge| edge.0 == node && found.insert(edge.1))
                .map(|edge| edge.1),
        );
    }
    found
}

/// How far each object is from another along the edges.
fn distances(edges: &Edges, from: usize) -> BTreeMap<usize, usize> {
    let mut found = BTreeMap::from([(from, 0)]);
    let mut waiting = VecDeque::from([from]);
    while let Some(node) = waiting.pop_front() {
        for edge in edges.iter().filter(|edge| edge.0 == node) {
            if !found.contains_key(&edge.1) {
                found.insert(edge.1, found[&node] + 1);
                waiting.push_back(edge.1);
            }
        }
    }
    found
}

fn built(n_nodes: usize, edges: &Edges) -> ObjectGraph {
    let mut builder = GraphBuilder::default();
    let nodes: Vec<_> = (0..n_nodes)
        .map(|_| builder.add_node(NewNode::new("Object")))
        .collect();
    for &(source, target, is_weak) in edges {
        let kind = if is_weak {
            EdgeKind::Weak
        } else {
            EdgeKind::Strong
        };
        builder.add_edge(nodes[source], nodes[target], kind, "");
    }
    builder.finish()
}

/// The components of more than one node, or of one that refers to itself, by petgraph.
fn reference_components(edges: &Edges, members: &BTreeSet<usize>) -> (usize, BTreeSet<Vec<usize>>) {
    let strong = || {
        edges
            .iter()
            .filter(|edge| !edge.2 && members.contains(&edge.0))
    };
    let mut graph = DiGraph::<usize, ()>::new();
    let nodes: BTreeMap<usize, _> = members.iter().map(|&id| (id, graph.add_node(id))).collect();
    strong().for_each(|edge| _ = graph.add_edge(nodes[&edge.0], nodes[&edge.1], ()));
    let all: Vec<Vec<usize>> = kosaraju_scc(&graph)
        .into_iter()
        .map(|component| {
            let mut ids: Vec<usize> = component.into_iter().map(|node| graph[node]).collect();
            ids.sort_unstable();
            ids
        })
        .collect();
    let is_cyclic = |ids: &Vec<usize>| {
        ids.len() > 1 || strong().any(|edge| edge.0 == ids[0] && edge.1 == ids[0])
    };
    (
        all.len(),
        all.iter().filter(|ids| is_cyclic(ids)).cloned().collect(),
    )
}

/// A tree of boxes and vectors.
#[derive(Clone, Debug, Trace)]
struct Tree {
    boxed: Option<Box<Tree>>,
    children: Vec<Tree>,
    numbers: Vec<Box<u8>>,
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf =
        prop::collection::vec(any::<u8>().prop_map(Box::new), 0..3).prop_map(|numbers| Tree {
            boxed: None,
            children: Vec::new(),
            numbers,
        });
    leaf.prop_recursive(6, 100, 5, |inner| {
        (
            prop::option::of(inner.clone().prop_map(Box::new)),
            prop::collection::vec(inner, 0..4),
        )
            .prop_map(|(boxed, children)| Tree {
                boxed,
                children,
                numbers: vec![Box::new(1)],
            })
    })
}

/// How many nodes a tree has, and its edges in visiting order as text.
fn walk(tree: &Tree, n_nodes: &mut usize, out: &mut Vec<String>) {
    *n_nodes += 1;
    out.extend(tree.boxed.iter().map(|_| ".boxed".to_owned()));
    out.extend((0..tree.children.len()).map(|place| format!(".children[{place}]")));
    out.extend((0..tree.numbers.len()).map(|place| format!(".numbers[{place}]")));
    tree.boxed
        .iter()
        .for_each(|child| walk(child, n_nodes, out));
    tree.children
        .iter()
        .for_each(|child| walk(child, n_nodes, out));
    *n_nodes += tree.numbers.len();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_trace_finds_exactly_what_is_reachable(edges in edges(12, 40)) {
        let objects = objects(12, &edges);
        let before: Vec<_> = objects.iter().map(|object| (Rc::strong_count(object), Rc::weak_count(object))).collect();
        let graph = objgraph::graph(&objects[0]);
        let after: Vec<_> = objects.iter().map(|object| (Rc::strong_count(object), Rc::weak_count(object))).collect();
        release(&objects);
        prop_assert_eq!(&before, &after);

        let ids = ids(&graph);
        let expected = reachable(&edges, 0);
        prop_assert_eq!(ids.len(), expected.len());
        prop_assert_eq!(&ids.iter().copied().collect::<BTreeSet<_>>(), &expected);

        let mut found: Edges = Vec::new();
        for edge in graph.node_ids().flat_map(|id| graph.edges_from(id)) {
            found.push((ids[edge.source.0 as usize], ids[edge.target.0 as usize], edge.kind == EdgeKind::Weak));
        }
        let mut expected_edges: Edges = edges.iter().filter(|edge| expected.contains(&edge.0)).copied().collect();
        found.sort_unstable();
        expected_edges.sort_unstable();
        prop_assert_eq!(found, expected_edges);

        for node in graph.nodes() {
            prop_assert_eq!((node.strong_count(), node.weak_count()), before[ids[node.id().0 as usize]]);
        }
        for id in graph.node_ids() {
            let mut referrers: Vec<NodeId> = graph.edges_to(id).map(|edge| edge.source).collect();
            let mut expected: Vec<NodeId> = graph.node_ids().flat_map(|source| graph.edges_from(source))
                .filter(|edge| edge.target == id).map(|edge| edge.source).collect();
            prop_assert_eq!(&graph.referrers(id).collect::<Vec<_>>(), &referrers);
            referrers.sort();
            expected.sort();
            prop_assert_eq!(referrers, expected);
        }
    }

    #[test]
    fn components_of_traced_objects_are_those_of_petgraph(edges in edges(12, 40)) {
        let objects = objects(12, &edges);
        let graph = objgraph::graph(&objects[0]);
        release(&objects);
        let ids = ids(&graph);
        let components = graph.components();
        let (count, cyclic) = reference_components(&edges, &ids.iter().copied().collect());
        prop_assert_eq!(components.count(), count);
        let found: BTreeSet<Vec<usize>> = components.cyclic().map(|members| {
            let mut members: Vec<usize> = members.iter().map(|member| ids[member.0 as usize]).collect();
            members.sort_unstable();
            members
        }).collect();
        prop_assert_eq!(found, cyclic);
    }

    #[test]
    fn components_are_those_of_petgraph(edges in edges(30, 70)) {
        let graph = built(30, &edges);
        let components = components(&graph);
        let (count, cyclic) = reference_components(&edges, &(0..30).collect());
        prop_assert_eq!(components.count(), count);
        let found: Vec<Vec<usize>> = (components.cyclic())
            .map(|members| members.iter().map(|member| member.0 as usize).collect())
            .collect();
        prop_assert!(found.is_sorted_by_key(|members| members[0]));
        for id in graph.node_ids() {
            let is_cyclic = cyclic.iter().any(|members| members.contains(&(id.0 as usize)));
            prop_assert_eq!(components.is_in_cycle(id), is_cyclic);
        }
        prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), cyclic);
    }

    #[test]
    fn a_condensation_has_an_edge_where_a_reference_leaves_a_component(edges in edges(20, 40)) {
        let graph = built(20, &edges);
        let components = components(&graph);
        let condensation = condensation(&graph, &components);
        let id = |object: usize| components.of(NodeId(object as u32));
        let between: BTreeSet<_> = edges.iter().filter(|edge| !edge.2)
            .map(|edge| (id(edge.0), id(edge.1))).filter(|(from, to)| from != to).collect();
        let found: Vec<_> = condensation.ids()
            .flat_map(|from| condensation.successors(from).iter().map(move |to| (from, *to))).collect();
        prop_assert_eq!(found.len(), condensation.n_edges());
        prop_assert_eq!(&found.into_iter().collect::<BTreeSet<_>>(), &between);
        prop_assert!(between.iter().all(|(from, to)| from < to));
        for component in condensation.ids() {
            let members = graph.node_ids().filter(|node| components.of(*node) == component);
            prop_assert!(condensation.members(component).iter().copied().eq(members));
        }
        let is_source = |component: &_| !between.iter().any(|(_, to)| to == component);
        prop_assert!(condensation.sources().eq(condensation.ids().filter(is_source)));
        let keys = components.cyclic().filter(|members| is_source(&components.of(members[0])));
        let found = key_cycles(&graph, &components);
        prop_assert!(found.iter().filter_map(|cycle| components.around(cycle.nodes[0])).eq(keys));
    }

    #[test]
    fn frames_of_components_hold_their_boxes_and_no_others(edges in edges(15, 40)) {
        let graph = built(15, &edges);
        let starts: Vec<_> = graph.node_ids().collect();
        let options = ViewOptions::default().group_by(GroupBy::Component);
        let view = view_from(&graph, &starts, &options);
        let scene = arrange(&view, &LayoutOptions::default()).unwrap();
        let (_, mut cyclic) = reference_components(&edges, &(0..15).collect());
        cyclic.retain(|members| members.len() > 1);
        let held = scene.frames.iter().map(|frame| {
            let boxes = scene.boxes.iter().enumerate();
            let inside = boxes.filter(|(_, part)| frame.rect.overlaps(part.rect));
            inside.map(|(index, _)| index).collect()
        });
        prop_assert_eq!(held.collect::<BTreeSet<Vec<usize>>>(), cyclic);
    }

    #[test]
    fn every_cycle_is_closed_and_shortest(edges in edges(20, 50)) {
        let graph = built(20, &edges);
        let strong: Edges = edges.iter().filter(|edge| !edge.2).copied().collect();
        for cycle in objgraph_graph::cycles(&graph) {
            let first = cycle.nodes[0].0 as usize;
            let back = strong.iter().filter(|edge| edge.1 == first)
                .filter_map(|edge| distances(&strong, first).get(&edge.0).map(|way| way + 1)).min();
            prop_assert_eq!(Some(cycle.nodes.len()), back);
            for (place, id) in cycle.edges.iter().enumerate() {
                let edge = graph.edge(*id).unwrap();
                prop_assert!(edge.kind.keeps_alive());
                let next = cycle.nodes[(place + 1) % cycle.nodes.len()];
                prop_assert_eq!((edge.source, edge.target), (cycle.nodes[place], next));
            }
        }
    }

    #[test]
    fn chains_are_as_long_as_a_plain_search_says(edges in edges(20, 40), target in 0..20_usize) {
        let graph = built(20, &edges);
        let chain = chain_to(&graph, NodeId(0), |node| node.id().0 as usize == target);
        let expected = distances(&edges, 0).get(&target).copied();
        prop_assert_eq!(chain.as_ref().map(|chain| chain.edges.len()), expected);
        if let Some(chain) = &chain {
            for (place, id) in chain.edges.iter().enumerate() {
                let edge = graph.edge(*id).unwrap();
                prop_assert_eq!((edge.source, edge.target), (chain.nodes[place], chain.nodes[place + 1]));
            }
        }
    }

    #[test]
    fn why_alive_follows_no_weak_reference(edges in edges(12, 30), target in 0..12_usize) {
        let objects = objects(12, &edges);
        let graph = objgraph::graph(&objects[0]);
        let why = graph.why_alive(&objects[target]);
        release(&objects);
        let strong: Edges = edges.iter().filter(|edge| !edge.2).copied().collect();
        match (distances(&strong, 0).get(&target), reachable(&edges, 0).contains(&target)) {
            (Some(way), _) => {
                let objgraph::WhyAlive::KeptBy(chain) = why else { panic!("{why}") };
                prop_assert_eq!(chain.edges.len(), *way);
            }
            (None, true) => prop_assert!(matches!(why, objgraph::WhyAlive::NotKept(_))),
            (None, false) => prop_assert!(
                matches!(why, objgraph::WhyAlive::NotFound { .. }),
                "not reachable"
            ),
        }
    }

    #[test]
    fn a_limited_depth_finds_exactly_what_is_near(edges in edges(12, 40), max_depth in 0..5_u32) {
        let objects = objects(12, &edges);
        let options = TraceOptions::default().max_depth(max_depth).values(true);
        let graph = ObjectGraph::from(trace_with([("", &objects[0])], options));
        release(&objects);
        let ids = ids(&graph);
        let distances = distances(&edges, 0);
        let near: BTreeSet<usize> =
            distances.iter().filter(|(_, way)| **way <= max_depth as usize).map(|(id, _)| *id).collect();
        prop_assert_eq!(ids.len(), near.len());
        prop_assert_eq!(&ids.iter().copied().collect::<BTreeSet<_>>(), &near);
        for id in graph.node_ids() {
            let object = ids[id.0 as usize];
            // At the limit too, references to what is near are there: a cycle may close with one.
            let (inside, outside): (Edges, Edges) =
                edges.iter().copied().filter(|edge| edge.0 == object).partition(|edge| near.contains(&edge.1));
            prop_assert_eq!(graph.referents(id).len(), inside.len());
            let cut: usize = graph.cuts().iter().filter(|cut| cut.node == id).map(|cut| cut.n_references).sum();
            prop_assert_eq!(cut, outside.len());
        }
    }

    #[test]
    fn a_limited_view_of_a_limited_trace_is_that_of_the_whole(
        edges in edges(12, 60), max_depth in 0..4_usize, too_many in 1..5_usize,
    ) {
        let objects = objects(12, &edges);
        let refs = || objgraph::refs(&objects[0]).max_depth(max_depth).too_many(too_many);
        let limited = refs().to_view().unwrap();
        let graph = objgraph::graph(&objects[0]);
        let whole = graph.draw().max_depth(max_depth).too_many(too_many).to_view();
        release(&objects);
        let names = |view: &objgraph::View| -> Vec<String> {
            view.nodes.iter().map(|node| node.lines.last().unwrap().text.clone()).collect()
        };
        prop_assert_eq!(names(&limited), names(&whole));
        let arrows = |view: &objgraph::View| -> Vec<(usize, usize, String)> {
            view.edges.iter().map(|edge| (edge.source, edge.target, edge.label.clone())).collect()
        };
        prop_assert_eq!(arrows(&limited), arrows(&whole));
        // What lies too deep is unknown to the limited trace: it may be shown already.
        let folded = |view: &objgraph::View| -> Vec<String> {
            view.notes.iter().filter(|note| note.contains("too_many")).cloned().collect()
        };
        prop_assert_eq!(folded(&limited), folded(&whole));
    }

    #[test]
    fn trees_give_a_node_for_each_box_and_element(tree in tree()) {
        let graph = objgraph::graph(&tree);
        let (mut n_nodes, mut labels) = (0, Vec::new());
        walk(&tree, &mut n_nodes, &mut labels);
        prop_assert_eq!((graph.n_nodes(), graph.n_edges()), (n_nodes, n_nodes - 1));
        let mut found: Vec<String> =
            graph.node_ids().flat_map(|id| graph.edges_from(id)).map(|edge| edge.label()).collect();
        found.sort();
        labels.sort();
        prop_assert_eq!(found, labels);
        prop_assert!(graph.node_ids().skip(1).all(|id| graph.referrers(id).len() == 1));
        prop_assert_eq!(graph.components().count(), n_nodes);
    }
}
