//! Which references to make weak, so that cycles do not leak.

mod change;
mod fields;
mod points_back;
mod reason;
mod trial;

use super::components::Components;
use super::walk::{Breadth, Inside, OfGraph, Step, StepId, Steps};
use crate::graph::{Edge, EdgeId, NodeId, ObjectGraph};
use change::Change;
use fields::n_orphaned;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt;

pub(super) use fields::{Field, fields};
pub use reason::Reason;
pub(super) use trial::Trial;

/// Where [`edges_to_weaken`] looks, and how many fields it tries.
#[derive(Clone, Debug)]
pub struct WeakenOptions {
    within: Option<NodeId>,
    max_tried: usize,
}

impl Default for WeakenOptions {
    fn default() -> Self {
        Self {
            within: None,
            max_tried: 10,
        }
    }
}

impl WeakenOptions {
    /// Looks only at the component of an object, rather than at all together. Default: all.
    #[must_use]
    pub fn within(mut self, node: NodeId) -> Self {
        self.within = Some(node);
        self
    }

    /// Tries at most so many fields, each of which takes a search of the components. Default: 10.
    #[must_use]
    pub fn max_tried(mut self, max_tried: usize) -> Self {
        self.max_tried = max_tried;
        self
    }
}

/// The answer of [`edges_to_weaken`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Weakening {
    /// The fields that were tried, the best first.
    pub suggestions: Vec<EdgeToWeaken>,
    /// How many fields hold references on cycles.
    pub n_fields: usize,
    /// Whether every field that alone could leave no cycle was tried: if none of the suggestions does, no field does.
    pub is_complete: bool,
}

/// A field whose references, if they were weak, would break cycles.
///
/// Displayed as a change: `Widget.parent: Rc<Widget> → Weak<Widget>`, `Rc<_>` if it leads to several types, and
/// `Widget.parent → weakref` for objects of elsewhere. A heap file does not tell an `Rc` from an `Arc`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EdgeToWeaken {
    /// The field.
    pub step: Step,
    /// How many references on cycles it holds; of one object to one other, those from one field count once.
    pub n_edges: usize,
    /// How many objects nothing would keep alive any more: no root, and no owning reference from elsewhere.
    pub n_orphaned: usize,
    /// Whether no cycle would be left.
    pub leaves_acyclic: bool,
    /// How many objects would still be on cycles.
    pub n_left: usize,
    /// How many of them would be in the largest component.
    pub largest_left: usize,
    /// Whether the field is named like one that points back: `parent`, `owner`.
    pub points_back: bool,
    /// What speaks for it.
    pub reasons: Vec<Reason>,
    /// One of the references.
    pub example: (NodeId, EdgeId),
    type_index: usize,
    is_owner: bool,
    change: Change,
}

impl fmt::Display for EdgeToWeaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.step, self.change)
    }
}

/// Finds the field that should hold weak references: the references on cycles are grouped by the type of their referrer
/// and their field, and it is tried what each group, made weak, would leave.
///
/// A group can leave no cycle only if it breaks a cycle that is known; those that break one of each component are tried
/// first. Only if none of them leaves no cycle, others are tried, those with most references first.
///
/// Suggestions are in this order: those that leave fewest objects on cycles; that share what they hold; that orphan fewest
/// objects; that are named like a way back; that hold fewest references.
///
/// # Complexity
/// O((objects + references) × fields tried).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, WeakenOptions, components, edges_to_weaken};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [window, button] = [(); 2].map(|()| builder.add_node(NewNode::new("app::Widget")));
/// builder.add_edge(window, button, Strong, ".children[0]");
/// builder.add_edge(button, window, Strong, ".parent");
/// builder.add_root("window", window);
/// let graph = builder.finish();
/// let found = edges_to_weaken(&graph, &components(&graph), &WeakenOptions::default());
/// let best = &found.suggestions[0];
/// assert_eq!(best.to_string(), "Widget.parent: Rc or Arc → Weak");
/// assert_eq!((best.leaves_acyclic, best.n_edges, best.n_orphaned), (true, 1, 0));
/// assert_eq!(found.suggestions[1].n_orphaned, 1);
/// ```
#[must_use]
pub fn edges_to_weaken(
    graph: &ObjectGraph,
    components: &Components,
    options: &WeakenOptions,
) -> Weakening {
    let members: Vec<&[NodeId]> = match options.within {
        Some(node) => components.around(node).into_iter().collect(),
        None => components.cyclic().collect(),
    };
    let mut steps = Steps::default();
    let outside = OfGraph {
        graph,
        steps: &mut steps,
    };
    let inside = Inside::new(outside, components, &members, |_| false);
    let n_orphaned = n_orphaned(graph, &mut steps);
    let fields = fields(graph, &inside, &steps, |step| n_orphaned[step as usize]);
    let breaking = steps_of_cycles(&inside);
    let (first, mut later): (Vec<&Field<'_>>, Vec<&Field<'_>>) = fields
        .iter()
        .partition(|field| breaking.contains(&field.number));
    let trial = Trial {
        inside: &inside,
        n_entries: 0,
    };
    let (mut suggestions, n_left) = attempts(&trial, &first, options.max_tried);
    let is_complete = suggestions.len() == first.len();
    if !suggestions
        .iter()
        .any(|suggestion| suggestion.leaves_acyclic)
    {
        later.sort_by_key(|field| (Reverse(field.n_edges), !field.points_back));
        suggestions.extend(attempts(&trial, &later, n_left).0);
    }
    suggestions.sort_by(|one, other| one.rank().cmp(&other.rank()));
    Weakening {
        suggestions,
        n_fields: fields.len(),
        is_complete,
    }
}

