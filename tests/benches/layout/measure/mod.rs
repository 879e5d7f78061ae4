//! Measures a drawing by its geometry alone, so that every engine is measured alike.

mod bends;
mod clashes;
mod crossings;
mod drawing;
mod flat;
mod grid;

pub(crate) use bends::n_bends;
pub(crate) use clashes::{n_overlaps, n_overlaps_between, n_through};
pub(crate) use crossings::n_crossings;
pub(crate) use drawing::Drawing;
pub(crate) use flat::length;
