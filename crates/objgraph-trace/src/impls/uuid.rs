//! `Uuid`: a value that ends every path, shown with its hyphens.

use super::leaves;
use uuid::fmt::{Braced, Hyphenated, Simple, Urn};
use uuid::{NonNilUuid, Uuid};

leaves!(display: Uuid, NonNilUuid, Braced, Hyphenated, Simple, Urn);

#[cfg(test)]
mod tests {
    use super::super::observe::value;
    use super::*;
    use crate::Trace;

    #[test]
    fn ids_are_leaves_with_their_text() {
        let id = Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(value(&id), "01234567-89ab-cdef-0123-456789abcdef");
        assert_eq!(value(&id.simple()), "0123456789abcdef0123456789abcdef");
        assert_eq!(
            value(&vec![Uuid::nil()]),
            "[00000000-0000-0000-0000-000000000000]"
        );
        assert!(Uuid::is_leaf());
    }
}
