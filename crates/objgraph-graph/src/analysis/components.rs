//! Strongly connected components: which objects keep each other alive.

use crate::graph::{NodeId, ObjectGraph};
use crate::store::Store;
use std::ops::Range;

/// The strongly connected components of the references that keep their referents alive.
///
/// Weak, borrowed and raw references are left out: they make no cycle that could leak.
#[derive(Clone, Debug)]
pub struct Components {
    /// The component of each node.
    of_node: Vec<u32>,
    /// The members of the components of more than one node, or of one that refers to itself.
    cyclic: Vec<Vec<NodeId>>,
    /// Whether a component is among the cyclic ones.
    is_cyclic: Vec<bool>,
}

impl Components {
    /// How many components there are, those of one node included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.is_cyclic.len()
    }

    /// The components that contain a cycle, each in visiting order, ordered by their first member.
    #[must_use]
    pub fn cyclic(&self) -> &[Vec<NodeId>] {
        &self.cyclic
    }

    /// Whether a node lies on a cycle.
    #[must_use]
    pub fn is_in_cycle(&self, node: NodeId) -> bool {
        self.is_cyclic[self.of_node[node.index()] as usize]
    }

    /// Whether two nodes are in one component: each reaches the other.
    #[must_use]
    pub fn are_together(&self, one: NodeId, other: NodeId) -> bool {
        self.of_node[one.index()] == self.of_node[other.index()]
    }
}

/// Finds the strongly connected components.
///
/// Tarjan's algorithm in the variant of Pearce (*A Space-Efficient Algorithm for Finding Strongly Connected
/// Components*, 2016), which needs one number for each node; with explicit stacks, because a list of a
/// million nodes is a normal input.
///
/// # Complexity
/// O(nodes + edges) time, 13 bytes a node besides the result.
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
/// assert_eq!(components.cyclic(), [[a, b]]);
/// ```
#[must_use]
pub fn components(graph: &ObjectGraph) -> Components {
    let mut search = Search::new(graph);
    for node in 0..graph.n_nodes() as u32 {
        if search.index[node as usize] == UNSEEN {
            search.explore(node);
        }
    }
    search.into_components()
}

const UNSEEN: u32 = 0;

/// The state of the search. `index` holds first the order of discovery, counted from 1, lowered to that of
/// the earliest node reachable; and at last the component, counted from the top down.
struct Search<'g> {
    store: &'g Store,
    index: Vec<u32>,
    next_index: u32,
    next_component: u32,
    /// Nodes whose references are being followed, each with the place of the next.
    path: Vec<Step>,
    /// Nodes that are finished and wait for the root of their component.
    waiting: Vec<u32>,
    self_references: Vec<u32>,
}

struct Step {
    node: u32,
    is_root: bool,
    /// The references that are still to be followed.
    edges: Range<u64>,
}

impl<'g> Search<'g> {
    fn new(graph: &'g ObjectGraph) -> Self {
        Self {
            store: &graph.store,
            index: vec![UNSEEN; graph.n_nodes()],
            next_index: 1,
            next_component: u32::MAX,
            path: Vec::new(),
            waiting: Vec::new(),
            self_references: Vec::new(),
        }
    }

    fn explore(&mut self, start: u32) {
        self.enter(start);
        while let Some(step) = self.path.last_mut() {
            let edge = step.edges.start;
            if edge == step.edges.end {
                self.leave();
                continue;
            }
            let target = self.store.target(edge);
            if !self.store.kind(edge).keeps_alive() {
                step.edges.start += 1;
            } else if self.index[target as usize] == UNSEEN {
                // The reference is left in place for the return from its target.
                self.enter(target);
            } else {
                step.edges.start += 1;
                let (from, to) = (step.node as usize, target as usize);
                if from == to {
                    self.self_references.push(step.node);
                } else if self.index[to] < self.index[from] {
                    self.index[from] = self.index[to];
                    step.is_root = false;
                }
            }
        }
    }

    fn enter(&mut self, node: u32) {
        self.index[node as usize] = self.next_index;
        self.next_index += 1;
        self.path.push(Step {
            node,
            is_root: true,
            edges: self.store.row(node),
        });
    }

    fn leave(&mut self) {
        let Some(Step { node, is_root, .. }) = self.path.pop() else {
            return;
        };
        if !is_root {
            self.waiting.push(node);
            return;
        }
        let first = self.index[node as usize];
        while let Some(&member) = self.waiting.last()
            && self.index[member as usize] >= first
        {
            self.waiting.pop();
            self.index[member as usize] = self.next_component;
            // The numbers of finished nodes are taken back, so that components never meet them from above.
            self.next_index -= 1;
        }
        self.index[node as usize] = self.next_component;
        self.next_index -= 1;
        self.next_component -= 1;
    }

    fn into_components(self) -> Components {
        let n_components = (u32::MAX - self.next_component) as usize;
        let of_node: Vec<u32> = self
            .index
            .iter()
            .map(|component| u32::MAX - component)
            .collect();
        let mut sizes = vec![0_u32; n_components];
        of_node
            .iter()
            .for_each(|component| sizes[*component as usize] += 1);
        let mut is_cyclic: Vec<bool> = sizes.iter().map(|size| *size > 1).collect();
        for node in self.self_references {
            is_cyclic[of_node[node as usize] as usize] = true;
        }
        let mut places = vec![usize::MAX; n_components];
        let mut cyclic: Vec<Vec<NodeId>> = Vec::new();
        for (node, component) in of_node
            .iter()
            .map(|component| *component as usize)
            .enumerate()
        {
            if is_cyclic[component] {
                if places[component] == usize::MAX {
                    places[component] = cyclic.len();
                    cyclic.push(Vec::with_capacity(sizes[component] as usize));
                }
                cyclic[places[component]].push(NodeId(node as u32));
            }
        }
        Components {
            of_node,
            cyclic,
            is_cyclic,
        }
    }
}
