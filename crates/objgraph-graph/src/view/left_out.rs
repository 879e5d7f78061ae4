//! What a view leaves out, and why.

use super::options::{Direction, Refusal, ViewOptions};
use crate::graph::NodeId;
use crate::grouped::grouped;
use std::collections::HashSet;

/// Counted while a view is made.
#[derive(Default)]
pub(super) struct LeftOut {
    /// References beyond the most that one object shows.
    pub(super) n_folded: usize,
    /// Objects as deep as the view goes that have further references.
    pub(super) n_unfollowed: usize,
    /// Whether there are more objects than the view takes.
    pub(super) is_full: bool,
    /// Objects whose type leaves a field out.
    pub(super) n_with_skipped_field: usize,
    filtered: HashSet<NodeId>,
    ignored: HashSet<NodeId>,
}

impl LeftOut {
    pub(super) fn refuse(&mut self, node: NodeId, refusal: Refusal) {
        match refusal {
            Refusal::Filtered => self.filtered.insert(node),
            Refusal::Ignored => self.ignored.insert(node),
        };
    }

    /// One sentence for each reason that there is.
    pub(super) fn sentences(&self, options: &ViewOptions<'_>) -> Vec<String> {
        let way = match options.direction {
            Direction::Referents => "references",
            Direction::Referrers => "referrers",
        };
        let folded = (self.n_folded > 0).then(|| {
            format!(
                "{} folded: an object shows at most {} (too_many).",
                counted(self.n_folded, "reference is", "references are"),
                grouped(options.too_many as u64),
            )
        });
        let unfollowed = (self.n_unfollowed > 0).then(|| {
            format!(
                "{} {way} that are not followed: the picture goes {} deep (max_depth).",
                counted(self.n_unfollowed, "object has", "objects have"),
                grouped(options.max_depth as u64),
            )
        });
        let full = self.is_full.then(|| {
            format!(
                "Only {} shown (max_nodes); narrow the picture by max_depth or filter.",
                counted(options.max_nodes, "object is", "objects are"),
            )
        });
        let hidden = |nodes: &HashSet<NodeId>, by: &str| {
            (!nodes.is_empty()).then(|| {
                format!(
                    "{} hidden by {by}, and so is what nothing else leads to.",
                    counted(nodes.len(), "object is", "objects are"),
                )
            })
        };
        let skipped = (self.n_with_skipped_field > 0).then(|| {
            format!(
                "{} skipped fields (#[trace(skip)]), and may hold more.",
                counted(self.n_with_skipped_field, "object has", "objects have"),
            )
        });
        let sentences = [
            folded,
            unfollowed,
            full,
            hidden(&self.filtered, "the filter"),
            hidden(&self.ignored, "ignore"),
            skipped,
        ];
        sentences.into_iter().flatten().collect()
    }
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!(
        "{} {}",
        grouped(count as u64),
        if count == 1 { one } else { several }
    )
}
