//! Short cycles: in real heaps one component can hold most of the objects, so that a list of components helps nobody.

mod options;
mod tally;

use super::components::Components;
use super::cycles::Cycle;
use super::walk::{
    Enumeration, Inside, OfGraph, Ring, Step, StepId, Steps, inner_edges, least_rotation,
};
use crate::graph::{EdgeId, NodeId, ObjectGraph};
use std::cmp::Reverse;
use std::fmt;
use tally::Tally;

pub use options::CycleOptions;

/// The answer of [`short_cycles`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ShortCycles<'g> {
    /// The shortest cycles.
    pub cycles: Vec<Cycle<'g>>,
    /// The shapes of all cycles that were found, the shortest first, and of equal length the most frequent.
    pub shapes: Vec<CycleShape<'g>>,
    /// How many cycles were found.
    pub n_cycles: usize,
    /// How many shapes they have.
    pub n_shapes: usize,
    /// Every cycle of at most so many references was found and counted.
    pub complete_length: usize,
    /// Whether the budget ended the search, so that counts of longer cycles are too low.
    pub ran_out: bool,
}

/// Cycles that go through the same fields of the same types. Displayed as steps, back to where it began:
/// `Widget.children[] → Widget.parent → Widget`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CycleShape<'g> {
    /// The steps, beginning where they are least in the order of the alphabet.
    pub steps: Vec<Step>,
    /// How many cycles of this shape were found.
    pub count: usize,
    /// One of them, beginning as the steps do.
    pub example: Cycle<'g>,
}

impl fmt::Display for CycleShape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps
            .iter()
            .try_for_each(|step| write!(f, "{step} → "))?;
        f.write_str(self.steps.first().map_or("", |first| &first.type_name))
    }
}

/// Finds short cycles of owning references, and groups them by the fields that they go through.
///
/// All cycles of one reference, then all of two, and so on, until the greatest length or the budget is reached. A cycle
/// meets no object twice; references from one field of an object to one other count once. Of a component in which none
/// was found so far, a shortest cycle through one of its objects is added, however long it is.
///
/// Each cycle is found from that object of it which has the most references, and objects that had their turn are left
/// out from then on (Chiba and Nishizeki, *Arboricity and Subgraph Listing Algorithms*, 1985), so that the neighbours
/// of a hub do not all search its neighbourhood. A search against the references tells beforehand from where there is
/// a way back that is short enough.
///
/// # Complexity
/// O(objects + references log references + budget) time, 20 bytes for each reference on a cycle.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{CycleOptions, GraphBuilder, NewNode, components, short_cycles};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let window = builder.add_node(NewNode::new("Widget"));
/// for place in 0..3 {
///     let button = builder.add_node(NewNode::new("Widget"));
///     builder.add_edge(window, button, Strong, &format!(".children[{place}]"));
///     builder.add_edge(button, window, Strong, ".parent");
/// }
/// let graph = builder.finish();
/// let found = short_cycles(&graph, &components(&graph), &CycleOptions::default());
/// assert_eq!((found.shapes.len(), found.shapes[0].count), (1, 3));
/// assert_eq!(found.shapes[0].to_string(), "Widget.children[] → Widget.parent → Widget");
/// assert!(!found.ran_out);
/// ```
#[must_use]
pub fn short_cycles<'g>(
    graph: &'g ObjectGraph,
    components: &Components,
    options: &CycleOptions<'_>,
) -> ShortCycles<'g> {
    let is_start = |node: NodeId| options.is_wanted(graph.node(node));
    let cyclic = components.cyclic();
    let cyclic: Vec<_> = cyclic
        .filter(|members| members.iter().copied().any(is_start))
        .collect();
    let mut steps = Steps::default();
    let outside = OfGraph {
        graph,
        steps: &mut steps,
    };
    let inside = Inside::new(outside, components, &cyclic, |node| !is_start(node));
    let is_start = |number: &u32| is_start(inside.nodes[*number as usize]);
    let starts: Vec<u32> = (0..inside.n_nodes() as u32).filter(is_start).collect();
    let mut enumeration = Enumeration::new(&inside, Tally::new(options.max_cycles), options.budget);
    let lengths = 1..=options.max_length.min(inside.largest());
    let searched = lengths
        .clone()
        .take_while(|length| enumeration.run(&starts, *length).is_ok());
    let n_searched = searched.count();
    enumeration.add_longer_ones();
    let ran_out = n_searched < lengths.count();
    let writer = Writer {
        graph,
        components,
        inside: &inside,
        steps: &steps,
    };
    let tally = enumeration.found;
    ShortCycles {
        n_cycles: tally.n_cycles,
        n_shapes: tally.n_shapes(),
        cycles: tally.first.iter().map(|ring| writer.cycle(ring)).collect(),
        shapes: writer.shapes(tally.into_shapes(), options.max_shapes),
        complete_length: if ran_out {
            n_searched
        } else {
            options.max_length
        },
        ran_out,
    }
}

/// Turns numbers back into objects, references and texts.
struct Writer<'w, 'g> {
    graph: &'g ObjectGraph,
    components: &'w Components,
    inside: &'w Inside,
    steps: &'w Steps,
}

