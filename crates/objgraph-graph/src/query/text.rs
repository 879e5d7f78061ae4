//! Texts in conditions: in quotes, or bare as far as they go.

use super::error::QueryError;
use super::lex::Lexer;
use std::borrow::Cow;

/// A text behind `:` or `~`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Text<'q> {
    /// What stands between quotes.
    Quoted(Cow<'q, str>),
    /// What stands without quotes.
    Bare(&'q str),
}

/// What brackets mean in a bare text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brackets {
    /// They come in pairs, as in names of types and in values.
    OfNames,
    /// Those of a regular expression, where a backslash takes their meaning away.
    OfRegexes,
}

impl<'q> Lexer<'q> {
    /// A text. A bare one ends at a blank, or at a parenthesis that closes what was opened before it; within its own
    /// brackets neither ends it.
    pub(super) fn text(&mut self, brackets: Brackets) -> Result<Text<'q>, QueryError> {
        match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote).map(Text::Quoted),
            _ => self.bare(brackets).map(Text::Bare),
        }
    }

    /// A quote within the text is written twice: a backslash would be in the way of regular expressions.
    fn quoted(&mut self, quote: char) -> Result<Cow<'q, str>, QueryError> {
        let start = self.at;
        let inner = &self.rest()[1..];
        let mut is_open = true;
        let end = inner.char_indices().find(|(place, char)| {
            let is_quote = *char == quote && is_open;
            let is_doubled = is_quote && inner[place + 1..].starts_with(quote);
            is_open = !is_doubled;
            is_quote && !is_doubled
        });
        let Some((end, _)) = end else {
            return Err(self.unclosed(start, "text", "its closing quote"));
        };
        self.at += end + 2;
        let text = &inner[..end];
        Ok(if text.contains(quote) {
            Cow::Owned(text.replace(&format!("{quote}{quote}"), quote.encode_utf8(&mut [0; 4])))
        } else {
            Cow::Borrowed(text)
        })
    }

    fn bare(&mut self, brackets: Brackets) -> Result<&'q str, QueryError> {
        let rest = self.rest();
        match brackets.len_of_bare(rest) {
            Ok(0) => Err(self.unexpected(self.at, "a text")),
            Ok(len) => {
                self.at += len;
                Ok(&rest[..len])
            }
            Err(place) => {
                let expected = "its other half, or quotes around the text";
                Err(self.unclosed(self.at + place, "bracket", expected))
            }
        }
    }
}

impl Brackets {
    /// How long the bare text is that begins here; else where the first bracket is that nothing closes.
    fn len_of_bare(self, rest: &str) -> Result<usize, usize> {
        // What closes each bracket that is open, and where it was opened.
        let mut open: Vec<(char, usize)> = Vec::new();
        let mut last = None;
        let mut chars = rest.char_indices();
        while let Some((place, char)) = chars.next() {
            let closer = open.last().map(|(closer, _)| *closer);
            if closer.is_none() && self.end_at(char, place) {
                return Ok(place);
            }
            if char == '\\' && self == Self::OfRegexes {
                chars.next();
            } else if Some(char) == closer && !(char == '>' && last == Some('-')) {
                // The sign of `fn() -> u8` is no bracket.
                open.pop();
            } else if let Some(new) = self.closer_of(char, closer) {
                open.push((new, place));
            }
            last = Some(char);
        }
        match open.first() {
            Some((_, place)) => Err(*place),
            None => Ok(rest.len()),
        }
    }

    /// Whether a bare text ends before a character outside of its brackets.
    fn end_at(self, char: char, place: usize) -> bool {
        // `&str` and `|a|` begin with what otherwise joins conditions.
        let joins = matches!(char, '&' | '|') && place > 0 && self == Self::OfNames;
        char.is_whitespace() || char == ')' || joins
    }

    fn closer_of(self, char: char, inside: Option<char>) -> Option<char> {
        match (char, self) {
            (_, Self::OfRegexes) if inside == Some(']') => None,
            ('(', _) => Some(')'),
            ('[', _) => Some(']'),
            ('{', Self::OfNames) => Some('}'),
            ('<', Self::OfNames) => Some('>'),
            _ => None,
        }
    }
}
