//! One object, as predicates and labels see it.

use crate::graph::{NodeId, ObjectGraph};
use crate::store::PackedStore;
use objgraph_trace::{Address, NodeFlags, State};
use std::fmt;

/// An object of an [`ObjectGraph`].
#[derive(Clone, Copy)]
pub struct Node<'g> {
    pub(crate) graph: &'g ObjectGraph,
    pub(crate) id: NodeId,
}

impl<'g> Node<'g> {
    /// Its number.
    #[must_use]
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The name of its type without module paths: `RefCell<Widget>`.
    #[must_use]
    pub fn type_name(self) -> &'g str {
        &self.graph.type_of(self.id).short
    }

    /// The full path of its type: `core::cell::RefCell<app::Widget>`.
    #[must_use]
    pub fn type_path(self) -> &'g str {
        &self.graph.type_of(self.id).path
    }

    /// The module or crate path of its type: `core::cell`; empty if it has none.
    #[must_use]
    pub fn module(self) -> &'g str {
        &self.graph.type_of(self.id).module
    }

    /// Its one-line value; empty if it has none or values were not asked for.
    #[must_use]
    pub fn value(self) -> &'g str {
        self.graph.store.value(self.id.0)
    }

    /// The bytes of the value itself.
    #[must_use]
    pub fn shallow_size(self) -> Bytes {
        self.graph.sizes(self.id)[0]
    }

    /// The bytes in use of the buffers that belong to it alone: those of a `Vec`, of a `String`.
    #[must_use]
    pub fn owned_size(self) -> Bytes {
        self.graph.sizes(self.id)[1]
    }

    /// The bytes reserved by the buffers that belong to it alone.
    #[must_use]
    pub fn owned_capacity(self) -> Bytes {
        self.graph.sizes(self.id)[2]
    }

    /// How many strong handles it had before the trace touched anything; 0 if it is not counted.
    #[must_use]
    pub fn strong_count(self) -> usize {
        as_count(self.graph.store.strong(self.id.0))
    }

    /// How many weak handles it had before the trace touched anything; a trace counts at most 65,535.
    ///
    /// Those of whoever watches the object ([`Birth::n_handles`](crate::Birth::n_handles)) are not counted.
    #[must_use]
    pub fn weak_count(self) -> usize {
        let weak = self.graph.store.weak(self.id.0);
        if self.graph.is_weak_known(self.id) {
            as_count(weak.saturating_sub(self.graph.births.n_handles(self.id)))
        } else {
            as_count(weak)
        }
    }

    /// Whether handles to it are counted: an `Rc`, an `Arc` or their like.
    #[must_use]
    pub fn is_shared(self) -> bool {
        self.graph.has_flag(self.id, NodeFlags::SHARED)
    }

    /// Whether other threads may hold handles to it: an `Arc`. Not known of what a heap file has.
    #[must_use]
    pub fn is_atomic(self) -> bool {
        self.graph.has_flag(self.id, NodeFlags::ATOMIC)
    }

    /// Whether and how it could be read.
    #[must_use]
    pub fn state(self) -> State {
        self.graph.state(self.id)
    }

    /// Whether its type implements `Drop`.
    #[must_use]
    pub fn has_drop_impl(self) -> bool {
        self.graph.type_of(self.id).has_drop_impl
    }

    /// Whether a field of it was left out on purpose, so that it may hold more than is shown.
    #[must_use]
    pub fn has_skipped_field(self) -> bool {
        self.graph.has_flag(self.id, NodeFlags::HAS_SKIPPED_FIELD)
    }

    /// Where it lies. Differs from run to run; for an object of a heap file, its id there, of which an address has only the
    /// lower bits if it is narrower. [`shown_id`](Self::shown_id) has all.
    #[must_use]
    pub fn address(self) -> Address {
        Address(self.graph.store.address(self.id.0) as usize)
    }

    /// The number that people see: that of the heap file which the graph comes from, else its own.
    #[must_use]
    pub fn shown_id(self) -> u64 {
        let in_file = self.packed().and_then(|store| store.id(self.id.0));
        in_file.unwrap_or(self.id.0.into())
    }

    /// Where it was allocated, `file:line`; empty if that is not known.
    #[must_use]
    pub fn site(self) -> &'g str {
        let born = self.graph.births.site(self.id);
        born.or_else(|| self.packed().map(|store| store.site(self.id.0)))
            .unwrap_or_default()
    }

    /// Its place in the order of creation, a number that is never used again; `None` if that is not known.
    #[must_use]
    pub fn serial(self) -> Option<u64> {
        let born = self.graph.births.serial(self.id);
        born.or_else(|| self.packed().and_then(|store| store.serial(self.id.0)))
    }

    fn packed(self) -> Option<&'g PackedStore> {
        self.graph.store.packed()
    }
}

/// A heap file can count more than this machine could.
fn as_count(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// A short name: `Widget#12`.
impl fmt::Display for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.type_name(), self.shown_id())
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A number of bytes; displayed for people, in units of 1,024.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(pub u64);

impl Bytes {
    /// A file can claim any sizes, so that their sum may be more than there can be.
    pub(crate) fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
        if self.0 < 1024 {
            return write!(f, "{} B", self.0);
        }
        let mut scaled = self.0 as f64 / 1024.0;
        let mut unit = 0;
        // Rounded to one decimal, 1023.95 would read 1024.0.
        while scaled >= 1023.95 && unit + 1 < UNITS.len() {
            scaled /= 1024.0;
            unit += 1;
        }
        write!(f, "{scaled:.1} {}", UNITS[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::Bytes;

    #[test]
    fn bytes_read_well_at_every_size() {
        let texts = [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1_048_575, "1.0 MiB"),
            (u64::MAX, "16384.0 PiB"),
        ];
        for (bytes, text) in texts {
            assert_eq!(Bytes(bytes).to_string(), text);
        }
    }
}
