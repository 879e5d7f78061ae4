//! Peers that are programs in Python.

use objgraph_benches::watch::{Failure, watch};
use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::process::Command;
use std::time::Duration;

/// The variable that names an interpreter that has the peers.
const INTERPRETER: &str = "HEAP_PEERS_PYTHON";
/// What a script begins its answer with if Python lacks the peer.
const MISSING: &str = "missing";

/// What a peer has answered.
pub(crate) enum Answer {
    /// Its figures by name.
    Figures(BTreeMap<String, f64>),
    /// It took longer than this.
    Late(Duration),
    /// It is not there, or failed.
    Skipped(String),
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Figures(figures) => write!(f, "{figures:?}"),
            Self::Late(limit) => write!(f, "over {} s", limit.as_secs()),
            Self::Skipped(why) => f.write_str(why),
        }
    }
}

/// Runs a script, which writes a line with a name and a number for each figure.
pub(crate) fn ask(script: &str, arguments: &[&str], limit: Duration) -> Answer {
    let interpreter = env::var(INTERPRETER).unwrap_or_else(|_| "python3".to_owned());
    let mut command = Command::new(&interpreter);
    command.arg("-").args(arguments);
    match watch(&mut command, script, limit) {
        Ok(finished) => answer(&finished.output),
        Err(Failure::Late(limit)) => Answer::Late(limit),
        Err(Failure::Missing) => Answer::Skipped(format!("skipped: no {interpreter}")),
        Err(Failure::Failed) => Answer::Skipped("skipped: it failed".to_owned()),
    }
}

fn answer(output: &str) -> Answer {
    if let Some(package) = output.strip_prefix(MISSING) {
        let package = package.trim();
        return Answer::Skipped(format!("skipped: Python has no {package}"));
    }
    let figures = output.lines().filter_map(|line| {
        let (name, number) = line.split_once(' ')?;
        Some((name.to_owned(), number.parse().ok()?))
    });
    Answer::Figures(figures.collect())
}
