//! DOT to a graph.

mod build;
mod error;
mod lex;
mod parse;
mod scopes;
#[cfg(test)]
mod tests;
mod text;

pub use error::ReadDotError;
pub use text::read_dot;
