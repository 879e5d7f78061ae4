//! Leaked objects in the graph itself, for pictures, queries and heap files.

use crate::graph::{NodeId, ObjectGraph};
use objgraph_trace::State;

impl ObjectGraph {
    /// Gives [leaked](crate::leaks()) objects the state [`State::Leaked`], so that pictures say so, queries find them by `state:leaked`, and
    /// heap files have it. One with another state keeps that: a lock that is poisoned, a closure.
    ///
    /// # Complexity
    /// O(leaked objects).
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_graph::{GraphBuilder, LeaksOptions, NewNode, Query, leaks};
    /// use objgraph_trace::EdgeKind::Strong;
    ///
    /// let mut builder = GraphBuilder::default();
    /// let node = builder.add_node(NewNode::new("Node").counts(1, 0));
    /// builder.add_edge(node, node, Strong, ".next");
    /// let graph = builder.finish();
    /// let found = leaks(&graph, &LeaksOptions::default());
    /// let graph = graph.with_leaked(&found.leaked);
    /// assert_eq!(Query::parse("state:leaked")?.on(&graph)?.all().count(), 1);
    /// # Ok::<(), objgraph_graph::QueryError>(())
    /// ```
    #[must_use]
    pub fn with_leaked(mut self, leaked: &[NodeId]) -> Self {
        for node in leaked {
            if self.state(*node) == State::Traced {
                self.store.set_state(node.0, State::Leaked);
            }
        }
        self
    }
}
