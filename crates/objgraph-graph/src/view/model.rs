//! What is shown: a small list of labelled boxes and arrows, with every decision already taken.

use objgraph_trace::EdgeKind;

/// A picture before it has coordinates: boxes, arrows, and sentences on what was left out.
///
/// Everything in it is settled: labels are cut to length, what is folded is folded, and the order is
/// the order of drawing. A renderer only walks it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The headline of the picture.
    pub title: Option<String>,
    /// The boxes, in visiting order.
    pub nodes: Vec<ViewNode>,
    /// The arrows, in the order of their sources and, within one, of the fields.
    pub edges: Vec<ViewEdge>,
    /// The frames around boxes that belong together, in the order of their first boxes; no box is in two of them.
    pub frames: Vec<ViewFrame>,
    /// What the picture leaves out, a sentence each.
    pub notes: Vec<String>,
    /// Whether the picture carries a legend of the roles and arrows that occur in it.
    pub legend: bool,
}

/// A box of a [`View`].
#[derive(Clone, Debug, PartialEq)]
pub struct ViewNode {
    /// Unique in the view and made of letters, digits and `_`, so that it serves as an id everywhere.
    pub key: String,
    /// What the box stands for.
    pub shape: Shape,
    /// The label, from top to bottom; at least one line, none of them with a line break.
    pub lines: Vec<Line>,
    /// The long form for hovering: full type path, sizes and counts; may have line breaks.
    pub tooltip: String,
    /// What is special about the object.
    pub roles: Roles,
    /// Distance from the nearest root in percent of the deepest box: 0 at the roots.
    pub depth_percent: u8,
    /// Attributes that the caller adds; DOT writes them as they are, SVG writes `URL`, `class` and `tooltip`.
    pub attributes: Vec<(String, String)>,
}

/// What a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One object.
    Object,
    /// Several objects that were not drawn: "12 more references".
    Folded,
}

/// One line of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The text, unescaped.
    pub text: String,
    /// How prominent it is.
    pub tone: Tone,
}

/// How prominent a line of a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The type's name: bold.
    Name,
    /// The value: lighter than the name.
    Value,
    /// Sizes, counts and states: small.
    Detail,
}

/// An arrow of a [`View`], from a referrer to its referent.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewEdge {
    /// Position of the referrer in [`View::nodes`].
    pub source: usize,
    /// Position of the referent in [`View::nodes`].
    pub target: usize,
    /// How the referrer holds the referent.
    pub kind: ArrowKind,
    /// The path of the field that holds the reference: `.children[3]`; may be empty.
    pub label: String,
    /// The long form for hovering; may have line breaks.
    pub tooltip: String,
    /// Whether the arrow lies on a cycle of strong references: drawn in red.
    pub in_cycle: bool,
    /// Whether this is the reference to turn into a `Weak`: drawn to stand out.
    pub to_weaken: bool,
}

/// What an arrow stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrowKind {
    /// A reference that one object holds.
    Reference(EdgeKind),
    /// The way to a [`Shape::Folded`] box.
    More,
}

/// A frame of a [`View`]: boxes that are drawn together, under a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewFrame {
    /// Unique in the view, among its boxes too, and made of letters, digits and `_`.
    pub key: String,
    /// What the boxes have in common.
    pub kind: FrameKind,
    /// Its name, in one line and cut to length: `app::widgets`.
    pub title: String,
    /// The long form for hovering; may have line breaks.
    pub tooltip: String,
    /// Positions in [`View::nodes`] of the boxes inside, in ascending order; at least one.
    pub nodes: Vec<usize>,
}

/// What the boxes of a [`ViewFrame`] have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FrameKind {
    /// They keep each other alive: drawn in the colour of cycles, and dashed.
    Component,
    /// Their type.
    Type,
    /// The module that defines their types.
    Module,
    /// The crate that defines their types.
    Crate,
}

impl FrameKind {
    /// Every kind, in the order of the legend.
    pub const ALL: [Self; 4] = [Self::Component, Self::Type, Self::Module, Self::Crate];

    /// The kind in the words of the legend.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Component => "keep each other alive",
            Self::Type => "of one type",
            Self::Module => "types of one module",
            Self::Crate => "types of one crate",
        }
    }

    /// The kind as a CSS class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Type => "type",
            Self::Module => "module",
            Self::Crate => "crate",
        }
    }
}

/// Something special about an object, that the picture shows by colour and by a second sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Role {
    /// What the graph was found from, or where the search along references began.
    Root,
    /// Where the search against the references began, or where a chain ends.
    Target,
    /// Chosen by the caller.
    Highlighted,
    /// On a cycle of strong references.
    InCycle,
    /// Could not be read now: mutably borrowed, locked, poisoned or uninitialised.
    Busy,
    /// Cannot be looked into: a closure, a foreign type, a raw address.
    Opaque,
    /// Its type implements `Drop`.
    HasDrop,
    /// Dropped already: only weak handles are left.
    Dropped,
}

impl Role {
    /// Every role, in the order of the legend.
    pub const ALL: [Self; 8] = [
        Self::Root,
        Self::Target,
        Self::Highlighted,
        Self::InCycle,
        Self::Busy,
        Self::Opaque,
        Self::HasDrop,
        Self::Dropped,
    ];

    /// The role in the words of the legend.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Target => "target",
            Self::Highlighted => "highlighted",
            Self::InCycle => "in a cycle",
            Self::Busy => "busy",
            Self::Opaque => "opaque",
            Self::HasDrop => "has a Drop impl",
            Self::Dropped => "dropped",
        }
    }

    /// The role as a CSS class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Target => "target",
            Self::Highlighted => "highlighted",
            Self::InCycle => "cycle",
            Self::Busy => "busy",
            Self::Opaque => "opaque",
            Self::HasDrop => "drop",
            Self::Dropped => "dropped",
        }
    }
}

/// A set of [`Role`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u8);

impl Roles {
    /// Adds a role.
    pub fn insert(&mut self, role: Role) {
        self.0 |= 1 << role as u8;
    }

    /// Whether the role is in the set.
    #[must_use]
    pub fn contains(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// The roles of the set, in the order of the legend.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL
            .into_iter()
            .filter(move |role| self.contains(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        let mut set = Self::default();
        roles.into_iter().for_each(|role| set.insert(role));
        set
    }
}
