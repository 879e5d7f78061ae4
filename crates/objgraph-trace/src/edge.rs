//! How one object holds another.

/// How a referrer holds its referent.
///
/// Closed on purpose: the five kinds are all the ways in which Rust refers to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum EdgeKind {
    /// The referrer is the only owner: `Box`, or a field that is a node of its own.
    Owned,
    /// One of several owners: `Rc`, `Arc`.
    Strong,
    /// Does not keep the referent alive: `rc::Weak`, `sync::Weak`.
    Weak,
    /// A reference with a lifetime: `&T`, `&mut T`.
    Borrowed,
    /// An address that nothing vouches for: `*const T`, `*mut T`, `NonNull<T>`.
    Raw,
}

impl EdgeKind {
    /// Every kind, in the order of the legend.
    pub const ALL: [Self; 5] = [
        Self::Owned,
        Self::Strong,
        Self::Weak,
        Self::Borrowed,
        Self::Raw,
    ];

    /// Whether the edge keeps its referent alive, so that it can be part of a leaked cycle.
    #[must_use]
    pub fn keeps_alive(self) -> bool {
        matches!(self, Self::Owned | Self::Strong)
    }

    /// The kind in one lower-case word.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Owned => "owned",
            Self::Strong => "strong",
            Self::Weak => "weak",
            Self::Borrowed => "borrowed",
            Self::Raw => "raw",
        }
    }
}
