//! References in compressed rows, and how they get there from any order.

use super::labels::LabelCode;
use crate::packed::Packed;
use objgraph_trace::EdgeKind;
use std::ops::Range;

/// References, those of one object after the other.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Where the row of each object begins; one more than there are objects.
    starts: Packed,
    columns: Columns,
}

/// References in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct LooseRows {
    sources: Packed,
    columns: Columns,
    is_shuffled: bool,
    last_source: u32,
}

#[derive(Debug, Default)]
struct Columns {
    targets: Packed,
    labels: Packed,
    /// Positions in [`KINDS`].
    kinds: Packed,
}

/// Strong is 0, so that references that are all strong take no memory for it.
const KINDS: [EdgeKind; 5] = [
    EdgeKind::Strong,
    EdgeKind::Owned,
    EdgeKind::Weak,
    EdgeKind::Borrowed,
    EdgeKind::Raw,
];

impl Columns {
    fn len(&self) -> usize {
        self.targets.len()
    }

    #[inline]
    fn push(&mut self, target: u32, kind: u64, label: LabelCode) {
        self.targets.push(target.into());
        self.kinds.push(kind);
        self.labels.push(label.0);
    }

    /// Copies a reference to another place.
    fn copy(&self, from: usize, to: &mut Self, place: usize) {
        to.targets.set(place, self.targets.get(from));
        to.kinds.set(place, self.kinds.get(from));
        to.labels.set(place, self.labels.get(from));
    }

    fn zeros(&self) -> Self {
        let zeros = |column: &Packed| Packed::zeros(column.len(), column.max());
        Self {
            targets: zeros(&self.targets),
            labels: zeros(&self.labels),
            kinds: zeros(&self.kinds),
        }
    }

    fn truncate(&mut self, len: usize) {
        for column in [&mut self.targets, &mut self.labels, &mut self.kinds] {
            column.truncate(len);
            column.shrink();
        }
    }
}

impl LooseRows {
    #[inline]
    pub(crate) fn push(&mut self, source: u32, target: u32, kind: EdgeKind, label: LabelCode) {
        self.is_shuffled |= source < self.last_source;
        self.last_source = source;
        self.sources.push(source.into());
        let code = KINDS.iter().position(|known| *known == kind);
        self.columns.push(target, code.unwrap_or(0) as u64, label);
    }

    /// Source and target of each reference.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        let edge = |edge| {
            (
                self.sources.get_u32(edge),
                self.columns.targets.get_u32(edge),
            )
        };
        (0..self.columns.len()).map(edge)
    }

    /// Renames all targets; a reference whose target has no name is left out.
    pub(crate) fn rename(&mut self, name: impl Fn(u32) -> Option<u32>) {
        let mut kept = 0;
        for edge in 0..self.columns.len() {
            let Some(target) = name(self.columns.targets.get_u32(edge)) else {
                continue;
            };
            self.columns.targets.set(edge, target.into());
            if kept < edge {
                self.move_to(edge, kept);
            }
            kept += 1;
        }
        self.sources.truncate(kept);
        self.columns.truncate(kept);
    }

    fn move_to(&mut self, from: usize, to: usize) {
        let Columns {
            targets,
            labels,
            kinds,
        } = &mut self.columns;
        for column in [&mut self.sources, targets, labels, kinds] {
            let number = column.get(from);
            column.set(to, number);
        }
    }

    /// Sorts references by source; those of one object keep their order. O(objects + references).
    pub(super) fn into_rows(mut self, n_nodes: usize) -> Rows {
        let starts = starts(n_nodes, self.sources.iter());
        if !self.is_shuffled {
            let n_edges = self.columns.len();
            self.columns.truncate(n_edges);
            return Rows {
                starts,
                columns: self.columns,
            };
        }
        let mut next = starts.clone();
        let mut columns = self.columns.zeros();
        for edge in 0..self.columns.len() {
            let source = self.sources.get(edge) as usize;
            let place = next.get(source);
            next.set(source, place + 1);
            self.columns.copy(edge, &mut columns, place as usize);
        }
        Rows { starts, columns }
    }
}

/// Where the row of each object begins, from the objects of all entries, and where the last row ends.
pub(crate) fn starts(n_nodes: usize, entries: impl ExactSizeIterator<Item = u64>) -> Packed {
    let mut starts = Packed::zeros(n_nodes + 1, entries.len() as u64);
    for node in entries {
        let place = node as usize + 1;
        starts.set(place, starts.get(place) + 1);
    }
    let mut total = 0;
    for place in 0..starts.len() {
        total += starts.get(place);
        starts.set(place, total);
    }
    starts
}

impl Rows {
    pub(super) fn n_edges(&self) -> usize {
        self.columns.len()
    }

    #[inline]
    pub(super) fn row(&self, node: u32) -> Range<u64> {
        self.starts.get(node as usize)..self.starts.get(node as usize + 1)
    }

    #[inline]
    pub(super) fn target(&self, edge: u64) -> u32 {
        self.columns.targets.get_u32(edge as usize)
    }

    #[inline]
    pub(super) fn kind(&self, edge: u64) -> EdgeKind {
        KINDS[self.columns.kinds.get(edge as usize) as usize]
    }

    pub(super) fn label(&self, edge: u64) -> LabelCode {
        LabelCode(self.columns.labels.get(edge as usize))
    }
}
