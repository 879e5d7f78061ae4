//! Dominators: which object alone keeps which others alive, and how many bytes its end would free.

mod retained;
mod search;
mod semi_nca;
#[cfg(test)]
mod tests;

use crate::graph::{NodeId, ObjectGraph};
use crate::node::Bytes;
use retained::Retained;
use search::Search;
use std::cmp::Reverse;
use std::iter;
use std::ops::Range;

/// The dominator tree: each object below the nearest one that every way to it leads through.
///
/// Above all stands a super-root, which leads to the roots and to every object that no owning reference leads to: such
/// an object is alive through something that the graph does not know. What the super-root does not reach is a cycle
/// that nothing leads to, and has no dominator.
#[derive(Clone, Debug)]
pub struct Dominators {
    /// The place of each object in `tree`; 0, the place of the super-root, if it is not reached.
    places: Vec<u32>,
    /// The tree in preorder, so that what lies below an object stands right behind it.
    tree: Vec<NodeId>,
    /// By place: where the immediate dominator is.
    parents: Vec<u32>,
    /// By place: what the object retains.
    retained: Vec<Retained>,
}

const SUPER_ROOT: u32 = 0;

/// Finds the dominators along the references that keep their referents alive, and what each object retains.
///
/// Semi-NCA (Georgiadis, *Linear-Time Algorithms for Dominators and Related Problems*, 2005), without recursion. Its
/// last step walks up the tree by the skewed binary jumps of Myers (*An Applicative Random-Access Stack*, 1983): a
/// long list that ends in a wide fan would otherwise take quadratic time.
///
/// # Complexity
/// O((objects + references) × log objects) time, in practice nearly linear; at most 60 bytes an object and 12 a reference
/// while it runs, 28 bytes an object afterwards.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, dominators};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [app, left, right, shared] =
///     ["App", "Left", "Right", "Shared"].map(|name| builder.add_node(NewNode::new(name).sizes(10, 0)));
/// builder.add_edge(app, left, Strong, "");
/// builder.add_edge(app, right, Strong, "");
/// builder.add_edge(left, shared, Strong, "");
/// builder.add_edge(right, shared, Strong, "");
/// builder.add_root("app", app);
///
/// let dominators = dominators(&builder.finish());
/// assert_eq!(dominators.immediate(shared), Some(app));
/// assert_eq!(dominators.retained(app).0, 40);
/// assert_eq!(dominators.retained(left).0, 10);
/// ```
#[must_use]
pub fn dominators(graph: &ObjectGraph) -> Dominators {
    let (nodes, immediate) = semi_nca::immediate_dominators(Search::new(graph));
    Dominators::new(graph, &nodes, &immediate)
}

impl Dominators {
    /// From the objects and their immediate dominators, both by number in the order of a depth-first search.
    fn new(graph: &ObjectGraph, nodes: &[u32], immediate: &[u32]) -> Self {
        let by_number = retained::sums(graph, nodes, immediate);
        let places = preorder(immediate, &by_number);
        let mut dominators = Self {
            places: vec![SUPER_ROOT; graph.n_nodes()],
            tree: vec![NodeId(u32::MAX); nodes.len()],
            parents: vec![SUPER_ROOT; nodes.len()],
            retained: vec![by_number[SUPER_ROOT as usize]; nodes.len()],
        };
        for (number, &place) in places.iter().enumerate().skip(1) {
            dominators.tree[place as usize] = NodeId(nodes[number]);
            dominators.parents[place as usize] = places[immediate[number] as usize];
            dominators.retained[place as usize] = by_number[number];
            dominators.places[nodes[number] as usize] = place;
        }
        dominators
    }
}

/// The place of each number in a preorder of the dominator tree; children are in the order of their numbers.
fn preorder(immediate: &[u32], retained: &[Retained]) -> Vec<u32> {
    let mut places = vec![0; immediate.len()];
    // Where the next child of each goes. A dominator has a lower number, so that its own place is known before.
    let mut next = vec![1; immediate.len()];
    for number in 1..immediate.len() {
        let parent = immediate[number] as usize;
        places[number] = next[parent];
        next[parent] += retained[number].n_objects;
        next[number] = places[number] + 1;
    }
    places
}

