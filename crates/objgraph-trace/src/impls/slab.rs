//! `Slab`: elements are labelled by their keys, which are positions.

use super::sequences::{elements_have_edges, repr_elements};
use crate::{Nesting, Repr, Trace, Tracer};
use slab::Slab;

impl<T: Trace> Trace for Slab<T> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        let slot = size_of::<Slot<T>>();
        tracer.buffer(self.len() * slot, self.capacity().saturating_mul(slot));
        if T::has_edges(Nesting::OUTERMOST) {
            self.iter()
                .for_each(|(key, element)| tracer.element(key, element));
        } else if !T::is_leaf() {
            self.iter().for_each(|(_, element)| tracer.ask(element));
        }
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        repr_elements(self.iter().map(|(_, element)| element), out);
    }

    fn has_edges(nesting: Nesting) -> bool {
        elements_have_edges::<T>(nesting)
    }
}

/// What a slab keeps for each element, to know its size: slab's own type is private.
#[expect(dead_code, reason = "only its size is asked for")]
enum Slot<T> {
    Vacant(usize),
    Occupied(T),
}

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, owned, value};
    use super::*;

    #[test]
    fn elements_are_labelled_by_their_keys() {
        let mut slab: Slab<Box<i32>> = (0..4).map(|key| (key, Box::new(1))).collect();
        slab.remove(1);
        assert_eq!(labels(&slab), ["[0]", "[2]", "[3]"]);
        assert_eq!(value(&slab), "3 items");
    }

    #[test]
    fn slots_in_use_and_reserved_are_owned() {
        let mut slab = Slab::with_capacity(10);
        slab.insert(7_usize);
        let slot = 2 * size_of::<usize>();
        assert_eq!(
            (owned(&slab), value(&slab)),
            ((slot, slab.capacity() * slot), "[7]".into())
        );
        let texts: Slab<String> = [(3, String::from("seven b"))].into_iter().collect();
        assert_eq!(
            (labels(&texts), owned(&texts).0),
            (vec![], size_of::<Slot<String>>() + 7)
        );
    }
}
