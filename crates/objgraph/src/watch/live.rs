//! The graph of all that is tracked.

use crate::Graph;
use objgraph_graph::{NodeId, ObjectGraph};
use objgraph_trace::{Records, Trace, TraceOptions, Walk};
use objgraph_watch::{AddRoots, Birth, LiveObjects, WalkRoots};

/// All tracked objects, all registered roots, and what they lead to: to be asked without naming a root.
///
/// Of `Rc`s, those of this thread; of `Arc`s, all.
///
/// # Examples
///
/// ```
/// let page = objgraph::tracked(String::from("page"));
/// let cache = objgraph::tracked(vec![page.clone()]);
///
/// let graph = objgraph::live().root("cache", &cache).graph();
/// assert_eq!(graph.why_alive(&page).to_string(), "cache[0] → String#0");
/// ```
pub fn live<'a>() -> Live<'a> {
    Live {
        roots: Vec::new(),
        values: true,
    }
}

/// Roots for a question about tracked objects, besides those that are registered. Made by [`live`].
#[must_use = "nothing is traced until a question is asked"]
pub struct Live<'a> {
    roots: Vec<Box<dyn AddRoot + 'a>>,
    pub(super) values: bool,
}

/// A root of any type.
trait AddRoot {
    fn add_to<'w>(&'w self, walk: &mut Walk<'w>);
}

struct NamedRoot<'a, T: ?Sized> {
    name: String,
    root: &'a T,
}

impl<T: Trace + ?Sized> AddRoot for NamedRoot<'_, T> {
    fn add_to<'w>(&'w self, walk: &mut Walk<'w>) {
        walk.add_root(&self.name, self.root);
    }
}

impl<'a> Live<'a> {
    /// Adds a root with a name, such as a local variable.
    pub fn root<T: Trace + ?Sized>(mut self, name: impl Into<String>, root: &'a T) -> Self {
        let name = name.into();
        self.roots.push(Box::new(NamedRoot { name, root }));
        self
    }

    /// Writes down the one-line values of objects, for labels and questions. Default: yes.
    pub fn values(mut self, values: bool) -> Self {
        self.values = values;
        self
    }

    /// Traces everything.
    ///
    /// # Complexity
    /// O(everything that is tracked and what it leads to).
    #[must_use]
    pub fn graph(&self) -> Graph {
        let options = TraceOptions::default().values(self.values);
        self.trace(&LiveObjects::now(), options).into()
    }

    /// The graph of some objects, in which they have their serial numbers.
    pub(super) fn trace(&self, objects: &LiveObjects, options: TraceOptions) -> ObjectGraph {
        let roots = WalkRoots::RegisteredAnd(self);
        objects.walk(
            options,
            |_| true,
            roots,
            |walk, births| graph_of(walk.finish(), births),
        )
    }
}

impl AddRoots for Live<'_> {
    fn add_roots<'w>(&'w self, walk: &mut Walk<'w>) {
        self.roots.iter().for_each(|root| root.add_to(walk));
    }
}

/// A graph in which tracked objects have their serial numbers.
pub(super) fn graph_of(records: Records, births: &[(u32, Birth)]) -> ObjectGraph {
    let births = births.iter().map(|(node, birth)| objgraph_graph::Birth {
        node: NodeId(*node),
        serial: birth.serial,
        site: birth.site,
        n_handles: birth.n_handles,
    });
    ObjectGraph::from(records).with_births(births.collect())
}
