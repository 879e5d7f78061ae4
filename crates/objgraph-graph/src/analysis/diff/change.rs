//! How many and how large, then and now.

use crate::node::Bytes;

/// Some objects: how many, and their shallow and owned bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// How many there are.
    pub count: usize,
    /// Their bytes, together.
    pub bytes: Bytes,
}

impl Amount {
    pub(crate) fn add(&mut self, bytes: Bytes) {
        self.count += 1;
        self.bytes = self.bytes.saturating_add(bytes);
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            bytes: self.bytes.saturating_add(other.bytes),
        }
    }
}

/// Some objects, then and now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// In the old graph.
    pub old: Amount,
    /// In the new graph.
    pub new: Amount,
}

/// Which of two graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    Old,
    New,
}

impl Change {
    /// How many objects more there are; negative if there are fewer.
    #[must_use]
    pub fn count_delta(&self) -> i64 {
        delta(self.old.count as u64, self.new.count as u64)
    }

    /// How many bytes more they take; negative if they take fewer.
    #[must_use]
    pub fn bytes_delta(&self) -> i64 {
        delta(self.old.bytes.0, self.new.bytes.0)
    }

    pub(super) fn count(&mut self, age: Age, bytes: Bytes) {
        let amount = match age {
            Age::Old => &mut self.old,
            Age::New => &mut self.new,
        };
        amount.add(bytes);
    }

    /// What changes are sorted by.
    pub(super) fn growth(&self) -> (i64, i64) {
        (self.bytes_delta(), self.count_delta())
    }

    pub(super) fn is_of_none(&self) -> bool {
        self.old.count == 0 && self.new.count == 0
    }
}

/// As far as it can be told: a file can claim sizes whose difference has more bits.
fn delta(old: u64, new: u64) -> i64 {
    let distance = i64::try_from(old.abs_diff(new)).unwrap_or(i64::MAX);
    if new < old { -distance } else { distance }
}

#[cfg(test)]
mod tests {
    use super::delta;

    #[test]
    fn no_sizes_are_too_far_apart() {
        let deltas = [
            (5, 3, -2),
            (3, 5, 2),
            (0, u64::MAX, i64::MAX),
            (u64::MAX, 0, -i64::MAX),
        ];
        for (old, new, expected) in deltas {
            assert_eq!(delta(old, new), expected);
        }
    }
}
