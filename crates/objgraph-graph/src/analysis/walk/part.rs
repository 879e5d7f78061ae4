//! Some objects of a graph and the owning references between them, by numbers of their own.

use super::follow::Follow;
use super::inside::Outside;
use super::steps::StepId;
use crate::graph::{Edge, NodeId, ObjectGraph};
use std::ops::Range;

/// A part of a graph: every owning reference between its objects, with what the maker of the part says of it.
///
/// Takes 12 bytes an object and 8 a reference, and while it is made, 4 for each object of the graph.
pub(crate) struct Part {
    /// The object of each number.
    pub(crate) nodes: Vec<NodeId>,
    /// Where the references of each object begin, and where the last ones end.
    starts: Vec<u64>,
    targets: Vec<u32>,
    /// What was said of each reference.
    pub(crate) tags: Vec<u32>,
}

/// Stands for an object that is not in the part.
const NOT_IN: u32 = u32::MAX;

impl Part {
    /// The part with these objects, each given once.
    pub(crate) fn new(
        graph: &ObjectGraph,
        nodes: Vec<NodeId>,
        mut tag: impl FnMut(&Edge<'_>) -> u32,
    ) -> Self {
        let mut numbers = vec![NOT_IN; graph.n_nodes()];
        for (number, node) in nodes.iter().enumerate() {
            numbers[node.index()] = number as u32;
        }
        let mut part = Self {
            starts: Vec::with_capacity(nodes.len() + 1),
            targets: Vec::with_capacity(nodes.len()),
            tags: Vec::with_capacity(nodes.len()),
            nodes: Vec::new(),
        };
        part.starts.push(0);
        for node in &nodes {
            for edge in graph.edges_from(*node) {
                let target = numbers[edge.target.index()];
                if target != NOT_IN && edge.kind.keeps_alive() {
                    part.targets.push(target);
                    part.tags.push(tag(&edge));
                }
            }
            part.starts.push(part.targets.len() as u64);
        }
        part.nodes = nodes;
        part
    }

    pub(crate) fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn numbers(&self) -> Range<u32> {
        0..self.nodes.len() as u32
    }

    #[inline]
    pub(crate) fn target(&self, edge: u64) -> u32 {
        self.targets[edge as usize]
    }

    #[inline]
    pub(crate) fn tag(&self, edge: u64) -> u32 {
        self.tags[edge as usize]
    }

    #[inline]
    fn targets(&self, node: u32) -> &[u32] {
        let Range { start, end } = self.row(node);
        &self.targets[start as usize..end as usize]
    }
}

impl Follow for Part {
    #[inline]
    fn row(&self, node: u32) -> Range<u64> {
        self.starts[node as usize]..self.starts[node as usize + 1]
    }

    #[inline]
    fn follow(&self, edge: u64) -> Option<u32> {
        Some(self.target(edge))
    }
}

/// A part whose tags are steps; its objects go by their numbers in it.
impl Outside for &Part {
    fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    fn held(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        self.targets(node.0).iter().map(|target| NodeId(*target))
    }

    fn held_by_step(
        &mut self,
        node: NodeId,
        is_among: impl Fn(NodeId) -> bool,
    ) -> impl Iterator<Item = (NodeId, StepId)> {
        let edges = self.row(node.0);
        edges
            .map(|edge| (NodeId(self.target(edge)), self.tag(edge)))
            .filter(move |(target, _)| is_among(*target))
    }
}
