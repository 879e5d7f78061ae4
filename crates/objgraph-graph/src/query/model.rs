//! A query, read and ready to be asked.

use super::condition::{Operation, Term};
use super::error::QueryError;
use super::matcher::Matcher;
use super::parse::parse;
use super::program::Program;
use super::unknown::{UnknownType, unknown_types};
use crate::graph::ObjectGraph;
use crate::node::{Bytes, Node};
use std::str::FromStr;

/// A description of objects in words: `type:Session and size>1kB`, `root or value~^http`.
///
/// | condition | objects |
/// |---|---|
/// | `#12`, `#0x7f3a` | the one that is shown under this number |
/// | `Session`, `type:Session`, `type:app.web.Session`, `type:Sess*`, `type~regex` | of a type, by its short name or full path |
/// | `module:app`, `module:app.*`, `module~regex` | of types in a module |
/// | `value:text`, `value~regex` | with a value |
/// | `size>1MB`, `owned>=4KiB`, `retained>1GB` | by their bytes |
/// | `strong>3`, `weak=0`, `refs>100`, `referrers=0` | by what is counted |
/// | `root`, `root:NAME`, `root~regex` | that are roots |
/// | `state:locked` | in a state |
/// | `site~main.py`, `serial>100` | by where and when they were made |
///
/// Conditions are joined by `and`, `or` and `not` (or `&`, `|`, `!`) and parentheses; side by side, both have to hold.
/// Texts with blanks stand in quotes, and a `*` outside of them stands for anything. Regular expressions look for a
/// part of the text. Displayed, a query is written in one way of the many.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, Query};
///
/// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new(1_u8), Box::new(2)]));
/// let query = Query::parse("type:u8 and not root")?;
/// assert_eq!(query.on(&graph)?.all().count(), 2);
/// assert_eq!(query.to_string(), "type:u8 and not root");
/// # Ok::<(), objgraph_graph::QueryError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Query {
    /// In the order of the text.
    pub(super) terms: Vec<Term>,
    pub(super) postfix: Vec<Operation>,
    pub(super) program: Program,
    /// Where retained sizes are first asked for.
    retained_column: Option<usize>,
}

impl Query {
    pub(super) fn new(
        terms: Vec<Term>,
        postfix: Vec<Operation>,
        retained_column: Option<usize>,
    ) -> Self {
        let program = Program::new(&postfix);
        Self {
            terms,
            postfix,
            program,
            retained_column,
        }
    }

    /// Reads a query.
    ///
    /// # Errors
    /// [`QueryError`] says at which column it went wrong, and what could stand there.
    ///
    /// # Complexity
    /// O(text), in memory too, and a megabyte at most for each of at most 100 regular expressions.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parse(text)
    }

    /// Prepares the query for all objects of a graph.
    ///
    /// # Errors
    /// [`QueryError::RetainedUnknown`] if it asks for retained sizes, which
    /// [`on_retained`](Self::on_retained) takes.
    ///
    /// # Complexity
    /// O(types + roots) for each condition.
    pub fn on<'m>(&'m self, graph: &'m ObjectGraph) -> Result<Matcher<'m>, QueryError> {
        self.without_retained()?;
        Ok(Matcher::new(self, graph, &[]))
    }

    /// Like [`on`](Self::on), where the retained size of each object is known.
    ///
    /// # Panics
    /// Unless there is a size for each object.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_graph::{Bytes, GraphBuilder, NewNode, Query};
    ///
    /// let mut builder = GraphBuilder::default();
    /// let cache = builder.add_node(NewNode::new("Cache"));
    /// let graph = builder.finish();
    /// let query = Query::parse("retained>1MB")?;
    /// assert_eq!(query.on_retained(&graph, &[Bytes(2_000_000)]).first(), Some(cache));
    /// assert!(query.on(&graph).is_err());
    /// # Ok::<(), objgraph_graph::QueryError>(())
    /// ```
    #[must_use]
    pub fn on_retained<'m>(&'m self, graph: &'m ObjectGraph, retained: &'m [Bytes]) -> Matcher<'m> {
        assert_eq!(
            retained.len(),
            graph.n_nodes(),
            "each object has a retained size"
        );
        Matcher::new(self, graph, retained)
    }

    /// A predicate for objects of any graph, also of one that is yet to be made, as views and pictures take it.
    ///
    /// For all objects of one graph, [`on`](Self::on) is faster: there, types and roots are looked at only once.
    ///
    /// # Errors
    /// [`QueryError::RetainedUnknown`] if the query asks for retained sizes.
    ///
    /// # Complexity
    /// O(conditions) for each object, and O(roots) for each condition on roots.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_graph::{ObjectGraph, Query, ViewOptions, view_from};
    ///
    /// let graph = ObjectGraph::from(objgraph_trace::trace(&(Box::new(1_u8), Box::new('a'))));
    /// let options = ViewOptions::default().ignore(Query::parse("char")?.into_predicate()?);
    /// let view = view_from(&graph, &[graph.roots()[0].node], &options);
    /// assert_eq!(view.nodes.len(), 2);
    /// # Ok::<(), objgraph_graph::QueryError>(())
    /// ```
    pub fn into_predicate(self) -> Result<impl Fn(Node<'_>) -> bool, QueryError> {
        self.without_retained()?;
        Ok(move |node: Node<'_>| self.program.run(|place| self.terms[place].holds(node, &[])))
    }

    /// The types that the query names and no object has, each with names that are near.
    ///
    /// Those with a `*` and regular expressions name no type.
    ///
    /// # Complexity
    /// O(objects + unknown types · types).
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_graph::{GraphBuilder, NewNode, Query};
    ///
    /// let mut builder = GraphBuilder::default();
    /// builder.add_node(NewNode::new("app::Session"));
    /// let graph = builder.finish();
    /// let unknown = Query::parse("type:sesion")?.unknown_types(&graph);
    /// assert_eq!(unknown[0].to_string(), "no object of type sesion; did you mean Session (1)?");
    /// # Ok::<(), objgraph_graph::QueryError>(())
    /// ```
    #[must_use]
    pub fn unknown_types(&self, graph: &ObjectGraph) -> Vec<UnknownType> {
        unknown_types(&self.terms, graph)
    }

    fn without_retained(&self) -> Result<(), QueryError> {
        match self.retained_column {
            Some(column) => Err(QueryError::RetainedUnknown { column }),
            None => Ok(()),
        }
    }
}

/// Queries are equal if they ask the same in the same order, however it was written.
impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.terms == other.terms && self.postfix == other.postfix
    }
}

impl Eq for Query {}

/// As [`Query::parse`].
impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        Self::parse(text)
    }
}
