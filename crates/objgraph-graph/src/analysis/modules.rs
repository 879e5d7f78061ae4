//! How many objects the types of each module have, and how many bytes they take.

use super::types::{StatsOptions, by_type, totals};
use crate::graph::ObjectGraph;
use crate::node::{Bytes, Node};
use std::collections::BTreeSet;

/// The objects of the types of one module.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModuleStats {
    /// The module or crate path; empty for types that have none.
    pub module: String,
    /// How many objects there are.
    pub count: usize,
    /// The bytes of the objects themselves, together.
    pub shallow: Bytes,
    /// The bytes in use of the buffers that belong to them alone, together.
    pub owned: Bytes,
    /// What they retain, together: an object that another of the module dominates does not count twice. `None` unless
    /// [asked for](StatsOptions::retained).
    pub retained: Option<Bytes>,
}

/// Counts those objects that match by the module of their type, in the order that the options say.
///
/// # Complexity
/// O(objects + types log types).
///
/// # Examples
///
/// ```
/// use objgraph_graph::{ObjectGraph, StatsOptions, module_stats};
///
/// let words = ["one", "two"].map(|word| Box::new(word.to_owned())).to_vec();
/// let graph = ObjectGraph::from(objgraph_trace::trace(&words));
/// let stats = module_stats(&graph, &StatsOptions::default(), |_| true);
/// assert_eq!((stats[0].module.as_str(), stats[0].count), ("alloc::string", 2));
/// assert_eq!((stats[1].module.as_str(), stats[1].count), ("alloc::vec", 1));
/// ```
#[must_use]
pub fn module_stats(
    graph: &ObjectGraph,
    options: &StatsOptions<'_>,
    matches: impl Fn(Node<'_>) -> bool,
) -> Vec<ModuleStats> {
    let names: BTreeSet<(&str, &str)> = graph
        .types
        .iter()
        .map(|known| (&*known.module, ""))
        .collect();
    let names: Vec<_> = names.into_iter().collect();
    let module_of = |module: &str| names.binary_search(&(module, "")).unwrap_or_default();
    let modules: Vec<usize> = graph
        .types
        .iter()
        .map(|known| module_of(&known.module))
        .collect();
    let totals = totals(
        graph,
        options,
        &names,
        by_type(graph, matches, |type_index| modules[type_index]),
    );
    let stats = totals.into_iter().map(|(module, totals)| ModuleStats {
        module: names[module].0.to_owned(),
        count: totals.count,
        shallow: totals.shallow,
        owned: totals.owned,
        retained: totals.retained,
    });
    stats.collect()
}

#[cfg(test)]
mod tests {
    use super::{StatsOptions, module_stats};
    use crate::analysis::dominators::dominators;
    use crate::analysis::random::kinds::random_graph;
    use crate::analysis::types::type_stats;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_module_is_the_sum_of_its_types(graph in random_graph()) {
            for stats in module_stats(&graph, &StatsOptions::default(), |_| true) {
                let types = type_stats(&graph).into_iter().filter(|known| known.module == stats.module);
                let sum = types.fold((0, 0, 0), |sum, known| {
                    (sum.0 + known.count, sum.1 + known.shallow.0, sum.2 + known.owned.0)
                });
                prop_assert_eq!((stats.count, stats.shallow.0, stats.owned.0), sum);
                prop_assert_eq!(stats.retained, None);
            }
        }

        #[test]
        fn a_module_that_has_all_objects_retains_all_that_is_reachable(graph in random_graph()) {
            let dominators = dominators(&graph);
            let options = StatsOptions::default().retained(&dominators);
            let stats = module_stats(&graph, &options, |_| true);
            let all = stats.iter().map(|stats| stats.retained.unwrap());
            prop_assert!(all.clone().all(|retained| retained <= dominators.total()));
            prop_assert!(stats.len() > 1 || all.eq([dominators.total()]));
        }
    }
}
