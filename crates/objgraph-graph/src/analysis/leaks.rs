//! Leaked objects, proven: counted objects that only each other keep alive.

mod fixes;
mod freed;
mod handles;
mod kinds;
mod live;
mod mark;
mod tell;
mod twice;
mod weakly_held;
mod withheld;

use super::cycles::Cycle;
use super::diff::Amount;
use super::walk::{Part, Step, Steps};
use super::weaken::EdgeToWeaken;
use crate::graph::{Edge, EdgeId, NodeId, ObjectGraph};
use crate::grouped::grouped;
use live::Live;
use std::fmt;
use std::ops::RangeInclusive;

pub use freed::freed_by_counting;
pub use handles::unexplained;
pub use withheld::{Doubt, Withheld};

/// What [`leaks`] is told beside the graph.
#[derive(Clone, Debug, Default)]
pub struct LeaksOptions {
    held: Vec<NodeId>,
}

impl LeaksOptions {
    /// Takes these objects for held, whatever else is known of them. Default: none.
    ///
    /// # Panics
    /// [`leaks`] does if one is another graph's.
    #[must_use]
    pub fn held(mut self, held: impl IntoIterator<Item = NodeId>) -> Self {
        self.held.extend(held);
        self
    }
}

/// The answer of [`leaks`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Leaks {
    /// The objects that are leaked, in visiting order.
    pub leaked: Vec<NodeId>,
    /// How many they are, and their bytes as the allocator was asked for them.
    pub amount: Amount,
    /// Objects that nothing holds either, but that a `Weak` leads to which is not leaked, and what these lead to; in
    /// visiting order. They are not among the leaked: whoever has the `Weak` may still break the cycle.
    pub weakly_held: Vec<NodeId>,
    /// Types because of which objects are not judged.
    pub withheld: Vec<Withheld>,
    /// The kinds of cycles that keep the leaked, those first that keep most bytes.
    pub kinds: Vec<LeakKind>,
    /// Leaked objects that hang on cycles of several kinds.
    pub hanging_on_several: Amount,
    /// How many leaked objects would be freed if all fixes of all kinds were made.
    pub n_freed: usize,
}

/// Leaked cycles that go through the same fields of the same types. Displayed as steps, back to where they began:
/// `Widget.children[] → Widget.parent → Widget`; of a long cycle only the first.
///
/// A cycle is what keeps itself alive and nothing else does: a strongly connected component of the leaked objects that no
/// other leaked object refers to. Its shape is that of its shortest cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeakKind {
    /// The steps of the shortest cycle, beginning where they are least in the order of the alphabet.
    pub steps: Vec<Step>,
    /// The first object of each cycle, in visiting order.
    pub culprits: Vec<NodeId>,
    /// The objects of the cycles.
    pub on_cycles: Amount,
    /// What hangs on these cycles and on none of another kind.
    pub hanging: Amount,
    /// Lines that created objects of the cycles, and how many; the most frequent first. Empty if that is not known.
    pub sites: Vec<(String, usize)>,
    /// The lowest and the highest serial number of the cycles' objects, if any is known.
    pub serials: Option<RangeInclusive<u64>>,
    /// The fields to weaken so that there is no such cycle, the fewest that were found, the best first. Where more than a few
    /// are needed, the last one says that cycles are left.
    pub fixes: Vec<EdgeToWeaken>,
    /// How many of the objects would be freed if these fields were weak, those that hang on the cycles included.
    pub n_freed: usize,
    example: (Vec<NodeId>, Vec<EdgeId>),
    example_size: usize,
}

/// The most steps that are written of a cycle.
const MAX_WRITTEN: usize = 10;

impl fmt::Display for LeakKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_written = if self.steps.len() > MAX_WRITTEN {
            MAX_WRITTEN - 1
        } else {
            self.steps.len()
        };
        let mut written = self.steps.iter().take(n_written);
        written.try_for_each(|step| write!(f, "{step} → "))?;
        if n_written < self.steps.len() {
            let n_more = grouped((self.steps.len() - n_written) as u64);
            write!(f, "… {n_more} more … → ")?;
        }
        f.write_str(self.steps.first().map_or("", |first| &first.type_name))
    }
}

