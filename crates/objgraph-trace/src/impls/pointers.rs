//! Pointers with one owner or none: `Box`, references, raw addresses.

use crate::target::unpinned;
use crate::{Repr, Trace, Tracer, TypeFacts};
use std::borrow::Cow;
use std::pin::Pin;
use std::ptr::NonNull;
use std::rc::Rc;
use std::sync::Arc;

impl<T: Trace + ?Sized> Trace for Box<T> {
    honest!();

    #[inline]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.owned(&**self);
    }

    fn trace_order(&self, out: &mut Repr<'_>) {
        (**self).trace_repr(out);
    }

    fn trace_type(&self) -> TypeFacts {
        TypeFacts::of::<Self>().pointer()
    }
}

impl<T: Trace + ?Sized> Trace for &T {
    honest!();

    #[inline]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        if !is_text(*self) {
            tracer.borrowed(*self);
        }
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        repr_of_plain(*self, out);
    }

    fn trace_order(&self, out: &mut Repr<'_>) {
        (**self).trace_repr(out);
    }

    fn trace_type(&self) -> TypeFacts {
        TypeFacts::of::<Self>().pointer()
    }
}

impl<T: Trace + ?Sized> Trace for &mut T {
    honest!();

    #[inline]
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        if !is_text(&**self) {
            tracer.borrowed(&**self);
        }
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        repr_of_plain(&**self, out);
    }

    fn trace_type(&self) -> TypeFacts {
        TypeFacts::of::<Self>().pointer()
    }
}

/// Whether a reference is to text or plain bytes, which are shown where they are used: nobody wants an
/// arrow to each `&'static str`.
#[inline]
fn is_text<T: Trace + ?Sized>(value: &T) -> bool {
    size_of::<&T>() > size_of::<usize>() && value.trace_type().is_leaf()
}

/// Shows a value that has no references of its own at the place of the reference to it.
fn repr_of_plain<T: Trace + ?Sized>(value: &T, out: &mut Repr<'_>) {
    if value.trace_type().is_leaf() {
        value.trace_repr(out);
    }
}

macro_rules! raw_pointers {
    ($($type:ty),+) => {$(
        impl<T: ?Sized> Trace for $type {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                let pointer = *self;
                tracer.raw::<T>(pointer.cast_const());
            }
        }
    )+};
}

raw_pointers!(*const T, *mut T);

/// `cast_const` for the pointers that are const already, so that one macro serves both.
trait CastConst<T: ?Sized> {
    fn cast_const(self) -> *const T;
}

impl<T: ?Sized> CastConst<T> for *const T {
    fn cast_const(self) -> *const T {
        self
    }
}

impl<T: ?Sized> Trace for NonNull<T> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.raw::<T>(self.as_ptr().cast_const());
    }
}

impl<B: Trace + ToOwned<Owned: Trace> + ?Sized> Trace for Cow<'_, B> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        match self {
            Self::Borrowed(value) => tracer.ask(value),
            Self::Owned(value) => tracer.ask(value),
        }
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        match self {
            Self::Borrowed(value) => value.trace_repr(out),
            Self::Owned(value) => value.trace_repr(out),
        }
    }
}

macro_rules! pinned {
    ($($type:ty),+) => {$(
        impl<T: Trace + ?Sized> Trace for Pin<$type> {
            honest!();

            #[inline]
            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                tracer.ask(unpinned(self));
            }

            fn trace_type(&self) -> TypeFacts {
                TypeFacts::of::<Self>().pointer()
            }
        }
    )+};
}

pinned!(Box<T>, Rc<T>, Arc<T>, &T, &mut T);
