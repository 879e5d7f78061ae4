//! What is known of where and when objects were created, by those who watched.

use crate::graph::{NodeId, ObjectGraph};
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use std::panic::Location;

/// How an object came into being, told by whoever watches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birth {
    /// The object.
    pub node: NodeId,
    /// Its place in the order of creation, a number that is never used again.
    pub serial: u64,
    /// The line that created it.
    pub site: &'static Location<'static>,
    /// How many of its weak handles are the watcher's own, so that nobody else can reach the object by them.
    pub n_handles: u32,
}

/// Births of some of a graph's objects.
#[derive(Debug, Default)]
pub(crate) struct Births {
    /// Sorted by object.
    all: Vec<Born>,
    /// Texts of sites, each once.
    sites: Vec<Box<str>>,
}

#[derive(Clone, Copy, Debug)]
struct Born {
    node: u32,
    n_handles: u32,
    site: u32,
    serial: u64,
}

impl ObjectGraph {
    /// Tells where and when some objects were created; of two births of an object, the first counts.
    ///
    /// [`Node::serial`](crate::Node::serial) and [`Node::site`](crate::Node::site) answer from it, and so do heap files and
    /// [`diff`](crate::diff()). Births of objects that are not in the graph are left out.
    ///
    /// # Complexity
    /// O(births log births).
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_graph::{Birth, ObjectGraph};
    /// use std::{panic::Location, rc::Rc};
    ///
    /// let graph = ObjectGraph::from(objgraph_trace::trace(&Rc::new(7)));
    /// let root = graph.roots()[0].node;
    /// let graph = graph.with_births(vec![Birth { node: root, serial: 3, site: Location::caller(), n_handles: 1 }]);
    /// assert_eq!(graph.node(root).serial(), Some(3));
    /// assert!(graph.node(root).site().contains(".rs:"));
    /// ```
    #[must_use]
    pub fn with_births(mut self, births: Vec<Birth>) -> Self {
        self.births = Births::new(births, self.n_nodes());
        self
    }

    /// Whether the number of an object's weak handles is known: a trace counts no further than its records have room.
    pub(crate) fn is_weak_known(&self, id: NodeId) -> bool {
        self.store.packed().is_some() || self.store.weak(id.0) < u64::from(u16::MAX)
    }
}

impl Births {
    fn new(mut births: Vec<Birth>, n_nodes: usize) -> Self {
        births.retain(|birth| birth.node.index() < n_nodes);
        births.sort_by_key(|birth| birth.node);
        births.dedup_by_key(|birth| birth.node);
        let mut sites = Sites::default();
        let born = |birth: Birth| Born {
            node: birth.node.0,
            n_handles: birth.n_handles,
            site: sites.number(birth.site),
            serial: birth.serial,
        };
        Self {
            all: births.into_iter().map(born).collect(),
            sites: sites.texts,
        }
    }

    pub(crate) fn serial(&self, id: NodeId) -> Option<u64> {
        self.of(id).map(|born| born.serial)
    }

    /// The line, as `file:line`.
    pub(crate) fn site(&self, id: NodeId) -> Option<&str> {
        self.of(id).map(|born| &*self.sites[born.site as usize])
    }

    /// How many weak handles of an object are the watcher's own.
    pub(crate) fn n_handles(&self, id: NodeId) -> u64 {
        self.of(id).map_or(0, |born| born.n_handles.into())
    }

    #[inline]
    fn of(&self, id: NodeId) -> Option<&Born> {
        // Objects that are watched are the first of their graph, mostly, so that each has its own place.
        let own = self.all.get(id.index());
        own.filter(|born| born.node == id.0).or_else(|| {
            let place = self.all.binary_search_by_key(&id.0, |born| born.node).ok();
            place.map(|place| &self.all[place])
        })
    }
}