impl LeakKind {
    /// One of the shortest cycles, beginning as the steps do.
    ///
    /// Of the graph in which the leaks were found, or one that it became: marked, or with births.
    #[must_use]
    pub fn cycle<'g>(&self, graph: &'g ObjectGraph) -> Cycle<'g> {
        let (nodes, edges) = self.example.clone();
        Cycle {
            graph,
            nodes,
            edges,
            component_size: self.example_size,
        }
    }

    /// Whether one of the fixes would make a reference weak.
    #[must_use]
    pub fn is_fixed_at(&self, edge: &Edge<'_>) -> bool {
        self.fixes.iter().any(|fix| fix.applies_to(edge))
    }

    /// The objects of the cycles and what hangs on them alone.
    #[must_use]
    pub fn kept(&self) -> Amount {
        self.on_cycles.plus(self.hanging)
    }
}

impl Leaks {
    /// Whether nothing was found to be leaked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.leaked.is_empty()
    }
}

/// Finds the objects that are leaked, proves it, and says what to change.
///
/// A counted object that has more strong handles than were found as references is held by something unknown: a local, a
/// static, a forgotten handle. It lives, and so do roots, and what is reached without being owned; and whatever these keep
/// alive. All others keep only each other alive, in cycles. Those that a `Weak` can still reach which is not leaked itself are
/// told apart, and so is what cannot be judged: an object that is in use now, or whose references are reported wrongly.
///
/// The graph must be of a trace that found every reference of what it found; a trace with [handles] also notices an impl that
/// reports one of them twice. Objects that were not found at all make no difference: what they hold has more handles than
/// were found.
///
/// The cycles that keep the leaked are grouped by the fields that they go through, each group with the fields that should
/// hold weak references: those that leave no cycle, that orphan fewest objects, and that are named like a way back.
///
/// [handles]: objgraph_trace::TraceOptions::handles
///
/// # Complexity
/// O(objects + references) if nothing is leaked; and for the leaked, O(references × (log references + fields tried)), where
/// the number of fields is limited so that trying them takes a few seconds at most.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, LeaksOptions, NewNode, leaks};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [window, button, label, other] = [1, 1, 2, 1].map(|strong| {
///     builder.add_node(NewNode::new("app::Widget").sizes(48, 0).counts(strong, 0))
/// });
/// builder.add_edge(window, button, Strong, ".children[0]");
/// builder.add_edge(button, window, Strong, ".parent");
/// builder.add_edge(button, label, Strong, ".label");
/// builder.add_edge(label, other, Strong, ".next");
/// let found = leaks(&builder.finish(), &LeaksOptions::default());
/// // Something unknown has a handle of the label.
/// assert_eq!(found.leaked, [window, button]);
/// assert_eq!(found.kinds[0].to_string(), "Widget.children[] → Widget.parent → Widget");
/// assert_eq!(found.kinds[0].fixes[0].to_string(), "Widget.parent: Rc or Arc → Weak");
/// assert_eq!(found.n_freed, 2);
/// ```
#[must_use]
pub fn leaks(graph: &ObjectGraph, options: &LeaksOptions) -> Leaks {
    let (mut live, doubted) = Live::of(graph, &options.held);
    let withheld = withheld::withheld(graph, &mut live, &doubted);
    let weakly_held = weakly_held::weakly_held(graph, &live);
    let is_leaked = |node: &NodeId| weakly_held.binary_search(node).is_err();
    let leaked: Vec<NodeId> = live.others().filter(is_leaked).collect();
    let mut leaks = Leaks {
        weakly_held,
        withheld,
        ..Leaks::default()
    };
    if !leaked.is_empty() {
        let mut steps = Steps::default();
        let part = Part::new(graph, leaked, |edge| steps.number(graph, edge));
        tell::tell(graph, &part, &steps, &mut leaks);
        leaks.leaked = part.nodes;
    }
    leaks
}

#[cfg(test)]
mod tests;
