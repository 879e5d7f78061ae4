//! Counted pointers of `triomphe`, which have no weak side.

use crate::{Address, Repr, SharedPointer, Trace, Tracer, TypeFacts};
use triomphe::{Arc, ArcBorrow, HeaderSlice, HeaderWithLength, OffsetArc, ThinArc, UniqueArc};

/// Pointers with the way to the start of their allocation, which triomphe gives: its one counter lies there.
macro_rules! counted {
    ($([$($generics:tt)*] $type:ty => $target:ty: $heap:expr, $count:path;)+) => {$(
        // SAFETY: every clone refers to the one allocation, which stays where it is until the last is dropped.
        unsafe impl<$($generics)*> SharedPointer for $type {
            type Target = $target;

            #[inline]
            fn target(&self) -> &$target {
                self
            }

            #[inline]
            fn allocation(&self) -> Address {
                let heap: fn(&Self) -> *const std::ffi::c_void = $heap;
                Address::of(heap(self))
            }

            #[inline]
            fn counts(&self) -> (usize, usize) {
                ($count(self), 0)
            }
        }

        impl<$($generics)*> Trace for $type {
            honest!();

            #[inline]
            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                tracer.strong(self);
            }

            fn trace_type(&self) -> TypeFacts {
                TypeFacts::of::<Self>().pointer()
            }
        }
    )+};
}

counted! {
    [T: Trace + ?Sized] Arc<T> => T: Arc::heap_ptr, Arc::strong_count;
    [T: Trace + ?Sized] OffsetArc<T> => T: |pointer| pointer.with_arc(Arc::heap_ptr), OffsetArc::strong_count;
    [H: Trace, T: Trace] ThinArc<H, T> => HeaderSlice<HeaderWithLength<H>, [T]>:
        ThinArc::heap_ptr, ThinArc::strong_count;
}

/// An `Arc` that nobody else has yet: a `Box`.
impl<T: Trace + ?Sized> Trace for UniqueArc<T> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.owned(&**self);
    }

    fn trace_type(&self) -> TypeFacts {
        TypeFacts::of::<Self>().pointer()
    }
}

impl<T: Trace + ?Sized> Trace for ArcBorrow<'_, T> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.borrowed(self.get());
    }

    fn trace_type(&self) -> TypeFacts {
        TypeFacts::of::<Self>().pointer()
    }
}

impl<H: Trace, T: Trace + ?Sized> Trace for HeaderSlice<H, T> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.field("header", &self.header);
        tracer.unsized_field("slice", &self.slice);
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        out.record(|out| {
            out.field("header", &self.header);
            out.field("slice", &self.slice);
        });
    }

    fn trace_type(&self) -> TypeFacts {
        TypeFacts::of::<Self>().leaf(H::is_leaf() && self.slice.trace_type().is_leaf())
    }
}

/// The header of a `ThinArc`; the length is that of the slice beside it.
impl<H: Trace> Trace for HeaderWithLength<H> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.ask(&self.header);
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        self.header.trace_repr(out);
    }

    fn is_leaf() -> bool {
        H::is_leaf()
    }

    fn has_edges(nesting: crate::Nesting) -> bool {
        H::has_edges(nesting)
    }
}

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, node, value};
    use super::*;
    use crate::{EdgeKind, NodeFlags, trace};

    /// Aligned more strictly than the counter before it.
    #[derive(Clone)]
    #[repr(align(64))]
    struct Aligned(Arc<i32>);

    impl Trace for Aligned {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            tracer.field("0", &self.0);
        }
    }

    #[test]
    fn clones_are_one_node_with_its_count() {
        let shared = Arc::new(7);
        let held = vec![shared.clone(), shared.clone()];
        let records = trace(&held);
        assert_eq!((records.n_nodes(), records.n_edges()), (2, 2));
        assert_eq!((records.nodes[1].strong, records.nodes[1].weak), (3, 0));
        assert!(records.nodes[1].flags.contains(NodeFlags::SHARED));
        assert_eq!(records.edges[0].kind(), EdgeKind::Strong);
        assert_eq!(Arc::strong_count(&shared), 3);
    }

    #[test]
    fn an_allocation_begins_at_its_counter() {
        let (small, aligned, unit) = (Arc::new(7_u8), Arc::new(Aligned(Arc::new(1))), Arc::new(()));
        assert_eq!(
            small.allocation().0,
            Arc::as_ptr(&small).addr() - size_of::<usize>()
        );
        assert_eq!(aligned.allocation().0, Arc::as_ptr(&aligned).addr() - 64);
        assert_eq!(
            unit.allocation().0,
            Arc::as_ptr(&unit).addr() - size_of::<usize>()
        );
        let units = vec![unit.clone(), Arc::new(()), unit];
        assert_eq!(
            trace(&units).n_nodes(),
            3,
            "two allocations of nothing are two objects"
        );
    }

    #[test]
    fn unsized_values_are_followed() {
        let slice: Arc<[Box<i32>]> = Arc::from(vec![Box::new(1), Box::new(2)]);
        assert_eq!(labels(&slice), ["[0]", "[1]"]);
        let text: Arc<str> = Arc::from("abc");
        assert_eq!(
            (value(&text), node(&text, 0).shallow),
            ("\"abc\"".into(), 3)
        );
    }

    #[test]
    fn a_thin_pointer_has_a_header_and_a_slice() {
        let thin =
            ThinArc::from_header_and_iter(Arc::new(1), [Arc::new(2), Arc::new(3)].into_iter());
        assert_eq!(labels(&thin), [".header", ".slice[0]", ".slice[1]"]);
        let both = (thin.clone(), Arc::from_thin(thin));
        assert_eq!(
            trace(&both).n_edges(),
            2 + 3,
            "a thin and a fat pointer to one allocation"
        );
        let plain = ThinArc::from_header_and_slice(7, &[1, 2]);
        assert_eq!(
            (value(&plain), node(&plain, 0).strong),
            ("header: 7, slice: [1, 2]".into(), 1)
        );
    }

    #[test]
    fn pointers_of_both_kinds_to_one_value_agree() {
        let arc = Arc::new(Aligned(Arc::new(1)));
        let both = (arc.clone(), Arc::into_raw_offset(arc));
        assert_eq!((trace(&both).n_nodes(), node(&both, 1).strong), (3, 2));
        let borrowed = (both.0.clone(), both.0.borrow_arc());
        let records = trace(&borrowed);
        assert_eq!(
            (records.n_nodes(), records.edges[1].kind()),
            (3, EdgeKind::Borrowed)
        );
        assert_eq!(records.edges[0].target, records.edges[1].target);
    }

    #[test]
    fn a_unique_pointer_owns() {
        let records = trace(&(1, UniqueArc::new(7)));
        assert_eq!(
            (records.n_nodes(), records.edges[0].kind()),
            (2, EdgeKind::Owned)
        );
    }
}
