//! When and where tracked objects were made known.

use crate::graph::{NodeId, ObjectGraph};
use crate::store::Store;
use std::collections::BTreeMap;
use std::panic::Location;

/// When and where an object was tracked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birth {
    /// The object.
    pub node: NodeId,
    /// Its place in the order of tracking, a number that is never used again.
    pub serial: u64,
    /// The call that tracked it.
    pub site: &'static Location<'static>,
    /// So many of its weak handles are those of tracking: nobody else sees them.
    pub n_handles: u32,
}

/// The births of some objects, by number.
#[derive(Debug, Default)]
pub(crate) struct Births {
    births: Vec<(Birth, u32)>,
    /// The text of each site, once.
    sites: Vec<Box<str>>,
}

impl Births {
    fn new(mut births: Vec<Birth>) -> Self {
        births.sort_by_key(|birth| birth.node);
        let mut numbers = BTreeMap::new();
        let mut sites: Vec<Box<str>> = Vec::new();
        let number_of = |birth: Birth| {
            let number = *numbers
                .entry((birth.site.file(), birth.site.line()))
                .or_insert_with(|| {
                    sites.push(format!("{}:{}", birth.site.file(), birth.site.line()).into());
                    sites.len() as u32 - 1
                });
            (birth, number)
        };
        Self {
            births: births.into_iter().map(number_of).collect(),
            sites,
        }
    }

    pub(crate) fn of(&self, node: NodeId) -> Option<&Birth> {
        self.find(node).map(|(birth, _)| birth)
    }

    /// Where an object was tracked, `file:line`.
    pub(crate) fn site(&self, node: NodeId) -> Option<&str> {
        self.find(node)
            .map(|(_, site)| &*self.sites[*site as usize])
    }

    fn find(&self, node: NodeId) -> Option<&(Birth, u32)> {
        // Tracked objects come first in a walk that begins with them, so that most are where their number says.
        let there = self
            .births
            .get(node.index())
            .filter(|found| found.0.node == node);
        there.or_else(|| {
            let place = self
                .births
                .binary_search_by_key(&node, |found| found.0.node);
            place.ok().map(|place| &self.births[place])
        })
    }
}

impl ObjectGraph {
    /// Marks objects as [leaked](objgraph_trace::State::Leaked), for pictures and heap files; those of a trace that could be read.
    #[must_use]
    pub fn with_leaked(mut self, leaked: &[NodeId]) -> Self {
        if let Store::Traced(objects) = &mut self.store {
            leaked.iter().for_each(|node| objects.set_leaked(node.0));
        }
        self
    }

    /// Notes when and where some of the objects were tracked, for [`Node::serial`](crate::Node::serial) and
    /// [`Node::site`](crate::Node::site).
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_graph::{Birth, NodeId, ObjectGraph};
    /// use std::panic::Location;
    ///
    /// let birth = Birth { node: NodeId(1), serial: 40, site: Location::caller(), n_handles: 0 };
    /// let graph = ObjectGraph::from(objgraph_trace::trace(&vec![Box::new(1)])).with_births(vec![birth]);
    /// assert_eq!((graph.node(NodeId(0)).serial(), graph.node(NodeId(1)).serial()), (None, Some(40)));
    /// ```
    #[must_use]
    pub fn with_births(mut self, births: Vec<Birth>) -> Self {
        self.births = Births::new(births);
        self
    }
}
