//! What a text has to be like.

use regex_lite::{Regex, RegexBuilder};
use std::borrow::Cow;

/// What stands behind `:` or `~`.
#[derive(Clone, Debug)]
pub(super) enum Pattern {
    /// The whole text.
    Exact(String),
    /// The whole text, with `*` for anything.
    Glob(String),
    /// A part of the text.
    Regex(Search),
}

/// Looks for a regular expression within a text.
#[derive(Clone, Debug)]
pub(super) struct Search {
    regex: Regex,
    /// What is in every text in which the expression finds something. Looking for it is a hundred times as fast.
    required: String,
}

/// A regular expression takes no more than this when it is ready to be used.
const MAX_BYTES: usize = 1 << 20;

impl Search {
    pub(super) fn new(regex: &str) -> Result<Self, regex_lite::Error> {
        Ok(Self {
            regex: RegexBuilder::new(regex).size_limit(MAX_BYTES).build()?,
            required: required(regex).to_owned(),
        })
    }

    pub(super) fn as_str(&self) -> &str {
        self.regex.as_str()
    }

    fn is_in(&self, text: &str) -> bool {
        let is_plain = self.required == self.as_str();
        text.contains(&self.required) && (is_plain || self.regex.is_match(text))
    }
}

/// The longest part in which each character stands for itself, if nothing but `.`, `^` and `$` stands between such
/// parts; else nothing.
fn required(regex: &str) -> &str {
    if regex.contains(['\\', '+', '*', '?', '(', ')', '|', '[', ']', '{', '}']) {
        return "";
    }
    let parts = regex.split(['.', '^', '$']);
    parts.max_by_key(|part| part.len()).unwrap_or_default()
}

impl Pattern {
    /// A text without quotes: a glob if there is a `*` in it.
    pub(super) fn of_bare(text: &str) -> Self {
        if text.contains('*') {
            Self::Glob(text.to_owned())
        } else {
            Self::Exact(text.to_owned())
        }
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == text,
            Self::Glob(glob) => glob_matches(glob, text),
            Self::Regex(search) => search.is_in(text),
        }
    }

    /// Like [`matches`](Self::matches), but `a::b` and `a.b` are the same path.
    pub(super) fn matches_path(&self, path: &str) -> bool {
        match self {
            Self::Exact(exact) => segments(exact).eq(segments(path)),
            Self::Glob(glob) => glob_matches(&dotted(glob), &dotted(path)),
            Self::Regex(search) => search.is_in(path),
        }
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split("::").flat_map(|segment| segment.split('.'))
}

fn dotted(path: &str) -> Cow<'_, str> {
    if path.contains("::") {
        Cow::Owned(path.replace("::", "."))
    } else {
        Cow::Borrowed(path)
    }
}

/// Whether a whole text is like a glob. The first place where a piece fits leaves the most room to those behind it, so
/// nothing is tried twice.
fn glob_matches(glob: &str, text: &str) -> bool {
    let Some((first, others)) = glob.split_once('*') else {
        return glob == text;
    };
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let (between, last) = others.rsplit_once('*').unwrap_or(("", others));
    for piece in between.split('*') {
        let Some(place) = rest.find(piece) else {
            return false;
        };
        rest = &rest[place + piece.len()..];
    }
    rest.ends_with(last)
}

/// Regular expressions are equal if their texts are.
impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Exact(one), Self::Exact(other)) | (Self::Glob(one), Self::Glob(other)) => {
                one == other
            }
            (Self::Regex(one), Self::Regex(other)) => one.as_str() == other.as_str(),
            _ => false,
        }
    }
}

impl Eq for Pattern {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The obvious way, which tries everything.
    fn obviously_matches(glob: &[u8], text: &[u8]) -> bool {
        match glob.split_first() {
            None => text.is_empty(),
            Some((b'*', rest)) => {
                (0..=text.len()).any(|skipped| obviously_matches(rest, &text[skipped..]))
            }
            Some((first, rest)) => text
                .split_first()
                .is_some_and(|(char, text)| char == first && obviously_matches(rest, text)),
        }
    }

    proptest! {
        #[test]
        fn globs_match_as_trying_everything_does(glob in "[ab*]{0,8}", text in "[ab]{0,8}") {
            let obvious = obviously_matches(glob.as_bytes(), text.as_bytes());
            prop_assert_eq!(glob_matches(&glob, &text), obvious);
        }
    }

    proptest! {
        #[test]
        fn searches_find_what_their_regexes_find(regex in "[ab.^$]{0,4}|[ab.*|?+]{0,5}", text in "[ab]{0,8}") {
            if let Ok(search) = Search::new(&regex) {
                prop_assert_eq!(search.is_in(&text), search.regex.is_match(&text));
            }
        }
    }

    #[test]
    fn rust_and_python_write_the_same_path() {
        let exact = Pattern::of_bare("app::web.Session");
        assert!(exact.matches_path("app.web::Session"));
        assert!(!exact.matches_path("app.webSession"));
        assert!(Pattern::of_bare("app.*").matches_path("app::web"));
        assert!(!Pattern::of_bare("app.*").matches_path("apple"));
    }

    #[test]
    fn what_a_regex_requires_is_its_longest_part() {
        let parts = [
            ("main.py", "main"),
            ("^http", "http"),
            ("plain", "plain"),
            ("a+b", ""),
            ("", ""),
        ];
        for (regex, part) in parts {
            assert_eq!(required(regex), part, "{regex}");
        }
    }
}
