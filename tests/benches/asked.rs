//! What is asked of a figure, and whether it holds.

use std::fmt;

/// A figure beside the limit that it is to keep.
#[derive(Clone, Debug)]
pub struct Verdict {
    what: String,
    measured: f64,
    limit: Limit,
}

#[derive(Clone, Copy, Debug)]
enum Limit {
    Most(f64),
    Least(f64),
}

impl Verdict {
    /// A figure that may not be larger than the limit.
    #[must_use]
    pub fn most(what: impl Into<String>, measured: f64, limit: f64) -> Self {
        Self {
            what: what.into(),
            measured,
            limit: Limit::Most(limit),
        }
    }

    /// A figure that may not be smaller than the limit.
    #[must_use]
    pub fn least(what: impl Into<String>, measured: f64, limit: f64) -> Self {
        Self {
            what: what.into(),
            measured,
            limit: Limit::Least(limit),
        }
    }

    /// The verdict as a row of a table: what is asked, what was measured, and `yes` or `NO`.
    #[must_use]
    pub fn row(&self) -> String {
        let asked = format!("{}: {}", self.what, self.limit);
        format!("| {asked:<84} | {:>8.2} | {} |", self.measured, self.word())
    }

    fn word(&self) -> &'static str {
        let holds = match self.limit {
            Limit::Most(limit) => self.measured <= limit,
            Limit::Least(limit) => self.measured >= limit,
        };
        if holds { "yes" } else { "NO " }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, what, measured) = (self.word(), &self.what, self.measured);
        write!(f, "{word} {what}: {measured:.2} (asked: {})", self.limit)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Most(limit) => write!(f, "at most {limit}"),
            Self::Least(limit) => write!(f, "at least {limit}"),
        }
    }
}
