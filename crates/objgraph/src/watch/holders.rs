//! Who holds an object, among all that is tracked.

use super::live;
use crate::{DrawError, Graph, SaveError};
use objgraph_graph::{
    Chain, Edge, NodeId, ViewOptions, chain_from_roots, shorten, unexplained, view_chain,
};
use objgraph_trace::{EdgeKind, Trace};
use std::fmt;
use std::path::Path;

/// Something that refers to an object. Displayed as `Widget#3.children[0]`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Referrer {
    /// The type and the number of the referrer in the graph that was asked: `Widget#3`.
    pub name: String,
    /// Which field of it holds the reference: `.children[0]`.
    pub label: String,
    /// How it holds it.
    pub kind: EdgeKind,
}

impl Referrer {
    fn new(graph: &Graph, edge: &Edge<'_>) -> Self {
        Self {
            name: graph.node(edge.source).to_string(),
            label: edge.label(),
            kind: edge.kind,
        }
    }
}

impl fmt::Display for Referrer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.name, self.label)
    }
}

/// What refers to an object, once for each reference: Python's `gc.get_referrers`.
///
/// Looked for in all tracked objects and registered roots, and in what they lead to.
///
/// # Complexity
/// O(everything that is tracked and what it leads to).
///
/// # Examples
///
/// ```
/// let page = objgraph::tracked(String::from("page"));
/// let cache = objgraph::tracked(vec![page.clone()]);
/// let referrers = objgraph::referrers(&page);
/// assert_eq!(referrers[0].to_string(), "Vec<Rc<String>>#1[0]");
/// # drop(cache);
/// ```
#[must_use]
pub fn referrers<T: Trace + ?Sized>(target: &T) -> Vec<Referrer> {
    let graph = live().values(false).graph();
    let Some(target) = graph.find(target) else {
        return Vec::new();
    };
    graph
        .edges_to(target)
        .map(|edge| Referrer::new(&graph, &edge))
        .collect()
}

/// Draws what refers to a value, among all that is tracked, into a file: [`show_backrefs`](crate::show_backrefs) without a root.
///
/// # Errors
/// [`SaveError`] if nothing that is tracked leads to the target, the extension is unknown, or the file cannot be written.
///
/// # Complexity
/// O(everything that is tracked and what it leads to).
pub fn show_live_backrefs<T: Trace + ?Sized>(
    target: &T,
    path: impl AsRef<Path>,
) -> Result<(), SaveError> {
    let path = path.as_ref();
    let graph = live().graph();
    let found = graph
        .find(target)
        .ok_or_else(|| not_tracked(target, path))?;
    let drawing = graph.draw().from([found]).backrefs();
    drawing.max_depth(3).too_many(10).save(path)
}

fn not_tracked<T: Trace + ?Sized>(target: &T, path: &Path) -> SaveError {
    SaveError::Draw {
        path: path.to_owned(),
        source: DrawError::NotTracked {
            type_name: shorten(target.trace_type().name()),
        },
    }
}

/// How a root leads to an object: the answer of [`find_backref_chain`], displayed as `app.cache[0] → Page#12`.
#[derive(Debug)]
pub struct LiveChain {
    graph: Graph,
    target: NodeId,
}

impl LiveChain {
    /// The chain, from the root to the object.
    #[must_use]
    #[expect(
        clippy::missing_panics_doc,
        reason = "nothing is made without a chain, and graphs do not change"
    )]
    pub fn chain(&self) -> Chain<'_> {
        chain_from_roots(&self.graph, self.target).expect("it was found when this was made")
    }

    /// The graph that the chain goes through.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }
}

impl fmt::Display for LiveChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chain().fmt(f)
    }
}

/// A shortest chain of owning references from a registered root to a value: Python's `find_backref_chain`.
///
/// `None` if no root leads to it. Roots are registered with [`root`](crate::root()), [`static_root`](crate::static_root),
/// [`thread_root`](crate::thread_root) and [`with_root`](crate::with_root).
///
/// # Complexity
/// O(everything that is tracked and what it leads to).
///
/// # Examples
///
/// ```
/// let page = objgraph::tracked(String::from("page"));
/// let cache = objgraph::tracked(vec![page.clone()]);
/// assert!(objgraph::find_backref_chain(&page).is_none());
///
/// let _root = objgraph::root("cache", &cache);
/// let chain = objgraph::find_backref_chain(&page).unwrap();
/// assert_eq!(chain.to_string(), "cache[0] → String#0");
/// ```
#[must_use]
pub fn find_backref_chain<T: Trace + ?Sized>(target: &T) -> Option<LiveChain> {
    let graph = live().graph();
    let target = graph.find(target)?;
    chain_from_roots(&graph, target).is_some().then_some(())?;
    Some(LiveChain { graph, target })
}

/// Draws a shortest chain from a registered root to a value, into a file. Returns whether there is one; if not, nothing is
/// written.
///
/// # Errors
/// [`SaveError`] if the extension is unknown or the file cannot be written.
pub fn show_backref_chain<T: Trace + ?Sized>(
    target: &T,
    path: impl AsRef<Path>,
) -> Result<bool, SaveError> {
    let path = path.as_ref();
    crate::drawing::format_of(path)?;
    let Some(found) = find_backref_chain(target) else {
        return Ok(false);
    };
    let look = crate::drawing::Look::default();
    look.save(path, || {
        Ok(view_chain(&found.chain(), &ViewOptions::default()))
    })?;
    Ok(true)
}

/// An object that something unknown holds. Displayed as `Widget#12 "name", held by 2 unknown`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Held {
    /// The type and the number of the object in the graph that was asked: `Widget#12`.
    pub name: String,
    /// Its one-line value.
    pub value: String,
    /// Where it was tracked, `file:line`; empty if it was not.
    pub site: String,
    /// How many strong handles nothing explains that was found.
    pub n_unknown: usize,
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if !self.value.is_empty() {
            write!(f, " {}", self.value)?;
        }
        write!(f, ", held by {} unknown", self.n_unknown)
    }
}

/// The objects with more strong handles than all that is tracked explains, those with the most first: locals, closures, other
/// threads, statics that are no roots, and handles that were forgotten hold them.
///
/// Python's `get_leaking_objects` finds objects without referrers; counts tell more.
///
/// # Complexity
/// O(everything that is tracked and what it leads to).
///
/// # Examples
///
/// ```
/// let page = objgraph::tracked(String::from("page"));
/// let copy = page.clone();
/// let held = objgraph::leaking_objects();
/// assert_eq!(held[0].to_string(), "String#0 \"page\", held by 2 unknown");
/// # drop(copy);
/// ```
#[must_use]
pub fn leaking_objects() -> Vec<Held> {
    let graph = live().graph();
    let mut held: Vec<Held> = unexplained(&graph)
        .filter(|(_, n_unknown)| *n_unknown > 0)
        .map(|(id, n_unknown)| {
            let node = graph.node(id);
            Held {
                name: node.to_string(),
                value: node.value().to_owned(),
                site: node.site().to_owned(),
                n_unknown: usize::try_from(n_unknown).unwrap_or_default(),
            }
        })
        .collect();
    held.sort_by_key(|held| std::cmp::Reverse(held.n_unknown));
    held
}
