//! Long vectors that grow without waste.

/// Appends to a long vector, growing it by a quarter: half of a doubled vector would be waste at the peak.
#[inline]
pub(crate) fn push<T>(column: &mut Vec<T>, value: T) {
    if column.len() == column.capacity() {
        column.reserve_exact((column.len() / 4).max(64));
    }
    column.push(value);
}
