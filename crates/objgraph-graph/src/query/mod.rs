//! The language that names objects: `type:Session and size>1kB`.
//!
//! `lex → parse → model → evaluate`: `lex` and `text` cut a text into parts, `term` and `number` read one condition into
//! a `condition`, `parse` joins conditions, `model` is the result, `print` writes it back. `program` settles in which order
//! conditions are asked, `evaluate` asks one object, `matcher` all objects of a graph. `unknown` and `nearest` help with
//! misspelt types.

mod condition;
mod error;
mod evaluate;
mod lex;
mod matcher;
mod model;
mod nearest;
mod number;
mod parse;
mod pattern;
mod print;
mod program;
mod term;
#[cfg(test)]
mod tests;
mod text;
mod unknown;

pub use error::QueryError;
pub use matcher::Matcher;
pub use model::Query;
pub use unknown::{NearType, UnknownType};
