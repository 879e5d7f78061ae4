//! Text to tokens.

use std::borrow::Cow;

use super::error::ReadDotError;

/// The smallest part of DOT that means something.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// A name without quotes: a keyword in some places.
    Name(&'a str),
    /// A number.
    Number(&'a str),
    /// A string, without its quotes.
    Quoted(Cow<'a, str>),
    /// What stands between `<` and `>`.
    Html(&'a str),
    /// One of `{ } [ ] ; , : = +`.
    Sign(char),
    /// `->`
    Arrow,
    /// `--`
    Line,
    /// Nothing more.
    End,
}

/// The words with a meaning of their own, in capitals or not.
const KEYWORDS: [&str; 6] = ["node", "edge", "graph", "digraph", "subgraph", "strict"];

impl Token<'_> {
    /// Whether it is this keyword.
    pub(super) fn is(&self, keyword: &str) -> bool {
        matches!(self, Token::Name(name) if name.eq_ignore_ascii_case(keyword))
    }

    pub(super) fn is_keyword(&self) -> bool {
        KEYWORDS.iter().any(|keyword| self.is(keyword))
    }

    /// The token in the words of an error.
    pub(super) fn describe(&self) -> String {
        match self {
            Token::Name(name) if self.is_keyword() => format!("the keyword `{}`", short(name)),
            Token::Name(text) | Token::Number(text) => format!("`{}`", short(text)),
            Token::Quoted(text) => format!("\"{}\"", short(text)),
            Token::Html(text) => format!("`<{}>`", short(text)),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::Arrow => "`->`".to_owned(),
            Token::Line => "`--`".to_owned(),
            Token::End => "the end of the file".to_owned(),
        }
    }
}

fn short(text: &str) -> String {
    const MAX_CHARS: usize = 40;
    let first_line = text.lines().next().unwrap_or_default();
    let start: String = first_line.chars().take(MAX_CHARS).collect();
    let rest = if start.len() < text.len() { "…" } else { "" };
    format!("{}{rest}", start.escape_debug())
}

/// Walks a text, token by token.
pub(super) struct Lexer<'a> {
    text: &'a str,
    /// Where the next token is looked for.
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token, and where it begins.
    pub(super) fn next(&mut self) -> Result<(Token<'a>, usize), ReadDotError> {
        self.skip_blanks()?;
        let start = self.at;
        let Some(first) = self.rest().chars().next() else {
            return Ok((Token::End, start));
        };
        let token = match first {
            '{' | '}' | '[' | ']' | ';' | ',' | ':' | '=' | '+' => {
                self.at += 1;
                Token::Sign(first)
            }
            '"' => self.quoted()?,
            '<' => self.html()?,
            '-' if self.rest().starts_with("->") => {
                self.at += 2;
                Token::Arrow
            }
            '-' if self.rest().starts_with("--") => {
                self.at += 2;
                Token::Line
            }
            '-' | '.' | '0'..='9' => self.number()?,
            c if is_name_start(c) => {
                let is_in = |c: char| is_name_start(c) || c.is_ascii_digit();
                Token::Name(self.take(|rest| rest.find(|c| !is_in(c))))
            }
            _ => return Err(self.strange(first)),
        };
        Ok((token, start))
    }

    /// Skips white space, comments and the lines that a preprocessor leaves.
    fn skip_blanks(&mut self) -> Result<(), ReadDotError> {
        loop {
            self.take(|rest| rest.find(|c: char| !(c.is_ascii_whitespace() || c == '\u{FEFF}')));
            let rest = self.rest();
            if rest.starts_with("//") || (rest.starts_with('#') && !self.is_after_equals()) {
                self.take(|rest| rest.find('\n'));
            } else if let Some(comment) = rest.strip_prefix("/*") {
                match comment.find("*/") {
                    Some(end) => self.at += end + 4,
                    None => return Err(self.unclosed(self.at, "comment", "`*/`")),
                }
            } else {
                return Ok(());
            }
        }
    }

    /// Whether a value is to come: `#` is then no comment, as it is to Graphviz, but a colour that lacks its quotes.
    fn is_after_equals(&self) -> bool {
        self.text[..self.at].trim_end().ends_with('=')
    }

    /// A string: `\"` is a quote, a backslash before a line break hides it, other backslashes stay.
    fn quoted(&mut self) -> Result<Token<'a>, ReadDotError> {
        let start = self.at;
        self.at += 1;
        let mut read = Cow::Borrowed("");
        loop {
            let piece = self.take(|rest| rest.find(['"', '\\']));
            append(&mut read, piece);
            let rest = self.rest();
            let (n_bytes, meant) = match rest.as_bytes() {
                [] => return Err(self.unclosed(start, "string", "a closing `\"`")),
                [b'"', ..] => break,
                [_, b'"', ..] => (2, "\""),
                [_, b'\n', ..] => (2, ""),
                [_, b'\r', b'\n', ..] => (3, ""),
                [_, b'\\', ..] => (2, r"\\"),
                _ => (1, "\\"),
            };
            self.at += n_bytes;
            append(&mut read, meant);
        }
        self.at += 1;
        Ok(Token::Quoted(read))
    }

    /// From `<` to the `>` that matches; what looks like a tag in a comment does not count.
    fn html(&mut self) -> Result<Token<'a>, ReadDotError> {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            self.take(|rest| rest.find(['<', '>']));
            let rest = self.rest();
            if rest.is_empty() {
                return Err(self.unclosed(start, "HTML-like string", "a closing `>`"));
            } else if depth > 0 && rest.starts_with("<!--") {
                match rest.find("-->") {
                    Some(end) => self.at += end + 3,
                    None => return Err(self.unclosed(self.at, "comment", "`-->`")),
                }
                continue;
            }
            self.at += 1;
            if rest.starts_with('<') {
                depth += 1;
            } else {
                depth -= 1;
                if depth == 0 {
                    return Ok(Token::Html(&self.text[start + 1..self.at - 1]));
                }
            }
        }
    }

    /// `-1`, `.5`, `1.`, `1.5`
    fn number(&mut self) -> Result<Token<'a>, ReadDotError> {
        let rest = self.rest().as_bytes();
        let digits = |from: usize| {
            let found = rest[from..].iter().take_while(|byte| byte.is_ascii_digit());
            found.count()
        };
        let sign = usize::from(rest.starts_with(b"-"));
        let whole = digits(sign);
        let mut end = sign + whole;
        let mut n_digits = whole;
        if rest.get(end) == Some(&b'.') {
            n_digits += digits(end + 1);
            end = end + 1 + n_digits - whole;
        }
        if n_digits == 0 {
            return Err(self.strange(char::from(rest[0])));
        }
        Ok(Token::Number(self.take(|_| Some(end))))
    }

    /// Moves to the place that is found in the rest, or to the end.
    fn take(&mut self, find: impl Fn(&str) -> Option<usize>) -> &'a str {
        let rest = self.rest();
        let (taken, _) = rest.split_at(find(rest).unwrap_or(rest.len()));
        self.at += taken.len();
        taken
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn strange(&self, c: char) -> ReadDotError {
        let hint = if c == '#' {
            "; a colour like \"#ff0000\" needs quotes"
        } else {
            ""
        };
        let found = format!("`{}`{hint}", c.escape_debug());
        self.unexpected(
            self.at,
            "a name, a string, a number or one of `{}[]=;,`",
            found,
        )
    }

    pub(super) fn unexpected(
        &self,
        at: usize,
        expected: &'static str,
        found: String,
    ) -> ReadDotError {
        let (line, column) = self.position(at);
        ReadDotError::Unexpected {
            line,
            column,
            expected,
            found,
        }
    }

    pub(super) fn unclosed(
        &self,
        at: usize,
        what: &'static str,
        expected: &'static str,
    ) -> ReadDotError {
        let (line, column) = self.position(at);
        ReadDotError::Unclosed {
            line,
            column,
            what,
            expected,
        }
    }

    /// Line and column of a byte, both from 1; the byte order mark takes no column.
    pub(super) fn position(&self, at: usize) -> (usize, usize) {
        let before = &self.text[..at];
        let line_start = before.rfind('\n').map_or(0, |index| index + 1);
        let line = before.matches('\n').count() + 1;
        let shown = before[line_start..].chars().filter(|&c| c != '\u{FEFF}');
        (line, shown.count() + 1)
    }
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

