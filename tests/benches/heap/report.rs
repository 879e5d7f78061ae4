//! The tables: figures as they come, and at the end what is asked of them.

use objgraph_benches::asked::Verdict;

const NAME_WIDTH: usize = 64;
const FIGURE_WIDTH: usize = 40;

/// What is asked, as far as it was measured.
#[derive(Default)]
pub(crate) struct Report {
    verdicts: Vec<Verdict>,
}

impl Report {
    /// Begins a table.
    pub(crate) fn head(&mut self, name: &str, figure: &str) {
        println!();
        self.figure(name, figure);
        println!(
            "|{:-<name$}|{:->figure$}:|",
            "",
            "",
            name = NAME_WIDTH + 2,
            figure = FIGURE_WIDTH + 1
        );
    }

    /// A row of it.
    #[expect(
        clippy::unused_self,
        reason = "rows belong to the report that has begun the table"
    )]
    pub(crate) fn figure(&mut self, name: &str, figure: &str) {
        println!("| {name:<NAME_WIDTH$} | {figure:>FIGURE_WIDTH$} |");
    }

    /// Something that is asked, for the table at the end.
    pub(crate) fn asked(&mut self, verdict: Verdict) {
        self.verdicts.push(verdict);
    }

    /// What is asked and whether it holds.
    pub(crate) fn print_verdicts(&self) {
        println!("\n| {:<84} | measured |     |", "asked");
        println!("|{0:-<86}|{0:->9}:|-----|", "");
        for verdict in &self.verdicts {
            println!("{}", verdict.row());
        }
    }
}

/// Nanoseconds for people: `12.3 ms`.
pub(crate) fn ms(ns: f64) -> String {
    format!("{:.1} ms", ns / 1e6)
}
