//! How fast heap files are read and asked, and how small they are in memory: beside refcycle and objgraph of Python,
//! petgraph and `serde_json`, in one run.
//!
//! `cargo bench -p objgraph-benches --bench heap` takes a real heap of `CPython` 64 times over, a million objects; with
//! `-- --test` once, to see that it works. `-- --huge` reads a synthetic heap of 20,000,000 objects instead, which
//! takes minutes and some gigabytes.
//!
//! Python's peers run where the `python3` of the path has them, or the one that `HEAP_PEERS_PYTHON` names, which
//! `.ci/run bench_heap` makes; else their rows say that they were skipped. Run it on a quiet machine.

#![expect(
    clippy::print_stdout,
    reason = "the tables are what this program is for"
)]

mod analysis;
mod chains;
mod folder;
mod huge;
mod petgraph_copy;
mod python;
mod reading;
mod refcycle;
mod report;
mod scaled;
mod space;
mod synthetic;

use folder::Folder;
use objgraph_benches::memory;
use report::Report;
use std::error::Error;
use std::fs::File;
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;

/// How much is measured.
#[derive(Clone, Copy)]
struct Effort {
    /// How many times over the real heap is taken.
    n_copies: u64,
    /// Objects and references of the random graph.
    random: (u32, usize),
    /// Objects of the synthetic heap.
    n_synthetic: u64,
    n_rounds: usize,
    /// What a peer may take.
    limit: Duration,
}

const FULL: Effort = Effort {
    n_copies: 64,
    random: (1_000_000, 2_000_000),
    n_synthetic: 20_000_000,
    n_rounds: 5,
    limit: Duration::from_secs(60),
};
/// Small heaps fit into caches and pay for what is set up once, so that these figures mean nothing.
const QUICK: Effort = Effort {
    n_copies: 1,
    random: (10_000, 20_000),
    n_synthetic: 10_000,
    n_rounds: 1,
    limit: Duration::from_secs(5),
};

fn main() -> Result<(), Box<dyn Error>> {
    let has = |flag: &str| std::env::args().any(|argument| argument == flag);
    let mut report = Report::default();
    if has("--test") {
        println!("(a quick run, to see that it works: the figures mean nothing)");
        measure(QUICK, &mut report)?;
        return huge::measure(QUICK.n_synthetic, &mut report);
    }
    if has("--huge") {
        // Alone, so that the peak is its own.
        huge::measure(FULL.n_synthetic, &mut report)?;
    } else {
        measure(FULL, &mut report)?;
    }
    report.print_verdicts();
    Ok(())
}

fn measure(effort: Effort, report: &mut Report) -> Result<(), Box<dyn Error>> {
    let folder = Folder::new()?;
    let heap = folder.file("heap.jsonl");
    scaled::write(effort.n_copies, File::create(&heap)?)?;
    reading::measure(&folder, &heap, effort, report)?;
    refcycle::measure(&folder, effort, report)?;
    space::measure(&heap, report)?;
    let graph = reading::load(&heap)?;
    chains::measure(&graph, &heap, effort, report);
    analysis::measure("heap", &graph, effort, report);
    drop(graph);
    let (n_nodes, n_edges) = effort.random;
    let graph = synthetic::random_graph(n_nodes, n_edges);
    analysis::measure("random graph", &graph, effort, report);
    Ok(())
}
