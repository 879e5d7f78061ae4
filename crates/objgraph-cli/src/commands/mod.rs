//! The commands, one a file: its arguments, its answer as JSON, its answer as text.

mod chain;
mod completions;
mod convert;
mod cycles;
mod diff;
mod growth;
mod leaks;
mod neighbours;
mod python;
mod render;
mod retained;
mod show;
mod summary;
mod types;
mod waste;
mod why;

pub(crate) use chain::Chain;
pub(crate) use completions::{Completions, Manual};
pub(crate) use convert::Convert;
pub(crate) use cycles::Cycles;
pub(crate) use diff::Diff;
pub(crate) use growth::Growth;
pub(crate) use leaks::Leaks;
pub(crate) use neighbours::Neighbours;
pub(crate) use python::Python;
pub(crate) use render::Render;
pub(crate) use retained::Retained;
pub(crate) use show::Show;
pub(crate) use summary::Summary;
pub(crate) use types::Types;
pub(crate) use waste::Waste;
pub(crate) use why::Why;