impl<'g> Writer<'_, 'g> {
    fn shapes(&self, mut found: Vec<(Ring, usize)>, max_shapes: usize) -> Vec<CycleShape<'g>> {
        // Sorted is stable: shapes that are equal so far stay in the order in which they were found.
        found.sort_by_key(|(ring, count)| (ring.steps.len(), Reverse(*count)));
        found.truncate(max_shapes);
        let shapes = found
            .into_iter()
            .map(|(ring, count)| self.shape(ring, count));
        shapes.collect()
    }

    fn shape(&self, mut ring: Ring, count: usize) -> CycleShape<'g> {
        let step = |step: &StepId| self.steps.get(self.graph, *step);
        let mut steps: Vec<Step> = ring.steps.iter().map(step).collect();
        let start = least_rotation(&steps);
        steps.rotate_left(start);
        ring.rotate(start);
        CycleShape {
            steps,
            count,
            example: self.cycle(&ring),
        }
    }

    fn cycle(&self, ring: &Ring) -> Cycle<'g> {
        let nodes: Vec<NodeId> = (ring.nodes.iter())
            .map(|number| self.inside.nodes[*number as usize])
            .collect();
        let next = nodes.iter().cycle().skip(1);
        let edges = nodes.iter().zip(next).zip(&ring.steps);
        let edges = edges.filter_map(|((node, next), step)| self.edge(*node, *next, *step));
        Cycle {
            graph: self.graph,
            edges: edges.collect(),
            component_size: nodes
                .first()
                .and_then(|first| self.components.around(*first))
                .map_or(0, <[_]>::len),
            nodes,
        }
    }

    fn edge(&self, source: NodeId, target: NodeId, step: StepId) -> Option<EdgeId> {
        let mut inner =
            inner_edges(self.graph, self.components, source).filter(|edge| edge.target == target);
        let edge = inner.find(|edge| self.steps.find(self.graph, edge) == Some(step))?;
        Some(edge.id)
    }
}

#[cfg(test)]
mod tests {
    use super::short_cycles;
    use crate::analysis::random::fields::{FIELDS, built, edges, owning, type_name};
    use crate::{CycleOptions, components};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Objects and the fields through which they refer to the next.
    type Way = Vec<(u32, usize)>;

    /// All ways of at most four references from an object back to itself over higher ones.
    fn ways_back(
        edges: &BTreeSet<(u32, u32, usize)>,
        way: &mut Way,
        at: u32,
        found: &mut Vec<Way>,
    ) {
        for &(_, target, field) in edges.iter().filter(|edge| edge.0 == at) {
            way.push((at, field));
            let start = way[0].0;
            if target == start {
                found.push(way.clone());
            } else if target > start && way.len() < 4 && way.iter().all(|step| step.0 != target) {
                ways_back(edges, way, target, found);
            }
            way.pop();
        }
    }

    fn shape(way: &[(u32, usize)]) -> String {
        let step = |(node, field): &(u32, usize)| (type_name(*node), FIELDS[*field]);
        let steps: Vec<_> = way.iter().map(step).collect();
        let rotations = (0..steps.len()).map(|by| [&steps[by..], &steps[..by]].concat());
        let least = rotations.min().unwrap_or_default();
        let names: Vec<_> = least
            .iter()
            .map(|(name, field)| format!("{name}{field}"))
            .collect();
        format!("{} → {}", names.join(" → "), least[0].0)
    }

    proptest! {
        #[test]
        fn every_short_cycle_is_counted_once(edges in edges(7, 24), through in prop::option::of(0..7_u32)) {
            let graph = built(7, &edges);
            let strong = owning(&edges);
            let mut ways = Vec::new();
            (0..7).for_each(|start| ways_back(&strong, &mut Vec::new(), start, &mut ways));
            ways.retain(|way| through.is_none_or(|node| way.iter().any(|step| step.0 == node)));
            let mut expected = BTreeMap::new();
            ways.iter().for_each(|way| *expected.entry(shape(way)).or_insert(0) += 1);

            let mut options = CycleOptions::default().max_length(4).max_cycles(usize::MAX);
            if let Some(through) = through {
                options = options.through(move |node| node.id().0 == through);
            }
            let found = short_cycles(&graph, &components(&graph), &options);
            let (short, long): (Vec<_>, Vec<_>) = found.shapes.iter().partition(|shape| shape.steps.len() <= 4);
            prop_assert!(long.iter().all(|shape| shape.count == 1));
            let short: BTreeMap<_, _> = short.iter().map(|shape| (shape.to_string(), shape.count)).collect();
            prop_assert_eq!(short, expected);
            prop_assert_eq!((found.complete_length, found.ran_out), (4, false));
            prop_assert_eq!(found.cycles.len(), found.n_cycles);
            for cycle in found.cycles.iter().chain(found.shapes.iter().map(|shape| &shape.example)) {
                prop_assert_eq!(cycle.edges.len(), cycle.nodes.len());
                for (place, id) in cycle.edges.iter().enumerate() {
                    let edge = graph.edge_from(cycle.nodes[place], *id).unwrap();
                    prop_assert_eq!(edge.target, cycle.nodes[(place + 1) % cycle.nodes.len()]);
                }
            }
        }
    }

    #[test]
    fn a_long_ring_is_found_though_no_short_cycle_is() {
        let edges = (0..1_000)
            .map(|node| (node, (node + 1) % 1_000, 0, false))
            .collect();
        let graph = built(1_000, &edges);
        let found = short_cycles(&graph, &components(&graph), &CycleOptions::default());
        assert_eq!((found.n_cycles, found.cycles[0].nodes.len()), (1, 1_000));
        assert_eq!(found.shapes[0].steps.len(), 1_000);
    }

    #[test]
    fn a_search_says_when_its_budget_ended_it() {
        // Each of 40 objects refers to all others.
        let pairs = (0..40).flat_map(|one| (0..40).map(move |other| (one, other, 0, false)));
        let graph = built(40, &pairs.collect());
        let options = CycleOptions::default().budget(100_000);
        let found = short_cycles(&graph, &components(&graph), &options);
        assert_eq!((found.ran_out, found.complete_length), (true, 3));
        assert_eq!(found.shapes[0].to_string(), "A.parent → A");
        assert_eq!(found.cycles.len(), 10);
    }
}
