//! Names and values of a graph that was read, written as Graphviz writes them.

use std::fmt::{Display, Formatter, Result, Write as _};

use super::attributes::DotValue;
use crate::arrange::DotPicture;
use objgraph_layout::Point;

/// A name or text: bare where that can be read back, else between quotes, on one line.
pub(super) struct Id<'a>(pub(super) &'a str);

/// The value of an attribute.
pub(super) struct Value<'a>(pub(super) &'a DotValue);

/// A number with at most so many decimals, and no zeros at its end.
pub(super) struct Short(pub(super) f64, pub(super) usize);

impl Display for Id<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if is_bare(self.0) {
            return f.write_str(self.0);
        }
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

/// Whether a text is a name or a number by the grammar, and no keyword.
fn is_bare(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
    let is_name =
        text.starts_with(is_letter) && text.chars().all(|c| is_letter(c) || c.is_ascii_digit());
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = digits.contains(|c: char| c.is_ascii_digit())
        && digits.matches('.').count() <= 1
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let keywords = ["node", "edge", "graph", "digraph", "subgraph", "strict"];
    let is_keyword = keywords.iter().any(|word| text.eq_ignore_ascii_case(word));
    (is_name && !is_keyword) || is_number
}

impl Display for Value<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0 {
            DotValue::Text(text) => Id(text).fmt(f),
            DotValue::Html(text) => write!(f, "<{text}>"),
        }
    }
}

impl Display for Short {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let written = format!("{:.*}", self.1, self.0);
        let short = written.trim_end_matches('0').trim_end_matches('.');
        f.write_str(if short == "-0" { "0" } else { short })
    }
}

/// A place in points from the lower left corner of what is drawn: y grows upwards.
pub(super) fn upwards(picture: &DotPicture, point: Point) -> Point {
    let bounds = picture.bounds;
    Point::new(point.x - bounds.x, bounds.bottom() - point.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_quotes_has_them() {
        for (text, written) in [
            ("a1", "a1"),
            ("é", "é"),
            ("-1.5", "-1.5"),
            ("Node", r#""Node""#),
            ("1a", r#""1a""#),
            ("-", r#""-""#),
            (".", r#"".""#),
            ("", r#""""#),
            ("a\"b\\n\n", r#""a\"b\n\n""#),
        ] {
            assert_eq!(Id(text).to_string(), written);
        }
    }

    #[test]
    fn numbers_are_short() {
        let written = [0.0, -0.001, 1.5, 20.0, 0.123_456].map(|x| Short(x, 2).to_string());
        assert_eq!(written, ["0", "0", "1.5", "20", "0.12"]);
    }
}