impl EdgeToWeaken {
    /// Whether it would make a reference weak.
    #[must_use]
    pub fn applies_to(&self, edge: &Edge<'_>) -> bool {
        edge.kind.keeps_alive()
            && edge.type_index() == self.type_index
            && edge.field() == self.step.field
    }

    /// The lowest is the best.
    pub(super) fn rank(&self) -> impl Ord + '_ {
        let named = !self.points_back;
        (
            self.n_left,
            self.is_owner,
            self.n_orphaned,
            named,
            self.n_edges,
            &self.step,
        )
    }
}

/// The steps each of which breaks a known cycle of every component: no other step can leave no cycle.
pub(super) fn steps_of_cycles(inside: &Inside) -> BTreeSet<StepId> {
    let mut breadth = Breadth::new(inside.n_nodes());
    let cycles = (0..inside.n_components())
        .filter_map(|place| breadth.way_around(inside, inside.components[place]));
    let steps = cycles.map(|cycle| {
        let next = cycle.iter().cycle().skip(1);
        let steps = cycle
            .iter()
            .zip(next)
            .filter_map(|(node, next)| inside.only_step(*node, *next));
        steps.collect::<BTreeSet<_>>()
    });
    steps.reduce(|all, steps| &all & &steps).unwrap_or_default()
}

