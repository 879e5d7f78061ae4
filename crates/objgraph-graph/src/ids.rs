//! A small number for each of many ids of elsewhere.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

/// Numbers by ids, given in the order in which the ids are first met.
///
/// Ids are mostly addresses or serial numbers, so they come in clusters: a page holds the numbers of 64 neighbours, and
/// one look-up of a page serves many ids. Pages that stay nearly empty, as of ids drawn at random, are given up for a
/// hash map.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    len: u32,
    pages: HashMap<u64, u32, RandomState>,
    /// The numbers of each page, one higher; 0 for an id that was not met.
    numbers: Vec<u32>,
    /// The page of the last look-up: its key and where its numbers begin.
    last: Option<(u64, usize)>,
    /// Takes over once pages do not pay off.
    scattered: Option<HashMap<u64, u32, RandomState>>,
}

const PAGE_BITS: u32 = 6;
const PAGE: usize = 1 << PAGE_BITS;

/// Addresses are multiples of 16: their lowest bits tell pages apart, not neighbours.
const ALIGNMENT_BITS: u32 = 4;

/// Pages are given up when less than one number in so many is used, and there are more than a few.
const MIN_USE: usize = 24;
const FEW_PAGES: usize = 1 << 10;

impl Ids {
    /// How many ids there are.
    pub(crate) fn len(&self) -> usize {
        self.len as usize
    }

    /// The number of an id, a new one if it was not met before.
    ///
    /// # Panics
    /// With more than four billion ids.
    #[inline]
    pub(crate) fn number(&mut self, id: u64) -> u32 {
        if let Some(scattered) = &mut self.scattered {
            let number = *scattered.entry(id).or_insert(self.len);
            self.count(number);
            return number;
        }
        let turned = id.rotate_right(ALIGNMENT_BITS);
        let place = self.page(turned >> PAGE_BITS) + turned as usize % PAGE;
        if let Some(number) = self.numbers[place].checked_sub(1) {
            return number;
        }
        let number = self.len;
        self.count(number);
        self.numbers[place] = self.len;
        if self.numbers.len() > FEW_PAGES * PAGE && self.numbers.len() > MIN_USE * self.len() {
            self.scatter();
        }
        number
    }

    /// The id that has a number. O(ids).
    pub(crate) fn id(&self, number: u32) -> Option<u64> {
        let mut ids = self.iter();
        ids.find(|(_, known)| *known == number).map(|(id, _)| id)
    }

    /// All ids with their numbers, in no order.
    fn iter(&self) -> impl Iterator<Item = (u64, u32)> {
        let in_pages = self.pages.iter().flat_map(|(key, page)| {
            let start = *page as usize * PAGE;
            let numbers = self.numbers[start..start + PAGE].iter();
            let turned = (0..).map(move |place| key << PAGE_BITS | place);
            let ids = turned.map(|turned: u64| turned.rotate_left(ALIGNMENT_BITS));
            let pairs = ids.zip(numbers.map(|number| number.checked_sub(1)));
            pairs.filter_map(|(id, number)| Some((id, number?)))
        });
        let scattered = self.scattered.iter().flatten();
        in_pages.chain(scattered.map(|(id, number)| (*id, *number)))
    }

    #[cold]
    fn scatter(&mut self) {
        self.scattered = Some(self.iter().collect());
        self.pages = HashMap::default();
        self.numbers = Vec::new();
    }

    /// Counts an id if its number is a new one.
    #[inline]
    fn count(&mut self, number: u32) {
        if number == self.len {
            self.len =
                (self.len.checked_add(1)).expect("a graph has fewer than four billion objects");
        }
    }

    /// Where the numbers of a page begin.
    #[inline]
    fn page(&mut self, key: u64) -> usize {
        match self.last {
            Some((last, start)) if last == key => start,
            _ => self.find_page(key),
        }
    }

    fn find_page(&mut self, key: u64) -> usize {
        let n_pages = self.pages.len() as u32;
        let page = *self.pages.entry(key).or_insert(n_pages);
        let start = page as usize * PAGE;
        if page == n_pages {
            self.numbers.resize(start + PAGE, 0);
        }
        self.last = Some((key, start));
        start
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW_PAGES, Ids, PAGE};
    use proptest::prelude::*;
    use std::collections::HashMap;

    /// Numbers by the obvious way.
    fn check(ids: &[u64]) -> Ids {
        let (mut tried, mut obvious) = (Ids::default(), HashMap::new());
        for id in ids {
            let next = obvious.len() as u32;
            let number = *obvious.entry(*id).or_insert(next);
            assert_eq!(tried.number(*id), number, "{id}");
        }
        assert_eq!(tried.len(), obvious.len());
        let is_known = |(id, number): (&u64, &u32)| tried.id(*number) == Some(*id);
        assert!(obvious.iter().take(20).all(is_known));
        assert_eq!(tried.id(tried.len), None);
        tried
    }

    proptest! {
        #[test]
        fn equal_ids_have_equal_numbers(ids in prop::collection::vec((any::<u64>(), 0..64_u32), 0..300)) {
            let ids: Vec<u64> = ids.into_iter().map(|(id, shift)| id >> shift).collect();
            check(&ids);
        }
    }

    #[test]
    fn addresses_stay_in_pages_and_random_ids_do_not() {
        let addresses: Vec<u64> = (0..100_000)
            .map(|nth| 0x7f00_0000_0000 + nth * 48)
            .collect();
        assert!(check(&addresses).scattered.is_none());
        let serials: Vec<u64> = (0..100_000).chain(0..10).collect();
        let serials = check(&serials);
        assert!(serials.scattered.is_none() && serials.numbers.len() < 2 * 100_000);
        let random: Vec<u64> = (0..2 * FEW_PAGES as u64)
            .map(|nth| nth.wrapping_mul(0x9e37_79b9_7f4a_7c15))
            .collect();
        let again: Vec<u64> = random
            .iter()
            .chain(&random)
            .chain(&addresses[..PAGE])
            .copied()
            .collect();
        assert!(check(&again).scattered.is_some());
    }
}
