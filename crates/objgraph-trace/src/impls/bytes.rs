//! `Bytes` and `BytesMut`: text-like, without edges.
//!
//! A `Bytes` is a view of memory that others may see too, and it tells nobody which: neither where the
//! memory begins nor how many views there are. So it counts as the owner of what it shows only while it is
//! the only one. Shared or static memory belongs to no object of the picture, rather than to several.

use crate::{Nesting, Repr, Trace, Tracer};
use bytes::{Bytes, BytesMut};

macro_rules! views {
    ($($type:ty: $size:expr;)+) => {$(
        impl Trace for $type {
            honest!();

            #[inline]
            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                let size: fn(&$type) -> (usize, usize) = $size;
                let (used, reserved) = size(self);
                tracer.buffer(used, reserved);
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                out.debug(self);
            }

            fn has_edges(_: Nesting) -> bool {
                false
            }
        }
    )+};
}

views! {
    Bytes: |bytes| if bytes.is_unique() { (bytes.len(), bytes.len()) } else { (0, 0) };
    // Halves that were split from one buffer share its memory but not their parts of it.
    BytesMut: |bytes| (bytes.len(), bytes.capacity());
}

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, owned, value};
    use super::*;

    #[test]
    fn only_what_nobody_else_sees_is_owned() {
        let bytes = Bytes::from(b"seven b".to_vec());
        assert_eq!(owned(&bytes), (7, 7));
        let slice = bytes.slice(2..4);
        assert_eq!((owned(&bytes), owned(&slice)), ((0, 0), (0, 0)));
        drop(bytes);
        assert_eq!(owned(&slice), (2, 2));
        assert_eq!(owned(&Bytes::from_static(b"static")), (0, 0));
    }

    #[test]
    fn each_half_of_a_buffer_owns_its_part() {
        let mut bytes = BytesMut::with_capacity(64);
        bytes.extend_from_slice(b"headbody");
        let (capacity, head) = (bytes.capacity(), bytes.split_to(4));
        assert_eq!(owned(&head).0 + owned(&bytes).0, 8);
        assert_eq!(owned(&head).1 + owned(&bytes).1, capacity);
    }

    #[test]
    fn bytes_are_shown_as_text_and_have_no_edges() {
        let bytes = vec![Bytes::from_static(b"a\n\xff")];
        assert_eq!(
            (value(&bytes[0]), labels(&bytes)),
            (r#"b"a\n\xff""#.into(), vec![])
        );
        assert!(!Bytes::is_leaf() && !Bytes::has_edges(Nesting::OUTERMOST));
    }
}
