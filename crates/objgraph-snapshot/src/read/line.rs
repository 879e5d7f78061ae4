//! One line of a heap file: an object or the footer.

use super::batch::{Batch, ObjectRow, Text};
use super::footer::Footer;
use super::refs::{self, Refs};
use super::word::Word;
use objgraph_trace::State;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Error as JsonError;
use std::borrow::Cow;
use std::fmt;

/// Reads a line into a batch without a footer, which stays as it was if the line is malformed.
pub(super) fn parse(text: &str, line: u64, batch: &mut Batch) -> Result<(), JsonError> {
    let before = (batch.objects.len(), batch.references.len());
    let mut json = serde_json::Deserializer::from_str(text);
    let read = json
        .deserialize_map(Line { line, batch })
        .and_then(|()| json.end());
    if read.is_err() {
        batch.objects.truncate(before.0);
        batch.references.truncate(before.1);
        batch.footer = None;
    }
    read
}

/// What an error says, without its place, which is told in front.
pub(super) fn reason(error: &JsonError) -> String {
    let whole = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    shown(whole.strip_suffix(&place).unwrap_or(&whole)).into_owned()
}

/// A text of the file in a message: short, and on one line.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    const MAX_CHARS: usize = 200;
    let is_end = |(place, char): &(usize, char)| *place >= MAX_CHARS || char.is_control();
    match text.char_indices().find(is_end) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

/// The keys that mean something.
enum Key {
    Id,
    Type,
    Module,
    Size,
    Owned,
    Strong,
    Weak,
    Value,
    State,
    Root,
    Site,
    Serial,
    Refs,
    End,
    Objects,
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl Visitor<'_> for Keys {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, key: &str) -> Result<Key, E> {
                Ok(match key {
                    "id" => Key::Id,
                    "type" => Key::Type,
                    "module" => Key::Module,
                    "size" => Key::Size,
                    "owned" => Key::Owned,
                    "strong" => Key::Strong,
                    "weak" => Key::Weak,
                    "value" => Key::Value,
                    "state" => Key::State,
                    "root" => Key::Root,
                    "site" => Key::Site,
                    "serial" => Key::Serial,
                    "refs" => Key::Refs,
                    "end" => Key::End,
                    "objects" => Key::Objects,
                    _ => Key::Other,
                })
            }
        }
        deserializer.deserialize_str(Keys)
    }
}

/// Reads a line.
struct Line<'b> {
    line: u64,
    batch: &'b mut Batch,
}

/// What a line has said so far.
#[derive(Default)]
struct Said<'de> {
    id: Option<u64>,
    name: Option<Cow<'de, str>>,
    module: Option<Cow<'de, str>>,
    /// Size, owned bytes, strong and weak count.
    numbers: [u64; 4],
    value: Text,
    state: Option<State>,
    root: Option<Text>,
    site: Text,
    serial: Option<u64>,
    refs: Option<Refs>,
    is_footer: bool,
    objects: Option<u64>,
}

impl<'de> Visitor<'de> for Line<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut said = Said::default();
        while let Some(key) = map.next_key()? {
            said.hear(&key, &mut map, self.batch)?;
        }
        if said.is_footer {
            said.end(self.line, self.batch);
            return Ok(());
        }
        said.add(self.line, self.batch)
            .map_err(Error::missing_field)
    }
}

impl<'de> Said<'de> {
    fn hear<A: MapAccess<'de>>(
        &mut self,
        key: &Key,
        map: &mut A,
        batch: &mut Batch,
    ) -> Result<(), A::Error> {
        let mut text = |map: &mut A| map.next_value().map(|Word(text)| batch.add_text(&text));
        match key {
            Key::Id => self.id = Some(map.next_value()?),
            Key::Type => self.name = Some(map.next_value::<Word<'de>>()?.0),
            Key::Module => self.module = Some(map.next_value::<Word<'de>>()?.0),
            Key::Size => self.numbers[0] = map.next_value()?,
            Key::Owned => self.numbers[1] = map.next_value()?,
            Key::Strong => self.numbers[2] = map.next_value()?,
            Key::Weak => self.numbers[3] = map.next_value()?,
            Key::Value => self.value = text(map)?,
            Key::State => {
                let Word(word) = map.next_value()?;
                self.state = crate::state::parse(&word);
                if self.state.is_none() {
                    batch.unknown_states.add(&shown(&word));
                }
            }
            Key::Root => self.root = Some(text(map)?),
            Key::Site => self.site = text(map)?,
            Key::Serial => self.serial = Some(map.next_value()?),
            // The references of both would be in the batch, and those of all later objects be taken for others'.
            Key::Refs if self.refs.is_some() => return Err(Error::duplicate_field("refs")),
            Key::Refs => self.refs = Some(map.next_value_seed(refs::Reader(batch))?),
            Key::End => self.is_footer = map.next_value()?,
            Key::Objects => self.objects = Some(map.next_value()?),
            Key::Other => _ = map.next_value::<IgnoredAny>()?,
        }
        Ok(())
    }

    fn end(&self, line: u64, batch: &mut Batch) {
        batch.footer = Some(Footer {
            line,
            objects: self.objects,
            refs: match self.refs {
                Some(Refs::Total(refs)) => Some(refs),
                _ => None,
            },
        });
    }

    /// Adds the object; fails with the key that is missing.
    fn add(self, line: u64, batch: &mut Batch) -> Result<(), &'static str> {
        let id = self.id.ok_or("id")?;
        let name = self.name.ok_or("type")?;
        let module = self.module.as_deref().unwrap_or_default();
        let [size, owned, strong, weak] = self.numbers;
        let object = ObjectRow {
            line,
            id,
            type_number: batch.type_number(module, &name),
            size,
            owned,
            strong,
            weak,
            value: self.value,
            state: self.state.unwrap_or(State::Traced),
            root: self.root,
            site: self.site,
            serial: self.serial,
            n_references: match self.refs {
                Some(Refs::Each(count)) => count,
                _ => 0,
            },
        };
        batch.objects.push(object);
        Ok(())
    }
}
