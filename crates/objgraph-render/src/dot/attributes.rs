//! The attributes of a part of a DOT file, by name.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DotValue {
    /// A name, a number or a string, without its quotes; backslashes are as they stand in the file.
    Text(Arc<str>),
    /// What stands between the outer `<` and `>` of an HTML-like string.
    Html(Arc<str>),
}

impl DotValue {
    /// The value as text, HTML-like or not.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Html(text) => text,
        }
    }
}

/// What is set of one kind of part: name to value.
pub(super) type Values = BTreeMap<Arc<str>, DotValue>;

/// The attributes of a graph, subgraph, node or edge: its own, and the defaults that held where it began.
///
/// Defaults are shared by all that begin below them, so that a hundred thousand nodes cost one copy.
#[derive(Clone, Debug, Default)]
pub struct DotAttributes {
    own: Values,
    defaults: Arc<Values>,
}

impl DotAttributes {
    pub(super) fn new(defaults: Arc<Values>) -> Self {
        Self {
            own: Values::new(),
            defaults,
        }
    }

    pub(super) fn set(&mut self, name: Arc<str>, value: DotValue) {
        self.own.insert(name, value);
    }

    /// The value of an attribute, HTML-like or not.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&DotValue> {
        self.own.get(name).or_else(|| self.defaults.get(name))
    }

    /// The text of an attribute; `None` if it is not set, or set to nothing, as Graphviz has it.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.value(name).map(DotValue::as_str);
        found.filter(|text| !text.is_empty())
    }

    /// The number that an attribute is; `None` if it is not set or no finite number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        let parsed = self.text(name)?.trim().parse().ok();
        parsed.filter(|number: &f64| number.is_finite())
    }

    /// Whether an attribute says yes: `true`, `yes` or a number other than zero; `None` if it is not set.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        let text = self.text(name)?;
        let is_word = |word| text.eq_ignore_ascii_case(word);
        let is_number = text.parse().is_ok_and(|number: i64| number != 0);
        Some(is_number || is_word("true") || is_word("yes"))
    }

    /// The names of all attributes; one with a value of its own may come twice.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let all = self.own.keys().chain(self.defaults.keys());
        all.map(|name| &**name)
    }

    /// Every attribute, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &DotValue)> {
        let inherited = self.defaults.iter();
        let inherited = inherited.filter(|(name, _)| !self.own.contains_key(*name));
        let mut all: Vec<_> = self.own.iter().chain(inherited).collect();
        all.sort_unstable_by_key(|(name, _)| *name);
        all.into_iter().map(|(name, value)| (&**name, value))
    }
}

impl PartialEq for DotAttributes {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}
