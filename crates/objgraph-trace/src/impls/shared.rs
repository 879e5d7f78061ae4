//! Counted pointers: `Rc`, `Arc` and their weak sides.

use crate::{Address, Repr, SharedPointer, Trace, Tracer, TypeFacts, WeakPointer};
use std::rc::Rc;
use std::sync::Arc;

/// What `Weak::new()` points at: nothing, at the last address of all.
const DANGLING: Address = Address(usize::MAX);

macro_rules! counted {
    ($strong:ident, $weak:ty, only handle: $only:expr, atomic: $atomic:expr) => {
        // SAFETY: every clone refers to the one allocation, which stays where it is until the last is dropped.
        unsafe impl<T: Trace + ?Sized> SharedPointer for $strong<T> {
            type Target = T;

            #[inline]
            fn target(&self) -> &T {
                self
            }

            #[inline]
            fn allocation(&self) -> Address {
                Address::of($strong::as_ptr(self)).before_counters(align_of_val(&**self))
            }

            #[inline]
            fn counts(&self) -> (usize, usize) {
                ($strong::strong_count(self), $strong::weak_count(self))
            }

            #[inline]
            fn is_only_handle(counts: (usize, usize)) -> bool {
                counts == $only
            }

            #[inline]
            fn is_atomic() -> bool {
                $atomic
            }
        }

        impl<T: Trace + ?Sized> Trace for $strong<T> {
            honest!();

            #[inline]
            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                tracer.strong(self);
            }

            #[inline]
            fn trace_ahead(&self, tracer: &mut Tracer<'_>) {
                tracer.look_ahead(self);
            }

            fn trace_order(&self, out: &mut Repr<'_>) {
                (**self).trace_repr(out);
            }

            fn trace_type(&self) -> TypeFacts {
                TypeFacts::of::<Self>().pointer()
            }
        }

        impl<T: Trace + ?Sized> WeakPointer for $weak {
            type Strong = $strong<T>;

            fn upgrade(&self) -> Option<$strong<T>> {
                self.upgrade()
            }

            fn allocation(&self) -> Option<Address> {
                let address = Address::of(self.as_ptr());
                // The alignment of a value that is gone is not to be had; nothing else refers to it then.
                let align = self
                    .upgrade()
                    .map_or(align_of::<usize>(), |strong| align_of_val(&*strong));
                (address != DANGLING).then(|| address.before_counters(align))
            }

            fn counts(&self) -> (usize, usize) {
                (self.strong_count(), self.weak_count())
            }
        }

        impl<T: Trace + ?Sized> Trace for $weak {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                tracer.weak(self);
            }

            fn trace_type(&self) -> TypeFacts {
                TypeFacts::of::<Self>().pointer()
            }
        }
    };
}

counted!(Rc, std::rc::Weak<T>, only handle: (1, 0), atomic: false);
// No count of an `Arc` vouches for the next moment; a live one is never (0, 0).
counted!(Arc, std::sync::Weak<T>, only handle: (0, 0), atomic: true);
