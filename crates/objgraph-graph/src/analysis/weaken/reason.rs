//! Why a field is the one to weaken.

use std::fmt;

/// What speaks for a field as the one to weaken. Displayed as a clause: "its name points back".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// It is named like one that points back: `parent`, `owner`.
    PointsBack,
    /// Without its references there is no cycle.
    LeavesNoCycle,
    /// Whatever its references lead to has another owner; among leaked objects, all but one for each cycle, which something
    /// held that is gone.
    KeepsOwners,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PointsBack => "its name points back",
            Self::LeavesNoCycle => "it leaves no cycle",
            Self::KeepsOwners => "every other object keeps an owner",
        })
    }
}
