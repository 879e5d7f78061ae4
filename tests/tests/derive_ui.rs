//! What the compiler says to mistakes: all of them at once, each at its place.
//!
//! `TRYBUILD=overwrite cargo test -p objgraph-tests --test derive_ui` writes the messages anew.

#[test]
fn every_mistake_is_reported_at_its_place() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}