/// Texts of sites as they are met.
#[derive(Default)]
struct Sites {
    numbers: HashMap<(&'static str, u32), u32, RandomState>,
    texts: Vec<Box<str>>,
    /// Objects that follow each other are mostly created by one line.
    last: Option<(&'static Location<'static>, u32)>,
}

impl Sites {
    fn number(&mut self, site: &'static Location<'static>) -> u32 {
        if let Some((last, number)) = self.last
            && std::ptr::eq(last, site)
        {
            return number;
        }
        let texts = &mut self.texts;
        let key = (site.file(), site.line());
        let number = *self.numbers.entry(key).or_insert_with(|| {
            texts.push(format!("{}:{}", site.file(), site.line()).into());
            texts.len() as u32 - 1
        });
        self.last = Some((site, number));
        number
    }
}

#[cfg(test)]
mod tests {
    use super::Birth;
    use crate::{GraphBuilder, Identity, NewNode, Node, NodeId, ObjectGraph, diff};
    use std::panic::Location;
    use std::rc::{Rc, Weak};

    fn birth(node: u32, serial: u64) -> Birth {
        Birth {
            node: NodeId(node),
            serial,
            site: Location::caller(),
            n_handles: 1,
        }
    }

    fn traced(n_objects: u32) -> ObjectGraph {
        let objects: Vec<Rc<u32>> = (0..n_objects).map(Rc::new).collect();
        ObjectGraph::from(objgraph_trace::trace(&objects))
    }

    #[test]
    fn births_are_found_whatever_their_order_and_the_first_of_two_counts() {
        let graph =
            traced(3).with_births(vec![birth(2, 12), birth(0, 10), birth(2, 13), birth(9, 19)]);
        let serials: Vec<_> = graph.nodes().map(Node::serial).collect();
        assert_eq!(serials, [Some(10), None, Some(12), None]);
        assert_eq!(graph.node(NodeId(1)).site(), "");
        let site = birth(0, 0).site;
        let line = format!("{}:{}", site.file(), site.line());
        assert_eq!(graph.node(NodeId(2)).site(), line);
    }

    #[test]
    fn nobody_else_sees_the_watchers_weak_handles() {
        let object = Rc::new(7);
        let (_watcher, _other) = (Rc::downgrade(&object), Rc::downgrade(&object));
        let graph = ObjectGraph::from(objgraph_trace::trace(&object));
        assert_eq!(graph.weak_count(NodeId(0)), 2);
        assert_eq!(
            graph.with_births(vec![birth(0, 0)]).weak_count(NodeId(0)),
            1
        );
    }

    #[test]
    fn more_weak_handles_than_a_trace_counts_stay_as_many() {
        let object = Rc::new(7);
        let _handles: Vec<Weak<i32>> = (0..70_000).map(|_| Rc::downgrade(&object)).collect();
        let graph = ObjectGraph::from(objgraph_trace::trace(&object));
        let graph = graph.with_births(vec![birth(0, 0)]);
        assert_eq!(graph.weak_count(NodeId(0)), 65_535);
    }

    #[test]
    fn a_birth_says_more_than_the_file() {
        let mut builder = GraphBuilder::default();
        let node = builder.add_node(NewNode::new("A").serial(1).site("a.py:1").counts(1, 70_000));
        let graph = builder.finish().with_births(vec![birth(0, 2)]);
        assert_eq!(graph.node(node).serial(), Some(2));
        assert_ne!(graph.node(node).site(), "a.py:1");
        assert_eq!(graph.weak_count(node), 69_999);
    }

    #[test]
    fn serial_numbers_tell_the_objects_of_two_traces_apart() {
        let births = |serials: [u64; 3]| {
            (0..3)
                .zip(serials)
                .map(|(node, serial)| birth(node, serial))
        };
        let old = traced(2).with_births(births([1, 2, 3]).collect());
        let new = traced(2).with_births(births([1, 2, 4]).collect());
        let objects = diff(&old, &new, Identity::Serial).objects.unwrap();
        assert_eq!(
            (objects.gone, objects.new),
            (vec![NodeId(2)], vec![NodeId(2)])
        );
    }
}
