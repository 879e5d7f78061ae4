//! The small change of SVG: escaped text and short numbers.

use std::fmt::{Display, Formatter, Result, Write as _};

/// Text between two tags.
pub(super) struct Content<'a>(pub(super) &'a str);

/// Text between double quotes.
pub(super) struct Attribute<'a>(pub(super) &'a str);

/// A number of pixels with at most two decimals.
pub(super) struct Length(pub(super) f64);

impl Display for Content<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        escape(f, self.0, false)
    }
}

impl Display for Attribute<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        escape(f, self.0, true)
    }
}

/// Writes stretches that need no escape in one piece.
fn escape(f: &mut Formatter<'_>, text: &str, quotes: bool) -> Result {
    let mut plain_from = 0;
    for (index, c) in text.char_indices() {
        let escaped = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' if quotes => "&quot;",
            '\n' if quotes => "&#10;",
            // Scenes can be changed by hand; nothing that XML forbids may get through.
            '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => {
                "\u{FFFD}"
            }
            _ => continue,
        };
        f.write_str(&text[plain_from..index])?;
        f.write_str(escaped)?;
        plain_from = index + c.len_utf8();
    }
    f.write_str(&text[plain_from..])
}

impl Display for Length {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if !self.0.is_finite() {
            return f.write_char('0');
        }
        let hundredths = (self.0 * 100.0).round() as i64;
        let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
        if hundredths < 0 {
            f.write_char('-')?;
        }
        write!(f, "{whole}")?;
        match rest {
            0 => Ok(()),
            rest if rest % 10 == 0 => write!(f, ".{}", rest / 10),
            rest => write!(f, ".{rest:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short() {
        let written =
            [0.0, -0.001, 1.5, -2.25, 3.999, 1e6, f64::NAN].map(|x| Length(x).to_string());
        assert_eq!(written, ["0", "0", "1.5", "-2.25", "4", "1000000", "0"]);
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(
            Content("a<b>\"&\0").to_string(),
            "a&lt;b&gt;\"&amp;\u{FFFD}"
        );
        assert_eq!(Attribute("\"\n'").to_string(), "&quot;&#10;'");
    }
}
