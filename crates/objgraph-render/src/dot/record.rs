//! The labels of records: fields beside and below each other, some with a port.
//!
//! ```text
//! {name|<next> next}     fields below each other, the second one a port
//! a|{b|c}|d              side by side, with two below each other in the middle
//! ```

/// The most fields that are read; a picture could not show more.
const MAX_FIELDS: usize = 4_000;
/// The bytes of a field that are kept; what is drawn is cut much earlier.
const MAX_BYTES: usize = 40_000;

/// A field of a record.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Field {
    /// The name of its port; empty if it has none.
    pub(crate) port: String,
    /// Its text, with the escapes that every label has.
    pub(crate) text: String,
    /// The fields in it, by position; they come after it. If there are any, it has no text and no port.
    pub(crate) fields: Vec<usize>,
}

/// The fields of a label, the whole first; `None` if it is none that Graphviz understands.
///
/// # Complexity
/// O(bytes), without recursion.
pub(crate) fn fields(label: &str) -> Option<Vec<Field>> {
    let mut reader = Reader {
        fields: vec![Field::default()],
        open: vec![0],
        ..Reader::default()
    };
    let mut rest = label.chars();
    while let Some(c) = rest.next() {
        match c {
            c if c < ' ' => {}
            '<' => reader.open_port()?,
            '>' => reader.close_port()?,
            '{' => reader.open_table()?,
            '}' if reader.depth() == 1 => return reader.finish(),
            '}' => reader.close_table()?,
            '|' => reader.end_field()?,
            '\\' => reader.escaped(rest.next())?,
            c => reader.character(c)?,
        }
    }
    reader.finish()
}

/// Where in a field the reader is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Place {
    #[default]
    Start,
    InPort,
    AfterPort,
    InText,
    AfterTable,
}

#[derive(Default)]
struct Reader {
    fields: Vec<Field>,
    /// The tables that are open, by position in the fields.
    open: Vec<usize>,
    /// How many further tables are open that are not kept.
    n_unkept: usize,
    place: Place,
    /// The field that is being read.
    port: String,
    text: String,
    /// Whether the last character is a blank that stands for nothing at the end.
    ends_soft: bool,
}

impl Reader {
    fn depth(&self) -> usize {
        self.open.len() + self.n_unkept
    }

    fn open_port(&mut self) -> Option<()> {
        let is_new = matches!(self.place, Place::Start | Place::InText) && self.port.is_empty();
        self.place = Place::InPort;
        is_new.then_some(())
    }

    fn close_port(&mut self) -> Option<()> {
        let is_open = self.place == Place::InPort;
        self.place = if self.text.is_empty() {
            Place::AfterPort
        } else {
            Place::InText
        };
        is_open.then_some(())
    }

    fn open_table(&mut self) -> Option<()> {
        let is_new = self.place == Place::Start;
        if is_new {
            match self.add(Field::default()) {
                Some(table) => self.open.push(table),
                None => self.n_unkept += 1,
            }
        }
        is_new.then_some(())
    }

    fn close_table(&mut self) -> Option<()> {
        self.end_field()?;
        match self.n_unkept.checked_sub(1) {
            Some(fewer) => self.n_unkept = fewer,
            None => self.open.truncate(self.open.len() - 1),
        }
        self.place = Place::AfterTable;
        Some(())
    }

    /// Ends a field; a table has ended already.
    fn end_field(&mut self) -> Option<()> {
        if self.place == Place::InPort {
            return None;
        }
        let field = Field {
            port: std::mem::take(&mut self.port).trim().to_owned(),
            text: std::mem::take(&mut self.text),
            fields: Vec::new(),
        };
        let is_table = std::mem::take(&mut self.place) == Place::AfterTable;
        if !is_table {
            self.add(field);
        }
        self.ends_soft = false;
        Some(())
    }

