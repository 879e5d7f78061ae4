//! Finding what has leaked.

use super::live::{Live, graph_of, live};
use super::report::LeakReport;
use objgraph_graph::{Leaks, LeaksOptions, Node, NodeId, ObjectGraph, leaks};
use objgraph_trace::{Address, TraceOptions};
use objgraph_watch::{LiveObjects, WalkRoots};
use std::collections::{BTreeMap, BTreeSet};

/// Finds the objects that can never be freed: cycles that only keep themselves alive, and all that hangs on them.
///
/// Looks at all tracked objects and what they lead to: of `Rc`s, those of this thread; of `Arc`s, all. What anything unknown
/// holds is not leaked: a local, a closure, another thread, a static. Nor is what a type is caught reporting wrongly, which
/// the report names. `Arc`s are looked at twice, the second time with all their locks held, and their counts again and again.
///
/// # Complexity
/// O(everything that is tracked and what it leads to).
///
/// # Examples
///
/// ```
/// use objgraph::Trace;
/// use std::{cell::RefCell, rc::Rc};
///
/// #[derive(Trace, Default)]
/// struct Widget { parent: RefCell<Option<Rc<Widget>>>, children: RefCell<Vec<Rc<Widget>>> }
///
/// let (window, button) = (objgraph::tracked(Widget::default()), Rc::new(Widget::default()));
/// button.parent.replace(Some(window.clone()));
/// window.children.borrow_mut().push(button);
/// assert!(objgraph::find_leaks().is_empty());
///
/// drop(window);
/// let report = objgraph::find_leaks();
/// assert_eq!(report.n_leaked(), 2);
/// assert_eq!(report.kinds()[0].fixes[0].to_string(), "Widget.parent: Rc<Widget> → Weak<Widget>");
/// ```
pub fn find_leaks() -> LeakReport {
    live().values(false).find_leaks()
}

impl Live<'_> {
    /// As [`find_leaks`](crate::find_leaks), with these roots besides the registered ones. Without
    /// [values](Self::values), only what the picture shows has some.
    pub fn find_leaks(&self) -> LeakReport {
        let objects = LiveObjects::now();
        self.find_leaks_but(&objects, |_| false)
    }

    /// Takes what matches for held, whatever is proven of it.
    pub(super) fn find_leaks_but(
        &self,
        objects: &LiveObjects,
        is_held: impl Fn(Node<'_>) -> bool,
    ) -> LeakReport {
        let options = TraceOptions::default().values(self.values).handles(true);
        let mut graph = self.trace(objects, options);
        let held = graph.nodes().filter(|node| is_held(*node)).map(Node::id);
        let mut options = LeaksOptions::default().held(held);
        let mut found = leaks(&graph, &options);
        let doubted = doubted(&graph, &found, objects);
        if !doubted.is_empty() {
            options = options.held(doubted);
            found = leaks(&graph, &options);
        }
        if !self.values {
            let values = values_of_examples(&graph, &found, objects);
            graph = graph.with_values(values);
        }
        LeakReport::new(graph, found, objects.len())
    }
}

/// Of a long cycle, no more than so many objects are shown at its beginning and at its end.
const MAX_SHOWN: usize = 16;

/// The values of the objects on the cycles that stand for their kinds, and of what these hold.
///
/// A value costs twice as much as all else that is learned of an object, and the picture shows few.
fn values_of_examples(
    graph: &ObjectGraph,
    found: &Leaks,
    objects: &LiveObjects,
) -> Vec<(NodeId, String)> {
    let on_cycles = found.kinds.iter().flat_map(|kind| {
        let nodes = kind.cycle(graph).nodes;
        let first = nodes.len().saturating_sub(MAX_SHOWN);
        [&nodes[..nodes.len().min(MAX_SHOWN)], &nodes[first..]].concat()
    });
    let shown = on_cycles.flat_map(|node| graph.referents(node).chain([node]));
    let places = places(graph, shown);
    let addresses: BTreeSet<Address> = places.keys().map(|place| place.0).collect();
    let options = TraceOptions::default()
        .values(true)
        .within(addresses.iter().copied());
    let is_shown = |address| addresses.contains(&address);
    let again = objects.walk(options, is_shown, WalkRoots::None, |walk, births| {
        graph_of(walk.finish(), births)
    });
    let nodes = again.nodes();
    let known = nodes.filter_map(|node| {
        let place = places.get(&(node.address(), node.type_path()))?;
        Some((*place, node.value().to_owned()))
    });
    known.collect()
}

/// Those of the leaked objects that a second look does not find to be leaked.
///
/// Only threads can change what was seen, so that there is no second look if no `Arc` is among them.
fn doubted(graph: &ObjectGraph, found: &Leaks, objects: &LiveObjects) -> Vec<NodeId> {
    if !found
        .leaked
        .iter()
        .any(|node| graph.node(*node).is_atomic())
    {
        return Vec::new();
    }
    let addresses: BTreeSet<Address> = addresses(graph, &found.leaked);
    let options = TraceOptions::default()
        .handles(true)
        .freeze(true)
        .within(addresses.iter().copied());
    let is_leaked = |address| addresses.contains(&address);
    let again = objects.walk(options, is_leaked, WalkRoots::None, |walk, births| {
        graph_of(walk.finish(), births)
    });
    let confirmed = leaks(&again, &LeaksOptions::default()).leaked;
    let confirmed = self::addresses(&again, &confirmed);
    // What is not counted goes the way of its owner, and may share its place with a part of itself.
    let counted = found
        .leaked
        .iter()
        .filter(|node| graph.node(**node).is_shared());
    counted
        .filter(|node| !confirmed.contains(&graph.node(**node).address()))
        .copied()
        .collect()
}

/// Where objects lie.
pub(super) fn addresses(graph: &ObjectGraph, nodes: &[NodeId]) -> BTreeSet<Address> {
    nodes
        .iter()
        .map(|node| graph.node(*node).address())
        .collect()
}

/// Objects by where they lie and their type: an object and its first part lie at one place.
pub(super) type Places<'g> = BTreeMap<(Address, &'g str), NodeId>;

pub(super) fn places(graph: &ObjectGraph, nodes: impl Iterator<Item = NodeId>) -> Places<'_> {
    let nodes = nodes.map(|node| graph.node(node));
    nodes
        .map(|node| ((node.address(), node.type_path()), node.id()))
        .collect()
}
