//! Tables on a terminal: texts to the left, numbers to the right, as wide as the terminal is.

use unicode_width::UnicodeWidthChar as _;

use crate::printable::printable;
use crate::style::Style;

/// Rows of cells below headers.
#[derive(Debug)]
pub(crate) struct Table<const N: usize> {
    columns: [Column; N],
    rows: Vec<[String; N]>,
}

/// What stands in a column, and its header.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Column {
    /// Aligned to the left, and cut in the middle where there is no room.
    Text(&'static str),
    /// Aligned to the right, and never cut.
    Number(&'static str),
}

/// Blanks between columns.
const GAP: usize = 2;

/// No column of texts gets narrower, however narrow the terminal is.
const MIN_WIDTH: usize = 8;

impl<const N: usize> Table<N> {
    pub(crate) fn new(columns: [Column; N]) -> Self {
        Self {
            columns,
            rows: Vec::new(),
        }
    }

    /// Adds a row. What would move the cursor of a terminal is escaped.
    pub(crate) fn push(&mut self, cells: [String; N]) {
        self.rows.push(cells.map(|cell| printable(&cell)));
    }

    /// All lines, none of them wider than the terminal if the numbers leave room for texts.
    pub(crate) fn to_text(&self, terminal_width: usize, style: Style) -> String {
        let widths = self.widths(terminal_width);
        let headers = self.columns.map(|column| column.header().to_owned());
        let mut text = style.bold(&self.line(&headers, &widths)) + "\n";
        for row in &self.rows {
            text += &self.line(row, &widths);
            text.push('\n');
        }
        text
    }

    fn widths(&self, terminal_width: usize) -> [usize; N] {
        let natural: [usize; N] = std::array::from_fn(|place| {
            let cells = self.rows.iter().map(|row| width(&row[place]));
            cells.fold(width(self.columns[place].header()), usize::max)
        });
        let is_text = |place: usize| matches!(self.columns[place], Column::Text(_));
        let (texts, numbers): (Vec<usize>, Vec<usize>) = (0..N).partition(|place| is_text(*place));
        let taken = numbers.iter().map(|place| natural[*place]).sum::<usize>();
        let room = terminal_width.saturating_sub(taken + GAP * N.saturating_sub(1));
        let most = widest(texts.iter().map(|place| natural[*place]).collect(), room);
        std::array::from_fn(|place| {
            if is_text(place) {
                natural[place].min(most)
            } else {
                natural[place]
            }
        })
    }

    fn line(&self, cells: &[String; N], widths: &[usize; N]) -> String {
        let mut line = String::new();
        for (place, (cell, wanted)) in cells.iter().zip(widths).enumerate() {
            let gap = if place > 0 { GAP } else { 0 };
            let cell = cut_middle(cell, *wanted);
            let blanks = " ".repeat(wanted.saturating_sub(width(&cell)));
            line.extend(std::iter::repeat_n(' ', gap));
            match self.columns[place] {
                Column::Text(_) => line.extend([cell, blanks]),
                Column::Number(_) => line.extend([blanks, cell]),
            }
        }
        line.truncate(line.trim_end().len());
        line
    }
}

impl Column {
    fn header(self) -> &'static str {
        match self {
            Self::Text(header) | Self::Number(header) => header,
        }
    }
}

/// The width to which the widest of several columns are cut, so that all together have room.
fn widest(mut natural: Vec<usize>, room: usize) -> usize {
    natural.sort_unstable();
    let mut room = room;
    // The narrow ones keep their width, and leave what they do not need to the wider ones.
    for (place, width) in natural.iter().enumerate() {
        let share = room / (natural.len() - place);
        if *width > share {
            return share.max(MIN_WIDTH);
        }
        room -= width;
    }
    usize::MAX
}

/// A text of at most some columns: what does not fit is left out in the middle, since names differ at both ends.
pub(crate) fn cut_middle(text: &str, max_width: usize) -> String {
    if width(text) <= max_width {
        return text.to_owned();
    }
    let room = max_width.saturating_sub(1);
    let start: String = fitting(text.chars(), room.div_ceil(2)).collect();
    let end: Vec<char> = fitting(text.chars().rev(), room / 2).collect();
    let end: String = end.into_iter().rev().collect();
    format!("{start}…{end}")
}

/// The first characters that have room in some columns.
fn fitting(chars: impl Iterator<Item = char>, room: usize) -> impl Iterator<Item = char> {
    let mut taken = 0;
    chars.take_while(move |char| {
        taken += char.width().unwrap_or(0);
        taken <= room
    })
}

/// How many columns a text takes on a terminal, character by character: terminals differ on what they join.
fn width(text: &str) -> usize {
    text.chars().map(|char| char.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, u64, &str)]) -> Table<3> {
        let mut table = Table::new([
            Column::Text("type"),
            Column::Number("count"),
            Column::Text("module"),
        ]);
        for (name, count, module) in rows {
            table.push([(*name).to_owned(), count.to_string(), (*module).to_owned()]);
        }
        table
    }

    #[test]
    fn texts_stand_left_and_numbers_right() {
        let table = table(&[("dict", 12_345, "builtins"), ("Session", 7, "app.web")]);
        let text = "type     count  module\ndict     12345  builtins\nSession      7  app.web\n";
        assert_eq!(table.to_text(100, Style::PLAIN), text);
    }

    #[test]
    fn an_empty_table_is_its_headers() {
        assert_eq!(
            table(&[]).to_text(100, Style::PLAIN),
            "type  count  module\n"
        );
    }

    #[test]
    fn only_the_widest_texts_are_cut_to_fit() {
        let long = "HashMap<String, Vec<Option<Page>>>";
        let table = table(&[(long, 1, "app.web")]);
        let text = "type            count  module\nHashMap…age>>>      1  app.web\n";
        assert_eq!(table.to_text(30, Style::PLAIN), text);
        // Numbers and eight columns of a text stay, however narrow the terminal is.
        let text = "type      count  module\nHash…>>>      1  app.web\n";
        assert_eq!(table.to_text(1, Style::PLAIN), text);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let table = table(&[("会话", 1, ""), ("abcd", 2, "")]);
        assert_eq!(
            table.to_text(100, Style::PLAIN),
            "type  count  module\n会话      1\nabcd      2\n"
        );
        assert_eq!(cut_middle("会话会话", 6), "会…话");
        assert_eq!(cut_middle("会话会话", 8), "会话会话");
    }

    #[test]
    fn what_is_cut_is_as_wide_as_it_may_be() {
        assert_eq!(cut_middle("abcdefgh", 8), "abcdefgh");
        assert_eq!(cut_middle("abcdefgh", 7), "abc…fgh");
        assert_eq!(cut_middle("abcdefgh", 2), "a…");
        assert_eq!(cut_middle("abcdefgh", 1), "…");
    }

    #[test]
    fn terminals_are_not_told_what_to_do() {
        let table = table(&[("a\nb", 1, "\u{1b}[31mred\u{202e}")]);
        let text = table.to_text(100, Style::PLAIN);
        assert!(
            text.ends_with("a\\nb      1  \\u{1b}[31mred\\u{202e}\n"),
            "{text}"
        );
    }
}
