//! The references of an object, and their total in the footer: both are called `refs`.

use super::batch::{Batch, ReferenceRow};
use super::line::shown;
use super::word::Word;
use objgraph_trace::EdgeKind;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, SeqAccess, Visitor};
use std::fmt;

/// What `refs` said.
pub(super) enum Refs {
    /// The batch has got that many references.
    Each(usize),
    /// The whole file has that many.
    Total(u64),
}

/// Reads `refs` into a batch.
pub(super) struct Reader<'b>(pub(super) &'b mut Batch);

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Refs;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Refs, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Refs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of references")
    }

    fn visit_u64<E>(self, total: u64) -> Result<Refs, E> {
        Ok(Refs::Total(total))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Refs, A::Error> {
        let mut count = 0;
        while list.next_element_seed(Reference(self.0))?.is_some() {
            count += 1;
        }
        Ok(Refs::Each(count))
    }
}

/// Reads `[target, label, kind]`.
struct Reference<'b>(&'b mut Batch);

impl<'de> DeserializeSeed<'de> for Reference<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Reference<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reference, [target, label, kind]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<(), A::Error> {
        let batch = self.0;
        let target = parts.next_element()?;
        let target = target.ok_or_else(|| A::Error::invalid_length(0, &"a target"))?;
        let label = parts.next_element::<Option<Word<'de>>>()?.flatten();
        let kind = match parts.next_element::<Option<Word<'de>>>()?.flatten() {
            Some(Word(word)) => kind(&word, batch),
            None => EdgeKind::Strong,
        };
        while parts.next_element::<IgnoredAny>()?.is_some() {}
        let label = batch.label(label.as_ref().map_or("", |Word(label)| label));
        batch.references.push(ReferenceRow {
            target,
            kind,
            label,
        });
        Ok(())
    }
}

fn kind(word: &str, batch: &mut Batch) -> EdgeKind {
    let known = EdgeKind::ALL.into_iter().find(|kind| kind.label() == word);
    known.unwrap_or_else(|| {
        batch.unknown_kinds.add(&shown(word));
        EdgeKind::Strong
    })
}
