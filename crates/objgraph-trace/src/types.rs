//! Types that occur, each with a small number.

use crate::TypeFacts;
use crate::address::FastMap;

/// Finds the number of a type; the types themselves are kept in the records.
#[derive(Default)]
pub(crate) struct TypeTable {
    by_facts: FastMap<TypeFacts, u32>,
    /// The numbers found last, by where their name lies: objects of one type come in runs.
    recent: [Option<(TypeFacts, u32)>; N_RECENT],
}

const N_RECENT: usize = 16;

impl TypeTable {
    #[inline]
    pub(crate) fn intern(&mut self, types: &mut Vec<TypeFacts>, facts: TypeFacts) -> u32 {
        let address = facts.name().as_ptr().addr();
        let recent = &mut self.recent[(address ^ address >> 6) % N_RECENT];
        if let Some((known, index)) = recent
            && known.is_same_place(&facts)
        {
            return *index;
        }
        let index = *self.by_facts.entry(facts).or_insert_with(|| {
            types.push(facts);
            types.len() as u32 - 1
        });
        *recent = Some((facts, index));
        index
    }
}
