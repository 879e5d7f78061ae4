//! A graph from anywhere: nodes and edges in any order.

use crate::births::Births;
use crate::graph::{NodeId, ObjectGraph, Root, Type};
use crate::names::{module_of, shorten};
use crate::packed::Packed;
use crate::store::{LabelCode, LooseRows, PackedObject, PackedStore, Store, StoreTexts};
use crate::texts::Interner;
use objgraph_trace::{Address, EdgeKind, State};
use std::borrow::Cow;
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
    types: Types,
    labels: Interner,
    values: Interner,
    sites: Interner,
    objects: PackedStore,
    pub(crate) rows: LooseRows,
    roots: Vec<Root>,
}

/// The types so far, by module and name.
#[derive(Debug, Default)]
struct Types {
    /// Module, separator and name, which tell types apart.
    keys: Interner,
    /// The number 0 is that of a type without a name.
    types: Vec<Type>,
}

/// A type that a [`GraphBuilder`] knows; of no meaning to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownType(u32);

/// A label of references that a [`GraphBuilder`] knows; of no meaning to another one, but for positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownLabel(LabelCode);

/// An object to be added to a [`GraphBuilder`].
#[derive(Clone, Copy, Debug)]
pub struct NewNode<'n> {
    type_name: TypeName<'n>,
    value: &'n str,
    shallow: u64,
    owned: u64,
    strong: u64,
    weak: u64,
    state: State,
    site: &'n str,
    serial: Option<u64>,
}

#[derive(Clone, Copy, Debug)]
enum TypeName<'n> {
    Path(&'n str),
    Known(KnownType),
}

impl<'n> NewNode<'n> {
    /// An object of a type, named by its full path in Rust's way.
    #[must_use]
    pub fn new(type_path: &'n str) -> Self {
        Self::named(TypeName::Path(type_path))
    }

    /// An object of a type that the builder knows already.
    #[must_use]
    pub fn of(known: KnownType) -> Self {
        Self::named(TypeName::Known(known))
    }

