//! Objects that the command line names.

use anyhow::anyhow;
use objgraph::{Bytes, Graph, Matcher, NodeId, Query, QueryError};

use crate::exit::{Exit, Failure};
use crate::printable::printable;

/// A query of the command line, with what it needs to be asked.
pub(crate) struct Chosen {
    query: Query,
    /// The retained size of each object, if the query asks for it.
    retained: Option<Vec<Bytes>>,
}

impl Chosen {
    /// Reads the query of an option, and says on standard error which types of it the graph does not have.
    pub(crate) fn of_option(text: &str, graph: &Graph, option: &str) -> Result<Self, Failure> {
        let chosen = Self::parse(text, graph, option)?;
        for unknown in chosen.query.unknown_types(graph) {
            let unknown = printable(&unknown.to_string());
            eprintln!("objgraph: warning: {option}: {unknown}");
        }
        Ok(chosen)
    }

    /// Reads a query; `option` is where it stands.
    fn parse(text: &str, graph: &Graph, option: &str) -> Result<Self, Failure> {
        let query = Query::parse(text).map_err(|error| refused(text, &error, option))?;
        let retained = matches!(query.on(graph), Err(QueryError::RetainedUnknown { .. }));
        let retained = retained.then(|| {
            let dominators = graph.dominators();
            graph
                .node_ids()
                .map(|node| dominators.retained(node))
                .collect()
        });
        Ok(Self { query, retained })
    }

    pub(crate) fn matcher<'m>(&'m self, graph: &'m Graph) -> Matcher<'m> {
        match &self.retained {
            Some(retained) => self.query.on_retained(graph, retained),
            None => (self.query.on(graph)).expect("a query that asks for retained sizes has them"),
        }
    }

    /// All objects that match; that there are none is a failure which names the nearest types.
    pub(crate) fn all(&self, graph: &Graph) -> Result<Vec<NodeId>, Failure> {
        let found: Vec<NodeId> = self.matcher(graph).all().collect();
        if found.is_empty() {
            return Err(self.nothing(graph));
        }
        Ok(found)
    }

    fn nothing(&self, graph: &Graph) -> Failure {
        let unknown = self.query.unknown_types(graph);
        let sentences = unknown
            .iter()
            .map(|unknown| printable(&unknown.to_string()));
        let sentences: Vec<String> = sentences.collect();
        let said = if sentences.is_empty() {
            format!("no object matches {}", self.query)
        } else {
            sentences.join("\n")
        };
        Failure {
            exit: Exit::NotFound,
            error: anyhow!(said),
        }
    }
}

/// The objects that a text names.
pub(crate) fn named(text: &str, graph: &Graph, option: &str) -> Result<Vec<NodeId>, Failure> {
    let found = Chosen::parse(text, graph, option)?.all(graph);
    found.map_err(|failure| with_hint(failure, text))
}

/// A number alone is the name of a type; whoever writes one means an object.
fn with_hint(failure: Failure, text: &str) -> Failure {
    if text.parse::<u64>().is_err() {
        return failure;
    }
    Failure {
        exit: failure.exit,
        error: anyhow!("{}; the object of this number is '#{text}'", failure.error),
    }
}

/// Of the objects that a text names the first, with a word on standard error if there are others.
pub(crate) fn the_one(text: &str, graph: &Graph, option: &str) -> Result<NodeId, Failure> {
    let found = named(text, graph, option)?;
    if let [first, _, ..] = found[..] {
        eprintln!(
            "objgraph: {} objects match {text:?}; this is the first, #{}",
            objgraph::grouped(found.len() as u64),
            graph.node(first).shown_id(),
        );
    }
    Ok(found[0])
}

fn refused(text: &str, error: &QueryError, option: &str) -> Failure {
    Failure {
        exit: Exit::Usage,
        error: anyhow!("{option}: {error}\n{}", error.point_at(text)),
    }
}