/// Copies only when there is more than one piece.
fn append<'a>(read: &mut Cow<'a, str>, piece: &'a str) {
    if read.is_empty() {
        *read = Cow::Borrowed(piece);
    } else if !piece.is_empty() {
        read.to_mut().push_str(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a text, as errors describe them.
    fn tokens(text: &str) -> String {
        let mut lexer = Lexer::new(text);
        let mut described = Vec::new();
        loop {
            match lexer.next() {
                Ok((Token::End, _)) => return described.join(" "),
                Ok((token, _)) => described.push(token.describe()),
                Err(error) => return error.to_string(),
            }
        }
    }

    #[test]
    fn numbers_end_where_names_begin() {
        assert_eq!(
            tokens("-1 .5 1. -2.50 1a"),
            "`-1` `.5` `1.` `-2.50` `1` `a`"
        );
        assert_eq!(tokens("a--1->-.5"), "`a` `--` `1` `->` `-.5`");
        assert_eq!(
            tokens("a -x"),
            "1:3: expected a name, a string, a number or one of `{}[]=;,`, found `-`"
        );
    }

    #[test]
    fn strings_keep_all_backslashes_but_those_before_quotes() {
        let read = |text| match Lexer::new(text).next() {
            Ok((Token::Quoted(read), _)) => read.into_owned(),
            other => panic!("{other:?}"),
        };
        assert_eq!(read(r#""say \"hi\"""#), "say \"hi\"");
        assert_eq!(read(r#""back\\""#), r"back\\");
        assert_eq!(read(r#""two\nlines\l""#), r"two\nlines\l");
        assert_eq!(read("\"one \\\nline \\\r\ntoo\""), "one line too");
        assert_eq!(read("\"\""), "");
    }

    #[test]
    fn html_ends_at_the_bracket_that_matches() {
        assert_eq!(tokens("<a<b>c</b>> x"), "`<a<b>c</b>>` `x`");
        assert_eq!(tokens("<a<!-- > --> >"), "`<a<!-- > --> >`");
        assert_eq!(tokens("<>"), "`<>`");
    }

    #[test]
    fn comments_and_preprocessor_lines_are_skipped() {
        assert_eq!(tokens("# 1 \"x\"\na // b\n /* c\n*/ d # e"), "`a` `d`");
        assert_eq!(
            tokens("color = #ff0000"),
            "1:9: expected a name, a string, a number or one of `{}[]=;,`, found `#`; \
             a colour like \"#ff0000\" needs quotes"
        );
    }

    #[test]
    fn what_is_cut_off_names_its_beginning() {
        assert_eq!(
            tokens("é \"abc"),
            "1:3: the string that begins here does not end; expected a closing `\"`"
        );
        assert_eq!(
            tokens("\n <a<b>"),
            "2:2: the HTML-like string that begins here does not end; expected a closing `>`"
        );
        assert_eq!(
            tokens("a\n/* b"),
            "2:1: the comment that begins here does not end; expected `*/`"
        );
        assert_eq!(
            tokens("<a<!-- >"),
            "1:3: the comment that begins here does not end; expected `-->`"
        );
    }
}
