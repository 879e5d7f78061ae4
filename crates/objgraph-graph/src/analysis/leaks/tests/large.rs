//! A million leaked objects, on a small stack.

use super::judged;
use crate::{GraphBuilder, LeakKind, NewNode, NodeId, ObjectGraph};
use objgraph_trace::EdgeKind::Strong;

const N_OBJECTS: u32 = 1_000_000;
const LAST: u32 = N_OBJECTS - 1;

/// A million objects with these references, and with a handle that nobody finds if one is `held`.
fn heap(edges: impl Iterator<Item = (u32, u32)>, held: Option<u32>) -> ObjectGraph {
    let mut builder = GraphBuilder::default();
    let label = builder.add_label(".next");
    let edges: Vec<_> = edges.collect();
    let mut strong = vec![0; N_OBJECTS as usize];
    let targets = edges.iter().map(|edge| edge.1);
    targets
        .chain(held)
        .for_each(|target| strong[target as usize] += 1);
    for strong in strong {
        builder.add_node(NewNode::new("Node").counts(strong, 0));
    }
    for (source, target) in edges {
        builder.add_edge_labelled(NodeId(source), NodeId(target), Strong, label);
    }
    builder.finish()
}

fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(run);
    thread.unwrap().join().unwrap();
}

/// All objects are leaked, by cycles of one kind, and its fix frees them all.
fn only_kind(graph: &ObjectGraph) -> LeakKind {
    let mut found = judged(graph);
    assert_eq!(
        (found.leaked.len(), found.kinds.len()),
        (N_OBJECTS as usize, 1)
    );
    assert_eq!(
        (found.n_freed, found.kinds[0].n_freed),
        (N_OBJECTS as usize, N_OBJECTS as usize)
    );
    found.kinds.remove(0)
}

#[test]
fn a_ring_is_one_cycle() {
    on_a_small_stack(|| {
        let ring = (0..N_OBJECTS).map(|node| (node, (node + 1) % N_OBJECTS));
        let kind = only_kind(&heap(ring, None));
        assert_eq!(
            (kind.steps.len(), kind.culprits.len()),
            (N_OBJECTS as usize, 1)
        );
    });
}

#[test]
fn pairs_are_of_one_kind() {
    let kind = only_kind(&heap((0..N_OBJECTS).map(|node| (node, node ^ 1)), None));
    assert_eq!((kind.steps.len(), kind.culprits.len()), (2, 500_000));
}

#[test]
fn a_list_hangs_on_a_cycle() {
    on_a_small_stack(|| {
        for is_backwards in [false, true] {
            let turned = |node: u32| if is_backwards { LAST - node } else { node };
            let list = (0..LAST).map(|node| (node, node + 1)).chain([(0, 0)]);
            let list = list.map(|(source, target)| (turned(source), turned(target)));
            let kind = only_kind(&heap(list, None));
            assert_eq!((kind.steps.len(), kind.hanging.count), (1, LAST as usize));
        }
    });
}

#[test]
fn a_list_lives_by_a_handle_of_its_first() {
    on_a_small_stack(|| {
        let list = || (0..LAST).map(|node| (node, node + 1));
        assert!(judged(&heap(list(), Some(0))).is_empty());
        let backwards = list().map(|(source, target)| (target, source));
        assert!(judged(&heap(backwards, Some(LAST))).is_empty());
    });
}

#[test]
fn a_hub_with_a_million_children_is_one_cycle() {
    let children = (1..N_OBJECTS).flat_map(|child| [(0, child), (child, 0)]);
    let kind = only_kind(&heap(children, None));
    assert_eq!(
        (kind.steps.len(), kind.on_cycles.count),
        (2, N_OBJECTS as usize)
    );
}
