//! The value of a label to lines of text.

use std::collections::BTreeSet;

use super::attributes::DotValue;
use super::entities::decoded;
use crate::printable::short_line;
use crate::scene::Anchor;

/// The most lines of one label; a picture could not show more.
const MAX_LINES: usize = 400;
/// The bytes of a line that are looked at; what is drawn is cut much earlier.
const MAX_BYTES: usize = 4_000;

/// A line of a label, and the side at which it is aligned with the others.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LabelLine {
    pub(crate) text: String,
    pub(crate) side: Anchor,
}

/// What the escapes `\N`, `\G`, `\E`, `\T`, `\H` and `\L` stand for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Names<'a> {
    pub(crate) graph: &'a str,
    /// The node, or for edges nothing.
    pub(crate) node: &'a str,
    pub(crate) tail: &'a str,
    pub(crate) head: &'a str,
    pub(crate) label: &'a str,
    pub(crate) is_directed: bool,
}

/// The lines of a label; none if it is empty.
pub(crate) fn lines(value: &DotValue, names: Names<'_>) -> Vec<LabelLine> {
    let mut lines = Lines::default();
    match value {
        DotValue::Text(text) => escaped(text, names, &mut lines),
        DotValue::Html(text) => {
            html(text, &mut lines);
            if lines.current.trim().is_empty() {
                lines.current.clear();
            }
        }
    }
    lines.finish()
}

/// A text of one kind as one piece, such as a tooltip.
pub(crate) fn text(value: &DotValue, names: Names<'_>) -> String {
    let lines: Vec<_> = lines(value, names)
        .into_iter()
        .map(|line| line.text)
        .collect();
    lines.join("\n")
}

/// The names of the ports that the cells of an HTML-like label have.
pub(crate) fn ports(html: &str) -> BTreeSet<String> {
    let tags = html
        .split('<')
        .skip(1)
        .filter_map(|tag| tag.split('>').next());
    let values = tags.flat_map(|tag| {
        let lower = tag.to_ascii_lowercase();
        let found = lower
            .match_indices("port")
            .map(|(at, word)| at + word.len());
        found
            .filter_map(|at| quoted(&tag[at..]))
            .collect::<Vec<_>>()
    });
    values.map(|value| decoded(value).into_owned()).collect()
}

/// The value after an equals sign, between quotes of either kind.
fn quoted(text: &str) -> Option<&str> {
    let value = text.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
    value[1..].split(quote).next()
}

#[derive(Default)]
struct Lines {
    done: Vec<LabelLine>,
    current: String,
}

impl Lines {
    fn push(&mut self, text: &str) {
        let room = MAX_BYTES.saturating_sub(self.current.len());
        let fits = (0..=room.min(text.len())).rfind(|&end| text.is_char_boundary(end));
        self.current.push_str(&text[..fits.unwrap_or(0)]);
    }

    fn end(&mut self, side: Anchor) {
        let text = short_line(&decoded(&std::mem::take(&mut self.current)));
        // Blanks keep a label off its line in Graphviz; here they would only shift it.
        let text = text.trim().to_owned();
        if self.done.len() < MAX_LINES {
            self.done.push(LabelLine { text, side });
        }
    }

    fn finish(mut self) -> Vec<LabelLine> {
        if !self.current.is_empty() {
            self.end(Anchor::Middle);
        }
        self.done
    }
}

/// Graphviz's `escString`.
fn escaped(text: &str, names: Names<'_>, lines: &mut Lines) {
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '\n']) {
        lines.push(&rest[..at]);
        let mut marked = rest[at..].chars();
        if marked.next() == Some('\n') {
            lines.end(Anchor::Middle);
            rest = marked.as_str();
            continue;
        }
        let Some(c) = marked.next() else {
            return lines.push("\\");
        };
        match c {
            'n' => lines.end(Anchor::Middle),
            'l' => lines.end(Anchor::Start),
            'r' => lines.end(Anchor::End),
            'N' => lines.push(names.node),
            'G' => lines.push(names.graph),
            'T' => lines.push(names.tail),
            'H' => lines.push(names.head),
            'L' => lines.push(names.label),
            'E' => {
                lines.push(names.tail);
                lines.push(if names.is_directed { "->" } else { "--" });
                lines.push(names.head);
            }
            c => lines.push(c.encode_utf8(&mut [0; 4])),
        }
        rest = marked.as_str();
    }
    lines.push(rest);
}

