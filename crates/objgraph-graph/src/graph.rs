//! The graph of everything that was found.

use crate::names::shorten;
use crate::node::{Bytes, Node};
use crate::reverse::{Reverse, row};
use objgraph_trace::{
    Address, Column, EdgeKind, EdgeRecord, Label, Limit, NodeFlags, NodeRecord, Paths, Records,
    State, TOO_LARGE, Values,
};
use std::borrow::Cow;
use std::sync::OnceLock;

/// The number of an object, in visiting order from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// The number of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId(pub u32);

impl NodeId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Objects and the references between them, in compressed sparse rows in both directions.
///
/// Immutable, and independent of the values that it was made from. An object with two references takes 64 bytes, and
/// 12 more once referrers were asked for; the benches measure it.
#[derive(Debug)]
pub struct ObjectGraph {
    pub(crate) types: Vec<Type>,
    pub(crate) nodes: Column<NodeRecord>,
    pub(crate) edges: Column<EdgeRecord>,
    pub(crate) labels: Labels,
    /// Made when it is first asked for: most questions follow references forwards.
    pub(crate) reverse: OnceLock<Reverse>,
    pub(crate) roots: Vec<Root>,
    pub(crate) values: Values,
    pub(crate) large: Vec<(u32, [u64; 3])>,
    pub(crate) cuts: Vec<Cut>,
}

/// A type that occurs in a graph.
#[derive(Clone, Debug)]
pub(crate) struct Type {
    pub(crate) path: Cow<'static, str>,
    pub(crate) short: Box<str>,
    pub(crate) has_drop_impl: bool,
}

/// Where the texts of edge labels come from.
#[derive(Debug)]
pub(crate) enum Labels {
    /// Paths of fields, from a trace.
    Paths(Paths),
    /// Whole texts, from anywhere else.
    Texts(Vec<Box<str>>),
}

/// Something that is there by itself, and from where everything else was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The name that the caller gave; empty if none.
    pub name: String,
    /// The object.
    pub node: NodeId,
}

/// References of an object that the limits of the trace left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The referrer.
    pub node: NodeId,
    /// How many references were left out.
    pub n_references: usize,
    /// Which limit it was.
    pub limit: Limit,
}

/// One reference, from its referrer to its referent.
#[derive(Clone, Copy)]
pub struct Edge<'g> {
    graph: &'g ObjectGraph,
    /// Its number.
    pub id: EdgeId,
    /// The referrer.
    pub source: NodeId,
    /// The referent.
    pub target: NodeId,
    /// How the referrer holds the referent.
    pub kind: EdgeKind,
}

impl Edge<'_> {
    /// The path of the field that holds the reference: `.children[3]`; empty if it has none.
    #[must_use]
    pub fn label(&self) -> String {
        self.graph
            .label_text(self.graph.edges[self.id.0 as usize].label())
    }

    /// The path with its numbers and keys left out, equal for all elements of one container: `.children[]`.
    #[must_use]
    pub fn field(&self) -> String {
        let label = self.graph.edges[self.id.0 as usize].label();
        match &self.graph.labels {
            Labels::Paths(paths) => paths.shape_text(label.path),
            Labels::Texts(_) => self.graph.label_text(label),
        }
    }
}

impl From<Records> for ObjectGraph {
    /// Takes the columns as they are; the rows are turned around when referrers are first asked for.
    ///
    /// # Complexity
    /// O(types + cut references): no object is touched.
    fn from(records: Records) -> Self {
        let Records {
            types,
            nodes,
            edges,
            paths,
            roots,
            large,
            cuts,
            values,
            ..
        } = records;
        let types = types.iter().map(|facts| Type {
            path: Cow::Borrowed(facts.name()),
            short: if facts.is_renamed() {
                facts.name().into()
            } else {
                shorten(facts.name()).into()
            },
            has_drop_impl: facts.has_drop_impl(),
        });
        let roots = roots.into_iter().map(|root| Root {
            name: root.name,
            node: NodeId(root.node),
        });
        let cuts = cuts.into_iter().map(|cut| Cut {
            node: NodeId(cut.node),
            n_references: cut.n_references as usize,
            limit: cut.limit,
        });
        Self {
            types: types.collect(),
            reverse: OnceLock::new(),
            nodes,
            edges,
            labels: Labels::Paths(paths),
            roots: roots.collect(),
            values,
            large,
            cuts: cuts.collect(),
        }
    }
}

/// Counts and parts.
impl ObjectGraph {
    /// How many objects there are.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    /// How many references there are.
    #[must_use]
    pub fn n_edges(&self) -> usize {
        self.edges.len()
    }

