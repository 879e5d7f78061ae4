//! How the command ends.

use std::io::ErrorKind;
use std::process::ExitCode;

/// What the exit code says. Wrong usage is 2, and clap's affair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Everything is written, or nobody reads on: a closed pipe is success.
    Done = 0,
    /// The input is not there or cannot be read.
    Unreadable = 1,
    /// What is asked does not fit together: an extension that stands for no format, pixels on a terminal.
    Usage = 2,
    /// The input is not what it should be.
    Malformed = 3,
    /// It cannot be drawn: too large for the engine, or no engine.
    Undrawable = 4,
    /// The output cannot be written.
    Unwritable = 5,
    /// No object is what was asked for.
    NotFound = 6,
    /// What `--fail` watches for is there, or the program that was run failed.
    Failed = 7,
}

/// Why the command ends early: the code, and what to say.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) error: anyhow::Error,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Gives an error its exit code.
pub(crate) trait Exits<T> {
    fn exits_with(self, exit: Exit) -> Result<T, Failure>;
}

impl<T, E: Into<anyhow::Error>> Exits<T> for Result<T, E> {
    fn exits_with(self, exit: Exit) -> Result<T, Failure> {
        self.map_err(|error| Failure {
            exit,
            error: error.into(),
        })
    }
}

/// Says on standard error what went wrong, in one line.
pub(crate) fn report(done: Result<(), Failure>) -> Exit {
    match done {
        Ok(()) => Exit::Done,
        Err(failure) if is_closed_pipe(&failure.error) => Exit::Done,
        Err(failure) => {
            eprintln!("objgraph: {:#}", failure.error);
            failure.exit
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let found = error.downcast_ref::<std::io::Error>();
    found.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
