//! `objgraph completions` and `objgraph manual`: what shells and `man` are to know of the command.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::answer::say_bytes;
use crate::arguments::Arguments;
use crate::exit::{Exit, Exits as _, Failure};

/// Writes the completions of a shell to standard output
///
/// For instance `objgraph completions bash > ~/.local/share/bash-completion/completions/objgraph`.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut Arguments::command(),
            "objgraph",
            &mut script,
        );
        say_bytes(&script)
    }
}

/// Writes manual pages into a folder: objgraph.1, objgraph-summary.1 and so on
#[derive(Args, Debug)]
pub(crate) struct Manual {
    /// The folder, which is made if it is not there
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

impl Manual {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let written = std::fs::create_dir_all(&self.folder)
            .and_then(|()| clap_mangen::generate_to(Arguments::command(), &self.folder));
        written
            .with_context(|| format!("cannot write into {}", self.folder.display()))
            .exits_with(Exit::Unwritable)
    }
}
