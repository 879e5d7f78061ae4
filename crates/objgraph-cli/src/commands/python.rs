//! `objgraph python`: runs a Python program and writes its heap into a file.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, anyhow};
use clap::Args;

use crate::exit::{Exit, Exits as _, Failure};

/// The script that does it, which needs nothing but Python.
const DUMPER: &str = include_str!("../../assets/objgraph_dump.py");

/// Runs a Python program and writes its heap into a file, at its end or when told to
///
/// `objgraph python -o heap.jsonl.gz -- script.py arguments` runs the script as `python3 script.py arguments` does. With
/// --script the dumping script itself is written to standard output, to be imported or copied to another machine.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  objgraph python -- app.py --port 8080
  objgraph python -o heap.jsonl.gz --signal USR1 -- -m app
  objgraph python --python ./venv/bin/python --on-memory-error -- app.py

Exit codes: 0 done, 1 Python cannot be run, 2 wrong usage, 5 the output cannot be written, 7 the program failed, with its \
own exit code on standard error.")]
pub(crate) struct Python {
    /// The heap file to write, compressed as its extension says
    #[arg(short, long, value_name = "OUT", default_value = "heap.jsonl.gz")]
    output: PathBuf,

    /// Writes the heap when the program gets this signal, such as USR1; several are numbered
    #[arg(long, value_name = "NAME")]
    signal: Option<String>,

    /// Writes the heap at the end too; the default if neither of the others is given
    #[arg(long)]
    at_exit: bool,

    /// Writes the heap when memory runs out
    #[arg(long)]
    on_memory_error: bool,

    /// The Python to run
    #[arg(long = "python", value_name = "PROGRAM", default_value = "python3")]
    interpreter: PathBuf,

    /// Writes the script that dumps heaps to standard output, and runs nothing
    #[arg(long, conflicts_with_all = ["output", "signal", "at_exit", "on_memory_error"])]
    script: bool,

    /// The script with its arguments, or `-m` and a module
    #[arg(
        value_name = "SCRIPT",
        required_unless_present = "script",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    program: Vec<OsString>,
}

impl Python {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        if self.script {
            return crate::answer::say(DUMPER);
        }
        let folder = tempfile::tempdir()
            .context("cannot make a temporary folder")
            .exits_with(Exit::Unwritable)?;
        let dumper = folder.path().join("objgraph_dump.py");
        std::fs::write(&dumper, DUMPER)
            .with_context(|| format!("cannot write {}", dumper.display()))
            .exits_with(Exit::Unwritable)?;
        let mut command = Command::new(&self.interpreter);
        command.arg(&dumper).arg("-o").arg(&self.output);
        if let Some(signal) = &self.signal {
            command.arg("--signal").arg(signal);
        }
        if self.at_exit {
            command.arg("--at-exit");
        }
        if self.on_memory_error {
            command.arg("--on-memory-error");
        }
        let status = command
            .args(&self.program)
            .status()
            .with_context(|| {
                format!(
                    "cannot run {}; name another with --python",
                    self.interpreter.display()
                )
            })
            .exits_with(Exit::Unreadable)?;
        if status.success() {
            return Ok(());
        }
        Err(Failure {
            exit: Exit::Failed,
            error: anyhow!("the program ended with {status}"),
        })
    }
}