/// The text of an HTML-like label: a line for each row and `<br/>`.
fn html(text: &str, lines: &mut Lines) {
    let mut rest = text;
    while !rest.is_empty() {
        let (words, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        collapsed(words, lines);
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let (name, after) = tag.split_once('>').unwrap_or((tag, ""));
        let name = name.trim_start_matches('<').trim().to_ascii_lowercase();
        let word = name
            .split([' ', '\t', '\n', '\r'])
            .next()
            .unwrap_or_default();
        match word.trim_end_matches('/') {
            "br" if name.contains("left") => lines.end(Anchor::Start),
            "br" if name.contains("right") => lines.end(Anchor::End),
            "br" => lines.end(Anchor::Middle),
            "td" if !lines.current.trim().is_empty() => lines.push("  "),
            "/tr" if !lines.current.trim().is_empty() => lines.end(Anchor::Middle),
            _ => {}
        }
        rest = after;
    }
}

/// Runs of blanks are one, and none begins a line.
fn collapsed(words: &str, lines: &mut Lines) {
    let blank = |c: char| c.is_ascii_whitespace();
    for (index, word) in words.split(blank).enumerate() {
        let is_begun = !lines.current.is_empty() && !lines.current.ends_with(' ');
        if index > 0 && is_begun {
            lines.push(" ");
        }
        lines.push(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Names<'_> = Names {
        graph: "G",
        node: "node",
        tail: "a",
        head: "b",
        label: "l",
        is_directed: true,
    };

    /// Lines, each with a sign for its side.
    fn shown(lines: Vec<LabelLine>) -> String {
        let line = |line: LabelLine| match line.side {
            Anchor::Start => format!("{}<", line.text),
            Anchor::Middle => line.text,
            Anchor::End => format!(">{}", line.text),
        };
        let lines: Vec<_> = lines.into_iter().map(line).collect();
        lines.join("/")
    }

    #[test]
    fn escapes_end_lines_and_stand_for_names() {
        let read = |text: &str| shown(lines(&DotValue::Text(text.into()), NAMES));
        assert_eq!(read(r"one\ntwo\lthree\rfour"), "one/two</>three/four");
        assert_eq!(
            read(r"\N \G \E \T \H \L \\ \x \"),
            "node G a->b a b l \\ x \\"
        );
        assert_eq!(read("a\nb &lt;&amp;&gt;"), "a/b <&>");
        assert_eq!(read(""), "");
        assert_eq!(read(&"x\\n".repeat(5000)).split('/').count(), MAX_LINES);
    }

    #[test]
    fn html_is_its_text() {
        let read = |text: &str| shown(lines(&DotValue::Html(text.into()), NAMES));
        assert_eq!(
            read("<b>a</b><br/>b &amp; c<BR ALIGN=\"LEFT\"/>d"),
            "a/b & c</d"
        );
        assert_eq!(
            read(
                "<table border=\"0\">\n <tr><td>a</td><td>b</td></tr>\n <tr><td>c<!-- <br/> --></td></tr></table>"
            ),
            "a  b/c"
        );
        assert_eq!(read("un<closed"), "un");
    }

    #[test]
    fn ports_of_cells_are_found() {
        let html = "<TABLE><TR><TD PORT=\"a&amp;b\">x</TD><td bgcolor='red' port = 'c'>port=\"d\"</td></TR></TABLE>";
        let found = ports(html);
        assert_eq!(
            found.iter().map(String::as_str).collect::<Vec<_>>(),
            ["a&b", "c"]
        );
    }
}
