//! The words of `#[trace(…)]`, and where each may stand.

use syn::Ident;

/// What a `#[trace(…)]` stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Type,
    Variant,
    Field,
}

/// A word of `#[trace(…)]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Bound,
    BreakWith,
    Breakable,
    Count,
    Crate,
    Debug,
    Display,
    Label,
    Leaf,
    Node,
    Opaque,
    Rename,
    Skip,
    Transparent,
    With,
}

/// What follows a word.
#[derive(Clone, Copy)]
pub(super) enum Takes {
    Nothing,
    Name,
    Function,
    Crate,
    Bounds,
}

impl Place {
    /// What `word` takes here, or `None` where it has no meaning.
    pub(super) fn takes(self, word: Word) -> Option<Takes> {
        use Place::{Field, Type, Variant};
        match (word, self) {
            (Word::Rename, _) => Some(Takes::Name),
            (Word::Skip, Variant | Field)
            | (Word::Node | Word::Label | Word::Breakable, Field)
            | (Word::Count, Type)
            | (
                Word::Opaque | Word::Leaf | Word::Transparent | Word::Debug | Word::Display,
                Type | Field,
            ) => Some(Takes::Nothing),
            (Word::Label, Type) | (Word::With, Field) | (Word::BreakWith, Type | Field) => {
                Some(Takes::Function)
            }
            (Word::Bound, Type) => Some(Takes::Bounds),
            (Word::Crate, Type) => Some(Takes::Crate),
            _ => None,
        }
    }

    fn words(self) -> impl Iterator<Item = Word> {
        Word::ALL
            .into_iter()
            .filter(move |word| self.takes(*word).is_some())
    }

    /// The words that may stand here, for a message.
    pub(super) fn choices(self) -> String {
        let words: Vec<_> = self.words().map(|word| format!("`{word}`")).collect();
        match words.as_slice() {
            [first, last] => format!("{first} or {last}"),
            _ => format!("one of {}", words.join(", ")),
        }
    }

    /// The place with its article.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Type => "a type",
            Self::Variant => "a variant",
            Self::Field => "a field",
        }
    }
}

impl Word {
    const ALL: [Self; 15] = [
        Self::Bound,
        Self::BreakWith,
        Self::Breakable,
        Self::Count,
        Self::Crate,
        Self::Debug,
        Self::Display,
        Self::Label,
        Self::Leaf,
        Self::Node,
        Self::Opaque,
        Self::Rename,
        Self::Skip,
        Self::Transparent,
        Self::With,
    ];

    /// The spelling.
    fn text(self) -> &'static str {
        match self {
            Self::Bound => "bound",
            Self::BreakWith => "break_with",
            Self::Breakable => "breakable",
            Self::Count => "count",
            Self::Crate => "crate",
            Self::Debug => "debug",
            Self::Display => "display",
            Self::Label => "label",
            Self::Leaf => "leaf",
            Self::Node => "node",
            Self::Opaque => "opaque",
            Self::Rename => "rename",
            Self::Skip => "skip",
            Self::Transparent => "transparent",
            Self::With => "with",
        }
    }

    pub(super) fn read(ident: &Ident, place: Place) -> syn::Result<Self> {
        let text = ident.to_string();
        if let Some(word) = Self::ALL.into_iter().find(|word| word.text() == text) {
            return Ok(word);
        }
        let guess = match Self::meant_by(&text, place) {
            Some(word) => format!(" did you mean `{word}`?"),
            None => String::new(),
        };
        let message = format!(
            "`trace` has no word `{text}`;{guess} {} takes {}",
            place.noun(),
            place.choices()
        );
        Err(syn::Error::new(ident.span(), message))
    }

    /// The word that a typo, or another crate's word for the same thing, stands for.
    fn meant_by(text: &str, place: Place) -> Option<Self> {
        let alias = match text {
            "ignore" => "skip",
            "flatten" | "inline" => "transparent",
            "name" => "rename",
            _ => text,
        };
        place
            .words()
            .map(|word| (edit_distance(alias, word.text()), word))
            .filter(|(distance, word)| *distance <= word.text().len() / 3)
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, word)| word)
    }
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

pub(super) fn misplaced(ident: &Ident, place: Place) -> syn::Error {
    let word = ident.to_string();
    let others: Vec<_> = [Place::Type, Place::Variant, Place::Field]
        .into_iter()
        .filter(|other| other.words().any(|it| it.text() == word))
        .map(Place::noun)
        .collect();
    let message = format!(
        "`{word}` belongs on {}, not on {}, which takes {}",
        others.join(" or "),
        place.noun(),
        place.choices()
    );
    syn::Error::new(ident.span(), message)
}

/// Levenshtein's distance, by the row.
fn edit_distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let substituted = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_understood_only_where_the_word_may_stand() {
        let meant = |text, place| Word::meant_by(text, place).map(Word::text);
        assert_eq!(meant("opaqe", Place::Type), Some("opaque"));
        assert_eq!(meant("flatten", Place::Field), Some("transparent"));
        assert_eq!(meant("skpi", Place::Type), None);
        assert_eq!(meant("serialize_with", Place::Field), None);
    }

    #[test]
    fn distance_counts_single_letters() {
        assert_eq!(edit_distance("", "skip"), 4);
        assert_eq!(edit_distance("skipp", "skip"), 1);
        assert_eq!(edit_distance("label", "lebal"), 2);
    }
}
