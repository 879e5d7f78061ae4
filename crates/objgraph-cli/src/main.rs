//! The `objgraph` command: reads what others wrote, answers questions about it, and draws it.
//!
//! In: the arguments of the command line. Out: answers, files, warnings on standard error, and an exit code. Everything
//! that is more than asking and answering is in the libraries.

mod answer;
mod arguments;
mod commands;
mod count;
mod exit;
mod heap;
mod input;
mod json;
mod look;
mod objects;
mod output;
mod picture;
mod printable;
mod progress;
mod style;
mod table;
mod view_json;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser as _;
use exit::Failure;
use objgraph::Direction;
use style::Style;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let style = Style::of_output(arguments.color);
    exit::report(run(arguments.command, style)).into()
}

fn run(command: Command, style: Style) -> Result<(), Failure> {
    match command {
        Command::Summary(summary) => summary.run(style),
        Command::Types(types) => types.run(style),
        Command::Retained(retained) => retained.run(style),
        Command::Why(why) => why.run(),
        Command::Chain(chain) => chain.run(),
        Command::Refs(neighbours) => neighbours.run(Direction::Referents),
        Command::Backrefs(neighbours) => neighbours.run(Direction::Referrers),
        Command::Show(show) => show.run(style),
        Command::Cycles(cycles) => cycles.run(style),
        Command::Leaks(leaks) => leaks.run(style),
        Command::Waste(waste) => waste.run(style),
        Command::Diff(diff) => diff.run(style),
        Command::Growth(growth) => growth.run(style),
        Command::Convert(convert) => convert.run(),
        Command::Python(python) => python.run(),
        Command::Render(render) => render.run(),
        Command::Completions(completions) => completions.run(),
        Command::Manual(manual) => manual.run(),
    }
}
