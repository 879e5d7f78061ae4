//! `objgraph leaks`: what is alive though nothing that is known holds it.

use anyhow::anyhow;
use clap::Args;
use objgraph::{Bytes, Graph, NodeId, StatsOrder, grouped};
use serde::Serialize;

use super::types;
use crate::answer::{Answer, Limit};
use crate::exit::{Exit, Failure};
use crate::heap::HeapFile;
use crate::style::Style;

/// Finds objects that nothing refers to, and those that no root leads to
///
/// What nothing refers to is held by something that the heap does not show: a stack frame, code in another language, a
/// count that was never lowered. What no root leads to may hang on such objects, or keep itself alive in cycles.
///
/// Exit codes: 0 answered, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 5 the output cannot be
/// written, 7 with --fail, if something was found.
#[derive(Args, Debug)]
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
    /// Objects that no root leads to.
    unreachable: Group,
    /// Those of them that keep each other alive.
    in_cycles: usize,
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
        let (leaking, unreachable) = (graph.leaking(), graph.unreachable());
        let components = graph.components();
        let on_cycles = unreachable
            .iter()
            .filter(|node| components.is_in_cycle(**node));
        let told = Told {
            in_cycles: on_cycles.count(),
            leaking: Group::of(&graph, &leaking, self.limit.get()),
            unreachable: Group::of(&graph, &unreachable, self.limit.get()),
        };
        self.answer.give(&told, || told.to_text(style))?;
        let n_found = told.leaking.objects + told.unreachable.objects;
        if self.fail && n_found > 0 {
            return Err(Failure {
                exit: Exit::Failed,
                error: anyhow!("{} objects leak", grouped(told.unreachable.objects as u64)),
            });
        }
        Ok(())
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

    fn to_text(&self, title: &str, style: Style) -> String {
        let title = format!(
            "{} objects {title}, {}",
            grouped(self.objects as u64),
            Bytes(self.bytes)
        );
        if self.objects == 0 {
            return title + "\n";
        }
        let examples: Vec<String> = self
            .examples
            .iter()
            .take(5)
            .map(|id| format!("#{id}"))
            .collect();
        format!(
            "{}, such as {}\n{}",
            style.bold(&title),
            examples.join(", "),
            types::to_text(&self.types, false, style)
        )
    }
}

impl Told {
    fn to_text(&self, style: Style) -> String {
        let mut text = self.leaking.to_text("are referred to by nothing", style);
        text.push('\n');
        text += &self.unreachable.to_text("are reached from no root", style);
        text + &format!(
            "{} of them keep each other alive\n",
            grouped(self.in_cycles as u64)
        )
    }
}
