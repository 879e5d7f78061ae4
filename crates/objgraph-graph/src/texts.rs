//! Many texts, each kept once and found again by a number.

use crate::packed::Packed;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::hash::BuildHasher as _;

/// Texts one after the other. The empty text is number 0.
#[derive(Debug)]
pub(crate) struct Texts {
    joined: String,
    /// Where each text ends.
    ends: Packed,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            joined: String::new(),
            ends: Packed::zeros(1, 0),
        }
    }
}

impl Texts {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    pub(crate) fn get(&self, number: u32) -> &str {
        let start = number
            .checked_sub(1)
            .map_or(0, |before| self.ends.get(before as usize));
        &self.joined[start as usize..self.ends.get(number as usize) as usize]
    }

    fn push(&mut self, text: &str) -> u32 {
        let number = u32::try_from(self.len()).expect("a graph has fewer than four billion texts");
        self.joined.push_str(text);
        self.ends.push(self.joined.len() as u64);
        number
    }

    fn shrink(&mut self) {
        self.joined.shrink_to_fit();
        self.ends.shrink();
    }
}

/// Gives equal texts equal numbers, in the order in which they come.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    pub(crate) texts: Texts,
    /// The numbers by their texts, which are not kept a second time.
    numbers: HashTable<u32>,
    /// Seeded at random, so that no file can be written whose texts all meet in one place.
    hasher: RandomState,
}

impl Interner {
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let hash = self.hasher.hash_one(text);
        let found = self
            .numbers
            .find(hash, |number| self.texts.get(*number) == text);
        if let Some(number) = found {
            return *number;
        }
        let number = self.texts.push(text);
        let hash_of = |number: &u32| self.hasher.hash_one(self.texts.get(*number));
        self.numbers.insert_unique(hash, number, hash_of);
        number
    }

    /// The texts, once no more come.
    pub(crate) fn into_texts(mut self) -> Texts {
        self.texts.shrink();
        self.texts
    }
}

#[cfg(test)]
mod tests {
    use super::Interner;

    #[test]
    fn equal_texts_have_equal_numbers() {
        let mut interner = Interner::default();
        let numbers: Vec<u32> = ["", "b", "a", "b", "", "ä"]
            .map(|text| interner.number(text))
            .into();
        assert_eq!(numbers, [0, 1, 2, 1, 0, 3]);
        for number in 0..10_000 {
            let text = number.to_string();
            let first = interner.number(&text);
            assert_eq!(
                (interner.number(&text), interner.texts.get(first)),
                (first, text.as_str())
            );
        }
        let texts = interner.into_texts();
        assert_eq!((texts.get(0), texts.get(3), texts.len()), ("", "ä", 10_004));
    }
}
