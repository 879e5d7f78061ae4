//! Which types keep growing over a series of graphs.

use super::types::type_stats;
use crate::graph::ObjectGraph;
use crate::node::Bytes;
use std::collections::BTreeMap;

/// How many objects of each type there were in each of several graphs, which may be dropped once they were added.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, GrowthSeries, NewNode};
///
/// let mut series = GrowthSeries::default();
/// for n_sessions in [1, 3, 5] {
///     let mut builder = GraphBuilder::default();
///     builder.add_node(NewNode::new("App"));
///     for _ in 0..n_sessions {
///         builder.add_node(NewNode::new("Session"));
///     }
///     series.push(&builder.finish());
/// }
/// let rising = series.rising();
/// assert_eq!((rising.len(), rising[0].type_name.as_str()), (1, "Session"));
/// assert_eq!((&rising[0].counts[..], rising[0].slope), (&[1, 3, 5][..], 2.0));
/// ```
#[derive(Clone, Debug, Default)]
pub struct GrowthSeries {
    n_graphs: usize,
    /// By the full path; counts and bytes are as long as there were graphs up to the last that had the type.
    types: BTreeMap<String, TypeGrowth>,
}

/// One type in a series of graphs.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TypeGrowth {
    /// The type's name without module paths.
    pub type_name: String,
    /// The type's full path.
    pub type_path: String,
    /// How many objects there were in each graph.
    pub counts: Vec<usize>,
    /// The shallow and owned bytes of the objects of each graph, together.
    pub bytes: Vec<Bytes>,
    /// How many objects more there are with each graph: the slope of the straight line that fits the counts best.
    pub slope: f64,
}

impl GrowthSeries {
    /// Adds the next graph.
    ///
    /// # Complexity
    /// O(objects + types log types).
    pub fn push(&mut self, graph: &ObjectGraph) {
        for stats in type_stats(graph) {
            let growth = self
                .types
                .entry(stats.type_path.clone())
                .or_insert_with(|| TypeGrowth {
                    type_name: stats.type_name,
                    type_path: stats.type_path,
                    counts: Vec::new(),
                    bytes: Vec::new(),
                    slope: 0.0,
                });
            growth.pad(self.n_graphs);
            growth.counts.push(stats.count);
            growth.bytes.push(stats.shallow.saturating_add(stats.owned));
        }
        self.n_graphs += 1;
    }

    /// The types of which every graph has more objects than the one before; the fastest come first, then by path.
    ///
    /// None of less than two graphs.
    ///
    /// # Complexity
    /// O(types × graphs + types log types).
    #[must_use]
    pub fn rising(&self) -> Vec<TypeGrowth> {
        let is_rising = |growth: &&TypeGrowth| {
            let steps = growth.counts.is_sorted_by(|before, after| before < after);
            steps && growth.counts.len() == self.n_graphs && self.n_graphs > 1
        };
        let mut rising: Vec<TypeGrowth> = self.types.values().filter(is_rising).cloned().collect();
        for growth in &mut rising {
            growth.slope = slope(&growth.counts);
        }
        rising.sort_by(|one, other| other.slope.total_cmp(&one.slope));
        rising
    }
}

impl TypeGrowth {
    /// Graphs without the type had none of it.
    fn pad(&mut self, n_graphs: usize) {
        self.counts.resize(n_graphs, 0);
        self.bytes.resize(n_graphs, Bytes(0));
    }
}

/// By least squares, over the positions 0, 1, 2 and so on.
fn slope(counts: &[usize]) -> f64 {
    let middle = (counts.len() as f64 - 1.0) / 2.0;
    let positions = (0..counts.len()).map(|position| position as f64 - middle);
    let products = positions
        .clone()
        .zip(counts)
        .map(|(position, count)| position * *count as f64);
    let squares = positions.map(|position| position * position);
    products.sum::<f64>() / squares.sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::{GrowthSeries, slope};
    use crate::builder::{GraphBuilder, NewNode};
    use proptest::prelude::*;

    fn series(counts: &[[usize; 3]]) -> GrowthSeries {
        let mut series = GrowthSeries::default();
        for counts in counts {
            let mut builder = GraphBuilder::default();
            for (name, count) in ["A", "B", "C"].into_iter().zip(counts) {
                (0..*count).for_each(|_| {
                    builder.add_node(NewNode::new(name).sizes(3, 4));
                });
            }
            series.push(&builder.finish());
        }
        series
    }

    proptest! {
        #[test]
        fn a_type_rises_if_it_does_so_in_every_step(
            counts in prop::collection::vec([0..4_usize, 0..4, 0..4], 2..4),
        ) {
            let is_rising = |kind: &usize| counts.windows(2).all(|pair| pair[0][*kind] < pair[1][*kind]);
            let expected: Vec<&str> = (0..3).filter(is_rising).map(|kind| ["A", "B", "C"][kind]).collect();
            let mut rising = series(&counts).rising();
            prop_assert!(rising.is_sorted_by(|one, other| one.slope >= other.slope));
            rising.sort_by(|one, other| one.type_name.cmp(&other.type_name));
            prop_assert!(rising.iter().map(|growth| growth.type_name.as_str()).eq(expected));
        }
    }

    #[test]
    fn types_that_come_later_rise_from_nothing() {
        let rising = series(&[[0, 2, 1], [4, 2, 2]]).rising();
        assert_eq!(
            (&rising[0].counts[..], rising[0].bytes[1].0),
            (&[0, 4][..], 28)
        );
        assert_eq!(rising[1].type_name, "C");
        assert_eq!(rising.len(), 2);
    }

    #[test]
    fn one_graph_is_no_series() {
        assert!(series(&[[1, 2, 3]]).rising().is_empty());
        assert!(GrowthSeries::default().rising().is_empty());
    }

    #[test]
    fn the_slope_is_that_of_the_line_that_fits_best() {
        assert!((slope(&[1, 2, 9]) - 4.0).abs() < 1e-9);
        assert!((slope(&[0, 3, 4, 9]) - 2.8).abs() < 1e-9);
    }
}
