//! What it costs to know the live objects of a program, and what has leaked: counters and tracked handles, beside the program without
//! them, countme and dumpster, in one run.
//!
//! `cargo bench -p objgraph-benches --bench live` builds programs of a million objects; with `-- --test` small ones, to see that it
//! works. Differences of a few ns are measured: run it on a quiet machine.

#![expect(
    clippy::print_stdout,
    reason = "the tables are what this program is for"
)]

mod churn;
mod leaks;
mod life;
mod programs;
mod questions;

/// How much is measured.
#[derive(Clone, Copy)]
struct Effort {
    n_objects: usize,
    n_rounds: usize,
    /// Whether the figures mean anything: small programs fit into caches.
    is_full: bool,
}

const FULL: Effort = Effort {
    n_objects: 1_000_000,
    n_rounds: 11,
    is_full: true,
};
const QUICK: Effort = Effort {
    n_objects: 10_000,
    n_rounds: 3,
    is_full: false,
};

fn main() {
    countme::enable(true);
    if let Some(times) = life::run_program() {
        return println!("{times}");
    }
    let is_quick = std::env::args().any(|argument| argument == "--test");
    let effort = if is_quick { QUICK } else { FULL };
    let (n_objects, n_rounds) = (effort.n_objects, effort.n_rounds);
    println!("\n{n_objects} objects, medians of {n_rounds} rounds");
    if !effort.is_full {
        println!("(a quick run, to see that it works: the figures mean nothing)");
    }
    let tables = [
        life::measure,
        churn::measure,
        questions::measure,
        leaks::measure,
    ];
    let verdicts = tables.map(|measure| measure(effort));
    if effort.is_full {
        println!();
        for verdict in verdicts.into_iter().flatten() {
            println!("{}", verdict.row());
        }
    }
}
