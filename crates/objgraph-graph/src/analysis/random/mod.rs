//! Random graphs for the tests of analyses: of few fields, for cycles and chains, and of all kinds of references.

pub(crate) mod fields;
pub(crate) mod kinds;
