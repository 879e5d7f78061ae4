//! References as searches follow them: which, and to where.

use crate::analysis::components::Components;
use crate::graph::{EdgeId, NodeId};
use crate::store::References;
use std::ops::Range;

/// Rows of references, some of which a search follows.
///
/// Searches are compiled for each kind of rows: to ask at every reference where it is kept would slow them down.
pub(crate) trait Follow {
    /// Where the references of a node are.
    fn row(&self, node: u32) -> Range<u64>;

    /// What a reference leads to; `None` if it is not to be followed.
    fn follow(&self, edge: u64) -> Option<u32>;

    /// The first reference along a step of a way that was found.
    fn edge_between(&self, source: u32, target: u32) -> Option<EdgeId> {
        let mut row = self.row(source);
        row.find(|edge| self.follow(*edge) == Some(target))
            .map(EdgeId)
    }
}

/// The references that keep their referents alive.
pub(crate) struct Owning<'s, S>(pub(crate) &'s S);

impl<S: References> Follow for Owning<'_, S> {
    #[inline]
    fn row(&self, node: u32) -> Range<u64> {
        self.0.row(node)
    }

    #[inline]
    fn follow(&self, edge: u64) -> Option<u32> {
        (self.0.kind(edge).keeps_alive()).then(|| self.0.target(edge))
    }
}

/// All references.
pub(crate) struct Every<'s, S>(pub(crate) &'s S);

impl<S: References> Follow for Every<'_, S> {
    #[inline]
    fn row(&self, node: u32) -> Range<u64> {
        self.0.row(node)
    }

    #[inline]
    fn follow(&self, edge: u64) -> Option<u32> {
        Some(self.0.target(edge))
    }
}

/// References that stay in the component of an object.
pub(crate) struct Within<'r, R> {
    pub(crate) rows: &'r R,
    pub(crate) components: &'r Components,
    pub(crate) of: NodeId,
}

impl<R: Follow> Follow for Within<'_, R> {
    #[inline]
    fn row(&self, node: u32) -> Range<u64> {
        self.rows.row(node)
    }

    #[inline]
    fn follow(&self, edge: u64) -> Option<u32> {
        let target = self.rows.follow(edge)?;
        (self.components.are_together(self.of, NodeId(target))).then_some(target)
    }
}

/// Calls a search with the owning references of a graph, wherever they are kept.
macro_rules! owning {
    ($graph:expr, $rows:ident => $search:expr) => {
        $crate::analysis::walk::rows!($graph, Owning, $rows => $search)
    };
}

/// Calls a search with all references of a graph, wherever they are kept.
macro_rules! every {
    ($graph:expr, $rows:ident => $search:expr) => {
        $crate::analysis::walk::rows!($graph, Every, $rows => $search)
    };
}

macro_rules! rows {
    ($graph:expr, $kind:ident, $rows:ident => $search:expr) => {
        match &$graph.store {
            $crate::store::Store::Traced(store) => {
                let $rows = $crate::analysis::walk::$kind(store);
                $search
            }
            $crate::store::Store::Packed(store) => {
                let $rows = $crate::analysis::walk::$kind(store);
                $search
            }
        }
    };
}

pub(crate) use {every, owning, rows};
