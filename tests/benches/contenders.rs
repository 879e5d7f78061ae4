//! What is measured on each heap: objgraph, its four peers, and two floors that nobody can get below.

use crate::heaps::{List, Map, Tree};
use allocative::{Allocative, FlameGraphBuilder};
use deepsize::DeepSizeOf;
use get_size2::{GetSize, StandardTracker};
use mem_dbg::{MemSize, SizeFlags};
use objgraph::{ObjectGraph, Trace};
use objgraph_benches::rounds::Contender;
use objgraph_trace::{TraceOptions, trace, trace_with};
use rustc_hash::FxHashSet;
use std::rc::Rc;

/// The row that all others are compared with.
pub(crate) const FLOOR: &str = "worklist, FxHash visited set";
/// The row of the graph as the figures ask for it.
pub(crate) const GRAPH: &str = "objgraph: labelled graph";
/// The names of the peers' rows.
pub(crate) const PEERS: [&str; 4] = [
    "mem_dbg: sum",
    "deepsize: sum",
    "get-size2: sum",
    ALLOCATIVE,
];
/// The row of the peer that is to be beaten by a factor.
pub(crate) const ALLOCATIVE: &str = "allocative: flame graph";

/// A heap on which everything can be measured.
pub(crate) trait Heap: Trace + Allocative + DeepSizeOf + GetSize + MemSize {
    /// Reads each object once and remembers nothing.
    fn chase(&self) -> u64;
    /// Reads each object once and remembers which were seen, as shared pointers demand.
    fn walk(&self) -> (u64, FxHashSet<usize>);
}

/// Everything that is measured on one heap.
pub(crate) fn contenders<H: Heap>(heap: &H) -> Vec<Contender<'_>> {
    vec![
        Contender::new("pointer chase", || heap.chase()),
        Contender::new(FLOOR, || heap.walk()),
        Contender::new(GRAPH, || ObjectGraph::from(trace(heap))),
        Contender::new("objgraph: and turned around", || both_directions(heap)),
        Contender::new("objgraph: and values", move || {
            ObjectGraph::from(trace_with(
                [("", heap)],
                TraceOptions::default().values(true),
            ))
        }),
        Contender::new(PEERS[0], || heap.mem_size(SizeFlags::FOLLOW_RCS)),
        Contender::new(PEERS[1], || heap.deep_size_of()),
        Contender::new(PEERS[2], || {
            heap.get_heap_size_with_tracker(StandardTracker::new()).0
        }),
        Contender::new(PEERS[3], || {
            let mut builder = FlameGraphBuilder::default();
            builder.visit_root(heap);
            builder.finish().flamegraph().total_size()
        }),
    ]
}

/// A graph that knows the referrers of each object too.
pub(crate) fn both_directions<T: Trace>(heap: &T) -> ObjectGraph {
    let graph = ObjectGraph::from(trace(heap));
    let n_referrers = graph.referrers(graph.roots()[0].node).len();
    assert_eq!(n_referrers, 0, "nothing refers to the root");
    graph
}

fn address<T>(pointer: &Rc<T>) -> usize {
    Rc::as_ptr(pointer).addr()
}

impl Heap for Rc<Tree> {
    fn chase(&self) -> u64 {
        let mut sum = 0;
        let mut waiting = vec![&**self];
        while let Some(tree) = waiting.pop() {
            sum += tree.number;
            waiting.extend(tree.children.iter().map(|child| &**child));
        }
        sum
    }

    fn walk(&self) -> (u64, FxHashSet<usize>) {
        let mut sum = 0;
        let mut seen = FxHashSet::from_iter([address(self)]);
        let mut waiting = vec![&**self];
        while let Some(tree) = waiting.pop() {
            sum += tree.number;
            waiting.extend(
                tree.children
                    .iter()
                    .filter(|child| seen.insert(address(child)))
                    .map(|child| &**child),
            );
        }
        (sum, seen)
    }
}

impl Heap for Rc<List> {
    fn chase(&self) -> u64 {
        let mut sum = self.number;
        let mut link = &self.next;
        while let Some(list) = link {
            sum += list.number;
            link = &list.next;
        }
        sum
    }

    fn walk(&self) -> (u64, FxHashSet<usize>) {
        let mut sum = 0;
        let mut seen = FxHashSet::from_iter([address(self)]);
        let mut waiting = vec![&**self];
        while let Some(list) = waiting.pop() {
            sum += list.number;
            waiting.extend(
                list.next
                    .iter()
                    .filter(|next| seen.insert(address(next)))
                    .map(|next| &**next),
            );
        }
        (sum, seen)
    }
}

impl Heap for Map {
    fn chase(&self) -> u64 {
        self.values()
            .map(|item| item.number + item.name.len() as u64)
            .sum()
    }

    fn walk(&self) -> (u64, FxHashSet<usize>) {
        let mut seen = FxHashSet::default();
        let mut waiting: Vec<_> = self
            .values()
            .filter(|item| seen.insert(address(item)))
            .collect();
        let mut sum = 0;
        while let Some(item) = waiting.pop() {
            sum += item.number + item.name.len() as u64;
        }
        (sum, seen)
    }
}
