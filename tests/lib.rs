//! What the tests that cross a crate border share.
