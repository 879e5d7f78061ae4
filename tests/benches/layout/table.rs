//! The table: a row for each engine on each graph.

use crate::engines::{Engine, Failure};
use crate::figures::{Figures, Look};
use crate::graph::Graph;

/// What came of one engine on one graph; `None` if it was not tried.
pub(crate) type Outcome = Option<Result<Figures, Failure>>;

/// The outcomes of a graph, in the order of [`Engine::ALL`].
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) n_nodes: usize,
    pub(crate) n_edges: usize,
    pub(crate) outcomes: [Outcome; 3],
}

impl Row {
    /// What an engine achieved.
    pub(crate) fn figures(&self, engine: Engine) -> Option<Figures> {
        let place = Engine::ALL.iter().position(|other| *other == engine)?;
        let outcome = self.outcomes[place].as_ref()?;
        outcome.as_ref().ok().copied()
    }
}

pub(crate) fn print_head() {
    println!(
        "| {:<24} | nodes | edges | engine    | crossings | length, px | area, Mpx |    width x height | scale | \
         through boxes | overlaps | bends  |  time, ms | peak, MiB |",
        "graph"
    );
    let widths = [26, 7, 7, 11, 11, 12, 11, 19, 7, 15, 10, 8, 11, 11];
    println!("|{}|", widths.map(|width| "-".repeat(width)).join("|"));
}

pub(crate) fn print_row(graph: &Graph, engine: Engine, outcome: &Outcome) {
    let Some(outcome) = outcome else {
        return;
    };
    let (look, time, peak) = match outcome {
        Ok(figures) => (
            look(figures.look.as_ref()),
            format!("{:.2}", figures.time.as_secs_f64() * 1e3),
            figures.peak_kib.map_or("not measured".to_owned(), |peak| {
                format!("{:.1}", peak as f64 / 1024.0)
            }),
        ),
        Err(failure) => (look(None), reason(failure), String::new()),
    };
    println!(
        "| {:<24} | {:>5} | {:>5} | {:<9} | {look} | {time:>9} | {peak:>9} |",
        graph.name,
        graph.nodes.len(),
        graph.edges.len(),
        engine.name(),
    );
}

fn look(look: Option<&Look>) -> String {
    let Some(look) = look else {
        return format!(
            "{:>9} | {:>10} | {:>9} | {:>17} | {:>5} | {:>13} | {:>8} | {:>6}",
            "", "", "", "", "", "", "", ""
        );
    };
    format!(
        "{:>9} | {:>10.0} | {:>9.2} | {:>17} | {:>5.3} | {:>13} | {:>8} | {:>6}",
        look.n_crossings,
        look.length,
        look.area() / 1e6,
        format!("{:.0} x {:.0}", look.size.width, look.size.height),
        look.scale(),
        look.n_through,
        look.n_overlaps,
        look.n_bends
    )
}

fn reason(failure: &Failure) -> String {
    match failure {
        Failure::Missing => "not there".to_owned(),
        Failure::Late(limit) => format!("over {} s", limit.as_secs()),
        Failure::Failed => "failed".to_owned(),
    }
}
