//! What has leaked, why, and what to change.

use crate::drawing::Look;
use crate::{Graph, SaveError};
use objgraph_graph::{
    Bytes, EdgeToWeaken, LeakKind, Leaks, NodeId, ObjectGraph, Why, Withheld, kept_bytes,
    view_leaks,
};
use std::fmt;
use std::path::Path;

/// What has leaked: the cycles that keep it, what hangs on them, and the fields to make weak. Made by
/// [`find_leaks`](crate::find_leaks).
///
/// Displayed as a text for a terminal.
#[derive(Debug)]
#[must_use = "a report does nothing until it is read"]
pub struct LeakReport {
    graph: Graph,
    leaks: Leaks,
    n_tracked: usize,
}

impl LeakReport {
    pub(super) fn new(graph: ObjectGraph, leaks: Leaks, n_tracked: usize) -> Self {
        Self {
            graph: graph.with_leaked(&leaks.leaked).into(),
            leaks,
            n_tracked,
        }
    }

    /// Whether nothing has leaked. What only weak handles can reach has not.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.leaks.leaked.is_empty()
    }

    /// How many objects can never be freed.
    #[must_use]
    pub fn n_leaked(&self) -> usize {
        self.leaks.leaked.len()
    }

    /// The bytes of memory that the leaked objects take.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        kept_bytes(&self.graph, self.leaks.leaked.iter().copied())
    }

    /// The objects that can never be freed, in the graph.
    #[must_use]
    pub fn leaked(&self) -> &[NodeId] {
        &self.leaks.leaked
    }

    /// The shapes of the cycles that everything leaked hangs on, those that keep the most bytes first.
    #[must_use]
    pub fn kinds(&self) -> &[LeakKind] {
        &self.leaks.kinds
    }

    /// The objects that only weak handles can still reach.
    #[must_use]
    pub fn weakly_held(&self) -> &[NodeId] {
        &self.leaks.weakly_held
    }

    /// The objects that were not judged, and why.
    #[must_use]
    pub fn withheld(&self) -> &[Withheld] {
        &self.leaks.withheld
    }

    /// Everything that was looked at; leaked objects say so in their state.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// How many objects would be dropped if all references of the proposed fields were let go.
    #[must_use]
    pub fn n_freed_by_fixes(&self) -> usize {
        let is_fixed = |edge: &objgraph_graph::Edge<'_>| {
            self.kinds().iter().any(|kind| kind.is_fixed_at(edge))
        };
        self.leaks.n_freed_without(&self.graph, is_fixed)
    }

    /// Draws an example of each kind of cycle, with the reference to change marked, into a file.
    ///
    /// # Errors
    /// [`SaveError`] names the path and what to do.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), SaveError> {
        let look = Look::default();
        look.save(path.as_ref(), || {
            Ok(view_leaks(&self.graph, &self.leaks, &look.view))
        })
    }
}

/// A number of things, with a word for one and one for more.
fn count(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

impl fmt::Display for LeakReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            let tracked = count(self.n_tracked, "tracked object", "tracked objects");
            writeln!(f, "nothing leaked among {tracked}")?;
        } else {
            let leaked = count(self.n_leaked(), "object", "objects");
            writeln!(f, "{leaked} leaked, {}:", self.bytes())?;
        }
        for kind in self.kinds() {
            write_kind(f, kind)?;
        }
        self.write_rest(f)
    }
}

fn write_kind(f: &mut fmt::Formatter<'_>, kind: &LeakKind) -> fmt::Result {
    writeln!(f, "\n{}", kind.shape)?;
    let cycles = count(kind.n_cycles, "group", "groups");
    let objects = count(kind.n_on_cycles, "object", "objects");
    let hanging = match kind.n_hanging {
        0 => String::new(),
        n => format!(", {n} more hang on them"),
    };
    writeln!(
        f,
        "  {cycles} of {objects} in all that keep each other alive{hanging}: {}",
        kind.bytes
    )?;
    for (site, n_objects) in kind.sites.iter().take(3) {
        writeln!(f, "  {n_objects} tracked at {site}")?;
    }
    for fix in &kind.fixes {
        writeln!(f, "  make it weak: {fix}")?;
        writeln!(f, "    {}", reason(fix))?;
    }
    Ok(())
}

/// Why this field, of all.
fn reason(fix: &EdgeToWeaken) -> String {
    let mut reasons = Vec::new();
    if fix.points_back {
        reasons.push("its name points back".to_owned());
    }
    reasons.push(if fix.leaves_acyclic {
        "no cycle is left".to_owned()
    } else {
        let objects = count(fix.n_left, "object", "objects");
        format!("{objects} are left on cycles")
    });
    reasons.push(match fix.n_orphaned {
        0 => "every object is still owned by another".to_owned(),
        n => format!(
            "{} lose the only owner among these",
            count(n, "object", "objects")
        ),
    });
    reasons.join(", ")
}

impl LeakReport {
    fn write_rest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(first) = self.weakly_held().first() {
            let objects = count(self.weakly_held().len(), "object", "objects");
            let first = self.graph.node(*first);
            writeln!(
                f,
                "\n{objects} can be reached by weak handles only, such as {first}"
            )?;
        }
        for withheld in self.withheld().iter().take(10) {
            writeln!(
                f,
                "\nnot judged: {}, {}",
                self.graph.node(withheld.node),
                why(&withheld.why)
            )?;
        }
        if self.withheld().len() > 10 {
            writeln!(f, "not judged: {} more", self.withheld().len() - 10)?;
        }
        Ok(())
    }
}

fn why(why: &Why) -> String {
    match why {
        Why::TooManyHandles { n_too_many } => {
            let handles = count(
                usize::try_from(*n_too_many).unwrap_or(usize::MAX),
                "handle",
                "handles",
            );
            format!("since impls of `Trace` report {handles} too many to it")
        }
        Why::ReportedTwice { type_name } => {
            format!("since the impl of `Trace` for {type_name} reports one handle to it twice")
        }
        Why::Busy => "since its cell or lock is in use".to_owned(),
        _ => "since it changes while it is looked at".to_owned(),
    }
}
