//! Long columns of records.

use std::ops::{Index, IndexMut};

/// A long list that grows by whole chunks.
///
/// Nothing is copied when it grows, no half of it is waste, and its chunks are small enough for an allocator
/// to keep and hand out again: a second trace of the same size touches no new page of memory. A vector that
/// doubles cost the trace of a tree of a million objects a third more.
#[derive(Clone, Debug)]
pub struct Column<T> {
    chunks: Vec<Vec<T>>,
    len: usize,
}

const CHUNK_BITS: usize = 13;
const CHUNK: usize = 1 << CHUNK_BITS;

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            len: 0,
        }
    }
}

impl<T> Column<T> {
    /// How many items there are.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Appends an item.
    #[inline]
    pub fn push(&mut self, item: T) {
        if self.len.is_multiple_of(CHUNK) {
            self.add_chunk();
        }
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.push(item);
        }
        self.len += 1;
    }

    #[cold]
    fn add_chunk(&mut self) {
        // The first chunk grows, since most graphs are small; the others are whole at once.
        let capacity = if self.chunks.is_empty() { 0 } else { CHUNK };
        self.chunks.push(Vec::with_capacity(capacity));
    }

    /// Takes the last item away.
    pub fn pop(&mut self) -> Option<T> {
        let item = self.chunks.last_mut()?.pop()?;
        self.len -= 1;
        if self.len.is_multiple_of(CHUNK) {
            self.chunks.pop();
        }
        Some(item)
    }

    /// Keeps only the first items.
    pub fn truncate(&mut self, len: usize) {
        if len < self.len {
            self.chunks.truncate(len.div_ceil(CHUNK));
            if let Some(last) = self.chunks.last_mut()
                && !len.is_multiple_of(CHUNK)
            {
                last.truncate(len % CHUNK);
            }
            self.len = len;
        }
    }

    /// The item at a position, if there is one.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index >> CHUNK_BITS)?.get(index % CHUNK)
    }

    /// The item at a position, if there is one.
    #[must_use]
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.chunks
            .get_mut(index >> CHUNK_BITS)?
            .get_mut(index % CHUNK)
    }

    /// All items, in order.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.chunks.iter().flatten()
    }

    /// Some items in a row, in order.
    ///
    /// # Panics
    /// When an item is asked for that is not there.
    #[inline]
    #[must_use]
    pub fn range(
        &self,
        first: usize,
        n_items: usize,
    ) -> impl ExactSizeIterator<Item = &T> + DoubleEndedIterator {
        (0..n_items).map(move |place| &self[first + place])
    }

    /// All items, in order, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.chunks.iter_mut().flatten()
    }
}

impl<T> Index<usize> for Column<T> {
    type Output = T;

    #[inline]
    fn index(&self, index: usize) -> &T {
        &self.chunks[index >> CHUNK_BITS][index % CHUNK]
    }
}

impl<T> IndexMut<usize> for Column<T> {
    #[inline]
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.chunks[index >> CHUNK_BITS][index % CHUNK]
    }
}

impl<T> Extend<T> for Column<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T> FromIterator<T> for Column<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut column = Self::default();
        column.extend(items);
        column
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, Column};

    #[test]
    fn a_column_is_a_vector_in_pieces() {
        let mut column: Column<usize> = (0..2 * CHUNK + 5).collect();
        assert_eq!(
            (column.len(), column[CHUNK], column.get(2 * CHUNK + 5)),
            (2 * CHUNK + 5, CHUNK, None)
        );
        assert!(column.iter().copied().eq(0..2 * CHUNK + 5));
        assert!(column.range(CHUNK - 1, 3).copied().eq(CHUNK - 1..CHUNK + 2));
        column.truncate(CHUNK + 1);
        assert_eq!(
            (column.pop(), column.pop(), column.len()),
            (Some(CHUNK), Some(CHUNK - 1), CHUNK - 1)
        );
        column.push(7);
        column.push(8);
        assert_eq!(
            (column[CHUNK - 1], column[CHUNK], column.len()),
            (7, 8, CHUNK + 1)
        );
        column.truncate(0);
        assert_eq!((column.is_empty(), column.pop()), (true, None));
    }
}
