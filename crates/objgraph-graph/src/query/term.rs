//! One condition.

use super::condition::{Comparison, Key, NumberKey, STATE_NAMES, STATES, Term, TextKey};
use super::error::QueryError;
use super::lex::{Lexer, short};
use super::pattern::{Pattern, Search};
use super::text::{Brackets, Text};

/// More regular expressions than this are refused, since each may take a megabyte.
const MAX_REGEXES: usize = 100;

/// What a condition looks like, in the words of an error.
pub(super) const TERM: &str = "a condition such as type:Session or size>1MB";

impl Lexer<'_> {
    /// The condition that begins here.
    pub(super) fn term(&mut self) -> Result<Term, QueryError> {
        let start = self.at;
        if self.takes("#") {
            return self.id().map(Term::Id);
        }
        let word = self.take_while(|c| c.is_alphanumeric() || c == '_');
        if word.is_empty() || !self.is_operator_next() {
            self.at = start;
            return self.bare_type();
        }
        let Some(key) = Key::named(word) else {
            return Err(self.unknown_name(start, Key::NAMES, word));
        };
        self.skip_blanks();
        match key {
            Key::Text(key) => self.pattern().map(|pattern| Term::Text(key, pattern)),
            Key::Number(key) => self.comparison(key),
            Key::State => self.state(),
        }
    }

    /// Whether an operator follows a word that may be a key.
    fn is_operator_next(&self) -> bool {
        let rest = self.rest();
        let after_blanks = rest.trim_start();
        match after_blanks.chars().next() {
            Some('~' | '>' | '=') => true,
            Some(':') => !after_blanks.starts_with("::"),
            // `Rc<Page>` is a type; `sise<1MB` a key that does not exist.
            Some('<') => rest != after_blanks || self.is_number_behind_less(),
            _ => false,
        }
    }

    fn is_number_behind_less(&self) -> bool {
        let behind = self.rest().trim_start_matches(['<', '=']).trim_start();
        behind.starts_with(|c: char| c.is_ascii_digit())
    }

    /// A name without a key is one of a type; alone, `root` is any root.
    fn bare_type(&mut self) -> Result<Term, QueryError> {
        if self.rest().starts_with([':', '~', '<', '>', '=']) {
            return Err(self.unexpected(self.at, TERM));
        }
        let pattern = match self.text(Brackets::OfNames)? {
            Text::Bare("root") => return Ok(Term::Root),
            Text::Bare(name) => Pattern::of_bare(name),
            Text::Quoted(name) => Pattern::Exact(name.into_owned()),
        };
        Ok(Term::Text(TextKey::Type, pattern))
    }

    fn pattern(&mut self) -> Result<Pattern, QueryError> {
        if self.takes("~") {
            return self.regex();
        }
        if !self.takes(":") {
            return Err(self.unexpected(self.at, "`:` or `~`"));
        }
        self.skip_blanks();
        Ok(match self.text(Brackets::OfNames)? {
            Text::Bare(text) => Pattern::of_bare(text),
            Text::Quoted(text) => Pattern::Exact(text.into_owned()),
        })
    }

    fn regex(&mut self) -> Result<Pattern, QueryError> {
        self.skip_blanks();
        let start = self.at;
        self.n_regexes += 1;
        if self.n_regexes > MAX_REGEXES {
            return Err(QueryError::TooManyRegexes {
                column: self.column(start),
                limit: MAX_REGEXES,
            });
        }
        let search = match self.text(Brackets::OfRegexes)? {
            Text::Bare(text) => Search::new(text),
            Text::Quoted(text) => Search::new(&text),
        };
        search
            .map(Pattern::Regex)
            .map_err(|error| QueryError::Regex {
                column: self.column(start),
                reason: error.to_string(),
            })
    }

    fn comparison(&mut self, key: NumberKey) -> Result<Term, QueryError> {
        let signs = Comparison::ALL;
        let Some((_, comparison)) = signs.iter().find(|(sign, _)| self.takes(sign)) else {
            return Err(self.unexpected(self.at, "`>`, `>=`, `<`, `<=` or `=`"));
        };
        self.skip_blanks();
        Ok(Term::Number(key, *comparison, self.number(key)?))
    }

    fn state(&mut self) -> Result<Term, QueryError> {
        if !self.takes(":") {
            return Err(self.unexpected(self.at, "`:`"));
        }
        self.skip_blanks();
        let start = self.at;
        let word = self.take_while(|c| c.is_alphanumeric() || c == '_');
        let known = STATES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(word));
        match known {
            Some((_, state)) => Ok(Term::State(*state)),
            None if word.is_empty() => Err(self.unexpected(start, "the name of a state")),
            None => Err(self.unknown_name(start, STATE_NAMES, word)),
        }
    }

    fn unknown_name(&self, at: usize, known: &'static str, word: &str) -> QueryError {
        QueryError::UnknownName {
            column: self.column(at),
            known,
            found: short(word),
        }
    }
}