impl Dominators {
    /// Whether a root leads to an object, or one that no owning reference leads to.
    #[must_use]
    pub fn is_reachable(&self, node: NodeId) -> bool {
        self.places[node.index()] != SUPER_ROOT
    }

    /// How many objects are reachable.
    #[must_use]
    pub fn n_reachable(&self) -> usize {
        self.tree.len() - 1
    }

    /// The bytes of everything that is reachable, shallow and owned.
    #[must_use]
    pub fn total(&self) -> Bytes {
        self.retained[SUPER_ROOT as usize].bytes
    }

    /// The nearest object that every way to an object leads through.
    ///
    /// `None` if no single object keeps it alive, and if it is unreachable; [`is_reachable`](Self::is_reachable) tells
    /// which.
    #[must_use]
    pub fn immediate(&self, node: NodeId) -> Option<NodeId> {
        let parent = self.parents[self.places[node.index()] as usize];
        (parent != SUPER_ROOT).then(|| self.tree[parent as usize])
    }

    /// Whether every way to an object leads through another, or they are the same; `false` if one is unreachable.
    #[must_use]
    pub fn dominates(&self, dominator: NodeId, node: NodeId) -> bool {
        let place = self.places[node.index()];
        place != SUPER_ROOT && self.subtree(dominator).contains(&(place as usize))
    }

    /// The bytes that the end of an object would free, shallow and owned, itself included; none if it is unreachable.
    #[must_use]
    pub fn retained(&self, node: NodeId) -> Bytes {
        match self.places[node.index()] {
            SUPER_ROOT => Bytes(0),
            place => self.retained[place as usize].bytes,
        }
    }

    /// How many objects the end of an object would free, itself included; none if it is unreachable.
    #[must_use]
    pub fn n_retained(&self, node: NodeId) -> usize {
        self.subtree(node).len()
    }

    /// The objects that the end of an object would free: itself first, and each before those that it dominates.
    #[must_use]
    pub fn retained_objects(&self, node: NodeId) -> &[NodeId] {
        &self.tree[self.subtree(node)]
    }

    /// The objects whose immediate dominator an object is.
    pub fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let below = self.subtree(node);
        self.siblings(below.start + 1, below.end)
    }

    /// The objects that no single object keeps alive: the children of the super-root.
    pub fn undominated(&self) -> impl Iterator<Item = NodeId> {
        self.siblings(1, self.tree.len())
    }

    /// The objects that retain the most bytes, the biggest first; of equal ones, that of the lower number.
    ///
    /// # Complexity
    /// O(objects + limit log limit).
    #[must_use]
    pub fn biggest(&self, limit: usize) -> Vec<NodeId> {
        let mut places: Vec<u32> = (1..self.tree.len() as u32).collect();
        let key = |place: &u32| {
            let place = *place as usize;
            (Reverse(self.retained[place].bytes), self.tree[place])
        };
        if (1..places.len()).contains(&limit) {
            places.select_nth_unstable_by_key(limit - 1, key);
        }
        places.truncate(limit);
        places.sort_unstable_by_key(key);
        places
            .iter()
            .map(|place| self.tree[*place as usize])
            .collect()
    }

    /// All reachable objects, each before those that it dominates, which follow at once.
    #[must_use]
    pub fn preorder(&self) -> &[NodeId] {
        &self.tree[1..]
    }

    /// Where an object and everything below it is in the tree; nowhere if it is unreachable.
    fn subtree(&self, node: NodeId) -> Range<usize> {
        match self.places[node.index()] as usize {
            0 => 0..0,
            place => place..place + self.retained[place].n_objects as usize,
        }
    }

    /// The first object of a part of the tree, and those that lie beside it.
    fn siblings(&self, first: usize, end: usize) -> impl Iterator<Item = NodeId> {
        let within = move |place: usize| (place < end).then_some(place);
        let behind = move |place: &usize| within(place + self.retained[*place].n_objects as usize);
        iter::successors(within(first), behind).map(|place| self.tree[place])
    }
}