    fn named(type_name: TypeName<'n>) -> Self {
        Self {
            type_name,
            value: "",
            shallow: 0,
            owned: 0,
            strong: 0,
            weak: 0,
            state: State::Traced,
            site: "",
            serial: None,
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
    pub fn counts(mut self, strong: u64, weak: u64) -> Self {
        (self.strong, self.weak) = (strong, weak);
        self
    }

    /// Whether and how it could be read. Default: traced.
    #[must_use]
    pub fn state(mut self, state: State) -> Self {
        self.state = state;
        self
    }

    /// Where it was allocated, `file:line`. Default: that is not known.
    #[must_use]
    pub fn site(mut self, site: &'n str) -> Self {
        self.site = site;
        self
    }

    /// Its place in the order of creation. Default: that is not known.
    #[must_use]
    pub fn serial(mut self, serial: u64) -> Self {
        self.serial = Some(serial);
        self
    }
}

/// Names that many objects or references share, so that each is looked up once.
impl GraphBuilder {
    /// A type by its module, its name in there, and what stands between the two in its path: `::` or `.`.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_graph::{GraphBuilder, NewNode};
    ///
    /// let mut builder = GraphBuilder::default();
    /// let session = builder.add_type("app.web", "Session", ".");
    /// let node = builder.add_node(NewNode::of(session));
    /// let graph = builder.finish();
    /// assert_eq!(graph.node(node).type_path(), "app.web.Session");
    /// assert_eq!(graph.node(node).module(), "app.web");
    /// ```
    pub fn add_type(&mut self, module: &str, name: &str, separator: &str) -> KnownType {
        self.types
            .known(&format!("{module}\0{separator}\0{name}"), || Type {
                path: Cow::Owned(if module.is_empty() {
                    name.to_owned()
                } else {
                    format!("{module}{separator}{name}")
                }),
                short: shorten(name).into(),
                module: module.into(),
                has_drop_impl: false,
            })
    }

    /// A label of references, to be used for many of them: `.parent`, `['key']`, `[3]`.
    pub fn add_label(&mut self, label: &str) -> KnownLabel {
        let of_text = || KnownLabel(LabelCode::of_text(self.labels.number(label)));
        KnownLabel::of_position(label).unwrap_or_else(of_text)
    }
}

impl KnownLabel {
    /// The label of a position, `[3]`, which every builder knows; `None` for any other.
    #[must_use]
    pub fn of_position(label: &str) -> Option<Self> {
        LabelCode::of_position(label).map(Self)
    }
}

impl Types {
    fn known(&mut self, key: &str, new: impl FnOnce() -> Type) -> KnownType {
        let number = self.keys.number(key);
        if number as usize > self.types.len() {
            self.types.push(new());
        }
        // No key is empty, and the empty text has the number 0.
        KnownType(number - 1)
    }

    fn with_path(&mut self, path: &str) -> KnownType {
        self.known(&format!("{path}\0"), || Type {
            path: Cow::Owned(path.to_owned()),
            short: shorten(path).into(),
            module: module_of(path).into(),
            has_drop_impl: false,
        })
    }
}

impl GraphBuilder {
    /// Adds an object; numbers are given in the order of the calls.
    ///
    /// # Panics
    /// Beyond four billion objects, and perhaps if the type is one that another builder knows.
    pub fn add_node(&mut self, new: NewNode<'_>) -> NodeId {
        let node = u32::try_from(self.objects.n_nodes())
            .ok()
            .filter(|node| *node < u32::MAX)
            .expect("a graph has fewer than four billion objects");
        let KnownType(type_index) = match new.type_name {
            TypeName::Known(known) => known,
            TypeName::Path(path) => self.types.with_path(path),
        };
        assert!(
            (type_index as usize) < self.types.types.len(),
            "a type is added to the builder that it is for"
        );
        self.objects.push(PackedObject {
            type_index,
            shallow: new.shallow,
            owned: new.owned,
            strong: new.strong,
            weak: new.weak,
            state: new.state,
            value: self.values.number(&printable(new.value)),
            site: self.sites.number(&printable(new.site)),
            // Stored one higher, so that a column of unknown ones is all zeros.
            serial: new.serial.map_or(0, |serial| serial.saturating_add(1)),
        });
        NodeId(node)
    }

    /// Adds a reference; those of one referrer keep their order.
    ///
    /// # Panics
    /// If one of the two was not added before.
    pub fn add_edge(&mut self, source: NodeId, target: NodeId, kind: EdgeKind, label: &str) {
        let label = self.add_label(label);
        self.add_edge_labelled(source, target, kind, label);
    }

    /// Adds a reference with a label that the builder knows already.
    ///
    /// # Panics
    /// If one of the two was not added before, and perhaps if the label is one that another builder knows.
    pub fn add_edge_labelled(
        &mut self,
        source: NodeId,
        target: NodeId,
        kind: EdgeKind,
        label: KnownLabel,
    ) {
        let known = self.objects.n_nodes();
        assert!(
            source.index() < known && target.index() < known,
            "both ends of a reference are added before it"
        );
        self.push_edge(source, target.0, kind, label);
    }

    /// Adds a reference whose target [`finish_with`](Self::finish_with) names.
    #[inline]
    pub(crate) fn push_edge(
        &mut self,
        source: NodeId,
        target: u32,
        kind: EdgeKind,
        label: KnownLabel,
    ) {
        assert!(
            label.0.is_known(&self.labels.texts),
            "a label is added to the builder that it is for"
        );
        self.rows.push(source.0, target, kind, label.0);
    }

    /// Names an object that is there by itself.
    ///
    /// # Panics
    /// If the object was not added before.
    pub fn add_root(&mut self, name: &str, node: NodeId) {
        self.push_root(name, node, None);
    }

    /// Names an object by one of its strong handles, which lies in no object: a local.
    ///
    /// # Panics
    /// If the object was not added before.
    pub fn add_handle_root(&mut self, name: &str, node: NodeId) {
        self.push_root(name, node, Some(Address::default()));
    }

    fn push_root(&mut self, name: &str, node: NodeId, handle: Option<Address>) {
        assert!(
            node.index() < self.objects.n_nodes(),
            "a root is added before it is named"
        );
        self.roots.push(Root {
            name: name.to_owned(),
            node,
            handle,
        });
    }

    /// The graph.
    ///
    /// # Complexity
    /// O(nodes + edges).
    #[must_use]
    pub fn finish(self) -> ObjectGraph {
        self.finish_with(None)
    }

    /// The graph of objects with ids of elsewhere.
    pub(crate) fn finish_with(self, ids: Option<Packed>) -> ObjectGraph {
        let texts = StoreTexts {
            labels: self.labels.into_texts(),
            values: self.values.into_texts(),
            sites: self.sites.into_texts(),
        };
        ObjectGraph {
            types: self.types.types,
            store: Store::Packed(self.objects.finish(self.rows, texts, ids)),
            reverse: OnceLock::new(),
            roots: self.roots,
            cuts: Vec::new(),
            births: Births::default(),
        }
    }
}

/// The most characters of a value.
const MAX_VALUE_CHARS: usize = 500;

/// A value up to its first control character, and no longer than a few hundred others; `…` tells that there was more.
fn printable(value: &str) -> Cow<'_, str> {
    let is_end = |(place, char): &(usize, char)| *place >= MAX_VALUE_CHARS || char.is_control();
    match value.char_indices().find(is_end) {
        Some((end, _)) => Cow::Owned(format!("{}…", &value[..end])),
        None => Cow::Borrowed(value),
    }
}
