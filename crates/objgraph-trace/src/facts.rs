//! What is known of a type without looking at one of its values.

use std::any::type_name;
use std::marker::PhantomData;

/// What a type says about itself: its name, and how its values are to be drawn.
///
/// Two types with equal facts are one type in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeFacts {
    name: &'static str,
    renamed: bool,
    has_drop_impl: bool,
    opaque: bool,
    leaf: bool,
    pointer: bool,
    edgeless: bool,
}

impl TypeFacts {
    /// The facts that hold for every type: its full path, and nothing special.
    #[must_use]
    pub fn of<T: ?Sized>() -> Self {
        Self {
            name: type_name::<T>(),
            renamed: false,
            has_drop_impl: false,
            opaque: false,
            leaf: false,
            pointer: false,
            edgeless: false,
        }
    }

    /// Shows the type under another name.
    #[must_use]
    pub fn renamed(mut self, name: &'static str) -> Self {
        self.name = name;
        self.renamed = true;
        self
    }

    /// Says whether the type itself implements `Drop`.
    #[must_use]
    pub fn with_drop_impl(mut self, has_drop_impl: bool) -> Self {
        self.has_drop_impl = has_drop_impl;
        self
    }

    /// Says that values of the type may hold references that nobody can see: closures, foreign types.
    #[must_use]
    pub fn opaque(mut self) -> Self {
        self.opaque = true;
        self
    }

    /// Says whether no value of the type holds an edge or heap bytes.
    #[must_use]
    pub fn leaf(mut self, leaf: bool) -> Self {
        self.leaf = leaf;
        self
    }

    /// Says whether a value of the type can hold an edge; values that cannot are visited where they are found.
    #[must_use]
    pub fn edges(mut self, has_edges: bool) -> Self {
        self.edgeless = !has_edges;
        self
    }

    /// Says that a value of the type stands for what it points at: a root `Rc<T>` is drawn as its `T`.
    #[must_use]
    pub fn pointer(mut self) -> Self {
        self.pointer = true;
        self
    }

    /// The full path of the type, or the name that it was given.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether both were made from one place in the code: cheaper than comparing names.
    #[inline]
    pub(crate) fn is_same_place(&self, other: &Self) -> bool {
        std::ptr::eq(self.name, other.name) && self.signs() == other.signs()
    }

    #[inline]
    fn signs(&self) -> [bool; 6] {
        [self.renamed, self.has_drop_impl, self.opaque, self.leaf, self.pointer, self.edgeless]
    }

    /// Whether [`name`](Self::name) was chosen by the type's author.
    #[must_use]
    pub fn is_renamed(&self) -> bool {
        self.renamed
    }

    /// Whether the type itself implements `Drop`.
    #[must_use]
    pub fn has_drop_impl(&self) -> bool {
        self.has_drop_impl
    }

    /// Whether values of the type cannot be looked into.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.opaque
    }

    /// Whether values of the type hold neither an edge nor heap bytes.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        self.leaf
    }

    /// Whether a value of the type can hold an edge.
    #[must_use]
    pub fn has_edges(&self) -> bool {
        !(self.edgeless || self.leaf)
    }

    /// Whether a value of the type stands for what it points at.
    #[must_use]
    pub fn is_pointer(&self) -> bool {
        self.pointer
    }
}

/// Tells whether a type implements `Drop`; used by the derive.
///
/// The inherent method wins over the trait's where its bound holds, which the compiler decides for
/// the type at hand: no specialisation is needed.
pub struct DropProbe<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized> DropProbe<T> {
    /// A probe for `T`.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "only the derive makes one")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

#[expect(drop_bounds, reason = "the question is exactly whether this impl exists")]
impl<T: Drop + ?Sized> DropProbe<T> {
    /// `true`: the type implements `Drop`.
    #[must_use]
    pub fn has_drop_impl(&self) -> bool {
        true
    }
}

/// The answer of a [`DropProbe`] for types without a `Drop` impl.
pub trait NoDropImpl {
    /// `false`: the type does not implement `Drop`.
    #[must_use]
    fn has_drop_impl(&self) -> bool {
        false
    }
}

impl<T: ?Sized> NoDropImpl for DropProbe<T> {}
