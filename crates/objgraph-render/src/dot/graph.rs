//! A graph as a DOT file states it: names, ends and attributes, with every default resolved.

use super::attributes::DotAttributes;

/// What a DOT file says, made by [`read_dot`](crate::read_dot).
///
/// Nodes and edges are in the order in which the file first names them. Nothing is interpreted yet: a colour
/// is still a text, and a label still has its escapes.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DotGraph {
    /// The name; empty if there is none.
    pub name: String,
    /// Whether edges have a direction: `digraph` and `->`.
    pub is_directed: bool,
    /// Whether parallel edges are one.
    pub is_strict: bool,
    /// The attributes of the whole graph.
    pub attributes: DotAttributes,
    /// The nodes.
    pub nodes: Vec<DotNode>,
    /// The edges.
    pub edges: Vec<DotEdge>,
    /// The subgraphs; one that contains another comes before it.
    pub subgraphs: Vec<DotSubgraph>,
    /// What was odd about the file and read nonetheless, a sentence each.
    pub warnings: Vec<String>,
}

/// A node of a [`DotGraph`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DotNode {
    /// The name, unique in the graph.
    pub name: String,
    /// Its attributes, defaults included.
    pub attributes: DotAttributes,
    /// The innermost cluster around it: a position in [`DotGraph::subgraphs`].
    pub cluster: Option<usize>,
}

/// An edge of a [`DotGraph`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DotEdge {
    /// Where it begins: a position in [`DotGraph::nodes`].
    pub tail: usize,
    /// Where it ends: a position in [`DotGraph::nodes`].
    pub head: usize,
    /// Its attributes, defaults included; ports are `tailport` and `headport`.
    pub attributes: DotAttributes,
}

/// A part of a [`DotGraph`] in braces.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DotSubgraph {
    /// The name; empty if there is none.
    pub name: String,
    /// The subgraph around it: a position in [`DotGraph::subgraphs`].
    pub parent: Option<usize>,
    /// Its attributes, those of the graph that held where it ends included.
    pub attributes: DotAttributes,
    /// The nodes named directly in it: positions in [`DotGraph::nodes`], each once.
    pub nodes: Vec<usize>,
}

/// The place at a node where an edge begins or ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DotPort {
    /// The field of the label; empty if there is none.
    pub name: String,
    /// The side, as a compass point such as `ne`; empty if there is none.
    pub compass: String,
}

impl DotSubgraph {
    /// Whether it is drawn as a frame around its nodes.
    #[must_use]
    pub fn is_cluster(&self) -> bool {
        self.name.starts_with("cluster") || self.attributes.flag("cluster") == Some(true)
    }
}

impl DotEdge {
    /// Where at its tail it begins.
    #[must_use]
    pub fn tail_port(&self) -> Option<DotPort> {
        self.attributes.text("tailport").map(DotPort::of)
    }

    /// Where at its head it ends.
    #[must_use]
    pub fn head_port(&self) -> Option<DotPort> {
        self.attributes.text("headport").map(DotPort::of)
    }
}

impl DotPort {
    /// Reads `field:side`, `field` or `side`.
    fn of(text: &str) -> Self {
        let is_compass =
            |word: &str| ["n", "ne", "e", "se", "s", "sw", "w", "nw", "c", "_"].contains(&word);
        match text.split_once(':') {
            Some((name, compass)) => Self {
                name: name.to_owned(),
                compass: compass.to_owned(),
            },
            None if is_compass(text) => Self {
                name: String::new(),
                compass: text.to_owned(),
            },
            None => Self {
                name: text.to_owned(),
                compass: String::new(),
            },
        }
    }
}
