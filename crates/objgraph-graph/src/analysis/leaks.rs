//! Objects that are proven to be leaked, and the field to make weak.

mod freed;
mod kinds;
mod verdict;

use super::components::components;
use super::cycles::Cycle;
use super::weaken::EdgeToWeaken;
use crate::graph::{Edge, NodeId, ObjectGraph};
use crate::node::Bytes;
use freed::kept_by_cycles;
use kinds::kinds;
use verdict::Verdict;

/// What [`leaks`] is told beside the graph.
#[derive(Clone, Debug, Default)]
pub struct LeaksOptions {
    held: Vec<NodeId>,
}

impl LeaksOptions {
    /// Takes these objects for held, whatever is proven of them. Default: none.
    #[must_use]
    pub fn held(mut self, held: impl IntoIterator<Item = NodeId>) -> Self {
        self.held.extend(held);
        self
    }
}

/// The answer of [`leaks`].
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Leaks {
    /// The objects that can never be freed, in visiting order.
    pub leaked: Vec<NodeId>,
    /// The objects that only weak handles can still reach: as good as leaked, unless one of these is used.
    pub weakly_held: Vec<NodeId>,
    /// Objects that are not judged, with what they lead to.
    pub withheld: Vec<Withheld>,
    /// How cycles are shaped that everything leaked hangs on, those that keep the most bytes first.
    pub kinds: Vec<LeakKind>,
}

/// An object that is not judged: it counts as held.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Withheld {
    /// The object.
    pub node: NodeId,
    /// Why it is not judged.
    pub why: Why,
}

/// Why an object is not judged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// More strong handles were reported than there are, by the impls of some of these types.
    TooManyHandles {
        /// How many too many.
        n_too_many: u64,
    },
    /// One handle to it was reported twice, by the impl of this type.
    ReportedTwice {
        /// The type, without module paths.
        type_name: String,
    },
    /// Its cell or lock was in use, so that what it holds is not known.
    Busy,
    /// It holds pointers that may change without a lock, or its counts changed while they were read.
    Unsteady,
}

/// Cycles of one shape that keep leaked objects alive.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LeakKind {
    /// One of the cycles, through the fewest objects: `Widget.children[] → Widget.parent → Widget`.
    pub shape: String,
    /// The objects and references of that one.
    pub example: (Vec<NodeId>, Vec<crate::graph::EdgeId>),
    /// How many groups of objects there are that keep each other alive.
    pub n_cycles: usize,
    /// How many objects these groups have.
    pub n_on_cycles: usize,
    /// How many objects hang on them and on no others.
    pub n_hanging: usize,
    /// The bytes of both, as the allocator was asked for them.
    pub bytes: Bytes,
    /// Which fields to make weak, so that none of the cycles is left: as a rule one.
    pub fixes: Vec<EdgeToWeaken>,
    /// Where objects on the cycles were tracked and how many, the most frequent site first.
    pub sites: Vec<(String, usize)>,
    /// The lowest and the highest serial number of the objects on the cycles.
    pub serials: Option<(u64, u64)>,
}

impl LeakKind {
    /// One of the cycles.
    #[must_use]
    pub fn cycle<'g>(&self, graph: &'g ObjectGraph) -> Cycle<'g> {
        Cycle {
            graph,
            nodes: self.example.0.clone(),
            edges: self.example.1.clone(),
            component_size: self.n_on_cycles / self.n_cycles.max(1),
        }
    }

    /// Whether one of the fixes would make a reference weak.
    #[must_use]
    pub fn is_fixed_at(&self, edge: &Edge<'_>) -> bool {
        self.fixes.iter().any(|fix| fix.applies_to(edge))
    }
}

/// Finds the objects that can never be freed, since nothing holds them but themselves.
///
/// An object is held if it has more strong handles than the graph explains, if it is a root, or if it is not counted and nothing
/// found owns it; and so is all that held objects keep alive. What else only weak handles from outside lead to is told apart.
/// The rest is leaked, but for what no cycle keeps: that is about to be dropped. A cycle that no other leads to is a culprit;
/// everything else hangs on these.
///
/// An object counts as held where an impl of `Trace` is caught reporting too much; for this the graph must come of a
/// walk that wrote down where handles lie.
///
/// # Complexity
/// O(objects + references), with logarithms for what is leaked, and times the fields that are tried for weak.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{LeaksOptions, ObjectGraph, leaks};
/// use objgraph_trace::{Trace, TraceOptions, Tracer, Walk};
/// use std::{cell::RefCell, rc::Rc};
///
/// struct Link(RefCell<Option<Rc<Link>>>);
///
/// impl Trace for Link {
///     fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
///         tracer.field("next", &self.0);
///     }
/// }
///
/// let link = Rc::new(Link(RefCell::default()));
/// link.0.replace(Some(link.clone()));
/// let mut walk = Walk::new(TraceOptions::default().handles(true));
/// // As if this handle were none of the program's.
/// walk.add_object(&link, 1);
/// let graph = ObjectGraph::from(walk.finish());
/// let leaks = leaks(&graph, &LeaksOptions::default());
/// assert_eq!(leaks.kinds[0].shape, "Link.next → Link");
/// assert_eq!(leaks.kinds[0].fixes[0].to_string(), "Link.next: Rc<Link> → Weak<Link>");
/// # link.0.take();
/// ```
#[must_use]
pub fn leaks(graph: &ObjectGraph, options: &LeaksOptions) -> Leaks {
    let verdict = Verdict::of(graph, &options.held);
    let is_kept = kept_by_cycles(graph, &verdict.is_unheld, |_| false);
    let leaked: Vec<NodeId> = graph
        .node_ids()
        .filter(|node| is_kept[node.index()])
        .collect();
    let kinds = if leaked.is_empty() {
        Vec::new()
    } else {
        kinds(graph, &components(graph), &leaked, &is_kept)
    };
    Leaks {
        leaked,
        weakly_held: verdict.weakly_held,
        withheld: verdict.withheld,
        kinds,
    }
}

impl Leaks {
    /// How many of the leaked objects are dropped if these references are let go: exactly, as counts would have it.
    ///
    /// # Complexity
    /// O(objects + references).
    #[must_use]
    pub fn n_freed_without(
        &self,
        graph: &ObjectGraph,
        is_cut: impl Fn(&Edge<'_>) -> bool,
    ) -> usize {
        let mut is_leaked = vec![false; graph.n_nodes()];
        self.leaked
            .iter()
            .for_each(|node| is_leaked[node.index()] = true);
        let is_kept = kept_by_cycles(graph, &is_leaked, is_cut);
        self.leaked.len() - is_kept.iter().filter(|is_kept| **is_kept).count()
    }
}
