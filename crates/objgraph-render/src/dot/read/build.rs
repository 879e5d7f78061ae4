//! Statements to a graph: names become positions, defaults are resolved, strict graphs lose parallel edges.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::scopes::{Kind, Scopes};
use crate::dot::attributes::{DotAttributes, DotValue};
use crate::dot::graph::{DotEdge, DotGraph, DotNode, DotSubgraph};

/// The most edges that are read: two sets of nodes in one statement make as many as their product.
pub(super) const MAX_EDGES: usize = 2_000_000;

/// The most steps that are taken to find the nodes in braces within braces that edges end at. Where each of a
/// hundred thousand braces is the end of an edge, there would be five thousand million.
const MAX_STEPS: usize = 5_000_000;

/// A list of attributes as it stands in one statement.
pub(super) type List = Vec<(Arc<str>, DotValue)>;

/// What an edge can begin or end at.
#[derive(Clone, Debug)]
pub(super) enum End {
    /// Nodes, each with the port that the statement names.
    Nodes(Vec<Tip>),
    /// All nodes of a subgraph.
    Subgraph(usize),
}

/// A node and the port at which an edge ends.
pub(super) type Tip = (usize, Option<Arc<str>>);

/// There are more edges than [`MAX_EDGES`], or finding them takes more than [`MAX_STEPS`].
#[derive(Debug)]
pub(super) struct TooManyEdges;

/// A graph that grows statement by statement.
#[derive(Default)]
pub(super) struct Builder {
    graph: DotGraph,
    scopes: Scopes,
    node_of: HashMap<Arc<str>, usize>,
    /// Edges that another statement may mean too: those of strict graphs, and those with a `key`.
    edge_of: HashMap<(usize, usize, Option<DotValue>), usize>,
    subgraph_of: HashMap<(Option<usize>, Arc<str>), usize>,
    named_in: HashSet<(usize, usize)>,
    children: Vec<Vec<usize>>,
    n_steps: usize,
    open: Vec<Open>,
    /// By subgraph: whether it is open and a cluster.
    is_open_cluster: Vec<bool>,
}

/// A subgraph whose brace has not closed yet.
struct Open {
    subgraph: usize,
    /// The innermost cluster that it is in, or is.
    cluster: Option<usize>,
}

impl Builder {
    pub(super) fn new(name: String, is_directed: bool, is_strict: bool) -> Self {
        Self {
            graph: DotGraph {
                name,
                is_directed,
                is_strict,
                ..DotGraph::default()
            },
            ..Self::default()
        }
    }

    pub(super) fn is_directed(&self) -> bool {
        self.graph.is_directed
    }

    pub(super) fn finish(mut self) -> DotGraph {
        self.graph.attributes = DotAttributes::new(self.scopes.now(Kind::Graph));
        self.graph
    }

    /// Opens a subgraph: a new one, or one of the same name in the same place once more.
    pub(super) fn open(&mut self, name: Option<Arc<str>>) -> usize {
        let parent = self.open.last().map(|open| open.subgraph);
        let known = name.clone().and_then(|name| {
            let found = self.subgraph_of.get(&(parent, name));
            found.copied()
        });
        let subgraph = known.unwrap_or_else(|| self.add_subgraph(name, parent));
        self.scopes.open();
        for (name, value) in self.graph.subgraphs[subgraph].attributes.iter() {
            self.scopes.set(Kind::Graph, name.into(), value.clone());
        }
        let is_cluster = self.graph.subgraphs[subgraph].is_cluster();
        let outer = self.open.last().and_then(|open| open.cluster);
        let cluster = if is_cluster { Some(subgraph) } else { outer };
        self.is_open_cluster[subgraph] = is_cluster;
        self.open.push(Open { subgraph, cluster });
        subgraph
    }

    fn add_subgraph(&mut self, name: Option<Arc<str>>, parent: Option<usize>) -> usize {
        let subgraph = self.graph.subgraphs.len();
        self.graph.subgraphs.push(DotSubgraph {
            name: name.as_deref().unwrap_or_default().to_owned(),
            parent,
            ..DotSubgraph::default()
        });
        self.children.push(Vec::new());
        self.is_open_cluster.push(false);
        if let Some(parent) = parent {
            self.children[parent].push(subgraph);
        }
        if let Some(name) = name {
            self.subgraph_of.insert((parent, name), subgraph);
        }
        subgraph
    }

