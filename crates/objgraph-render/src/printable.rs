//! Text that cannot break a file or a line: control characters are written as Rust's escapes.

use std::borrow::Cow;

/// The longest text that a picture draws in one line, in characters; the view cuts much earlier.
const MAX_CHARS: usize = 400;

/// One line of text with nothing in it that XML forbids, ends the line or turns the reading direction.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    escaped(text, is_unprintable)
}

/// Like [`line()`], but line breaks stay.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c != '\n' && is_unprintable(c))
}

/// [`line()`], and cut with an ellipsis when no picture could show it.
pub(crate) fn short_line(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARS) {
        None => line(text).into_owned(),
        Some((end, _)) => line(&text[..end]).into_owned() + "…",
    }
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_escaped(c) {
            escaped.extend(c.escape_default());
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// Control characters, line separators, what is no character, and what embeds, overrides or isolates a
/// reading direction: one label must not turn round the text beside it.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped_as_in_rust() {
        assert_eq!(line("a\0b\nc\u{202E}d"), "a\\u{0}b\\nc\\u{202e}d");
        assert_eq!(lines("a\nb\r"), "a\nb\\r");
        assert!(matches!(line("plain שלום 🦀"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_text_of_ten_megabytes_is_cut() {
        let text = short_line(&"é".repeat(5_000_000));
        assert_eq!(text.chars().count(), MAX_CHARS + 1);
        assert!(text.ends_with('…'));
    }
}
