//! Labels of packed references: positions as they are, all other texts by number.

use crate::texts::Texts;
use std::borrow::Cow;

/// A label in one number: `[3]` is told from it, any other label is a text that is kept once.
///
/// A list of a million elements would else need a million texts for its labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LabelCode(pub(crate) u64);

/// Positions from here on are kept as texts.
const MAX_POSITION: u64 = 1 << 48;

impl LabelCode {
    /// The code of `[3]`, `[0]`, but not of `[03]` or `[x]`, which are texts.
    #[inline]
    pub(crate) fn of_position(label: &str) -> Option<Self> {
        let digits = label.strip_prefix('[')?.strip_suffix(']')?;
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_canonical = digits == "0" || !digits.starts_with('0');
        let position: u64 = (is_plain && is_canonical).then(|| digits.parse().ok())??;
        (position < MAX_POSITION).then_some(Self(position << 1 | 1))
    }

    #[inline]
    pub(crate) fn of_text(number: u32) -> Self {
        Self(u64::from(number) << 1)
    }

    /// Whether it is a position, or there is a text of its number.
    #[inline]
    pub(crate) fn is_known(self, texts: &Texts) -> bool {
        self.position().is_some() || ((self.0 >> 1) as usize) < texts.len()
    }

    fn position(self) -> Option<u64> {
        (self.0 & 1 == 1).then_some(self.0 >> 1)
    }

    pub(super) fn label(self, texts: &Texts) -> Cow<'_, str> {
        match self.position() {
            Some(position) => Cow::Owned(format!("[{position}]")),
            None => Cow::Borrowed(texts.get((self.0 >> 1) as u32)),
        }
    }

    pub(super) fn field(self, texts: &Texts) -> Cow<'_, str> {
        match self.position() {
            Some(_) => Cow::Borrowed("[]"),
            None => without_keys(texts.get((self.0 >> 1) as u32)),
        }
    }

    /// Equal for all positions.
    pub(super) fn field_code(self) -> u64 {
        self.position().map_or(self.0, |_| 1)
    }
}

/// Empties the brackets of a path: `.rows[3]["a]b"]` becomes `.rows[][]`.
fn without_keys(label: &str) -> Cow<'_, str> {
    if !label.contains('[') {
        return Cow::Borrowed(label);
    }
    let mut field = String::with_capacity(label.len());
    let mut chars = label.chars();
    while let Some(char) = chars.next() {
        field.push(char);
        if char == '[' && skip_key(&mut chars) {
            field.push(']');
        }
    }
    Cow::Owned(field)
}

/// Passes a key and the bracket behind it; brackets in quotes do not count. `false` if the label ends before.
fn skip_key(chars: &mut impl Iterator<Item = char>) -> bool {
    let mut quote = None;
    let mut is_escaped = false;
    for char in chars {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' if quote.is_some() => is_escaped = true,
            '"' | '\'' if quote == Some(char) => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some(char),
            ']' if quote.is_none() => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{LabelCode, without_keys};

    #[test]
    fn positions_need_no_text() {
        assert_eq!(LabelCode::of_position("[3]"), Some(LabelCode(7)));
        assert_eq!(LabelCode::of_position("[0]"), Some(LabelCode(1)));
        for text in [
            "",
            "[",
            "[]",
            "[03]",
            "[-1]",
            "[x]",
            "[1][2]",
            ".a[1]",
            "[99999999999999999999]",
        ] {
            assert_eq!(LabelCode::of_position(text), None, "{text}");
        }
    }

    #[test]
    fn a_field_is_a_label_without_its_keys() {
        let fields = [
            (".children[3]", ".children[]"),
            (".rows[3][\"a]b\"].x", ".rows[][].x"),
            ("['it\\'s]']", "[]"),
            ("['open", "["),
            ("<mro>", "<mro>"),
            ("name", "name"),
        ];
        for (label, field) in fields {
            assert_eq!(without_keys(label), field);
        }
    }
}