    /// Puts a field into the innermost table; its position, unless there are too many.
    fn add(&mut self, mut field: Field) -> Option<usize> {
        if self.ends_soft {
            field.text.pop();
        }
        let index = self.fields.len();
        let table = *self.open.last()?;
        if self.n_unkept > 0 || index == MAX_FIELDS {
            return None;
        }
        self.fields[table].fields.push(index);
        self.fields.push(field);
        Some(index)
    }

    fn escaped(&mut self, c: Option<char>) -> Option<()> {
        match c {
            Some(c @ ('{' | '}' | '|' | '<' | '>' | ' ')) => self.write(c, true),
            Some(c) => {
                self.write('\\', true)?;
                self.write(c, true)
            }
            None => self.write('\\', true),
        }
    }

    fn character(&mut self, c: char) -> Option<()> {
        self.write(c, c != ' ')
    }

    /// Blanks are soft: of several one counts, and none at the ends.
    fn write(&mut self, c: char, is_hard: bool) -> Option<()> {
        match self.place {
            Place::AfterTable => return (!is_hard).then_some(()),
            Place::InPort => {
                if self.port.len() < MAX_BYTES {
                    self.port.push(c);
                }
                return Some(());
            }
            _ => {}
        }
        let is_kept = is_hard || !self.text.is_empty() && !self.ends_soft;
        if is_kept && self.text.len() < MAX_BYTES {
            self.text.push(c);
            self.ends_soft = !is_hard;
        }
        if is_hard {
            self.place = Place::InText;
        }
        Some(())
    }

    fn finish(mut self) -> Option<Vec<Field>> {
        self.end_field()?;
        (self.depth() == 1).then_some(self.fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields of a table in brackets, ports before a colon.
    fn shown(label: &str) -> String {
        let Some(fields) = fields(label) else {
            return "?".to_owned();
        };
        let mut texts: Vec<String> = Vec::new();
        for field in fields.iter().rev() {
            let inside: Vec<_> = (field.fields.iter())
                .map(|index| texts[fields.len() - 1 - index].as_str())
                .collect();
            let port = if field.port.is_empty() {
                String::new()
            } else {
                format!("{}:", field.port)
            };
            texts.push(if inside.is_empty() {
                format!("{port}{}", field.text)
            } else {
                format!("[{}]", inside.join(","))
            });
        }
        texts.pop().unwrap_or_default()
    }

    #[test]
    fn braces_hold_fields_and_angles_ports() {
        for (label, expected) in [
            ("a", "[a]"),
            ("", "[]"),
            ("a|b|c", "[a,b,c]"),
            ("{rec|<p>ord|{a|b}}", "[[rec,p:ord,[a,b]]]"),
            (
                "<f0> left|<f1> mid\\ dle|<f2> right",
                "[f0:left,f1:mid dle,f2:right]",
            ),
            ("text <p>|<q>", "[p:text,q:]"),
            ("  a   b  |c", "[a b,c]"),
            ("a\\|b\\{\\}\\<\\>", "[a|b{}<>]"),
            ("one\\ntwo\\l|\\N", "[one\\ntwo\\l,\\N]"),
            ("|", "[,]"),
            ("a}b", "[a]"),
            ("{a|b} ", "[[a,b]]"),
        ] {
            assert_eq!(shown(label), expected, "{label}");
        }
    }

    #[test]
    fn what_graphviz_does_not_understand_is_none() {
        for label in [
            "{a", "{a}b", "a{b}", "<p", "<p>{a}", "<p<q>", "a>", "<p><q>",
        ] {
            assert_eq!(shown(label), "?", "{label}");
        }
    }

    #[test]
    fn deep_and_long_labels_are_cut() {
        let deep = "{".repeat(100_000) + "a" + &"}".repeat(100_000);
        assert_eq!(fields(&deep).map(|fields| fields.len()), Some(MAX_FIELDS));
        assert_eq!(fields(&"{".repeat(100_000)), None);
        let long = fields(&"a|".repeat(5_000_000)).expect("it is a record");
        assert_eq!(long.len(), MAX_FIELDS);
        let wide = fields(&"a".repeat(10_000_000)).expect("it is a record");
        assert!(wide[1].text.len() <= MAX_BYTES);
    }
}
