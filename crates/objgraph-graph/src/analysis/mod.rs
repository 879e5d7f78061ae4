//! Questions about a graph, one a file.

mod breadth;
mod chain;
mod components;
mod condensation;
mod cycles;
mod dominators;
mod entries;
mod follow;
#[cfg(test)]
mod sample;
mod types;

pub use chain::{Chain, chain_from_roots, chain_to};
pub use components::{ComponentId, Components, components};
pub use condensation::{Condensation, condensation, key_cycles};
pub use cycles::{Cycle, cycles, shortest_cycle};
pub use dominators::{Dominators, dominators};
pub use types::{TypeStats, type_stats};
