//! Text to tokens.

use super::error::QueryError;

/// The smallest part of a query that joins or separates conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `and` or `&`
    And,
    /// `or` or `|`
    Or,
    /// `not` or `!`
    Not,
    /// Here a condition begins, which is still to be read.
    Term,
    /// Nothing more.
    End,
}

impl Token {
    /// Whether an operand begins with it.
    pub(super) fn begins_operand(self) -> bool {
        matches!(self, Self::Open | Self::Not | Self::Term)
    }
}

/// The words that are tokens, in capitals or not.
const KEYWORDS: [(&str, Token); 3] = [("and", Token::And), ("or", Token::Or), ("not", Token::Not)];

/// Walks a text, token by token.
pub(super) struct Lexer<'q> {
    text: &'q str,
    /// Where the next token is looked for.
    pub(super) at: usize,
    pub(super) n_regexes: usize,
}

impl<'q> Lexer<'q> {
    pub(super) fn new(text: &'q str) -> Self {
        Self {
            text,
            at: 0,
            n_regexes: 0,
        }
    }

    /// The next token, and where it begins. A condition is left to be read.
    pub(super) fn next(&mut self) -> (Token, usize) {
        self.skip_blanks();
        let start = self.at;
        let (token, len) = match self.rest().chars().next() {
            None => (Token::End, 0),
            Some('(') => (Token::Open, 1),
            Some(')') => (Token::Close, 1),
            Some('&') => (Token::And, 1),
            Some('|') => (Token::Or, 1),
            Some('!') => (Token::Not, 1),
            Some(_) => self.keyword().unwrap_or((Token::Term, 0)),
        };
        self.at += len;
        (token, start)
    }

    /// A keyword is a whole word: `order` is the name of a type.
    fn keyword(&self) -> Option<(Token, usize)> {
        let ends = |c: char| c.is_whitespace() || "()&|!#\"'".contains(c);
        let word = self.rest().split(ends).next()?;
        let is_word = |keyword: &&(&str, Token)| word.eq_ignore_ascii_case(keyword.0);
        let (_, token) = KEYWORDS.iter().find(is_word)?;
        Some((*token, word.len()))
    }

    pub(super) fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'q str {
        &self.text[self.at..]
    }

    /// Takes characters as long as they belong together.
    pub(super) fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'q str {
        let rest = self.rest();
        let taken = &rest[..rest.find(|c| !belongs(c)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    /// Takes a text if it comes next.
    pub(super) fn takes(&mut self, text: &str) -> bool {
        let comes = self.rest().starts_with(text);
        if comes {
            self.at += text.len();
        }
        comes
    }

    /// The column of a place.
    pub(super) fn column(&self, at: usize) -> usize {
        self.text[..at].chars().count() + 1
    }

    pub(super) fn unexpected(&self, at: usize, expected: &'static str) -> QueryError {
        QueryError::Unexpected {
            column: self.column(at),
            expected,
            found: found(&self.text[at..]),
        }
    }

    pub(super) fn unclosed(
        &self,
        at: usize,
        what: &'static str,
        expected: &'static str,
    ) -> QueryError {
        QueryError::Unclosed {
            column: self.column(at),
            what,
            expected,
        }
    }
}

/// What comes next, in the words of an error.
fn found(rest: &str) -> String {
    let Some(first) = rest.chars().next() else {
        return "the end".to_owned();
    };
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    if !is_word(first) {
        return format!("`{}`", first.escape_debug());
    }
    format!(
        "`{}`",
        short(rest.split(|c| !is_word(c)).next().unwrap_or_default())
    )
}

/// A word of the query, cut to what an error has room for.
pub(super) fn short(word: &str) -> String {
    const MAX_CHARS: usize = 40;
    match word.char_indices().nth(MAX_CHARS) {
        None => word.to_owned(),
        Some((end, _)) => format!("{}…", &word[..end]),
    }
}
