//! How good drawings are, how long they take and how much memory: our engine, layout-rs and `dot`, in one run.
//!
//! `cargo bench -p objgraph-benches --bench layout` lays out the files in `layout/graphs`, which Python's objgraph wrote,
//! and generated graphs of up to 33,000 nodes; `-- FOLDER`, an absolute path, takes the files of another folder instead.
//! `-- --test` lays out one small file, by our engine alone.
//!
//! Every engine gets the same boxes and labels, in pixels, and every drawing is measured by the same geometry. Times are of
//! the clock, medians where a layout takes less than a second; dot's are without its start. Run it on a quiet machine.

#![expect(
    clippy::print_stdout,
    reason = "the tables are what this program is for"
)]

mod dot_file;
mod engines;
mod figures;
mod graph;
mod inputs;
mod measure;
mod synthetic;
mod table;
mod verdicts;

use engines::Engine;
use figures::Figures;
use graph::Graph;
use std::error::Error;
use table::Row;

/// The largest graph whose lines are compared with each other: beyond, a drawing has millions of crossings.
const MAX_MEASURED: usize = 10_000;
/// The largest generated graph that the others are tried on; neither finishes on the next.
const MAX_COMPARED: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, name] = &arguments[..]
        && flag == engines::ARGUMENT
    {
        engines::work(Engine::named(name).ok_or("there is no engine of that name")?);
        return Ok(());
    }
    let folder = arguments.iter().find(|argument| !argument.starts_with('-'));
    let mut files = inputs::files(folder.map(String::as_str))?;
    table::print_head();
    if arguments.iter().any(|argument| argument == "--test") {
        files.truncate(1);
        rows(files, |_, engine| engine == Engine::Ours);
        return Ok(());
    }
    let files = rows(files, |_, _| true);
    let generated = rows(inputs::generated(), |graph, engine| {
        engine == Engine::Ours || graph.nodes.len() <= MAX_COMPARED
    });
    println!();
    verdicts::print_looks(&files);
    verdicts::print_tidiness(files.iter().chain(&generated));
    verdicts::print_speed(files.iter().chain(&generated));
    verdicts::print_times(&generated);
    Ok(())
}

/// Lays graphs out, by the engines that are to be tried on each, and prints what came of it.
fn rows(
    graphs: impl IntoIterator<Item = Graph>,
    is_tried: impl Fn(&Graph, Engine) -> bool,
) -> Vec<Row> {
    let row = |graph: Graph| {
        let diagram = graph.diagram();
        let outcomes = Engine::ALL.map(|engine| {
            let outcome = is_tried(&graph, engine).then(|| {
                let with_look = graph.nodes.len() <= MAX_MEASURED;
                engine.run(&diagram).map(|run| Figures::of(&run, with_look))
            });
            table::print_row(&graph, engine, &outcome);
            outcome
        });
        Row {
            name: graph.name.clone(),
            n_nodes: graph.nodes.len(),
            n_edges: graph.edges.len(),
            outcomes,
        }
    };
    graphs.into_iter().map(row).collect()
}
