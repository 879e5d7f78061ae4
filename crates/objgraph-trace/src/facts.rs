//! What is known of a type without looking at one of its values.

use std::any::type_name;
use std::fmt;
use std::marker::PhantomData;

/// What a type says about itself: its name, and how its values are to be drawn.
///
/// Two types with equal facts are one type in the picture.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TypeFacts {
    name: &'static str,
    /// A set of the constants below.
    signs: u8,
}

const RENAMED: u8 = 1;
const HAS_DROP_IMPL: u8 = 2;
const OPAQUE: u8 = 4;
const LEAF: u8 = 8;
const POINTER: u8 = 16;
const EDGELESS: u8 = 32;

impl TypeFacts {
    /// The facts that hold for every type: its full path, and nothing special.
    #[must_use]
    #[inline]
    pub fn of<T: ?Sized>() -> Self {
        Self {
            name: type_name::<T>(),
            signs: 0,
        }
    }

    #[inline]
    fn with(mut self, sign: u8, present: bool) -> Self {
        self.signs = if present {
            self.signs | sign
        } else {
            self.signs & !sign
        };
        self
    }

    /// Shows the type under another name.
    #[must_use]
    pub fn renamed(mut self, name: &'static str) -> Self {
        self.name = name;
        self.with(RENAMED, true)
    }

    /// Says whether the type itself implements `Drop`.
    #[must_use]
    #[inline]
    pub fn with_drop_impl(self, has_drop_impl: bool) -> Self {
        self.with(HAS_DROP_IMPL, has_drop_impl)
    }

    /// Says that values of the type may hold references that nobody can see: closures, foreign types.
    #[must_use]
    #[inline]
    pub fn opaque(self) -> Self {
        self.with(OPAQUE, true)
    }

    /// Says whether no value of the type holds an edge or heap bytes.
    #[must_use]
    #[inline]
    pub fn leaf(self, leaf: bool) -> Self {
        self.with(LEAF, leaf)
    }

    /// Says whether a value of the type can hold an edge; values that cannot are visited where they are found.
    #[must_use]
    #[inline]
    pub fn edges(self, has_edges: bool) -> Self {
        self.with(EDGELESS, !has_edges)
    }

    /// Says that a value of the type stands for what it points at: a root `Rc<T>` is drawn as its `T`.
    #[must_use]
    #[inline]
    pub fn pointer(self) -> Self {
        self.with(POINTER, true)
    }

    /// The full path of the type, or the name that it was given.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether both were made from one place in the code: cheaper than comparing names.
    #[inline]
    pub(crate) fn is_same_place(&self, other: &Self) -> bool {
        std::ptr::eq(self.name, other.name) && self.signs == other.signs
    }

    /// Whether [`name`](Self::name) was chosen by the type's author.
    #[must_use]
    pub fn is_renamed(&self) -> bool {
        self.signs & RENAMED != 0
    }

    /// Whether the type itself implements `Drop`.
    #[must_use]
    pub fn has_drop_impl(&self) -> bool {
        self.signs & HAS_DROP_IMPL != 0
    }

    /// Whether values of the type cannot be looked into.
    #[must_use]
    #[inline]
    pub fn is_opaque(&self) -> bool {
        self.signs & OPAQUE != 0
    }

    /// Whether values of the type hold neither an edge nor heap bytes.
    #[must_use]
    #[inline]
    pub fn is_leaf(&self) -> bool {
        self.signs & LEAF != 0
    }

    /// Whether a value of the type can hold an edge.
    #[must_use]
    #[inline]
    pub fn has_edges(&self) -> bool {
        self.signs & (LEAF | EDGELESS) == 0
    }

    /// Whether a value of the type stands for what it points at.
    #[must_use]
    pub fn is_pointer(&self) -> bool {
        self.signs & POINTER != 0
    }
}

impl fmt::Debug for TypeFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TypeFacts")
            .field("name", &self.name)
            .field("has_drop_impl", &self.has_drop_impl())
            .field("is_opaque", &self.is_opaque())
            .field("is_leaf", &self.is_leaf())
            .field("has_edges", &self.has_edges())
            .finish_non_exhaustive()
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

#[expect(
    drop_bounds,
    reason = "the question is exactly whether this impl exists"
)]
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
