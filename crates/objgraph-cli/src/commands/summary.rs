//! `objgraph summary`: what a newcomer asks first.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::Args;
use objgraph::{Bytes, Dominators, Graph, StatsOrder, WeakenOptions, grouped};
use serde::Serialize;

use super::{retained, types};
use crate::answer::Answer;
use crate::count::counted;
use crate::exit::Failure;
use crate::heap::{Heap, HeapFile};
use crate::printable::printable;
use crate::style::Style;

/// How many types and objects are listed.
const N_LISTED: usize = 10;

/// Tells what is in a heap: totals, types, biggest objects, and what to ask next
#[derive(Args, Debug)]
#[command(after_help = "\
Exit codes: 0 answered, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 5 the output cannot be \
written.")]
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
    /// The field that would best hold weak references; null if nothing is on a cycle.
    weaken: Option<String>,
    /// Objects that no root leads to: all of them if there are no roots.
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
        self.answer.give(&told, || {
            told.to_text(&self.heap, &heap.graph, &dominators, style)
        })
    }
}

/// The change that [`Cycles`](super::Cycles) suggests too.
fn best_to_weaken(graph: &Graph) -> Option<String> {
    let weakening = graph.edges_to_weaken(&WeakenOptions::default());
    weakening.suggestions.first().map(ToString::to_string)
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
            weaken: best_to_weaken(graph),
            unreachable: graph.unreachable().len(),
            leaking: graph.leaking().len(),
            top_types,
            biggest: retained::rows(graph, dominators, &dominators.biggest(N_LISTED)),
            warnings,
        }
    }

    fn to_text(
        &self,
        heap: &HeapFile,
        graph: &Graph,
        dominators: &Dominators,
        style: Style,
    ) -> String {
        let from = [self.title, self.program, self.runtime, self.created];
        let from: Vec<&str> = from.into_iter().flatten().collect();
        let mut text = String::new();
        if !from.is_empty() {
            let from = printable(&from.join(" · "));
            _ = writeln!(text, "{}", style.bold(&from));
        }
        text += &self.totals();
        text.push('\n');
        text += &types::to_text(&self.top_types, false, style);
        text.push('\n');
        text += &retained::to_text(graph, dominators, &dominators.biggest(N_LISTED), style);
        text + "\n" + &self.next(&heap.in_shell(), style)
    }

    fn totals(&self) -> String {
        let mut text = format!(
            "{} of {}, {}, {}, {}\n",
            counted(self.objects, "object"),
            counted(self.qualified_types, "type"),
            counted(self.refs, "reference"),
            Bytes(self.bytes),
            counted(self.roots, "root"),
        );
        let reached = match self.roots {
            0 => "no root is named".to_owned(),
            _ => format!(
                "{} that no root leads to",
                counted(self.unreachable, "object")
            ),
        };
        _ = writeln!(
            text,
            "{reached}; {} that nothing refers to",
            grouped(self.leaking as u64)
        );
        let mut cycles = counted(self.components, "group") + " on cycles";
        if self.components > 0 {
            _ = write!(
                cycles,
                ", the largest of {}",
                counted(self.largest_component, "object")
            );
        }
        if let Some(field) = &self.weaken {
            _ = write!(cycles, "; best made weak: {}", printable(field));
        }
        text + &cycles + "\n"
    }

    /// What to ask next.
    fn next(&self, heap: &str, style: Style) -> String {
        let object = self.biggest.first().map(|row| format!("'#{}'", row.id()));
        let object = object.as_deref();
        let leaks = self.leaking > 0 && self.roots > 0;
        let questions = [
            object.map(|id| ("what keeps the biggest alive", format!("why {heap} {id}"))),
            object.map(|id| {
                (
                    "what it holds, drawn",
                    format!("refs {heap} {id} -o refs.svg"),
                )
            }),
            (self.components > 0).then(|| ("what keeps itself alive", format!("cycles {heap}"))),
            leaks.then(|| ("what nothing known holds", format!("leaks {heap}"))),
            object.map(|_| ("what is there twice", format!("waste {heap}"))),
            object.map(|_| {
                (
                    "whose objects these are",
                    format!("types {heap} --by module"),
                )
            }),
        ];
        let lines = questions.into_iter().flatten().map(|(question, command)| {
            format!(
                "{} objgraph {command}\n",
                style.dim(&format!("  {question:<30}"))
            )
        });
        lines.fold(String::from("ask next\n"), |text, line| text + &line)
    }
}
