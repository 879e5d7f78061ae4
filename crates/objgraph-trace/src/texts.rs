//! Many short texts in few allocations.

/// Short texts, each found again by a number.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// Texts one after the other, each ended by a NUL, which a [`Repr`](crate::Repr) never writes. In chunks that are
    /// never moved: a text of which the first byte lies at `start` of the chunk `n` has the number `n << 16 | start`.
    chunks: Vec<String>,
}

const CHUNK_BITS: u32 = 16;

/// A chunk takes no further text once it is this full: texts are shorter than the rest.
const FULL: usize = (1 << CHUNK_BITS) - 4096;

impl Texts {
    /// Stores the text that is written, cut to a few kilobytes; `None` if nothing is, or four gigabytes are full.
    #[inline]
    pub(crate) fn add(&mut self, write: impl FnOnce(&mut String)) -> Option<u32> {
        if self.chunks.last().is_none_or(|chunk| chunk.len() >= FULL) {
            self.add_chunk();
        }
        let number = self.chunks.len() - 1;
        let chunk = self.chunks.last_mut()?;
        let start = chunk.len();
        write(chunk);
        if chunk.len() == start || number >> CHUNK_BITS != 0 {
            chunk.truncate(start);
            return None;
        }
        chunk.push('\0');
        Some((number << CHUNK_BITS | start) as u32)
    }

    #[cold]
    fn add_chunk(&mut self) {
        // The first chunk grows, since most graphs are small; the others are whole at once.
        let capacity = if self.chunks.is_empty() {
            0
        } else {
            1 << CHUNK_BITS
        };
        self.chunks.push(String::with_capacity(capacity));
    }

    /// Forgets the text that was added last.
    pub(crate) fn forget(&mut self, number: u32) {
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.truncate((number % (1 << CHUNK_BITS)) as usize);
        }
    }

    /// The text with a number; empty if there is none.
    pub(crate) fn get(&self, number: u32) -> &str {
        let chunk = self.chunks.get((number >> CHUNK_BITS) as usize);
        let rest = chunk
            .and_then(|chunk| chunk.get((number % (1 << CHUNK_BITS)) as usize..))
            .unwrap_or_default();
        rest.split('\0').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn texts_are_found_again_in_every_chunk() {
        let mut texts = Texts::default();
        let numbers: Vec<_> = (0..100_000)
            .map(|text| texts.add(|out| *out += &text.to_string()))
            .collect();
        assert_eq!(texts.add(|_| {}), None);
        for (text, number) in numbers.iter().enumerate() {
            assert_eq!(texts.get(number.unwrap()), text.to_string());
        }
        assert_eq!(texts.get(u32::MAX), "");
    }
}
