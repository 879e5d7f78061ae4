//! The graph as petgraph sees it: its visit traits, and a copy in petgraph's own form.

use crate::graph::{EdgeId, NodeId, ObjectGraph};
use objgraph_trace::EdgeKind;
use petgraph::graph::DiGraph;
use petgraph::visit::{
    Data, GraphBase, GraphProp, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers,
    NodeCompactIndexable, NodeCount, NodeIndexable, VisitMap, Visitable,
};
use petgraph::{Directed, Direction};

/// Which objects a walk of petgraph's has visited.
#[derive(Clone, Debug)]
pub struct Visited(Vec<bool>);

impl VisitMap<NodeId> for Visited {
    fn visit(&mut self, id: NodeId) -> bool {
        !std::mem::replace(&mut self.0[id.index()], true)
    }

    fn is_visited(&self, id: &NodeId) -> bool {
        self.0[id.index()]
    }

    fn unvisit(&mut self, id: NodeId) -> bool {
        std::mem::replace(&mut self.0[id.index()], false)
    }
}

impl GraphBase for ObjectGraph {
    type NodeId = NodeId;
    type EdgeId = EdgeId;
}

impl GraphProp for ObjectGraph {
    type EdgeType = Directed;
}

impl Data for ObjectGraph {
    type NodeWeight = NodeId;
    type EdgeWeight = EdgeKind;
}

impl NodeCount for ObjectGraph {
    fn node_count(&self) -> usize {
        self.n_nodes()
    }
}

impl NodeIndexable for ObjectGraph {
    fn node_bound(&self) -> usize {
        self.n_nodes()
    }

    fn to_index(&self, id: NodeId) -> usize {
        id.index()
    }

    fn from_index(&self, index: usize) -> NodeId {
        NodeId(index as u32)
    }
}

impl NodeCompactIndexable for ObjectGraph {}

impl Visitable for ObjectGraph {
    type Map = Visited;

    fn visit_map(&self) -> Self::Map {
        Visited(vec![false; self.n_nodes()])
    }

    fn reset_map(&self, map: &mut Self::Map) {
        map.0.clear();
        map.0.resize(self.n_nodes(), false);
    }
}

impl<'g> IntoNodeIdentifiers for &'g ObjectGraph {
    type NodeIdentifiers = Box<dyn Iterator<Item = NodeId> + 'g>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        Box::new(self.node_ids())
    }
}

impl<'g> IntoNeighbors for &'g ObjectGraph {
    type Neighbors = Box<dyn Iterator<Item = NodeId> + 'g>;

    fn neighbors(self, id: NodeId) -> Self::Neighbors {
        Box::new(self.referents(id))
    }
}

impl<'g> IntoNeighborsDirected for &'g ObjectGraph {
    type NeighborsDirected = Box<dyn Iterator<Item = NodeId> + 'g>;

    fn neighbors_directed(self, id: NodeId, direction: Direction) -> Self::NeighborsDirected {
        match direction {
            Direction::Outgoing => Box::new(self.referents(id)),
            Direction::Incoming => Box::new(self.referrers(id)),
        }
    }
}

impl ObjectGraph {
    /// A copy for petgraph: node indices are visiting order, an edge carries its kind and label.
    ///
    /// # Complexity
    /// O(objects + references), and a text for each reference.
    #[must_use]
    pub fn to_petgraph(&self) -> DiGraph<NodeId, (EdgeKind, String)> {
        let mut copy = DiGraph::with_capacity(self.n_nodes(), self.n_edges());
        let indices: Vec<_> = self.node_ids().map(|id| copy.add_node(id)).collect();
        for edge in self.node_ids().flat_map(|id| self.edges_from(id)) {
            copy.add_edge(
                indices[edge.source.index()],
                indices[edge.target.index()],
                (edge.kind, edge.label()),
            );
        }
        copy
    }
}
