//! The `objgraph` command: reads what others wrote, and draws it.
//!
//! In: the arguments of the command line. Out: files, warnings on standard error, and an exit code. Everything that
//! is more than asking and answering is in the libraries.

mod arguments;
mod exit;
mod input;
mod json;
mod output;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "the commands that read heaps will use it")
)]
mod progress;
mod render;
#[expect(dead_code, reason = "the commands that read heaps will use it")]
mod style;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "the commands that read heaps will use it")
)]
mod table;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Render(render) => render::run(&render),
    };
    exit::report(done).into()
}
