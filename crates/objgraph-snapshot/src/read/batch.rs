//! The objects of one block of lines, on their way into the graph.

use super::footer::Footer;
use crate::error::ReadError;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use objgraph_graph::KnownLabel;
use objgraph_trace::{EdgeKind, State};
use std::hash::BuildHasher as _;

/// Stands between module and name of a type.
const TYPE_SEPARATOR: &str = "\0";

/// Everything that some lines say, with texts and numbers of its own.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) objects: Vec<ObjectRow>,
    /// The references of one object after those of the other.
    pub(super) references: Vec<ReferenceRow>,
    /// Texts one after the other.
    texts: String,
    labels: Distinct,
    types: Distinct,
    /// Room for the text that tells a type from others.
    key: String,
    pub(super) footer: Option<Footer>,
    pub(super) unknown_states: Unknown,
    pub(super) unknown_kinds: Unknown,
    /// What is wrong behind the objects.
    pub(super) error: Option<ReadError>,
}

/// An object, in the order of the format's keys.
#[derive(Clone, Debug)]
pub(super) struct ObjectRow {
    pub(super) line: u64,
    pub(super) id: u64,
    /// A position in [`Batch::type_names`].
    pub(super) type_number: u32,
    pub(super) size: u64,
    pub(super) owned: u64,
    pub(super) strong: u64,
    pub(super) weak: u64,
    pub(super) value: Text,
    pub(super) state: State,
    pub(super) root: Option<Text>,
    pub(super) site: Text,
    pub(super) serial: Option<u64>,
    pub(super) n_references: usize,
}

/// A reference.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReferenceRow {
    pub(super) target: u64,
    pub(super) kind: EdgeKind,
    pub(super) label: LabelRow,
}

/// A label.
#[derive(Clone, Copy, Debug)]
pub(super) enum LabelRow {
    /// `[3]`, which needs no text.
    Position(KnownLabel),
    /// A position in [`Batch::label_texts`].
    Text(u32),
}

/// A text of a batch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Text {
    start: u32,
    end: u32,
}

/// Texts that occur, each once.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    texts: Vec<Text>,
    numbers: HashTable<u32>,
    hasher: RandomState,
}

/// Words that nothing here knows.
#[derive(Debug, Default)]
pub(super) struct Unknown {
    pub(super) count: u64,
    pub(super) first: String,
}

impl Batch {
    pub(super) fn text(&self, text: Text) -> &str {
        &self.texts[text.start as usize..text.end as usize]
    }

    pub(super) fn add_text(&mut self, text: &str) -> Text {
        add(&mut self.texts, text)
    }

    pub(super) fn label(&mut self, label: &str) -> LabelRow {
        match KnownLabel::of_position(label) {
            Some(position) => LabelRow::Position(position),
            None => LabelRow::Text(self.labels.number(&mut self.texts, label)),
        }
    }

    pub(super) fn type_number(&mut self, module: &str, name: &str) -> u32 {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        key.extend([module, TYPE_SEPARATOR, name]);
        let number = self.types.number(&mut self.texts, &key);
        self.key = key;
        number
    }

    /// Module and name of each type, in the order of their numbers.
    pub(super) fn type_names(&self) -> impl Iterator<Item = (&str, &str)> {
        let keys = self.types.texts.iter().map(|key| self.text(*key));
        keys.map(|key| key.split_once(TYPE_SEPARATOR).unwrap_or(("", key)))
    }

    /// The labels, in the order of their numbers.
    pub(super) fn label_texts(&self) -> impl Iterator<Item = &str> {
        self.labels.texts.iter().map(|label| self.text(*label))
    }
}

/// A block, and so what is taken out of it, has less than four gigabytes.
fn add(texts: &mut String, text: &str) -> Text {
    let start = texts.len() as u32;
    texts.push_str(text);
    Text {
        start,
        end: texts.len() as u32,
    }
}

impl Distinct {
    fn number(&mut self, joined: &mut String, text: &str) -> u32 {
        let hash = self.hasher.hash_one(text);
        let at = |known: Text| &joined[known.start as usize..known.end as usize];
        let is_equal = |number: &u32| at(self.texts[*number as usize]) == text;
        if let Some(number) = self.numbers.find(hash, is_equal) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(add(joined, text));
        let at = |known: Text| &joined[known.start as usize..known.end as usize];
        let hash_of = |number: &u32| self.hasher.hash_one(at(self.texts[*number as usize]));
        self.numbers.insert_unique(hash, number, hash_of);
        number
    }
}

impl Unknown {
    pub(super) fn add(&mut self, word: &str) {
        if self.count == 0 {
            word.clone_into(&mut self.first);
        }
        self.count += 1;
    }

    pub(super) fn join(&mut self, later: Self) {
        if self.count == 0 {
            self.first = later.first;
        }
        self.count += later.count;
    }
}
