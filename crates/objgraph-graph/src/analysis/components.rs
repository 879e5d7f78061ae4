//! Strongly connected components: which objects keep each other alive.

use super::walk::{Follow, owning};
use crate::graph::{NodeId, ObjectGraph};
use std::ops::Range;

/// The strongly connected components of the references that keep their referents alive.
///
/// Weak, borrowed and raw references are left out: they make no cycle that could leak.
#[derive(Clone, Debug)]
pub struct Components {
    /// The component of each node.
    of_node: Vec<u32>,
    /// The place of each component among the cyclic ones.
    places: Vec<u32>,
    /// The members of the cyclic components, one component after the other.
    members: Vec<NodeId>,
    /// Where the members of each cyclic component begin, and where those of the last end.
    starts: Vec<u32>,
}

/// The number of a component, in topological order: references lead from lower numbers to higher ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComponentId(pub u32);

impl Components {
    /// How many components there are, those of one node included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// The component of a node.
    #[must_use]
    pub fn of(&self, node: NodeId) -> ComponentId {
        ComponentId(self.of_node[node.index()])
    }

    /// The components that contain a cycle, each in visiting order, ordered by their first member.
    #[must_use]
    pub fn cyclic(&self) -> impl ExactSizeIterator<Item = &[NodeId]> + DoubleEndedIterator {
        (0..self.n_cyclic()).map(|place| self.at(place))
    }

    /// How many components contain a cycle.
    #[must_use]
    pub fn n_cyclic(&self) -> usize {
        self.starts.len() - 1
    }

    /// All objects of the component of an object on a cycle, in visiting order; `None` if it is on none.
    ///
    /// # Complexity
    /// O(1).
    #[must_use]
    pub fn around(&self, node: NodeId) -> Option<&[NodeId]> {
        self.place(node).map(|place| self.at(place))
    }

    /// Whether a node lies on a cycle.
    #[must_use]
    pub fn is_in_cycle(&self, node: NodeId) -> bool {
        self.place(node).is_some()
    }

    /// Whether two nodes are in one component: each reaches the other.
    #[must_use]
    pub fn are_together(&self, one: NodeId, other: NodeId) -> bool {
        self.of_node[one.index()] == self.of_node[other.index()]
    }

    /// The place of a node's component among the cyclic ones.
    pub(super) fn place(&self, node: NodeId) -> Option<usize> {
        let place = self.places[self.of_node[node.index()] as usize];
        (place != NOWHERE).then_some(place as usize)
    }

    fn at(&self, place: usize) -> &[NodeId] {
        &self.members[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}

/// Finds the strongly connected components.
///
/// Tarjan's algorithm in the variant of Pearce (*A Space-Efficient Algorithm for Finding Strongly Connected
/// Components*, 2016), which needs one number for each node; with explicit stacks, because a list of a
/// million nodes is a normal input.
///
/// # Complexity
/// O(nodes + edges) time. Beside the result, which takes 4 bytes a node, 4 a component and 4 a node on a cycle, the
/// search holds 12 bytes for each node of the longest path that it follows.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, components};
/// use objgraph_trace::EdgeKind::{Strong, Weak};
///
/// let mut builder = GraphBuilder::default();
/// let [a, b, c] = ["A", "B", "C"].map(|name| builder.add_node(NewNode::new(name)));
/// builder.add_edge(a, b, Strong, "");
/// builder.add_edge(b, a, Strong, "");
/// builder.add_edge(b, c, Strong, "");
/// builder.add_edge(c, a, Weak, "");
///
/// let components = components(&builder.finish());
/// assert!(components.cyclic().eq([[a, b]]));
/// assert!(components.of(a) < components.of(c));
/// ```
#[must_use]
pub fn components(graph: &ObjectGraph) -> Components {
    owning!(graph, rows => components_of(&rows, graph.n_nodes()))
}

/// The components of any rows.
pub(super) fn components_of(rows: &impl Follow, n_nodes: usize) -> Components {
    let mut search = Search::new(rows, n_nodes);
    for node in 0..n_nodes as u32 {
        if search.index[node as usize] == UNSEEN {
            search.explore(node);
        }
    }
    search.into_components()
}

const UNSEEN: u32 = 0;

/// The place of a component without a cycle.
const NOWHERE: u32 = u32::MAX;

/// The state of the search. `index` holds first the order of discovery, counted from 1, lowered to that of
/// the earliest node reachable; and at last the component, counted from the top down.
struct Search<'r, R> {
    rows: &'r R,
    index: Vec<u32>,
    next_index: u32,
    next_component: u32,
    path: Path,
    /// Nodes that are finished and wait for the root of their component.
    waiting: Vec<u32>,
    /// The size of each component; 0 if it has no cycle.
    sizes: Vec<u32>,
}

/// A node whose references are being followed.
struct Step {
    node: u32,
    /// The references that are still to be followed.
    edges: Range<u64>,
    /// Whether no earlier node was reached from it so far.
    is_root: bool,
    refers_to_itself: bool,
}

impl<'r, R: Follow> Search<'r, R> {
    fn new(rows: &'r R, n_nodes: usize) -> Self {
        Self {
            rows,
            index: vec![UNSEEN; n_nodes],
            next_index: 1,
            next_component: u32::MAX,
            path: Path::default(),
            waiting: Vec::new(),
            sizes: Vec::new(),
        }
    }

