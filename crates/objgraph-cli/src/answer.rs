//! Answers on standard output: text for people, JSON for programs.

use std::io::{self, Write as _};

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;

use crate::exit::{Exit, Exits as _, Failure};

/// How an answer is given.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Answer {
    /// Answers in JSON, one line, with exact numbers
    #[arg(long)]
    pub(crate) json: bool,
}

/// How much of a list is given.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// Lists at most so many; 0 lists all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
}

impl Limit {
    pub(crate) fn get(self) -> usize {
        if self.limit == 0 {
            usize::MAX
        } else {
            self.limit
        }
    }
}

impl Answer {
    /// Writes the answer, as JSON or as the text that is made only if it is asked for.
    pub(crate) fn give(
        self,
        json: &impl Serialize,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        if self.json {
            say_json(json)
        } else {
            say(&text())
        }
    }
}

/// Writes a text to standard output.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    say_bytes(text.as_bytes())
}

/// Writes bytes to standard output.
pub(crate) fn say_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    let written = output.write_all(bytes).and_then(|()| output.flush());
    written
        .context("cannot write standard output")
        .exits_with(Exit::Unwritable)
}

fn say_json(json: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(json).expect("keys are texts and numbers finite");
    say(&(text + "\n"))
}
