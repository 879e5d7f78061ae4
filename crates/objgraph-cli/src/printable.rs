//! Texts of heaps on a terminal.

/// Escapes what a terminal would obey: line breaks, colours, and directions of writing.
pub(crate) fn printable(text: &str) -> String {
    let is_obeyed = |char: char| {
        char.is_control() || matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let mut printable = String::with_capacity(text.len());
    for char in text.chars() {
        if is_obeyed(char) {
            printable.extend(char.escape_default());
        } else {
            printable.push(char);
        }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        assert_eq!(printable("\u{1b}[31mred\r\n"), "\\u{1b}[31mred\\r\\n");
        assert_eq!(printable("\u{202e}over"), "\\u{202e}over");
        assert_eq!(printable("Session<会话>"), "Session<会话>");
    }
}