    fn explore(&mut self, start: u32) {
        let mut step = self.enter(start);
        loop {
            if let Some(target) = self.descend(&mut step) {
                self.path.push(&step);
                step = self.enter(target);
                continue;
            }
            self.leave(&step);
            let Some(before) = self.path.pop(self.rows) else {
                return;
            };
            let reached = step.node;
            step = before;
            self.lower(&mut step, reached);
        }
    }

    fn enter(&mut self, node: u32) -> Step {
        self.index[node as usize] = self.next_index;
        self.next_index += 1;
        Step {
            node,
            edges: self.rows.row(node),
            is_root: true,
            refers_to_itself: false,
        }
    }

    /// Follows references of a node up to the first whose target was not seen before.
    fn descend(&mut self, step: &mut Step) -> Option<u32> {
        while let Some(edge) = step.edges.next() {
            let Some(target) = self.rows.follow(edge) else {
                continue;
            };
            if self.index[target as usize] == UNSEEN {
                return Some(target);
            }
            step.refers_to_itself |= target == step.node;
            self.lower(step, target);
        }
        None
    }

    fn lower(&mut self, step: &mut Step, reached: u32) {
        let reached = self.index[reached as usize];
        let index = &mut self.index[step.node as usize];
        if reached < *index {
            *index = reached;
            step.is_root = false;
        }
    }

    fn leave(&mut self, step: &Step) {
        if !step.is_root {
            self.waiting.push(step.node);
            return;
        }
        let first = self.index[step.node as usize];
        let n_before = self
            .waiting
            .iter()
            .rposition(|&node| self.index[node as usize] < first);
        let members = self.waiting.drain(n_before.map_or(0, |place| place + 1)..);
        let size = members.len() as u32 + 1;
        for member in members.chain([step.node]) {
            self.index[member as usize] = self.next_component;
        }
        // The numbers of finished nodes are taken back, so that components never meet them from above.
        self.next_index -= size;
        self.next_component -= 1;
        let is_cyclic = size > 1 || step.refers_to_itself;
        self.sizes.push(if is_cyclic { size } else { 0 });
    }

    fn into_components(mut self) -> Components {
        // Components are finished from the last to the first in topological order.
        self.sizes.reverse();
        let first = self.next_component.wrapping_add(1);
        let mut of_node = self.index;
        of_node.iter_mut().for_each(|component| *component -= first);
        let mut places = vec![NOWHERE; self.sizes.len()];
        let mut starts = vec![0];
        let mut next = Vec::new();
        let n_members = self.sizes.iter().map(|size| *size as usize).sum();
        let mut members = vec![NodeId(0); n_members];
        for (node, component) in of_node
            .iter()
            .map(|component| *component as usize)
            .enumerate()
        {
            if self.sizes[component] == 0 {
                continue;
            }
            if places[component] == NOWHERE {
                let start = starts[next.len()];
                places[component] = next.len() as u32;
                next.push(start);
                starts.push(start + self.sizes[component]);
            }
            let place = &mut next[places[component] as usize];
            members[*place as usize] = NodeId(node as u32);
            *place += 1;
        }
        Components {
            of_node,
            places,
            members,
            starts,
        }
    }
}

/// Nodes whose references are being followed, but for the last of them, in 12 bytes each.
#[derive(Default)]
struct Path {
    nodes: Vec<u32>,
    /// The next reference of each, and in the two lowest bits what is known of the node.
    edges: Vec<u64>,
}

impl Path {
    fn push(&mut self, step: &Step) {
        self.nodes.push(step.node);
        let signs = u64::from(step.is_root) << 1 | u64::from(step.refers_to_itself);
        self.edges.push(step.edges.start << 2 | signs);
    }

    fn pop(&mut self, rows: &impl Follow) -> Option<Step> {
        let (node, edge) = (self.nodes.pop()?, self.edges.pop()?);
        Some(Step {
            node,
            edges: edge >> 2..rows.row(node).end,
            is_root: edge & 2 != 0,
            refers_to_itself: edge & 1 != 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::components;
    use crate::{GraphBuilder, NewNode, NodeId};
    use objgraph_trace::EdgeKind::Strong;

    #[test]
    fn millions_of_small_components_are_listed_in_visiting_order() {
        let n_pairs = 300_000;
        let mut builder = GraphBuilder::default();
        let label = builder.add_label("");
        (0..2 * n_pairs).for_each(|_| _ = builder.add_node(NewNode::new("Object")));
        // The first object refers to the last and is referred to by it, and so on inwards.
        for first in 0..n_pairs {
            let (one, other) = (NodeId(first), NodeId(2 * n_pairs - 1 - first));
            builder.add_edge_labelled(one, other, Strong, label);
            builder.add_edge_labelled(other, one, Strong, label);
        }
        let components = components(&builder.finish());
        assert_eq!(components.n_cyclic(), n_pairs as usize);
        let pairs = (0..n_pairs).map(|first| [NodeId(first), NodeId(2 * n_pairs - 1 - first)]);
        assert!(components.cyclic().eq(pairs));
        assert_eq!(components.around(NodeId(1)).map(<[_]>::len), Some(2));
    }
}
