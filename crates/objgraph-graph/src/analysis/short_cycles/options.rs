//! What the caller decides about a search for short cycles.

use crate::node::Node;

type Predicate<'f> = Box<dyn Fn(Node<'_>) -> bool + 'f>;

/// What [`short_cycles`](super::short_cycles()) looks for, and when it gives up.
pub struct CycleOptions<'f> {
    through: Option<Predicate<'f>>,
    pub(super) max_length: usize,
    pub(super) max_cycles: usize,
    pub(super) max_shapes: usize,
    pub(super) budget: u64,
}

impl Default for CycleOptions<'_> {
    fn default() -> Self {
        Self {
            through: None,
            max_length: 8,
            max_cycles: 10,
            max_shapes: 100,
            budget: 100_000_000,
        }
    }
}

impl<'f> CycleOptions<'f> {
    /// Looks for cycles through objects that match: of a type, or a single one. Default: all.
    #[must_use]
    pub fn through(mut self, matches: impl Fn(Node<'_>) -> bool + 'f) -> Self {
        self.through = Some(Box::new(matches));
        self
    }

    /// Looks for cycles of at most so many references. Default: 8.
    #[must_use]
    pub fn max_length(mut self, max_length: usize) -> Self {
        self.max_length = max_length;
        self
    }

    /// Lists at most so many cycles, the shortest. Default: 10.
    #[must_use]
    pub fn max_cycles(mut self, max_cycles: usize) -> Self {
        self.max_cycles = max_cycles;
        self
    }

    /// Lists at most so many shapes, the shortest and most frequent. Default: 100.
    #[must_use]
    pub fn max_shapes(mut self, max_shapes: usize) -> Self {
        self.max_shapes = max_shapes;
        self
    }

    /// Ends the search when so many references were looked at, forwards or backwards; a new shape counts as 100, for
    /// the memory that it takes. Default: 100 million, a few seconds.
    #[must_use]
    pub fn budget(mut self, budget: u64) -> Self {
        self.budget = budget;
        self
    }

    pub(super) fn is_wanted(&self, node: Node<'_>) -> bool {
        let through = self.through.as_ref();
        through.is_none_or(|matches| matches(node))
    }
}
