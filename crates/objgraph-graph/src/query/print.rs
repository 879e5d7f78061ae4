//! Queries back to text, in one way of the many that mean the same.

use super::condition::{Key, Operation, STATES, Term};
use super::model::Query;
use super::pattern::Pattern;
use std::fmt;

/// What reads as the same query: with `and`, `or` and `not`, sizes in bytes, and parentheses where they are needed.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in self.parts() {
            match part {
                Part::Word(word) => f.write_str(word)?,
                Part::Term(place) => self.terms[place].fmt(f)?,
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum Part {
    Word(&'static str),
    Term(usize),
}

/// What is still to be written, from the last to the first.
enum Waiting {
    Word(&'static str),
    /// An operand, in parentheses unless its operator holds at least this tightly.
    Operand(u8),
}

impl Query {
    /// Collects from the end to the beginning, since there the operators come before their operands.
    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut n_terms = self.terms.len();
        let mut operations = self.postfix.iter().rev();
        let mut waiting = vec![Waiting::Operand(0)];
        while let Some(next) = waiting.pop() {
            let tightness = match next {
                Waiting::Word(word) => {
                    parts.push(Part::Word(word));
                    continue;
                }
                Waiting::Operand(tightness) => tightness,
            };
            let Some(operation) = operations.next() else {
                break;
            };
            let own = operation.tightness();
            if own < tightness {
                parts.push(Part::Word(")"));
                waiting.push(Waiting::Word("("));
            }
            // Of operators that hold equally tightly, the first is worked out first.
            let between = |word| {
                [
                    Waiting::Operand(own),
                    Waiting::Word(word),
                    Waiting::Operand(own + 1),
                ]
            };
            match operation {
                Operation::And => waiting.extend(between(" and ")),
                Operation::Or => waiting.extend(between(" or ")),
                Operation::Not => waiting.extend([Waiting::Word("not "), Waiting::Operand(own)]),
                Operation::Term => {
                    n_terms -= 1;
                    parts.push(Part::Term(n_terms));
                }
            }
        }
        parts.reverse();
        parts
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "#{id}"),
            Self::Text(key, pattern) => write!(f, "{}{pattern}", Key::Text(*key).name()),
            Self::Number(key, comparison, number) => {
                write!(
                    f,
                    "{}{}{number}",
                    Key::Number(*key).name(),
                    comparison.sign()
                )
            }
            Self::State(state) => {
                let found = STATES.iter().find(|(_, known)| known == state);
                write!(f, "state:{}", found.map_or("", |(name, _)| name))
            }
            Self::Root => f.write_str("root"),
        }
    }
}

/// With its operator.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(text) => write!(f, ":{}", Quoted(text)),
            // `type::` would begin a path.
            Self::Glob(glob) if glob.starts_with(':') => write!(f, ": {glob}"),
            Self::Glob(glob) => write!(f, ":{glob}"),
            Self::Regex(search) => write!(f, "~{}", Quoted(search.as_str())),
        }
    }
}

/// A text in quotes, if it needs them.
struct Quoted<'q>(&'q str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':');
        if self.0.starts_with(|c| c != ':') && self.0.chars().all(is_word) {
            return f.write_str(self.0);
        }
        write!(f, "\"{}\"", self.0.replace('"', "\"\""))
    }
}
