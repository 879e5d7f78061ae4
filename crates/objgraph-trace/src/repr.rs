//! The one-line text of a value.

use crate::Trace;
use std::any::type_name;
use std::fmt::{self, Write};

/// Takes the one-line value of an object, and cuts it where the label would get too long.
///
/// What comes out has no line break, no control character and no character that reverses the
/// direction of text; writing stops costing anything once the line is full, however long the value is.
pub struct Repr<'b> {
    out: &'b mut String,
    /// Where this value begins in `out`.
    start: usize,
    /// How many characters still fit.
    room: usize,
    /// Whether the next item of this record is the first.
    first: bool,
    /// How many records this one lies in.
    nesting: usize,
    /// Where the value stands that was written last, if it holds nothing: `None`, `[]`, `0 items`.
    blank: Option<(usize, usize)>,
    /// Entries of this record that hold nothing, as long as no entry holds something.
    blank_entries: String,
}

/// Records in records deeper than this are not shown.
const MAX_NESTING: usize = 3;

/// A sequence within another value takes no more characters than this.
const MAX_INNER_SEQUENCE: usize = 32;

impl<'b> Repr<'b> {
    /// Appends to `out` at most `max_chars` characters, and an ellipsis if that is too few.
    pub fn new(out: &'b mut String, max_chars: usize) -> Self {
        Self {
            start: out.len(),
            out,
            room: max_chars,
            first: true,
            nesting: 0,
            blank: None,
            blank_entries: String::new(),
        }
    }

