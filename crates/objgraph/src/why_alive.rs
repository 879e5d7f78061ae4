//! Why an object is alive, or why nobody knows.

use objgraph_graph::{Chain, Node};
use std::fmt;

/// The answer of [`Graph::why_alive`](crate::Graph::why_alive), displayed as a sentence or a path of fields.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WhyAlive<'g> {
    /// A root keeps it alive, along this chain.
    KeptBy(Chain<'g>),
    /// It was found, but no chain of owning references leads to it from a root.
    NotKept(Node<'g>),
    /// It was not found.
    NotFound {
        /// How many objects could not be read, so that it may lie behind one: locked cells, closures and the like.
        n_unread: usize,
    },
}

impl<'g> WhyAlive<'g> {
    /// The chain that keeps the object alive; `None` if there is none.
    #[must_use]
    pub fn chain(&self) -> Option<&Chain<'g>> {
        match self {
            Self::KeptBy(chain) => Some(chain),
            _ => None,
        }
    }
}

impl fmt::Display for WhyAlive<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeptBy(chain) => chain.fmt(f),
            Self::NotKept(node) => write!(
                f,
                "no root keeps {node} alive: what was found only borrows it or holds it weakly"
            ),
            Self::NotFound { n_unread: 0 } => f.write_str("not reachable from the roots"),
            Self::NotFound { n_unread } => write!(
                f,
                "not reachable from the roots as far as they could be read: \
                 {n_unread} objects are locked, borrowed or opaque"
            ),
        }
    }
}
