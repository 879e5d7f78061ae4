//! What can be asked of an object.

use super::pattern::Pattern;
use objgraph_trace::State;

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// `#12`
    Id(u64),
    /// `type:Session`
    Text(TextKey, Pattern),
    /// `size>1MB`
    Number(NumberKey, Comparison, u64),
    /// `state:locked`
    State(State),
    /// `root`
    Root,
}

/// What joins conditions, in the order in which it is worked out: first the operands, then the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// The next condition.
    Term,
    Not,
    And,
    Or,
}

impl Operation {
    /// How tightly an operator holds its operands.
    pub(super) fn tightness(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Not => 3,
            Self::Term => 4,
        }
    }
}

/// What a text is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextKey {
    Type,
    Module,
    Value,
    Site,
    Root,
}

/// What a number is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberKey {
    Size,
    Owned,
    Retained,
    Strong,
    Weak,
    Refs,
    Referrers,
    Serial,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    AtLeast,
    AtMost,
    More,
    Less,
    Equal,
}

/// What stands before an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Text(TextKey),
    Number(NumberKey),
    State,
}

impl Key {
    pub(super) const ALL: [(&'static str, Self); 14] = [
        ("type", Self::Text(TextKey::Type)),
        ("module", Self::Text(TextKey::Module)),
        ("value", Self::Text(TextKey::Value)),
        ("site", Self::Text(TextKey::Site)),
        ("root", Self::Text(TextKey::Root)),
        ("state", Self::State),
        ("size", Self::Number(NumberKey::Size)),
        ("owned", Self::Number(NumberKey::Owned)),
        ("retained", Self::Number(NumberKey::Retained)),
        ("strong", Self::Number(NumberKey::Strong)),
        ("weak", Self::Number(NumberKey::Weak)),
        ("refs", Self::Number(NumberKey::Refs)),
        ("referrers", Self::Number(NumberKey::Referrers)),
        ("serial", Self::Number(NumberKey::Serial)),
    ];

    /// All of them in the words of an error.
    pub(super) const NAMES: &'static str = "`type`, `module`, `value`, `site`, `root`, `state`, `size`, `owned`, \
        `retained`, `strong`, `weak`, `refs`, `referrers`, `serial`";

    pub(super) fn named(word: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        let found = all.find(|(name, _)| name.eq_ignore_ascii_case(word))?;
        Some(found.1)
    }

    pub(super) fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, key)| *key == self);
        found.map_or("", |(name, _)| name)
    }
}

impl NumberKey {
    /// Whether the number is one of bytes.
    pub(super) fn is_size(self) -> bool {
        matches!(self, Self::Size | Self::Owned | Self::Retained)
    }
}

impl Comparison {
    /// Longer signs before their beginnings.
    pub(super) const ALL: [(&'static str, Self); 5] = [
        (">=", Self::AtLeast),
        ("<=", Self::AtMost),
        (">", Self::More),
        ("<", Self::Less),
        ("=", Self::Equal),
    ];

    pub(super) fn sign(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, comparison)| *comparison == self);
        found.map_or("", |(sign, _)| sign)
    }

    pub(super) fn holds(self, one: u64, other: u64) -> bool {
        match self {
            Self::AtLeast => one >= other,
            Self::AtMost => one <= other,
            Self::More => one > other,
            Self::Less => one < other,
            Self::Equal => one == other,
        }
    }
}

/// The word for each state: those of heap files, and two for states that only traces have.
pub(super) const STATES: [(&str, State); 10] = [
    ("traced", State::Traced),
    ("busy", State::MutablyBorrowed),
    ("locked", State::Locked),
    ("poisoned", State::Poisoned),
    ("uninit", State::Uninitialised),
    ("opaque", State::Opaque),
    ("dropped", State::Dropped),
    ("raw", State::AddressOnly),
    ("skipped", State::Skipped),
    ("leaked", State::Leaked),
];

/// All of them in the words of an error.
pub(super) const STATE_NAMES: &str = "`traced`, `busy`, `locked`, `poisoned`, `uninit`, `opaque`, `dropped`, `raw`, `skipped`, `leaked`";
