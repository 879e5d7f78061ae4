//! Why a text is no query.

/// Why a query could not be read, or not be asked. Columns count from 1, in characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// Something stands where something else has to.
    #[error("column {column}: expected {expected}, found {found}")]
    Unexpected {
        /// Where it stands.
        column: usize,
        /// What could stand there.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// The query ends within something.
    #[error("column {column}: the {what} that begins here does not end; expected {expected}")]
    Unclosed {
        /// Where it begins.
        column: usize,
        /// What it is.
        what: &'static str,
        /// What would end it.
        expected: &'static str,
    },
    /// Nothing of objects has that name.
    #[error("column {column}: expected one of {known}, found `{found}`")]
    UnknownName {
        /// Where it stands.
        column: usize,
        /// The names that there are.
        known: &'static str,
        /// The name that was given.
        found: String,
    },
    /// The text behind `~` is no regular expression.
    #[error("column {column}: expected a regular expression: {reason}")]
    Regex {
        /// Where it begins.
        column: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// There are more regular expressions than memory should hold.
    #[error("column {column}: expected at most {limit} regular expressions, found another")]
    TooManyRegexes {
        /// Where the first begins that is too many.
        column: usize,
        /// The most that are read.
        limit: usize,
    },
    /// Retained sizes are asked for where nobody has worked them out.
    #[error("column {column}: retained sizes are not known here")]
    RetainedUnknown {
        /// Where they are asked for.
        column: usize,
    },
}

impl QueryError {
    /// Where in the query it went wrong, in characters from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        match self {
            Self::Unexpected { column, .. }
            | Self::Unclosed { column, .. }
            | Self::UnknownName { column, .. }
            | Self::Regex { column, .. }
            | Self::TooManyRegexes { column, .. }
            | Self::RetainedUnknown { column } => *column,
        }
    }

    /// Two lines for a terminal: the query, cut to what is near, and a caret below the column.
    ///
    /// # Examples
    ///
    /// ```
    /// let query = "type:Session and sise>1MB";
    /// let error = objgraph_graph::Query::parse(query).unwrap_err();
    /// assert_eq!(error.point_at(query), "type:Session and sise>1MB\n                 ^");
    /// ```
    #[must_use]
    pub fn point_at(&self, query: &str) -> String {
        let place = self.column() - 1;
        let n_cut = place.saturating_sub(MAX_CHARS_BEFORE);
        let mut near: String = if n_cut > 0 { "…" } else { "" }.into();
        let shown = query.chars().skip(n_cut).take(MAX_CHARS);
        // A line break or a tab would move the rest away from the caret.
        near.extend(shown.map(|char| if char.is_control() { ' ' } else { char }));
        if query.chars().nth(n_cut + MAX_CHARS).is_some() {
            near.push('…');
        }
        let indent = place - n_cut + usize::from(n_cut > 0);
        format!("{near}\n{:indent$}^", "")
    }
}

/// So much of a query is shown before the caret, and in all.
const MAX_CHARS_BEFORE: usize = 50;
const MAX_CHARS: usize = 76;
