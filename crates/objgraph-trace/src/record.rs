//! What a trace writes down: one record for each object, one for each reference.

use crate::texts::Texts;
use crate::{Address, Column, EdgeKind, Label, PathId, Paths, TypeFacts};

/// Everything that one trace has seen, in visiting order.
///
/// Plain columns, without a reference into the traced value; the next stage takes them apart.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Records {
    /// The types that occur; [`NodeRecord::type_index`] points here.
    pub types: Vec<TypeFacts>,
    /// The objects. A node's number is its position.
    pub nodes: Column<NodeRecord>,
    /// The references, those of one referrer together and in field order.
    pub edges: Column<EdgeRecord>,
    /// Which field each reference comes from.
    pub paths: Paths,
    /// What the caller passed, in that order.
    pub roots: Vec<RootRecord>,
    /// Sizes that do not fit into a record: node, then shallow, used and reserved bytes. Sorted by node.
    pub large: Vec<(u32, [u64; 3])>,
    /// References that the limits left out, sorted by node.
    pub cuts: Vec<CutRecord>,
    /// One-line values, empty unless they were asked for.
    pub values: Values,
    /// For each reference where its strong handle lies, empty unless it was asked for; no address for other references.
    pub handles: Column<Address>,
    /// Objects whose counts were seen to change while the walk was frozen, sorted.
    pub unsteady: Vec<u32>,
}

impl Records {
    /// How many objects were seen.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    /// How many references were seen.
    #[must_use]
    pub fn n_edges(&self) -> usize {
        self.edges.len()
    }
}

/// One object.
#[derive(Clone, Copy, Debug)]
pub struct NodeRecord {
    /// Where the value lies.
    pub address: Address,
    /// Its type, as a position in [`Records::types`].
    pub type_index: u32,
    /// Strong handles before the trace touched anything; 0 for what is not counted.
    pub strong: u32,
    /// Weak handles before the trace touched anything, at most 65,535.
    pub weak: u16,
    /// Whether and how the value could be read.
    pub state: State,
    /// What else is worth knowing.
    pub flags: NodeFlags,
    /// Bytes of the value itself; [`TOO_LARGE`] where [`Records::large`] has it.
    pub shallow: u32,
    /// Bytes in use of the buffers that it owns.
    pub used: u32,
    /// Bytes reserved by the buffers that it owns.
    pub reserved: u32,
    /// Its first reference, as a position in [`Records::edges`].
    pub first_edge: u32,
    /// How many references it has.
    pub n_edges: u32,
}

/// Stands for a size that [`Records::large`] has.
pub const TOO_LARGE: u32 = u32::MAX;

/// One reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgeRecord {
    /// The node that is referred to.
    pub target: u32,
    /// The path's shape, and the kind in the upper three bits.
    path_and_kind: u32,
    filling: u32,
}

const KIND_SHIFT: u32 = 29;

impl EdgeRecord {
    /// A reference of a kind to a node.
    ///
    /// # Panics
    /// With more than half a billion different shapes of paths, which would take as many fields.
    #[must_use]
    #[inline]
    pub fn new(target: u32, kind: EdgeKind, label: Label) -> Self {
        assert!(
            label.path.0 >> KIND_SHIFT == 0,
            "paths have shapes, and shapes are as few as fields"
        );
        Self {
            target,
            path_and_kind: label.path.0 | (kind as u32) << KIND_SHIFT,
            filling: label.filling,
        }
    }

    /// How the referrer holds the referent.
    #[must_use]
    #[inline]
    pub fn kind(&self) -> EdgeKind {
        EdgeKind::ALL[(self.path_and_kind >> KIND_SHIFT) as usize]
    }

    /// Which field the reference comes from.
    #[must_use]
    pub fn label(&self) -> Label {
        Label {
            path: PathId(self.path_and_kind & ((1 << KIND_SHIFT) - 1)),
            filling: self.filling,
        }
    }
}

/// Whether and how a value could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[non_exhaustive]
pub enum State {
    /// Read, and all its references followed as far as the limits go.
    Traced,
    /// A `RefCell` that is mutably borrowed now.
    MutablyBorrowed,
    /// A lock that somebody holds now.
    Locked,
    /// A lock whose holder panicked; read all the same.
    Poisoned,
    /// Not initialised yet: a lazy or once cell, a `MaybeUninit`.
    Uninitialised,
    /// Cannot be looked into: a closure, a foreign type.
    Opaque,
    /// Dropped already: only weak handles are left.
    Dropped,
    /// Known by a raw address only, which nothing vouches for; not followed.
    AddressOnly,
    /// Left unread on purpose.
    Skipped,
    /// Proven to be leaked: only objects that nothing else leads to keep it alive.
    Leaked,
}

