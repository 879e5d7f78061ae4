//! Long columns of numbers, each in as few bytes as the largest of them needs.

/// The widest number, in bytes.
const MAX_WIDTH: usize = 8;

/// A column of numbers that all have the same width, from no byte to eight.
///
/// A column that only ever held zeros takes no memory, so that a graph pays only for what its objects have. When a
/// number comes that is too large, the column is written anew with wider numbers, which happens eight times at most.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    /// Little-endian numbers one after the other, zeros for more to come, and as many bytes more as a read of eight bytes
    /// can reach.
    bytes: Vec<u8>,
    width: usize,
    /// The largest number of that width.
    max: u64,
    len: usize,
}

impl Default for Packed {
    fn default() -> Self {
        Self::zeros(0, 0)
    }
}

impl Packed {
    /// Zeros, with room for numbers up to `max`.
    pub(crate) fn zeros(len: usize, max: u64) -> Self {
        let width = width_of(max);
        Self {
            bytes: vec![0; len * width + MAX_WIDTH],
            width,
            max: max_of(width),
            len,
        }
    }

    /// Numbers that are all known, none above `max`.
    pub(crate) fn of(numbers: &[u64], max: u64) -> Self {
        let mut packed = Self::zeros(numbers.len(), max);
        for (index, number) in numbers.iter().enumerate() {
            packed.write(index * packed.width, *number);
        }
        packed
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(crate) fn get(&self, index: usize) -> u64 {
        debug_assert!(
            index < self.len,
            "{index} is not in a column of {}",
            self.len
        );
        let start = index * self.width;
        let mut word = [0; MAX_WIDTH];
        word.copy_from_slice(&self.bytes[start..start + MAX_WIDTH]);
        u64::from_le_bytes(word) & self.max
    }

    /// A number that is known to be one of an object, a type or a text.
    #[inline]
    pub(crate) fn get_u32(&self, index: usize) -> u32 {
        self.get(index) as u32
    }

    #[inline]
    pub(crate) fn push(&mut self, number: u64) {
        if number > self.max {
            self.widen(width_of(number));
        }
        let start = self.len * self.width;
        if start + self.width + MAX_WIDTH > self.bytes.len() {
            self.grow();
        }
        // What is behind is not used yet, so that all eight bytes may be written.
        self.bytes[start..start + MAX_WIDTH].copy_from_slice(&number.to_le_bytes());
        self.len += 1;
    }

    /// Makes room for a quarter more numbers, at least for a few: allocators move large columns without a copy.
    #[cold]
    fn grow(&mut self) {
        let more = (self.len / 4).max(32) * self.width;
        self.bytes.resize(self.bytes.len() + more, 0);
    }

    #[inline]
    pub(crate) fn set(&mut self, index: usize, number: u64) {
        assert!(
            index < self.len,
            "{index} is not in a column of {}",
            self.len
        );
        if number > self.max {
            self.widen(width_of(number));
        }
        self.write(index * self.width, number);
    }

    /// Writes a number that fits over the one that begins at a byte, and leaves those behind it as they are.
    #[inline]
    fn write(&mut self, start: usize, number: u64) {
        let place = &mut self.bytes[start..start + MAX_WIDTH];
        let mut word = [0; MAX_WIDTH];
        word.copy_from_slice(place);
        let word = u64::from_le_bytes(word) & !self.max | number;
        place.copy_from_slice(&word.to_le_bytes());
    }

    #[cold]
    fn widen(&mut self, width: usize) {
        let mut wider = Self::zeros(self.len, max_of(width));
        for index in 0..self.len {
            wider.write(index * width, self.get(index));
        }
        *self = wider;
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = u64> + ExactSizeIterator {
        (0..self.len).map(|index| self.get(index))
    }

    /// The largest number that the column can take without being widened.
    pub(crate) fn max(&self) -> u64 {
        self.max
    }

    /// Keeps only the first numbers.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Gives back what was reserved for more numbers.
    pub(crate) fn shrink(&mut self) {
        self.bytes.truncate(self.len * self.width + MAX_WIDTH);
        self.bytes.shrink_to_fit();
    }
}

/// The bytes that a number needs.
fn width_of(number: u64) -> usize {
    (u64::BITS - number.leading_zeros()).div_ceil(8) as usize
}

/// The largest number of a width.
fn max_of(width: usize) -> u64 {
    u64::MAX.checked_shr(64 - 8 * width as u32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Packed;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_packed_column_is_a_vector(numbers in prop::collection::vec((0..64_u32, any::<u64>()), 0..40)) {
            let numbers: Vec<u64> = numbers.into_iter().map(|(shift, number)| number >> shift).collect();
            let mut column = Packed::default();
            numbers.iter().for_each(|number| column.push(*number));
            prop_assert!(column.iter().eq(numbers.iter().copied()));
            let mut backwards = Packed::zeros(numbers.len(), 0);
            for index in (0..numbers.len()).rev() {
                backwards.set(index, numbers[index]);
            }
            prop_assert!(backwards.iter().eq(numbers.iter().copied()));
            column.truncate(numbers.len() / 2);
            column.push(7);
            prop_assert!(column.iter().eq(numbers[..numbers.len() / 2].iter().copied().chain([7])));
        }
    }

    #[test]
    fn zeros_take_no_memory_and_small_numbers_little() {
        let mut column = Packed::default();
        (0..1_000).for_each(|_| column.push(0));
        assert_eq!((column.bytes.len(), column.get(999)), (8, 0));
        column.push(65_535);
        column.shrink();
        assert_eq!(column.bytes.len(), 2 * 1_001 + 8);
    }
}