    /// Whether no more text fits.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.room == 0
    }

    /// Whether nothing was written yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.out.len() == self.start
    }

    /// Writes the fields of a struct: `id: 7, name: "main"`, in braces if it lies in another.
    ///
    /// Named fields that hold nothing (`None`, an empty collection) are left out beside one that holds something.
    pub fn record(&mut self, fields: impl FnOnce(&mut Repr<'_>)) {
        let (open, close) = if self.nesting == 0 {
            ("", "")
        } else {
            ("{", "}")
        };
        self.enclosed(open, close, fields);
    }

    /// Writes a variant: `Circle`, or `Circle(radius: 2)` if the closure writes something.
    pub fn variant(&mut self, name: &str, fields: impl FnOnce(&mut Repr<'_>)) {
        self.text(name);
        self.enclosed("(", ")", fields);
    }

    /// Writes `name: value`, or nothing if the value writes nothing.
    pub fn field<T: Trace + ?Sized>(&mut self, name: &str, value: &T) {
        self.named(name, |out| value.trace_repr(out));
    }

    /// Writes a value without a name, or nothing if the value writes nothing.
    pub fn item<T: Trace + ?Sized>(&mut self, value: &T) {
        self.entry("", |out| value.trace_repr(out));
    }

    /// Writes `name: ` and what the closure writes, or nothing if it writes nothing.
    pub fn named(&mut self, name: &str, value: impl FnOnce(&mut Repr<'_>)) {
        self.entry(name, value);
    }

    /// Writes the elements of a sequence that holds no references: `[1, 2, 3]`, or the first of them and how many
    /// there are, `[1, 2, … 4096 bytes]`.
    pub fn sequence<'t, T: Trace + 't>(&mut self, items: impl IntoIterator<Item = &'t T>) {
        let items = items.into_iter();
        let (n_items, noun) = (items.size_hint().0, noun::<T>());
        let tail = ", … 1 ]".len() - "…".len()
            + 1
            + n_items.checked_ilog10().unwrap_or(0) as usize
            + noun.len();
        // In a record, one long list leaves room for the other fields.
        let spared = if self.nesting > 0 {
            self.room.saturating_sub(MAX_INNER_SEQUENCE)
        } else {
            0
        };
        self.room -= spared;
        // Behind the last item that leaves room for the number of all.
        let mut last_fit = None;
        let start = self.out.len();
        self.text("[");
        let outer_first = std::mem::replace(&mut self.first, true);
        self.nesting += 1;
        for item in items {
            if self.room > tail {
                last_fit = Some(((self.out.len(), self.room), self.first));
            }
            if self.is_full() {
                break;
            }
            self.item(item);
        }
        self.nesting -= 1;
        self.first = outer_first;
        self.text("]");
        if self.out[start..] == *"[]" {
            self.blank = Some((start, self.out.len()));
        }
        if self.is_full()
            && let Some((place, is_first)) = last_fit
        {
            self.go_back(place);
            let comma = if is_first { "" } else { ", " };
            let _ = write!(self, "{comma}… {n_items} {noun}]");
        }
        self.room += spared;
    }

    /// Writes the items of a tuple in parentheses, or nothing if they write nothing.
    pub fn tuple(&mut self, items: impl FnOnce(&mut Repr<'_>)) {
        self.enclosed("(", ")", items);
    }

    /// Writes a count with its noun: `1 item`, `3 items`.
    pub fn count(&mut self, count: usize, one: &str, several: &str) {
        let start = self.out.len();
        let _ = write!(self, "{count} {}", if count == 1 { one } else { several });
        if count == 0 {
            self.blank = Some((start, self.out.len()));
        }
    }

    /// Writes the text of a value that holds nothing.
    pub(crate) fn nothing(&mut self, text: &str) {
        let start = self.out.len();
        self.text(text);
        self.blank = Some((start, self.out.len()));
    }

    /// Writes a value as its `Debug` impl does.
    pub fn debug(&mut self, value: &(impl fmt::Debug + ?Sized)) {
        // An error is the line being full, which the ellipsis says.
        let _ = write!(self, "{value:?}");
    }

    /// Writes a value as its `Display` impl does.
    pub fn display(&mut self, value: &(impl fmt::Display + ?Sized)) {
        let _ = write!(self, "{value}");
    }

    /// Writes text.
    pub fn text(&mut self, text: &str) {
        let _ = self.write_str(text);
    }

    /// Writes text in quotes, without reading further than what fits.
    pub fn quoted(&mut self, text: &str) {
        // Most texts are short and plain, and a map of a million keys has a million of them.
        if text.len() + 2 < self.room && text.bytes().all(is_plain) {
            self.out.push('"');
            self.out.push_str(text);
            self.out.push('"');
            self.room -= text.len() + 2;
            return;
        }
        self.text("\"");
        for char in text.chars() {
            if self.is_full() {
                break;
            }
            match char {
                '"' | '\\' => {
                    self.push('\\');
                    self.push(char);
                }
                _ => self.push(char),
            }
        }
        self.text("\"");
    }

    fn enclosed(&mut self, open: &str, close: &str, write: impl FnOnce(&mut Repr<'_>)) {
        if self.nesting >= MAX_NESTING {
            return;
        }
        let before = (self.out.len(), self.room);
        self.text(open);
        let written = self.out.len();
        let outer_first = std::mem::replace(&mut self.first, true);
        let outer_blank_entries = std::mem::take(&mut self.blank_entries);
        self.nesting += 1;
        write(self);
        self.nesting -= 1;
        self.first = outer_first;
        let blank_entries = std::mem::replace(&mut self.blank_entries, outer_blank_entries);
        if self.out.len() == written {
            self.text(&blank_entries);
        }
        if self.out.len() > written {
            self.text(close);
        } else {
            self.go_back(before);
        }
    }

    fn entry(&mut self, name: &str, write: impl FnOnce(&mut Repr<'_>)) {
        if self.is_full() {
            return;
        }
        let before = (self.out.len(), self.room);
        if !self.first {
            self.text(", ");
        }
        if !name.is_empty() {
            self.text(name);
            self.text(": ");
        }
        let written = self.out.len();
        write(self);
        let is_blank = self.blank.take() == Some((written, self.out.len()));
        if is_blank && !name.is_empty() && self.nesting > 0 && !self.is_full() {
            self.set_aside(before);
        } else if self.out.len() > written || self.is_full() {
            self.first = false;
        } else {
            self.go_back(before);
        }
    }

    /// Takes back an entry that holds nothing; it is kept in case that the whole record has no other.
    fn set_aside(&mut self, (length, room): (usize, usize)) {
        if self.first {
            let comma = if self.blank_entries.is_empty() {
                ""
            } else {
                ", "
            };
            self.blank_entries.push_str(comma);
            self.blank_entries.push_str(&self.out[length..]);
        }
        self.go_back((length, room));
    }

    fn go_back(&mut self, (length, room): (usize, usize)) {
        self.out.truncate(length);
        self.room = room;
    }

    fn push(&mut self, char: char) {
        if char.is_control() || reverses_text(char) {
            for escaped in char.escape_default() {
                self.push_plain(escaped);
            }
        } else {
            self.push_plain(char);
        }
    }

    fn push_plain(&mut self, char: char) {
        match self.room {
            0 => {}
            1 => {
                self.out.push('…');
                self.room = 0;
            }
            _ => {
                self.out.push(char);
                self.room -= 1;
            }
        }
    }
}

impl Write for Repr<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // Names, numbers and punctuation come in pieces that fit and need no escaping.
        if text.len() < self.room && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            self.out.push_str(text);
            self.room -= text.len();
            return Ok(());
        }
        for char in text.chars() {
            if self.is_full() {
                return Err(fmt::Error);
            }
            self.push(char);
        }
        Ok(())
    }
}

/// What the elements of a sequence are called when they are counted.
fn noun<T: ?Sized>() -> &'static str {
    if type_name::<T>() == "u8" {
        "bytes"
    } else {
        "items"
    }
}

/// Whether a byte is a character that is written as it is, in quotes too.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

/// Whether the character changes the direction of what follows: it could make a label lie.
fn reverses_text(char: char) -> bool {
    matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
