//! What has leaked, why, and what to change.

use crate::drawing::Look;
use crate::{Graph, SaveError};
use objgraph_graph::{
    Bytes, Doubt, EdgeToWeaken, LeakKind, Leaks, NodeId, ObjectGraph, Withheld, grouped, view_leaks,
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
        self.leaks.amount.bytes
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

    /// The types because of which objects were not judged, and why.
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
        self.leaks.n_freed
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
    let word = if n == 1 { one } else { more };
    format!("{} {word}", grouped(n as u64))
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
    writeln!(f, "\n{kind}")?;
    let cycles = count(kind.culprits.len(), "group", "groups");
    let objects = count(kind.on_cycles.count, "object", "objects");
    let hanging = match kind.hanging.count {
        0 => String::new(),
        n => format!(", {} more hang on them", grouped(n as u64)),
    };
    writeln!(
        f,
        "  {cycles} of {objects} in all that keep each other alive{hanging}: {}",
        kind.kept().bytes
    )?;
    for (site, n_objects) in kind.sites.iter().take(3) {
        writeln!(f, "  {} tracked at {site}", grouped(*n_objects as u64))?;
    }
    for fix in &kind.fixes {
        writeln!(f, "  make it weak: {fix}")?;
        writeln!(f, "    {}", reasons(fix))?;
    }
    Ok(())
}

/// Why this field, of all.
fn reasons(fix: &EdgeToWeaken) -> String {
    let mut reasons: Vec<String> = fix.reasons.iter().map(ToString::to_string).collect();
    if !fix.leaves_acyclic {
        let objects = count(fix.n_left, "object is", "objects are");
        reasons.push(format!("{objects} left on cycles"));
    }
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
        for withheld in self.withheld().iter().take(MAX_WITHHELD) {
            writeln!(f, "\n{}", sentence(withheld))?;
        }
        if let n_more @ 1.. = self.withheld().len().saturating_sub(MAX_WITHHELD) {
            writeln!(f, "\nnot judged: because of {n_more} more")?;
        }
        Ok(())
    }
}

/// How many types are named because of which objects are not judged.
const MAX_WITHHELD: usize = 10;

/// `not judged: 3 objects, since the impl of Trace for Widget reports one handle twice`
fn sentence(withheld: &Withheld) -> String {
    let objects = count(withheld.n_objects, "object", "objects");
    let Withheld {
        type_name, doubt, ..
    } = withheld;
    let who = match doubt {
        Doubt::OverReported | Doubt::ReportedTwice => {
            format!("the impl of `Trace` for {type_name}")
        }
        _ => type_name.clone(),
    };
    format!("not judged: {objects}, since {who} {doubt}")
}
