//! Questions about a graph, one a file.

mod breadth;
mod chain;
mod chain_shapes;
mod components;
mod condensation;
mod containers;
mod cut;
mod cycle_options;
mod cycles;
mod diff;
mod dominators;
mod duplicates;
mod entries;
mod enumerate;
mod fields;
mod follow;
mod growth;
mod inside;
mod items;
mod modules;
mod points_back;
#[cfg(test)]
mod random;
mod reach;
#[cfg(test)]
mod sample;
mod short_cycles;
mod steps;
mod tails;
mod tally;
mod totals;
mod types;
mod unreachable;
mod weaken;

pub use chain::{Chain, chain_between, chain_from_roots, chain_to};
pub use chain_shapes::{ChainOptions, Chains, chains_from_roots, find_chains};
pub use components::{ComponentId, Components, components};
pub use condensation::{Condensation, condensation, key_cycles};
pub use containers::{Container, ContainerSizes, container_sizes, containers};
pub use cut::{Freed, References, freed_by_cutting, freed_without};
pub use cycle_options::CycleOptions;
pub use cycles::{Cycle, cycles, shortest_cycle};
pub use diff::{Amount, Change, Diff, Grown, Identity, ObjectDiff, ShapeDiff, TypeDiff, diff};
pub use dominators::{Dominators, dominators};
pub use duplicates::{DuplicateGroup, Duplicates, duplicates};
pub use growth::{GrowthSeries, TypeGrowth};
pub use modules::{ModuleStats, module_stats};
pub use short_cycles::{CycleShape, ShortCycles, short_cycles};
pub use steps::Step;
pub use totals::{StatsOptions, StatsOrder};
pub use types::{TypeStats, type_stats, type_stats_with};
pub use unreachable::{leaking, unreachable};
pub use weaken::{EdgeToWeaken, WeakenOptions, Weakening, edges_to_weaken};
