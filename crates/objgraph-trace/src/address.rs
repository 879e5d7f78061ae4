//! Addresses as identities, and a map from them to node numbers.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Where a value lies in memory: an identity, never dereferenced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(pub usize);

impl Address {
    /// The address of a value, without the metadata of a wide pointer.
    pub fn of<T: ?Sized>(value: *const T) -> Self {
        Self(value.cast::<()>().addr())
    }

    /// The start of the allocation of an `Rc` or `Arc`, from the address of its value.
    ///
    /// The counters lie before the value. The value's own address is not an identity: that of an
    /// `Rc<()>` can equal the start of the next allocation.
    #[must_use]
    pub fn before_counters(self, align: usize) -> Self {
        let header = (2 * size_of::<usize>()).next_multiple_of(align);
        Self(self.0.wrapping_sub(header))
    }
}

/// Node numbers by the start of their allocation.
///
/// A page table: one slot for each 16 bytes of memory that has been seen, in pages of 1 KiB, so that
/// objects that lie together are looked up together. On heaps in allocation order a look-up costs
/// a fraction of any hash map's; on shuffled ones it costs the same.
pub(crate) struct AddressMap {
    /// Page numbers within each GiB of memory.
    regions: Vec<Region>,
    /// Slots, `PAGE_SLOTS` for each page, in blocks that are never moved.
    blocks: Vec<Vec<u32>>,
    n_pages: usize,
    /// The page of the last look-up, and where its slots begin.
    last: (usize, usize),
    /// Starts that are no multiple of 16: rare allocators only.
    unaligned: FastMap<usize, u32>,
}

struct Region {
    number: usize,
    pages: Vec<u32>,
}

const SLOT_BITS: u32 = 4;
const PAGE_BITS: u32 = 10;
const REGION_BITS: u32 = 30;
const PAGE_SLOTS: usize = 1 << (PAGE_BITS - SLOT_BITS);
/// How many slots a block has: a block is 64 KiB.
const BLOCK_SLOTS: usize = 256 * PAGE_SLOTS;
const REGION_PAGES: usize = 1 << (REGION_BITS - PAGE_BITS);

/// An empty slot.
pub(crate) const VACANT: u32 = 0;

impl AddressMap {
    pub(crate) fn new() -> Self {
        Self {
            regions: Vec::new(),
            blocks: Vec::new(),
            n_pages: 0,
            last: (usize::MAX, 0),
            unaligned: FastMap::default(),
        }
    }

    /// The slot of an address: [`VACANT`] where nothing was stored yet, so nodes are stored counted from 1.
    #[inline]
    pub(crate) fn slot(&mut self, address: Address) -> &mut u32 {
        let address = address.0;
        if !address.is_multiple_of(1 << SLOT_BITS) {
            return self.unaligned.entry(address).or_insert(VACANT);
        }
        if self.last.0 != address >> PAGE_BITS {
            self.last = (address >> PAGE_BITS, self.find_page(address));
        }
        let slot = self.last.1 + (address >> SLOT_BITS) % PAGE_SLOTS;
        &mut self.blocks[slot / BLOCK_SLOTS][slot % BLOCK_SLOTS]
    }

    /// Where the slots of an address's page begin, made if it is new.
    fn find_page(&mut self, address: usize) -> usize {
        let number = address >> REGION_BITS;
        let region = match self
            .regions
            .iter()
            .position(|region| region.number == number)
        {
            Some(known) => known,
            None => self.add_region(number),
        };
        let page = &mut self.regions[region].pages[(address >> PAGE_BITS) % REGION_PAGES];
        if *page == 0 {
            self.n_pages += 1;
            *page = self.n_pages as u32;
            if self.n_pages * PAGE_SLOTS > self.blocks.len() * BLOCK_SLOTS {
                self.blocks.push(vec![VACANT; BLOCK_SLOTS]);
            }
        }
        (*page as usize - 1) * PAGE_SLOTS
    }

    #[cold]
    fn add_region(&mut self, number: usize) -> usize {
        // Zeroed by the system on first touch, so a region costs what is used of it.
        self.regions.push(Region {
            number,
            pages: vec![0; REGION_PAGES],
        });
        self.regions.len() - 1
    }
}

/// A hash map for keys that are already well spread or few; the standard hasher costs three times the look-up.
pub(crate) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<MultiplyHasher>>;

/// A hash set for such keys.
pub(crate) type FastSet<K> = HashSet<K, BuildHasherDefault<MultiplyHasher>>;

/// Multiplies each word by an odd constant and folds the high half in.
#[derive(Default)]
pub(crate) struct MultiplyHasher(u64);

impl Hasher for MultiplyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(value.into());
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(value.into());
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }

    fn write_u64(&mut self, value: u64) {
        let product =
            u128::from(self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        self.0 = (product as u64) ^ ((product >> 64) as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_keeps_what_was_stored() {
        let mut map = AddressMap::new();
        let addresses = [
            0x10,
            0x400,
            0x3fff_fff0,
            0x4000_0000,
            0x7fff_1234_5670,
            3,
            0x7fff_1234_5678,
        ];
        for (id, address) in addresses.into_iter().enumerate() {
            assert_eq!(*map.slot(Address(address)), VACANT);
            *map.slot(Address(address)) = id as u32 + 1;
        }
        for (id, address) in addresses.into_iter().enumerate() {
            assert_eq!(*map.slot(Address(address)), id as u32 + 1, "{address:#x}");
        }
    }

    #[test]
    fn the_counters_lie_before_an_aligned_value() {
        assert_eq!(Address(0x1010).before_counters(8), Address(0x1000));
        assert_eq!(Address(0x1040).before_counters(64), Address(0x1000));
    }
}