impl State {
    /// Every state; the position of each is its number.
    pub const ALL: [Self; 10] = [
        Self::Traced,
        Self::MutablyBorrowed,
        Self::Locked,
        Self::Poisoned,
        Self::Uninitialised,
        Self::Opaque,
        Self::Dropped,
        Self::AddressOnly,
        Self::Skipped,
        Self::Leaked,
    ];

    /// The state in the words of a label; nothing for an ordinary object.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Traced => "",
            Self::MutablyBorrowed => "mutably borrowed",
            Self::Locked => "locked",
            Self::Poisoned => "poisoned",
            Self::Uninitialised => "uninitialised",
            Self::Opaque => "opaque: may hold references",
            Self::Dropped => "dropped",
            Self::AddressOnly => "raw address, not followed",
            Self::Skipped => "skipped",
            Self::Leaked => "leaked",
        }
    }
}

/// What else is worth knowing of an object: a small set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeFlags(u8);

impl NodeFlags {
    /// It has a field that was skipped on purpose, so it may hold more than is shown.
    pub const HAS_SKIPPED_FIELD: Self = Self(1);
    /// It lies inside another object's memory and has no allocation of its own.
    pub const INLINE: Self = Self(2);
    /// It is counted: an `Rc`, an `Arc` or their like.
    pub const SHARED: Self = Self(4);
    /// It was found, and not yet asked what it holds.
    pub(crate) const UNVISITED: Self = Self(8);
    /// It lies as deep as the trace goes: its references were counted and not followed.
    pub const UNEXPANDED: Self = Self(16);
    /// It is counted so that other threads may hold handles to it: an `Arc`.
    pub const ATOMIC: Self = Self(32);
    /// It holds pointers that another thread may change without a lock, so that two of them are never seen at once.
    pub const UNSTEADY: Self = Self(64);

    /// Adds a flag.
    pub fn insert(&mut self, flag: Self) {
        self.0 |= flag.0;
    }

    /// Removes a flag.
    pub fn remove(&mut self, flag: Self) {
        self.0 &= !flag.0;
    }

    /// Adds or removes a flag.
    pub fn set(&mut self, flag: Self, present: bool) {
        if present {
            self.insert(flag);
        } else {
            self.remove(flag);
        }
    }

    /// Whether a flag is set.
    #[must_use]
    pub fn contains(self, flag: Self) -> bool {
        self.0 & flag.0 != 0
    }
}

/// Something that the caller passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootRecord {
    /// The name that the caller gave; empty if none.
    pub name: String,
    /// The node.
    pub node: u32,
    /// Where the strong handle lies that the root is; `None` if the root is the object itself, or holds it otherwise.
    pub handle: Option<Address>,
}

/// References of one object that a limit left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutRecord {
    /// The referrer.
    pub node: u32,
    /// How many references were left out.
    pub n_references: u32,
    /// Which limit it was.
    pub limit: Limit,
}

/// A limit of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// The object lies as deep as the trace goes: none of its references was followed.
    Depth,
    /// The object has more references than the trace follows.
    Breadth,
}

/// One-line values of objects.
#[derive(Debug, Default)]
pub struct Values {
    texts: Texts,
    /// The number of each node's text.
    numbers: Vec<u32>,
}

/// Stands for no text.
const NO_TEXT: u32 = u32::MAX;

impl Values {
    /// Sets the value of a node to a text, cut at the first control character and after a few hundred others.
    pub fn set(&mut self, node: u32, value: &str) {
        let cut = value
            .chars()
            .take_while(|char| !char.is_control())
            .take(500);
        self.write(node, |text| text.extend(cut));
    }

    pub(crate) fn write(&mut self, node: u32, write: impl FnOnce(&mut String)) {
        if let Some(number) = self.texts.add(write) {
            if self.numbers.len() <= node as usize {
                self.numbers.resize(node as usize + 1, NO_TEXT);
            }
            self.numbers[node as usize] = number;
        }
    }

    /// The value of a node; empty if it has none.
    #[must_use]
    pub fn of(&self, node: u32) -> &str {
        self.texts
            .get(self.numbers.get(node as usize).copied().unwrap_or(NO_TEXT))
    }
}
