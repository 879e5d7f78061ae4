//! `objgraph leaks`: what is alive though nothing that is known holds it.

use std::fmt::Write as _;

use anyhow::anyhow;
use clap::Args;
use objgraph::{Bytes, Graph, NodeId, StatsOrder, grouped};
use serde::Serialize;

use super::types;
use crate::answer::{Answer, Limit};
use crate::count::counted;
use crate::exit::{Exit, Exits as _, Failure};
use crate::heap::HeapFile;
use crate::style::Style;

/// Finds objects that nothing refers to, and those that no root leads to
///
/// What nothing refers to is held by something that the heap does not show: a stack frame, code in another language, a
/// count that was never lowered. What no root leads to may hang on such objects, or keep itself alive in cycles.
///
/// A heap that names no roots does not tell what they reach; of such a heap, only what nothing refers to is listed.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph leaks heap.jsonl.gz
  objgraph leaks heap.jsonl.gz --fail        for scripts

Exit codes: 0 answered, 1 the heap cannot be read, 2 wrong usage, also --fail on a heap that names no roots, 3 it is no \
heap or damaged, 5 the output cannot be written, 7 with --fail, if something was found.")]
pub(crate) struct Leaks {
    #[command(flatten)]
    heap: HeapFile,

    /// Ends with exit code 7 if something is found
    #[arg(long)]
    fail: bool,

    #[command(flatten)]
    limit: Limit,

    #[command(flatten)]
    answer: Answer,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Told {
    /// Objects that nothing refers to and that are no roots.
    leaking: Group,
    /// Objects that no root leads to; null if the heap names no roots.
    unreachable: Option<Group>,
    /// How many of them are on cycles.
    in_cycles: Option<usize>,
}

#[derive(Serialize)]
struct Group {
    objects: usize,
    bytes: u64,
    types: Vec<types::Row>,
    /// The first of them.
    examples: Vec<u64>,
}

impl Leaks {
    pub(crate) fn run(&self, style: Style) -> Result<(), Failure> {
        let graph = self.heap.load()?.graph;
        if graph.roots().is_empty() {
            self.warn_of_no_roots()?;
        }
        let told = Told::of(&graph, self.limit.get());
        self.answer.give(&told, || told.to_text(style))?;
        let n_found = told.n_found();
        if self.fail && n_found > 0 {
            return Err(Failure {
                exit: Exit::Failed,
                error: anyhow!("leaks were found: {}", counted(n_found, "object")),
            });
        }
        Ok(())
    }

    fn warn_of_no_roots(&self) -> Result<(), Failure> {
        let said = "the heap names no roots, so that nobody can tell what they reach";
        if self.fail {
            return Err(anyhow!(said)).exits_with(Exit::Usage);
        }
        eprintln!("objgraph: warning: {said}");
        Ok(())
    }
}

impl Told {
    fn of(graph: &Graph, limit: usize) -> Self {
        let unreachable = (!graph.roots().is_empty()).then(|| graph.unreachable());
        let components = graph.components();
        let in_cycles = unreachable.as_ref().map(|nodes| {
            let on_cycles = nodes.iter().filter(|node| components.is_in_cycle(**node));
            on_cycles.count()
        });
        Self {
            leaking: Group::of(graph, &graph.leaking(), limit),
            unreachable: unreachable.map(|nodes| Group::of(graph, &nodes, limit)),
            in_cycles,
        }
    }

    /// How many objects leak: what nothing refers to and is no root is among those that no root leads to.
    fn n_found(&self) -> usize {
        self.unreachable.as_ref().map_or(0, |group| group.objects)
    }

    fn to_text(&self, style: Style) -> String {
        let mut text = self.leaking.to_text("nothing refers to", style);
        if let Some(unreachable) = &self.unreachable {
            text.push('\n');
            text += &unreachable.to_text("no root leads to", style);
        }
        if let Some(n_on_cycles @ 1..) = self.in_cycles {
            _ = writeln!(text, "{} of them on cycles", grouped(n_on_cycles as u64));
        }
        text
    }
}

impl Group {
    fn of(graph: &Graph, nodes: &[NodeId], limit: usize) -> Self {
        let sizes = nodes.iter().map(|node| {
            let node = graph.node(*node);
            node.shallow_size().0 + node.owned_size().0
        });
        let is_there = |node: objgraph::Node<'_>| nodes.binary_search(&node.id()).is_ok();
        let mut types = types::by_type(graph, StatsOrder::Count, is_there);
        types.truncate(limit);
        let examples = nodes.iter().take(limit);
        Self {
            objects: nodes.len(),
            bytes: sizes.sum(),
            types,
            examples: examples.map(|node| graph.node(*node).shown_id()).collect(),
        }
    }

    fn to_text(&self, what: &str, style: Style) -> String {
        if self.objects == 0 {
            return format!("there is no object that {what}\n");
        }
        let title = format!(
            "{} that {what}, {}",
            counted(self.objects, "object"),
            Bytes(self.bytes)
        );
        let examples = self.examples.iter().take(5);
        let examples: Vec<String> = examples.map(|id| format!("#{id}")).collect();
        format!(
            "{}, such as {}\n{}",
            style.bold(&title),
            examples.join(", "),
            types::to_text(&self.types, false, style)
        )
    }
}
