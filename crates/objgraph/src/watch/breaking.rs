//! Letting go of what is proven to be leaked.

use super::leaks::{Places, addresses, places};
use super::live::live;
use super::report::LeakReport;
use objgraph_graph::Edge;
use objgraph_trace::{Address, TraceOptions};
use objgraph_watch::{LiveObjects, WalkRoots};
use std::collections::BTreeSet;

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
    pub fn break_cycles(&self, agrees: impl FnMut(&Edge<'_>) -> bool) -> Broken {
        let objects = LiveObjects::now();
        let proven = live().values(false).find_leaks_but(&objects, |_| false);
        let proven = addresses(proven.graph(), proven.leaked());
        let leaked = self.leaked().iter().copied();
        let meant = leaked.filter(|node| proven.contains(&self.graph().node(*node).address()));
        let places = places(self.graph(), meant);
        let (n_released, n_busy) = self.release(&objects, &places, agrees);
        // Now all is dropped that nothing holds any more.
        drop(objects);
        let n_left = still_leaked(&places);
        Broken {
            n_freed: places.len().saturating_sub(n_left),
            n_released,
            n_busy,
            n_left,
        }
    }

    /// Lets go of what is agreed to, and tells how much that was, and what was busy.
    fn release(
        &self,
        objects: &LiveObjects,
        places: &Places<'_>,
        mut agrees: impl FnMut(&Edge<'_>) -> bool,
    ) -> (usize, usize) {
        let addresses: BTreeSet<Address> = places.keys().map(|place| place.0).collect();
        let is_meant = |address| addresses.contains(&address);
        let options = TraceOptions::default();
        objects.walk(options, is_meant, WalkRoots::None, |walk, _| {
            let (records, mut breakers) = walk.finish_to_break();
            let (mut n_released, mut n_busy) = (0, 0);
            for breaker in 0..breakers.len() {
                let (node, references) = breakers.references(breaker);
                let record = &records.nodes[node as usize];
                let type_path = records.types[record.type_index as usize].name();
                let Some(node) = places.get(&(record.address, type_path)) else {
                    continue;
                };
                // Nobody can change what is leaked, so that its references are those of the report.
                let edges = self.graph().edges_from(*node);
                let owning = edges.filter(|edge| edge.kind.keeps_alive());
                let mut meant = owning
                    .skip(references.start as usize)
                    .take(references.len())
                    .peekable();
                if meant.peek().is_none() || !meant.all(|edge| agrees(&edge)) {
                    continue;
                }
                let is_released = breakers.release(breaker);
                n_released += usize::from(is_released);
                n_busy += usize::from(!is_released);
            }
            (n_released, n_busy)
        })
    }
}

/// How many of these objects are leaked still.
fn still_leaked(places: &Places<'_>) -> usize {
    let report = live().values(false).find_leaks();
    let graph = report.graph();
    let leaked = report.leaked().iter().map(|node| graph.node(*node));
    leaked
        .filter(|node| places.contains_key(&(node.address(), node.type_path())))
        .count()
}
