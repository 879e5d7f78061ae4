//! Letting go of what is proven to be leaked.

use super::leaks::addresses;
use super::live::live;
use super::report::LeakReport;
use objgraph_graph::{Edge, NodeId, ObjectGraph};
use objgraph_trace::{Address, TraceOptions};
use objgraph_watch::{LiveObjects, WalkRoots};
use std::collections::{BTreeMap, BTreeSet};

/// What [`LeakReport::break_cycles`] has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Broken {
    /// How many leaked objects were freed.
    pub n_freed: usize,
    /// How many cells were emptied, or functions called that let go.
    pub n_released: usize,
    /// How many could not be, since somebody used them.
    pub n_busy: usize,
    /// How many objects are still leaked, of those in the report.
    pub n_left: usize,
}

impl LeakReport {
    /// Lets go of references of leaked objects, so that they are freed: what Python's `gc.collect` does.
    ///
    /// Only types that say how can let go: by a field that is `#[trace(breakable)]`, or by `#[trace(break_with = path)]`. The
    /// closure is asked for each reference that would be let go; a cell is emptied only if it agrees to all that the
    /// cell holds. It is proven once more that the objects are leaked, and what is not any more is left alone.
    ///
    /// Objects are dropped when all references are let go, one after the other; their `Drop` runs then.
    ///
    /// # Complexity
    /// That of [`find_leaks`](crate::find_leaks), twice.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph::Trace;
    /// use std::{cell::RefCell, rc::Rc};
    ///
    /// #[derive(Trace, Default)]
    /// struct Node { #[trace(breakable)] next: RefCell<Option<Rc<Node>>> }
    ///
    /// let node = objgraph::tracked(Node::default());
    /// node.next.replace(Some(node.clone()));
    /// drop(node);
    /// let broken = objgraph::find_leaks().break_cycles(|_| true);
    /// assert_eq!((broken.n_freed, broken.n_left), (1, 0));
    /// assert!(objgraph::find_leaks().is_empty());
    /// ```
    pub fn break_cycles(&self, mut agrees: impl FnMut(&Edge<'_>) -> bool) -> Broken {
        let ours = addresses(self.graph(), self.leaked());
        let objects = LiveObjects::now();
        let proven = live().find_leaks_but(&objects, |_| false);
        let places = places(proven.graph(), proven.leaked(), &ours);
        let is_meant = |address: Address| ours.contains(&address);
        let (mut n_released, mut n_busy) = (0, 0);
        objects.walk(
            TraceOptions::default(),
            is_meant,
            WalkRoots::None,
            |walk, _| {
                let (records, mut breakers) = walk.finish_to_break();
                for breaker in 0..breakers.len() {
                    let (node, references) = breakers.references(breaker);
                    let record = &records.nodes[node as usize];
                    let type_path = records.types[record.type_index as usize].name();
                    let Some(node) = places.get(&(record.address, type_path)) else {
                        continue;
                    };
                    let edges = proven
                        .graph()
                        .edges_from(*node)
                        .filter(|edge| edge.kind.keeps_alive());
                    let mut edges = edges
                        .skip(references.start as usize)
                        .take(references.len())
                        .peekable();
                    if edges.peek().is_none() || !edges.all(|edge| agrees(&edge)) {
                        continue;
                    }
                    if breakers.release(breaker) {
                        n_released += 1;
                    } else {
                        n_busy += 1;
                    }
                }
            },
        );
        drop(objects);
        let n_left = still_leaked(&ours);
        Broken {
            n_freed: places.len().saturating_sub(n_left),
            n_released,
            n_busy,
            n_left,
        }
    }
}

/// The objects that are in the report and proven to be leaked, by where they lie and their type: an object and its first
/// part lie at one place.
fn places<'g>(
    graph: &'g ObjectGraph,
    leaked: &[NodeId],
    ours: &BTreeSet<Address>,
) -> BTreeMap<(Address, &'g str), NodeId> {
    let nodes = leaked.iter().map(|node| graph.node(*node));
    let ours = nodes.filter(|node| ours.contains(&node.address()));
    ours.map(|node| ((node.address(), node.type_path()), node.id()))
        .collect()
}

/// How many of the objects that lay at these places are leaked still.
fn still_leaked(ours: &BTreeSet<Address>) -> usize {
    let report = live().find_leaks();
    let leaked = report
        .leaked()
        .iter()
        .map(|node| report.graph().node(*node));
    leaked.filter(|node| ours.contains(&node.address())).count()
}