    pub(super) fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            let attributes = DotAttributes::new(self.scopes.now(Kind::Graph));
            self.graph.subgraphs[open.subgraph].attributes = attributes;
            self.is_open_cluster[open.subgraph] = false;
            self.scopes.close();
        }
    }

    pub(super) fn set_default(&mut self, kind: Kind, list: List) {
        for (name, value) in list {
            let makes_cluster = kind == Kind::Graph && &*name == "cluster";
            self.scopes.set(kind, name, value);
            if makes_cluster && let Some(open) = self.open.last_mut() {
                open.cluster = Some(open.subgraph);
                self.is_open_cluster[open.subgraph] = true;
            }
        }
    }

    /// The node of a name, made with the defaults that hold now if it is new, and put into the open subgraph.
    pub(super) fn node(&mut self, name: &str) -> usize {
        let node = match self.node_of.get(name) {
            Some(&node) => node,
            None => self.add_node(name),
        };
        let Some(open) = self.open.last() else {
            return node;
        };
        if self.named_in.insert((open.subgraph, node)) {
            self.graph.subgraphs[open.subgraph].nodes.push(node);
            // It may move into a cluster that is inside its own, but not out of one that has closed.
            let before = &mut self.graph.nodes[node].cluster;
            if before.is_none_or(|cluster| self.is_open_cluster[cluster]) {
                *before = open.cluster;
            }
        }
        node
    }

    fn add_node(&mut self, name: &str) -> usize {
        let node = self.graph.nodes.len();
        self.graph.nodes.push(DotNode {
            name: name.to_owned(),
            attributes: DotAttributes::new(self.scopes.now(Kind::Node)),
            cluster: None,
        });
        self.node_of.insert(name.into(), node);
        node
    }

    pub(super) fn set_node(&mut self, node: usize, list: &List) {
        for (name, value) in list {
            let attributes = &mut self.graph.nodes[node].attributes;
            attributes.set(Arc::clone(name), value.clone());
        }
    }

    /// Joins each node of a set with each node of the next.
    pub(super) fn edges(&mut self, chain: &[End], list: &List) -> Result<(), TooManyEdges> {
        let mut tails = chain.first().map(|end| self.nodes_of(end)).transpose()?;
        for end in chain.iter().skip(1) {
            let heads = self.nodes_of(end)?;
            for tail in tails.iter().flatten() {
                for head in &heads {
                    self.edge(tail, head, list)?;
                }
            }
            tails = Some(heads);
        }
        Ok(())
    }

    fn nodes_of(&mut self, end: &End) -> Result<Vec<Tip>, TooManyEdges> {
        let mut nodes = Vec::new();
        let mut found = HashSet::new();
        let mut to_visit = match end {
            End::Nodes(nodes) => return Ok(nodes.clone()),
            End::Subgraph(subgraph) => vec![*subgraph],
        };
        while let Some(subgraph) = to_visit.pop() {
            let inside = &self.graph.subgraphs[subgraph].nodes;
            self.n_steps += 1 + inside.len();
            if self.n_steps > MAX_STEPS {
                return Err(TooManyEdges);
            }
            let new = inside.iter().filter(|node| found.insert(**node));
            nodes.extend(new.map(|&node| (node, None)));
            to_visit.extend(&self.children[subgraph]);
        }
        nodes.sort_unstable_by_key(|(node, _)| *node);
        Ok(nodes)
    }

    fn edge(
        &mut self,
        (tail, tail_port): &Tip,
        (head, head_port): &Tip,
        list: &List,
    ) -> Result<(), TooManyEdges> {
        let is_strict = self.graph.is_strict;
        let key = list.iter().rev().find(|(name, _)| &**name == "key");
        let key = key.filter(|_| !is_strict).map(|(_, value)| value.clone());
        let may_repeat = !is_strict && key.is_none();
        let ends = if self.graph.is_directed || tail <= head {
            (*tail, *head, key)
        } else {
            (*head, *tail, key)
        };
        let known = self.edge_of.get(&ends).filter(|_| !may_repeat);
        let edge = match known {
            Some(&edge) => edge,
            None if self.graph.edges.len() == MAX_EDGES => return Err(TooManyEdges),
            None => {
                self.graph.edges.push(DotEdge {
                    tail: *tail,
                    head: *head,
                    attributes: DotAttributes::new(self.scopes.now(Kind::Edge)),
                });
                self.graph.edges.len() - 1
            }
        };
        if !may_repeat {
            self.edge_of.insert(ends, edge);
        }
        let attributes = &mut self.graph.edges[edge].attributes;
        for (name, port) in [("tailport", tail_port), ("headport", head_port)] {
            if let Some(port) = port {
                attributes.set(name.into(), DotValue::Text(Arc::clone(port)));
            }
        }
        for (name, value) in list {
            attributes.set(Arc::clone(name), value.clone());
        }
        Ok(())
    }
}