/// Tries the first few of some fields, and gives back how many more may be tried.
fn attempts(
    trial: &Trial<'_>,
    fields: &[&Field<'_>],
    max_tried: usize,
) -> (Vec<EdgeToWeaken>, usize) {
    let n_tried = fields.len().min(max_tried);
    let tried = fields[..n_tried].iter().map(|field| trial.attempt(field));
    (tried.collect(), max_tried - n_tried)
}

#[cfg(test)]
mod tests {
    use super::{WeakenOptions, edges_to_weaken};
    use crate::analysis::random::fields::{FIELDS, built, edges, owning, type_name};
    use crate::{GraphBuilder, NewNode, ObjectGraph, Reason, components};
    use objgraph_trace::EdgeKind::{Owned, Strong};
    use objgraph_trace::{Trace, Tracer};
    use petgraph::algo::kosaraju_scc;
    use petgraph::graph::DiGraph;
    use proptest::prelude::*;
    use std::cell::RefCell;
    use std::collections::BTreeSet;
    use std::rc::Rc;
    use std::sync::{Arc, Mutex};

    /// The sizes of the components that have a cycle, by petgraph.
    fn cyclic_sizes(edges: &BTreeSet<(u32, u32, usize)>) -> Vec<usize> {
        let mut graph = DiGraph::<(), ()>::new();
        let nodes: Vec<_> = (0..8).map(|_| graph.add_node(())).collect();
        edges.iter().for_each(|edge| {
            graph.add_edge(nodes[edge.0 as usize], nodes[edge.1 as usize], ());
        });
        let mut components = kosaraju_scc(&graph);
        components.retain(|nodes| nodes.len() > 1 || graph.contains_edge(nodes[0], nodes[0]));
        components.iter().map(Vec::len).collect()
    }

    proptest! {
        #[test]
        fn what_is_left_is_what_petgraph_finds_without_the_field(edges in edges(8, 20)) {
            let graph = built(8, &edges);
            let owning = owning(&edges);
            let found = edges_to_weaken(&graph, &components(&graph), &WeakenOptions::default());
            prop_assert!(found.is_complete);
            let of_step = |edge: &(u32, u32, usize)| (type_name(edge.0), FIELDS[edge.2]);
            for suggestion in &found.suggestions {
                let step = (suggestion.step.type_name.as_str(), suggestion.step.field.as_str());
                let (of_it, rest): (BTreeSet<_>, BTreeSet<_>) =
                    owning.iter().copied().partition(|edge| of_step(edge) == step);
                let sizes = cyclic_sizes(&rest);
                prop_assert_eq!(suggestion.leaves_acyclic, sizes.is_empty());
                prop_assert_eq!(suggestion.n_left, sizes.iter().sum::<usize>());
                prop_assert_eq!(suggestion.largest_left, sizes.iter().max().copied().unwrap_or(0));
                let is_held = |node: u32| node == 0 || rest.iter().any(|edge| edge.1 == node);
                let held: BTreeSet<u32> = of_it.iter().map(|edge| edge.1).collect();
                prop_assert_eq!(suggestion.n_orphaned, held.iter().filter(|node| !is_held(**node)).count());
                let edge = graph.edge_from(suggestion.example.0, suggestion.example.1).unwrap();
                prop_assert_eq!((graph.node(edge.source).type_name(), edge.field()), (step.0, step.1.to_owned()));
            }
            let steps: BTreeSet<_> = owning.iter().map(of_step).collect();
            let breaks_all = |step: &(&str, &str)| {
                cyclic_sizes(&owning.iter().copied().filter(|edge| of_step(edge) != *step).collect()).is_empty()
            };
            let expected = steps.iter().filter(|step| breaks_all(step)).count();
            let leave_none = found.suggestions.iter().filter(|suggestion| suggestion.leaves_acyclic);
            let has_cycle = !cyclic_sizes(&owning).is_empty();
            prop_assert_eq!(leave_none.count(), if has_cycle { expected } else { 0 });
        }
    }

    #[test]
    fn of_two_fields_that_break_all_cycles_the_one_that_points_back_is_better() {
        let mut builder = GraphBuilder::default();
        let nodes = [(); 3].map(|()| builder.add_node(NewNode::new("Link")));
        for pair in nodes.windows(2) {
            builder.add_edge(pair[0], pair[1], Strong, ".next");
            builder.add_edge(pair[1], pair[0], Strong, ".prev");
        }
        builder.add_root("first", nodes[0]);
        builder.add_root("last", nodes[2]);
        let graph = builder.finish();
        let found = edges_to_weaken(&graph, &components(&graph), &WeakenOptions::default());
        let texts: Vec<_> = found.suggestions.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["Link.prev → weakref", "Link.next → weakref"]);
        let reasons: Vec<_> = found.suggestions[0]
            .reasons
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            reasons.join(", "),
            "its name points back, it leaves no cycle, every other object keeps an owner"
        );
        let other = [Reason::LeavesNoCycle, Reason::KeepsOwners];
        assert_eq!(found.suggestions[1].reasons, other);
    }

    #[test]
    fn one_component_may_have_a_field_that_all_together_have_not() {
        let mut builder = GraphBuilder::default();
        let [a, b] = ["m::A", "m::B"].map(|name| builder.add_node(NewNode::new(name)));
        builder.add_edge(a, a, Owned, ".own");
        builder.add_edge(b, b, Strong, ".other");
        let graph = builder.finish();
        let found = |options| edges_to_weaken(&graph, &components(&graph), &options).suggestions;
        let all = found(WeakenOptions::default());
        assert!(all.len() == 2 && all.iter().all(|suggestion| suggestion.n_left == 1));
        let one = found(WeakenOptions::default().within(a));
        assert_eq!(one.len(), 1);
        assert!(one[0].leaves_acyclic);
        assert_eq!(one[0].to_string(), "A.own: owned → Weak");
    }

    #[test]
    fn a_search_says_when_it_tried_too_little() {
        let mut builder = GraphBuilder::default();
        let nodes = ["A", "B", "C"].map(|name| builder.add_node(NewNode::new(name)));
        for (source, target) in [(0, 1), (1, 2), (2, 0)] {
            builder.add_edge(nodes[source], nodes[target], Strong, ".x");
        }
        let graph = builder.finish();
        let options = WeakenOptions::default().max_tried(2);
        let found = edges_to_weaken(&graph, &components(&graph), &options);
        assert_eq!(
            (found.suggestions.len(), found.n_fields, found.is_complete),
            (2, 3, false)
        );
    }
    #[derive(Default)]
    struct Widget {
        parent: RefCell<Option<Rc<Self>>>,
        parts: RefCell<Vec<Rc<dyn Trace>>>,
    }

    impl Trace for Widget {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            tracer.field("parent", &self.parent);
            tracer.field("parts", &self.parts);
        }
    }

    fn suggested<T: Trace>(value: &T) -> Vec<String> {
        let graph = ObjectGraph::from(objgraph_trace::trace(value));
        let found = edges_to_weaken(&graph, &components(&graph), &WeakenOptions::default());
        found.suggestions.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_traced_pointer_is_known_by_name_and_by_what_it_leads_to() {
        let widget = Rc::new(Widget::default());
        *widget.parent.borrow_mut() = Some(widget.clone());
        let found = suggested(&widget);
        assert_eq!(found, ["Widget.parent: Rc<Widget> → Weak<Widget>"]);
        widget.parent.take();

        let shared: Arc<Mutex<Vec<Arc<dyn Trace + Send + Sync>>>> = Arc::default();
        shared.lock().unwrap().push(shared.clone());
        assert!(suggested(&shared)[0].contains("[]: Arc<Mutex<"));
        shared.lock().unwrap().clear();
    }

    #[test]
    fn a_pointer_to_several_types_leaves_their_names_out() {
        let widget = Rc::new(Widget::default());
        let list: Rc<RefCell<Vec<Rc<Widget>>>> = Rc::default();
        list.borrow_mut().push(widget.clone());
        widget.parts.borrow_mut().push(list);
        let both = widget.clone();
        widget.parts.borrow_mut().push(both);
        let found = suggested(&widget);
        assert_eq!(found[0], "Widget.parts[]: Rc<_> → Weak<_>");
        widget.parts.take();
    }
}
