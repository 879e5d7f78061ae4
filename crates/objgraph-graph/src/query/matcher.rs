//! A query for all objects of one graph.

use super::condition::{Term, TextKey};
use super::evaluate::type_holds;
use super::model::Query;
use crate::graph::{NodeId, ObjectGraph, Root};
use crate::node::{Bytes, Node};

/// A [`Query`] that knows a graph: what it asks of types and roots is settled. Made by [`Query::on`].
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, Query, ViewOptions, view_from};
///
/// let graph = ObjectGraph::from(objgraph_trace::trace(&(Box::new(1_u8), Box::new('a'))));
/// let query = Query::parse("root or u8")?;
/// let matcher = query.on(&graph)?;
/// let options = ViewOptions::default().filter(|node| matcher.matches(node));
/// assert_eq!(view_from(&graph, &[graph.roots()[0].node], &options).nodes.len(), 2);
/// # Ok::<(), objgraph_graph::QueryError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Matcher<'m> {
    query: &'m Query,
    graph: &'m ObjectGraph,
    retained: &'m [Bytes],
    /// One for each condition.
    tests: Vec<Test<'m>>,
}

/// A condition, as far as it is settled for a graph.
#[derive(Clone, Debug)]
enum Test<'m> {
    /// Whether it holds, by type.
    Types(Vec<bool>),
    /// For which objects it holds, sorted.
    Nodes(Vec<NodeId>),
    /// To be asked of each object.
    Each(&'m Term),
}

impl<'m> Matcher<'m> {
    pub(super) fn new(query: &'m Query, graph: &'m ObjectGraph, retained: &'m [Bytes]) -> Self {
        let tests = query.terms.iter().map(|term| Test::new(term, graph));
        Self {
            query,
            graph,
            retained,
            tests: tests.collect(),
        }
    }

    /// Whether an object of the graph is one that the query describes.
    ///
    /// # Panics
    /// Perhaps, if the object is another graph's.
    ///
    /// # Complexity
    /// O(conditions), and the length of the texts that are looked at.
    #[must_use]
    pub fn matches(&self, node: Node<'_>) -> bool {
        self.query.program.run(|place| match &self.tests[place] {
            Test::Types(holds) => holds[self.graph.store.type_index(node.id().0)],
            Test::Nodes(nodes) => nodes.binary_search(&node.id()).is_ok(),
            Test::Each(term) => term.holds(node, self.retained),
        })
    }

    /// The first object that the query describes, in visiting order.
    ///
    /// # Complexity
    /// O(objects).
    #[must_use]
    pub fn first(&self) -> Option<NodeId> {
        self.all().next()
    }

    /// All objects that the query describes, in visiting order.
    ///
    /// # Complexity
    /// O(objects) for all of them together.
    pub fn all(&self) -> impl Iterator<Item = NodeId> {
        let nodes = self.graph.nodes().filter(|node| self.matches(*node));
        nodes.map(Node::id)
    }
}

impl<'m> Test<'m> {
    fn new(term: &'m Term, graph: &ObjectGraph) -> Self {
        match term {
            Term::Text(key @ (TextKey::Type | TextKey::Module), pattern) => {
                let types = graph.types.iter();
                Self::Types(
                    types
                        .map(|known| type_holds(*key, pattern, known))
                        .collect(),
                )
            }
            Term::Text(TextKey::Root, pattern) => {
                Self::roots(graph, |root| pattern.matches(&root.name))
            }
            Term::Root => Self::roots(graph, |_| true),
            term => Self::Each(term),
        }
    }

    fn roots(graph: &ObjectGraph, holds: impl Fn(&Root) -> bool) -> Self {
        let roots = graph.roots().iter().filter(|root| holds(root));
        let mut nodes: Vec<NodeId> = roots.map(|root| root.node).collect();
        nodes.sort_unstable();
        Self::Nodes(nodes)
    }
}
