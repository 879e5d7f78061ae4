//! A graph from anywhere: nodes and edges in any order.

use crate::graph::{Labels, NodeId, ObjectGraph, Root, Type};
use crate::names::shorten;
use objgraph_trace::{
    Address, Column, EdgeKind, EdgeRecord, Label, NodeFlags, NodeRecord, PathId, State, TOO_LARGE,
    Values,
};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Takes nodes and edges in any order, and makes a graph of them.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, NewNode, cycles};
/// use objgraph_trace::EdgeKind;
///
/// let mut builder = GraphBuilder::default();
/// let list = builder.add_node(NewNode::new("list"));
/// let item = builder.add_node(NewNode::new("dict"));
/// builder.add_edge(list, item, EdgeKind::Strong, "[0]");
/// builder.add_edge(item, list, EdgeKind::Strong, "['owner']");
/// builder.add_root("here", list);
///
/// let graph = builder.finish();
/// assert_eq!(cycles(&graph)[0].to_string(), "list[0] → dict['owner'] → list");
/// ```
#[derive(Debug, Default)]
pub struct GraphBuilder {
    types: Interned<Type>,
    texts: Interned<Box<str>>,
    nodes: Column<NodeRecord>,
    edges: Vec<(u32, EdgeRecord)>,
    roots: Vec<Root>,
    values: Values,
    large: Vec<(u32, [u64; 3])>,
}

#[derive(Debug)]
struct Interned<T> {
    by_text: HashMap<String, u32>,
    items: Vec<T>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self {
            by_text: HashMap::new(),
            items: Vec::new(),
        }
    }
}

impl<T> Interned<T> {
    fn index(&mut self, text: &str, make: impl FnOnce(&str) -> T) -> u32 {
        if let Some(index) = self.by_text.get(text) {
            return *index;
        }
        self.items.push(make(text));
        let index = self.items.len() as u32 - 1;
        self.by_text.insert(text.to_owned(), index);
        index
    }
}

/// An object to be added to a [`GraphBuilder`].
#[derive(Clone, Copy, Debug)]
pub struct NewNode<'n> {
    type_path: &'n str,
    value: &'n str,
    shallow: u64,
    owned: u64,
    strong: usize,
    weak: usize,
    state: State,
}

impl<'n> NewNode<'n> {
    /// An object of a type.
    #[must_use]
    pub fn new(type_path: &'n str) -> Self {
        Self {
            type_path,
            value: "",
            shallow: 0,
            owned: 0,
            strong: 0,
            weak: 0,
            state: State::Traced,
        }
    }

    /// Its one-line value. Default: none.
    #[must_use]
    pub fn value(mut self, value: &'n str) -> Self {
        self.value = value;
        self
    }

    /// Bytes of the object itself, and of the buffers that belong to it alone. Default: none.
    #[must_use]
    pub fn sizes(mut self, shallow: u64, owned: u64) -> Self {
        (self.shallow, self.owned) = (shallow, owned);
        self
    }

    /// How many strong and weak handles it has. Default: it is not counted.
    #[must_use]
    pub fn counts(mut self, strong: usize, weak: usize) -> Self {
        (self.strong, self.weak) = (strong, weak);
        self
    }

    /// Whether and how it could be read. Default: traced.
    #[must_use]
    pub fn state(mut self, state: State) -> Self {
        self.state = state;
        self
    }
}

impl GraphBuilder {
    /// Adds an object; numbers are given in the order of the calls.
    ///
    /// # Panics
    /// Beyond four billion objects.
    pub fn add_node(&mut self, new: NewNode<'_>) -> NodeId {
        let node =
            u32::try_from(self.nodes.len()).expect("a graph has fewer than four billion objects");
        let type_index = self.types.index(new.type_path, |path| Type {
            path: Cow::Owned(path.to_owned()),
            short: shorten(path).into(),
            has_drop_impl: false,
        });
        let sizes = [new.shallow, new.owned, new.owned];
        let [shallow, used, reserved] = sizes.map(|size| u32::try_from(size).unwrap_or(TOO_LARGE));
        if [shallow, used].contains(&TOO_LARGE) {
            self.large.push((node, sizes));
        }
        let mut flags = NodeFlags::default();
        flags.set(NodeFlags::SHARED, new.strong > 0);
        self.values.set(node, new.value);
        self.nodes.push(NodeRecord {
            address: Address(node as usize),
            type_index,
            strong: u32::try_from(new.strong).unwrap_or(u32::MAX),
            weak: u16::try_from(new.weak).unwrap_or(u16::MAX),
            state: new.state,
            flags,
            shallow,
            used,
            reserved,
            first_edge: 0,
            n_edges: 0,
        });
        NodeId(node)
    }

    /// Adds a reference; those of one referrer keep their order.
    ///
    /// # Panics
    /// If one of the two was not added before.
    pub fn add_edge(&mut self, source: NodeId, target: NodeId, kind: EdgeKind, label: &str) {
        let known = self.nodes.len();
        assert!(
            source.index() < known && target.index() < known,
            "both ends of a reference are added before it"
        );
        let path = PathId(self.texts.index(label, |text| text.into()));
        self.edges.push((
            source.0,
            EdgeRecord::new(target.0, kind, Label { path, filling: 0 }),
        ));
        self.nodes[source.index()].n_edges += 1;
    }

    /// Names an object that is there by itself.
    ///
    /// # Panics
    /// If the object was not added before.
    pub fn add_root(&mut self, name: &str, node: NodeId) {
        assert!(
            node.index() < self.nodes.len(),
            "a root is added before it is named"
        );
        self.roots.push(Root {
            name: name.to_owned(),
            node,
        });
    }

    /// The graph.
    ///
    /// # Complexity
    /// O(nodes + edges).
    #[must_use]
    pub fn finish(mut self) -> ObjectGraph {
        let mut next = 0;
        for node in self.nodes.iter_mut() {
            node.first_edge = next;
            next += node.n_edges;
        }
        let mut edges: Vec<EdgeRecord> = self.edges.iter().map(|(_, edge)| *edge).collect();
        let mut places: Vec<u32> = self.nodes.iter().map(|node| node.first_edge).collect();
        for (source, edge) in self.edges {
            let place = &mut places[source as usize];
            edges[*place as usize] = edge;
            *place += 1;
        }
        let edges: Column<EdgeRecord> = edges.into_iter().collect();
        ObjectGraph {
            reverse: OnceLock::new(),
            types: self.types.items,
            nodes: self.nodes,
            edges,
            labels: Labels::Texts(self.texts.items),
            roots: self.roots,
            values: self.values,
            large: self.large,
            cuts: Vec::new(),
        }
    }
}
