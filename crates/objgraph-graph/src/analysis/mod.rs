//! Questions about a graph, one a file.

mod chain;
mod components;
mod cycles;
mod dominators;
mod entries;
#[cfg(test)]
mod sample;
mod types;

pub use chain::{Chain, chain_from_roots, chain_to};
pub use components::{Components, components};
pub use cycles::{Cycle, cycles, shortest_cycle};
pub use dominators::{Dominators, dominators};
pub use types::{TypeStats, type_stats};
