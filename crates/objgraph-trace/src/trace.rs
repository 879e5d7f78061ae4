//! The trait that values implement, to say what they refer to.

use crate::{Repr, Tracer, TypeFacts};

/// A value that can say what it refers to.
///
/// Derive it. By hand, report every edge once and walk into none: the tracer does the walking, with
/// a worklist of its own, so that no list is too long for the stack.
///
/// Safe to implement: a wrong impl gives a wrong picture. Where an impl written by hand reports what lies behind a lock,
/// the lock is held until the trace is over; of derived impls it is released as soon as what it alone protects was visited.
/// Only who waits for that lock notices.
///
/// # Examples
///
/// ```
/// use objgraph_trace::{Trace, Tracer, trace};
/// use std::rc::Rc;
///
/// struct Pair { left: Rc<str>, right: Rc<str> }
///
/// impl Trace for Pair {
///     fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
///         tracer.field("left", &self.left);
///         tracer.field("right", &self.right);
///     }
/// }
///
/// let text: Rc<str> = "shared".into();
/// let records = trace(&Pair { left: text.clone(), right: text });
/// assert_eq!((records.n_nodes(), records.n_edges()), (2, 2));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not implement `Trace`, so objgraph cannot see what it holds",
    label = "this type does not say what it refers to",
    note = "if the type is yours, add `#[derive(Trace)]` to it",
    note = "if it is foreign, put one of these on the field: `#[trace(skip)]` to leave it out, `#[trace(opaque)]` to show that \
            nobody can look into it, `#[trace(leaf)]` if it holds no references, `#[trace(with = path)]` to say what it holds",
    note = "many crates' types are supported behind a feature of objgraph that is named like the crate"
)]
pub trait Trace {
    /// Reports every outgoing edge once; the tracer does the walking.
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>);

    /// Writes the one-line value for the label; follows no pointer.
    fn trace_repr(&self, out: &mut Repr<'_>) {
        let _ = out;
    }

    /// What is known of the type of this value, behind a `dyn` too.
    fn trace_type(&self) -> TypeFacts {
        TypeFacts::of::<Self>()
    }

    /// Reads a little of what the value points at, so that it lies in the cache when its turn comes.
    ///
    /// Called for some elements of a large container at once: their memory is then fetched together rather
    /// than one after the other. Only pointers have something to do here.
    #[doc(hidden)]
    #[inline]
    fn trace_ahead(&self, tracer: &mut Tracer<'_>) {
        let _ = tracer;
    }

    /// Writes the text by which values in hash order are sorted: for a pointer, that of what it points at.
    #[doc(hidden)]
    fn trace_order(&self, out: &mut Repr<'_>) {
        self.trace_repr(out);
    }

    /// Whether the impl is known to report nothing but what the value holds.
    #[doc(hidden)]
    #[inline]
    fn trace_honesty(&self) -> Honesty {
        Honesty::Unknown
    }

    /// Whether no value of this type holds an edge or heap bytes: makes `Vec<u8>` cost nothing.
    #[must_use]
    fn is_leaf() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Whether an element of this type in a heap container is drawn as an object of its own.
    ///
    /// True for derived types without `#[trace(transparent)]`; asked only where
    /// [`has_edges`](Self::has_edges) is true.
    #[must_use]
    fn is_node() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Whether a value of this type can hold an edge.
    ///
    /// Types that contain others ask them, one level [deeper](Nesting::deeper); where there is no deeper
    /// level the type is recursive, and the answer is yes.
    #[must_use]
    fn has_edges(nesting: Nesting) -> bool
    where
        Self: Sized,
    {
        let _ = nesting;
        !Self::is_leaf()
    }
}

/// How many types deep a question about a type has gone: ends the question for recursive types.
#[derive(Clone, Copy, Debug)]
pub struct Nesting(u8);

impl Nesting {
    /// The type that the question is about.
    pub const OUTERMOST: Self = Self(8);

    /// One type further in, or `None` where the answer is to be "yes".
    #[must_use]
    pub fn deeper(self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }
}

/// Whether an impl of [`Trace`] is known to be honest.
///
/// An honest impl reports parts of the value, what lies in it, and copies of that, but nothing that it has made around a
/// reference to the value. It hands the tracer to no other code that may report, unless it says so to the tracer. (A
/// `trace_ahead` may: its tracer is of another lifetime than the value.)
///
/// To claim this wrongly is unsound. It is for the derive, which must do without `unsafe`, and for this crate.
#[derive(Clone, Copy, Debug)]
pub enum Honesty {
    /// The impl was written by the derive, or is one of this crate.
    Known,
    /// The impl may be anybody's.
    Unknown,
}
