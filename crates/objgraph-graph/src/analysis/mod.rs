//! Questions about a graph, one a file; what one of them needs for itself is in its folder, what several share in `walk`.

mod chain;
mod chain_shapes;
mod components;
mod condensation;
mod containers;
mod cut;
mod cycles;
mod diff;
mod dominators;
mod duplicates;
mod growth;
mod kept;
mod leaks;
mod modules;
#[cfg(test)]
mod random;
mod short_cycles;
mod types;
mod unreachable;
mod walk;
mod weaken;

pub use chain::{Chain, chain_between, chain_from_roots, chain_to};
pub use chain_shapes::{ChainOptions, Chains, chains_from_roots, find_chains};
pub use components::{ComponentId, Components, components};
pub use condensation::{Condensation, condensation, key_cycles};
pub use containers::{Container, ContainerSizes, container_sizes, containers};
pub use cut::{Freed, References, freed_by_cutting, freed_without};
pub use cycles::{Cycle, cycles, shortest_cycle};
pub use diff::{Amount, Change, Diff, Grown, Identity, ObjectDiff, ShapeDiff, TypeDiff, diff};
pub use dominators::{Dominators, dominators};
pub use duplicates::{DuplicateGroup, Duplicates, duplicates};
pub use growth::{GrowthSeries, TypeGrowth};
pub use kept::kept_bytes;
pub use leaks::{
    Doubt, LeakKind, Leaks, LeaksOptions, Withheld, freed_by_counting, leaks, unexplained,
};
pub use modules::{ModuleStats, module_stats};
pub use short_cycles::{CycleOptions, CycleShape, ShortCycles, short_cycles};
pub use types::{StatsOptions, StatsOrder, TypeStats, type_stats, type_stats_with};
pub use unreachable::{leaking, unreachable};
pub use walk::Step;
pub use weaken::{EdgeToWeaken, Reason, WeakenOptions, Weakening, edges_to_weaken};
