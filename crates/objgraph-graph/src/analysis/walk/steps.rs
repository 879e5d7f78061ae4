//! References by the type of their referrer and their field: what a class of references has in common.

use crate::graph::{Edge, EdgeId, ObjectGraph};
use crate::names::step;
use foldhash::fast::RandomState;
use hashbrown::HashMap;
use std::fmt;

/// A field of a type: what all references that come from it have in common. Displayed as `Widget.children[]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// The name of the referrer's type, without module paths.
    pub type_name: String,
    /// The path of the field, with its numbers and keys left out.
    pub field: String,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&step(&self.type_name, &self.field))
    }
}

/// The number of a step in [`Steps`].
pub(crate) type StepId = u32;

/// Gives equal steps equal numbers, in the order in which they come.
#[derive(Default)]
pub(crate) struct Steps {
    /// The field of each code of the graph, one higher; 0 until it is met.
    of_code: Vec<u32>,
    fields: HashMap<String, u32, RandomState>,
    numbers: HashMap<(u32, u32), StepId, RandomState>,
    /// Of each step, the type and one reference, which has the text of the field.
    all: Vec<(u32, EdgeId)>,
}

impl Steps {
    pub(crate) fn number(&mut self, graph: &ObjectGraph, edge: &Edge<'_>) -> StepId {
        let type_index = edge.type_index() as u32;
        let key = (type_index, self.field(graph, edge.id));
        let all = &mut self.all;
        *self.numbers.entry(key).or_insert_with(|| {
            all.push((type_index, edge.id));
            all.len() as u32 - 1
        })
    }

    /// The number of the step that a reference takes, if that was met.
    pub(crate) fn known(&mut self, graph: &ObjectGraph, edge: &Edge<'_>) -> Option<StepId> {
        // Its field may have been met under another code.
        self.field(graph, edge.id);
        self.find(graph, edge)
    }

    /// The number of the step that a reference takes, if that was met by the code of its field.
    pub(crate) fn find(&self, graph: &ObjectGraph, edge: &Edge<'_>) -> Option<StepId> {
        let field = *self.of_code.get(graph.store.field_code(edge.id) as usize)?;
        let type_index = edge.type_index() as u32;
        self.numbers.get(&(type_index, field)).copied()
    }

    /// How many different steps were met.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn get(&self, graph: &ObjectGraph, step: StepId) -> Step {
        let (type_index, edge) = self.all[step as usize];
        Step {
            type_name: graph.types[type_index as usize].short.to_string(),
            field: graph.store.field(edge).into_owned(),
        }
    }

    fn field(&mut self, graph: &ObjectGraph, edge: EdgeId) -> u32 {
        let code = graph.store.field_code(edge) as usize;
        if code >= self.of_code.len() {
            self.of_code.resize(code + 1, 0);
        }
        if self.of_code[code] == 0 {
            let n_fields = self.fields.len() as u32;
            let text = graph.store.field(edge).into_owned();
            self.of_code[code] = *self.fields.entry(text).or_insert(n_fields + 1);
        }
        self.of_code[code]
    }
}

/// Where the least rotation of a list begins: rotated there, lists that are rotations of each other are equal.
///
/// Two candidates are compared, and the worse one jumps behind what was equal. O(length).
pub(crate) fn least_rotation<T: Ord>(list: &[T]) -> usize {
    let (mut best, mut other, mut n_equal) = (0, 1, 0);
    let at = |place: usize| &list[place % list.len()];
    while best < list.len() && other < list.len() && n_equal < list.len() {
        match at(best + n_equal).cmp(at(other + n_equal)) {
            std::cmp::Ordering::Equal => {
                n_equal += 1;
                continue;
            }
            std::cmp::Ordering::Less => other += n_equal + 1,
            std::cmp::Ordering::Greater => best += n_equal + 1,
        }
        other += usize::from(best == other);
        n_equal = 0;
    }
    best.min(other)
}

#[cfg(test)]
mod tests {
    use super::least_rotation;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_rotation_is_less_than_the_least(list in prop::collection::vec(0..3_u8, 1..12)) {
            let rotated = |by: usize| {
                let mut list = list.clone();
                list.rotate_left(by);
                list
            };
            let least = (0..list.len()).map(rotated).min();
            prop_assert_eq!(Some(rotated(least_rotation(&list))), least);
        }
    }
}
