//! How DOT quotes texts: three kinds of text, three sets of rules.

use std::fmt::{Display, Formatter, Result, Write as _};

use crate::printable::{lines, short_line};

/// Graphviz reads at most 16,384 bytes of one string; room is left for what is written around a text.
const MAX_BYTES: usize = 12_000;

/// A label or tooltip between double quotes.
///
/// Backslashes are doubled, since Graphviz reads `\n`, `\l` and `\N`; `&` is escaped, since it reads
/// entities as well; line breaks become `\n`.
pub(super) struct Label<'a>(pub(super) &'a str);

/// Text in an HTML-like label.
pub(super) struct Html<'a>(pub(super) &'a str);

/// A value between double quotes whose escapes are the caller's own: only what would end the string
/// early is changed.
pub(super) struct Verbatim<'a>(pub(super) &'a str);

impl Display for Label<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for c in cut(&lines(self.0)) {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '&' => f.write_str("&amp;")?,
                '\n' => f.write_str("\\n")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

impl Display for Html<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for c in short_line(self.0).chars() {
            match c {
                '"' => f.write_str("&quot;")?,
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

impl Display for Verbatim<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut n_backslashes = 0;
        for c in cut(&lines(self.0)) {
            if c == '"' {
                even(f, n_backslashes)?;
                f.write_char('\\')?;
            }
            f.write_char(c)?;
            n_backslashes = if c == '\\' { n_backslashes + 1 } else { 0 };
        }
        even(f, n_backslashes)
    }
}

/// The characters that fit, even if each is escaped in five bytes, and an ellipsis for the others.
fn cut(text: &str) -> impl Iterator<Item = char> {
    let mut n_bytes = 0;
    let size = |c: char| {
        if matches!(c, '"' | '\\' | '&' | '\n') {
            5
        } else {
            c.len_utf8()
        }
    };
    let end = text.char_indices().find(|&(_, c)| {
        n_bytes += size(c);
        n_bytes > MAX_BYTES
    });
    let (fits, rest) = text.split_at(end.map_or(text.len(), |(index, _)| index));
    fits.chars().chain((!rest.is_empty()).then_some('…'))
}

/// Completes a run of backslashes before a quote: Graphviz reads them in pairs.
fn even(f: &mut Formatter<'_>, n_backslashes: usize) -> Result {
    if n_backslashes % 2 == 1 {
        f.write_char('\\')
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_mean_what_they_say() {
        assert_eq!(
            Label("a\"b\\n&lt;\nc\0").to_string(),
            r#"a\"b\\n&amp;lt;\nc\\u{0}"#
        );
        assert_eq!(Html("<b>&\"\n").to_string(), "&lt;b&gt;&amp;&quot;\\n");
    }

    #[test]
    fn verbatim_values_keep_their_escapes_and_cannot_end_early() {
        assert_eq!(Verbatim(r"left\l").to_string(), r"left\l");
        assert_eq!(Verbatim(r#"a"b"#).to_string(), r#"a\"b"#);
        assert_eq!(Verbatim(r#"a\"b\"#).to_string(), r#"a\\\"b\\"#);
    }
}
