//! `objgraph summary`: what a newcomer asks first.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::Args;
use objgraph::{Bytes, Dominators, Graph, StatsOrder, grouped};
use serde::Serialize;

use super::{retained, types};
use crate::answer::Answer;
use crate::exit::Failure;
use crate::heap::{Heap, HeapFile};
use crate::style::Style;

/// How many types and objects are listed.
const N_LISTED: usize = 10;

/// Tells what is in a heap: totals, the most frequent types, what keeps most bytes alive, cycles, and what to ask next
///
/// Exit codes: 0 answered, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 5 the output cannot be
/// written.
#[derive(Args, Debug)]
pub(crate) struct Summary {
    #[command(flatten)]
    heap: HeapFile,

    #[command(flatten)]
    answer: Answer,
}

/// The answer in JSON.
#[derive(Serialize)]
struct Told<'h> {
    objects: usize,
    refs: usize,
    /// Names of types; those of one name in several modules count once.
    types: usize,
    /// Types, told apart by their modules too.
    qualified_types: usize,
    /// Of the objects and of the buffers that belong to them alone.
    bytes: u64,
    roots: usize,
    runtime: Option<&'h str>,
    program: Option<&'h str>,
    created: Option<&'h str>,
    title: Option<&'h str>,
    /// Groups of more than one object that keep each other alive.
    components: usize,
    /// How many objects are in the largest of them.
    largest_component: usize,
    /// Objects that no root leads to.
    unreachable: usize,
    /// Objects that nothing refers to and that are no roots.
    leaking: usize,
    top_types: Vec<types::Row>,
    biggest: Vec<retained::Row>,
    warnings: &'h [String],
}

impl Summary {
    pub(crate) fn run(&self, style: Style) -> Result<(), Failure> {
        let heap = self.heap.load()?;
        let dominators = heap.graph.dominators();
        let told = Told::of(&heap, &dominators);
        self.answer
            .give(&told, || told.to_text(&heap.graph, &dominators, style))
    }
}

impl<'h> Told<'h> {
    fn of(heap: &'h Heap, dominators: &Dominators) -> Self {
        let Heap {
            graph,
            header,
            warnings,
        } = heap;
        let components = graph.components();
        let sizes = components.cyclic().map(<[_]>::len).filter(|size| *size > 1);
        let sizes: Vec<usize> = sizes.collect();
        let mut top_types = types::by_type(graph, StatsOrder::Count, |_| true);
        let n_qualified = top_types.len();
        let names: BTreeSet<&str> = top_types.iter().map(types::Row::name).collect();
        let n_types = names.len();
        let bytes = graph
            .nodes()
            .map(|node| node.shallow_size().0 + node.owned_size().0)
            .sum();
        top_types.truncate(N_LISTED);
        Self {
            objects: graph.n_nodes(),
            refs: graph.n_edges(),
            types: n_types,
            qualified_types: n_qualified,
            bytes,
            roots: graph.roots().len(),
            runtime: header.runtime.as_deref(),
            program: header.program.as_deref(),
            created: header.created.as_deref(),
            title: header.title.as_deref(),
            components: sizes.len(),
            largest_component: sizes.into_iter().max().unwrap_or(0),
            unreachable: graph.unreachable().len(),
            leaking: graph.leaking().len(),
            top_types,
            biggest: retained::rows(graph, dominators, &dominators.biggest(N_LISTED)),
            warnings,
        }
    }

    fn to_text(&self, graph: &Graph, dominators: &Dominators, style: Style) -> String {
        let from = [self.title, self.program, self.runtime, self.created];
        let from: Vec<&str> = from.into_iter().flatten().collect();
        let count = |count: usize| grouped(count as u64);
        let mut text = String::new();
        if !from.is_empty() {
            _ = writeln!(text, "{}", style.bold(&from.join(" · ")));
        }
        _ = writeln!(
            text,
            "{} objects of {} types, {} references, {}, {} roots",
            count(self.objects),
            count(self.qualified_types),
            count(self.refs),
            Bytes(self.bytes),
            count(self.roots),
        );
        _ = writeln!(
            text,
            "{} groups of objects keep each other alive, the largest of {}",
            count(self.components),
            count(self.largest_component),
        );
        _ = write!(
            text,
            "{} objects are reached from no root; nothing refers to {}\n\n",
            count(self.unreachable),
            count(self.leaking),
        );
        text += &types::to_text(&self.top_types, false, style);
        text.push('\n');
        text += &retained::to_text(graph, dominators, &dominators.biggest(N_LISTED), style);
        text + "\n" + &self.next(style)
    }

    /// What to ask next.
    fn next(&self, style: Style) -> String {
        let biggest = self
            .biggest
            .first()
            .map(|row| format!("objgraph why HEAP '#{}'", row.id()));
        let cycles = (self.components > 0).then(|| "objgraph cycles HEAP".to_owned());
        let leaks = (self.leaking > 0).then(|| "objgraph leaks HEAP".to_owned());
        let questions = [
            biggest,
            cycles,
            leaks,
            Some("objgraph refs HEAP OBJECT -o picture.svg".to_owned()),
        ];
        let questions: Vec<String> = questions.into_iter().flatten().collect();
        style.dim(&format!("next: {}", questions.join(", "))) + "\n"
    }
}
