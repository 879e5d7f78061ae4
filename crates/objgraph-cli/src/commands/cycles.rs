//! `objgraph cycles`: which objects keep each other alive, and which field to make weak.

use std::fmt::Write as _;

use clap::Args;
use objgraph::{
    Cycle, CycleOptions, CycleShape, Graph, ShortCycles, View, ViewOptions, WeakenOptions,
    Weakening, grouped,
};
use objgraph_graph::{view_cycle, view_cycle_to_weaken};
use serde::Serialize;

use super::why::Link;
use crate::answer::{Answer, Limit};
use crate::count::counted;
use crate::exit::Failure;
use crate::heap::HeapFile;
use crate::objects::Chosen;
use crate::picture::Picture;
use crate::printable::printable;
use crate::style::{Style, output_width};
use crate::table::{Column, Table};

/// Finds objects that keep each other alive, and the field that should be weak
///
/// Cycles are counted by their shape, the types and fields that they go through; the shortest come first. With -o the
/// shortest cycle is drawn, with the reference marked that could be weak.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph cycles heap.jsonl.gz
  objgraph cycles heap.jsonl.gz --through type:Session -o cycle.svg

Exit codes: 0 answered, 1 the heap cannot be read, 2 wrong usage, 3 it is no heap or damaged, 4 it cannot be drawn, 5 the \
output cannot be written.")]
pub(crate) struct Cycles {
    #[command(flatten)]
    heap: HeapFile,

    /// Looks for cycles through objects that match
    #[arg(long, value_name = "OBJECTS")]
    through: Option<String>,

    /// Looks for cycles of at most so many references
    #[arg(long, value_name = "N", default_value_t = 8)]
    max_length: usize,

    #[command(flatten)]
    limit: Limit,

    #[command(flatten)]
    answer: Answer,

    #[command(flatten)]
    picture: Picture,
}

/// Shapes are told in full, in lines of so many columns beside the others of a screen.
const SHAPE_WIDTH: usize = 55;

/// The answer in JSON.
#[derive(Serialize)]
struct Told {
    /// How many groups of more than one object there are.
    components: usize,
    /// How many objects are in the largest.
    largest: usize,
    /// How many objects are in each, the largest first.
    sizes: Vec<usize>,
    /// The short cycles by the fields that they go through, the shortest first.
    shapes: Vec<Shape>,
    /// Whether there may be shapes and cycles that were not found: a search has its limits.
    ran_out: bool,
    /// The fields that could be made weak, the best first.
    weaken: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Shape {
    #[serde(rename = "shape")]
    steps: String,
    length: usize,
    count: usize,
    /// One of them.
    example: Vec<Link>,
}

#[derive(Serialize)]
struct Suggestion {
    field: String,
    references: usize,
    orphaned: usize,
    leaves_acyclic: bool,
    objects_left: usize,
}

impl Cycles {
    pub(crate) fn run(&self, style: Style) -> Result<(), Failure> {
        let target = self.picture.wanted(self.heap.is_quiet())?;
        let graph = self.heap.load()?.graph;
        let chosen = self.through.as_ref();
        let chosen = chosen
            .map(|text| Chosen::of_option(text, &graph, "--through"))
            .transpose()?;
        let matcher = chosen.as_ref().map(|chosen| chosen.matcher(&graph));
        let mut options = CycleOptions::default()
            .max_length(self.max_length)
            .max_shapes(self.limit.get());
        if let Some(matcher) = &matcher {
            options = options.through(|node| matcher.matches(node));
        }
        let short = graph.short_cycles(&options);
        if let (Some(target), Some(cycle)) = (&target, short.cycles.first()) {
            return target.draw(&view(&graph, cycle));
        }
        let mut weakening = graph.edges_to_weaken(&WeakenOptions::default());
        if self.through.is_some() {
            // What is best for the whole heap need not be of use here.
            let first = short.shapes.first();
            let steps = first.map_or(&[][..], |shape| &shape.steps);
            let suggestions = &mut weakening.suggestions;
            suggestions.retain(|suggestion| steps.contains(&suggestion.step));
        }
        let told = Told::of(&graph, &short, &weakening);
        self.answer
            .give(&told, || told.to_text(&short, &weakening, style))
    }
}

/// A cycle, with the reference marked that is best made weak of those on it.
fn view(graph: &Graph, cycle: &Cycle<'_>) -> View {
    let options = ViewOptions::default();
    let within = cycle.nodes.first().copied();
    let within = within.map(|node| WeakenOptions::default().within(node));
    let weakening = within.map(|options| graph.edges_to_weaken(&options));
    let suggestions = weakening.iter().flat_map(|found| &found.suggestions);
    let mut views = suggestions.map(|suggestion| view_cycle_to_weaken(cycle, suggestion, &options));
    let marked = views.find(|view| view.edges.iter().any(|edge| edge.to_weaken));
    marked.unwrap_or_else(|| view_cycle(cycle, &options))
}

impl Told {
    fn of(graph: &Graph, short: &ShortCycles<'_>, weakening: &Weakening) -> Self {
        let components = graph.components();
        let sizes = components.cyclic().map(<[_]>::len).filter(|size| *size > 1);
        let mut sizes: Vec<usize> = sizes.collect();
        sizes.sort_unstable_by(|one, other| other.cmp(one));
        let suggestions = weakening.suggestions.iter().map(|suggestion| Suggestion {
            field: suggestion.step.to_string(),
            references: suggestion.n_edges,
            orphaned: suggestion.n_orphaned,
            leaves_acyclic: suggestion.leaves_acyclic,
            objects_left: suggestion.n_left,
        });
        Self {
            components: sizes.len(),
            largest: sizes.first().copied().unwrap_or(0),
            sizes,
            shapes: short
                .shapes
                .iter()
                .map(|shape| Shape::of(graph, shape))
                .collect(),
            ran_out: short.ran_out,
            weaken: suggestions.collect(),
        }
    }