    /// What everything was found from, in the caller's order.
    #[must_use]
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// What the limits of the trace left out, by object.
    #[must_use]
    pub fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// The numbers of all objects, in visiting order.
    pub fn node_ids(&self) -> impl ExactSizeIterator<Item = NodeId> + DoubleEndedIterator + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// All objects, in visiting order.
    #[must_use]
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = Node<'_>> + DoubleEndedIterator {
        self.node_ids().map(|id| Node { graph: self, id })
    }

    /// An object by its number.
    ///
    /// # Panics
    /// If the number is another graph's.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node<'_> {
        assert!(
            id.index() < self.nodes.len(),
            "object #{} is not in a graph of {}",
            id.0,
            self.nodes.len()
        );
        Node { graph: self, id }
    }

    /// The references that an object holds, in field order.
    #[must_use]
    pub fn edges_from(
        &self,
        source: NodeId,
    ) -> impl ExactSizeIterator<Item = Edge<'_>> + DoubleEndedIterator {
        let first = self.nodes[source.index()].first_edge;
        let row = row(&self.nodes[source.index()], &self.edges);
        row.enumerate().map(move |(place, edge)| Edge {
            graph: self,
            id: EdgeId(first + place as u32),
            source,
            target: NodeId(edge.target),
            kind: edge.kind(),
        })
    }

    /// The reference with a number among those that an object holds; `None` if another object holds it.
    ///
    /// # Complexity
    /// O(1).
    #[must_use]
    pub fn edge_from(&self, source: NodeId, id: EdgeId) -> Option<Edge<'_>> {
        let node = &self.nodes[source.index()];
        let place = id.0.checked_sub(node.first_edge)?;
        (place < node.n_edges).then(|| {
            let edge = &self.edges[id.0 as usize];
            Edge {
                graph: self,
                id,
                source,
                target: NodeId(edge.target),
                kind: edge.kind(),
            }
        })
    }

    /// The references that others hold to an object, by referrer.
    ///
    /// # Complexity
    /// O(references held by its referrers); the first question of this kind turns all references around.
    pub fn edges_to(&self, target: NodeId) -> impl Iterator<Item = Edge<'_>> {
        let mut last = None;
        let referrers = self.reverse().of(target.0).iter().copied();
        // A referrer stands in the row once for each of its references; they are all found at its first.
        let distinct = referrers.filter(move |&referrer| last.replace(referrer) != Some(referrer));
        distinct.flat_map(move |source| {
            self.edges_from(NodeId(source))
                .filter(move |edge| edge.target == target)
        })
    }

    /// What an object refers to, once for each reference.
    #[must_use]
    pub fn referents(
        &self,
        id: NodeId,
    ) -> impl ExactSizeIterator<Item = NodeId> + DoubleEndedIterator {
        row(&self.nodes[id.index()], &self.edges).map(|edge| NodeId(edge.target))
    }

    /// What refers to an object, once for each reference.
    ///
    /// # Complexity
    /// O(referrers); the first question of this kind turns all references around.
    #[must_use]
    pub fn referrers(
        &self,
        id: NodeId,
    ) -> impl ExactSizeIterator<Item = NodeId> + DoubleEndedIterator {
        self.reverse().of(id.0).iter().map(|&node| NodeId(node))
    }

    /// How many strong handles an object had before the trace touched anything; 0 if it is not counted.
    #[must_use]
    pub fn strong_count(&self, id: NodeId) -> usize {
        self.node(id).strong_count()
    }

    /// How many weak handles an object had before the trace touched anything.
    #[must_use]
    pub fn weak_count(&self, id: NodeId) -> usize {
        self.node(id).weak_count()
    }

    /// The innermost object whose own memory an address lies in.
    ///
    /// # Complexity
    /// O(objects).
    #[must_use]
    pub fn around(&self, address: Address) -> Option<NodeId> {
        let around = |id: &NodeId| {
            let offset = address.0.checked_sub(self.nodes[id.index()].address.0);
            offset.is_some_and(|offset| (offset as u64) < self.sizes(*id)[0].0)
        };
        self.node_ids()
            .filter(around)
            .max_by_key(|id| self.nodes[id.index()].address)
    }

    /// The object at an address; of several that begin there, the one of the type with that path.
    ///
    /// # Complexity
    /// O(objects).
    #[must_use]
    pub fn at(&self, address: Address, type_path: &str) -> Option<NodeId> {
        let mut there = self
            .node_ids()
            .filter(|id| self.nodes[id.index()].address == address);
        there.find(|id| self.type_of(*id).path == type_path)
    }

    /// The reference with a number.
    ///
    /// # Complexity
    /// O(objects): rows do not know whose they are. [`edge_from`](Self::edge_from) takes the referrer too.
    #[must_use]
    pub fn edge(&self, id: EdgeId) -> Option<Edge<'_>> {
        let holds =
            |node: &NodeRecord| (node.first_edge..node.first_edge + node.n_edges).contains(&id.0);
        let source = self.nodes.iter().position(holds)?;
        self.edge_from(NodeId(source as u32), id)
    }
}

/// What the crate's own files read.
impl ObjectGraph {
    pub(crate) fn type_of(&self, id: NodeId) -> &Type {
        &self.types[self.nodes[id.index()].type_index as usize]
    }

    fn reverse(&self) -> &Reverse {
        self.reverse
            .get_or_init(|| Reverse::new(&self.nodes, &self.edges))
    }

    pub(crate) fn label_text(&self, label: Label) -> String {
        match &self.labels {
            Labels::Paths(paths) => paths.text(label),
            Labels::Texts(texts) => texts[label.path.0 as usize].to_string(),
        }
    }

    /// Shallow, used and reserved bytes.
    pub(crate) fn sizes(&self, id: NodeId) -> [Bytes; 3] {
        let node = &self.nodes[id.index()];
        let sizes = [node.shallow, node.used, node.reserved];
        if sizes.contains(&TOO_LARGE)
            && let Ok(place) = self.large.binary_search_by_key(&id.0, |large| large.0)
        {
            return self.large[place].1.map(Bytes);
        }
        sizes.map(|size| Bytes(size.into()))
    }

    pub(crate) fn state(&self, id: NodeId) -> State {
        self.nodes[id.index()].state
    }

    pub(crate) fn has_flag(&self, id: NodeId, flag: NodeFlags) -> bool {
        self.nodes[id.index()].flags.contains(flag)
    }
}
