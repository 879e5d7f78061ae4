//! Who refers to an object: the rows of the graph, turned around.

use objgraph_trace::{Column, EdgeRecord, NodeRecord};

/// The referrers of every node, in compressed rows.
#[derive(Debug)]
pub(crate) struct Reverse {
    /// Where the row of each node begins; one more than there are nodes.
    starts: Vec<u32>,
    referrers: Vec<u32>,
}

impl Reverse {
    /// Two passes over the edges: count, then place. O(nodes + edges).
    pub(crate) fn new(nodes: &Column<NodeRecord>, edges: &Column<EdgeRecord>) -> Self {
        // Counted two places ahead, so that after the sums `starts[target + 1]` is where the row of
        // `target` begins, and after the placing where it ends: no second array of positions.
        let mut starts = vec![0_u32; nodes.len() + 2];
        for edge in edges.iter() {
            starts[edge.target as usize + 2] += 1;
        }
        for place in 2..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut referrers = vec![0; edges.len()];
        for (node, record) in nodes.iter().enumerate() {
            for edge in row(record, edges) {
                let place = &mut starts[edge.target as usize + 1];
                referrers[*place as usize] = node as u32;
                *place += 1;
            }
        }
        starts.pop();
        Self { starts, referrers }
    }

    pub(crate) fn of(&self, node: u32) -> &[u32] {
        &self.referrers
            [self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }
}

/// The references of a node.
#[inline]
pub(crate) fn row<'e>(
    node: &NodeRecord,
    edges: &'e Column<EdgeRecord>,
) -> impl ExactSizeIterator<Item = &'e EdgeRecord> + DoubleEndedIterator + use<'e> {
    edges.range(node.first_edge as usize, node.n_edges as usize)
}