    fn to_text(&self, short: &ShortCycles<'_>, weakening: &Weakening, style: Style) -> String {
        if self.components == 0 && self.shapes.is_empty() {
            return "no object keeps itself alive\n".to_owned();
        }
        let count = |count: usize| grouped(count as u64);
        let mut text = format!(
            "{} on cycles, the largest of {}\n\n",
            style.alarm(&counted(self.components, "group")),
            counted(self.largest, "object"),
        );
        let mut table = Table::new([
            Column::Number("cycles"),
            Column::Number("length"),
            Column::Text("example"),
            Column::Text("shape"),
        ]);
        for shape in &self.shapes {
            let first = shape.example.first().map(Link::name).unwrap_or_default();
            let mut lines = wrapped(&shape.steps, SHAPE_WIDTH).into_iter();
            table.push([
                count(shape.count),
                shape.length.to_string(),
                first,
                lines.next().unwrap_or_default(),
            ]);
            for line in lines {
                table.push([String::new(), String::new(), String::new(), line]);
            }
        }
        text += &table.to_text(output_width(), style);
        if short.ran_out || short.n_shapes > short.shapes.len() {
            let found = format!(
                "{} of {} in all; complete up to {}",
                counted(short.n_cycles, "cycle"),
                counted(short.n_shapes, "shape"),
                counted(short.complete_length, "reference"),
            );
            text += &(style.dim(&found) + "\n");
        }
        if let Some(best) = weakening.suggestions.first() {
            let change = style.bold(&printable(&best.to_string()));
            let left = match best.n_left {
                0 => "no cycle".to_owned(),
                n_left => format!("{} on cycles", counted(n_left, "object")),
            };
            _ = writeln!(text, "\nto make weak: {change}, which leaves {left}");
        }
        text
    }
}

/// A shape, broken behind arrows so that no line but a single step is wider.
fn wrapped(shape: &str, max_width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for step in shape.split_inclusive(" → ") {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() || line.chars().count() + step.trim_end().chars().count() <= max_width {
            line.push_str(step);
        } else {
            lines.push(format!("  {step}"));
        }
    }
    lines
}

impl Shape {
    fn of(graph: &Graph, shape: &CycleShape<'_>) -> Self {
        let example = &shape.example;
        let links = example
            .nodes
            .iter()
            .zip(&example.edges)
            .map(|(node, edge)| {
                let label = graph.edge_from(*node, *edge).map(|edge| edge.label());
                Link::of(graph, *node, label.unwrap_or_default())
            });
        Self {
            steps: shape.to_string(),
            length: shape.steps.len(),
            count: shape.count,
            example: links.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn shapes_are_broken_behind_arrows() {
        let shape = "Session.on_close → Callback.function → Session";
        assert_eq!(wrapped(shape, 100), [shape]);
        assert_eq!(
            wrapped(shape, 40),
            ["Session.on_close → Callback.function → ", "  Session"]
        );
        assert_eq!(wrapped(shape, 1).len(), 3);
    }
}
