//! Runs a program with a time limit and watches its memory.

use std::io::{ErrorKind, Read as _, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

/// How often a process is looked at.
const STEP: Duration = Duration::from_micros(500);

/// What a program did.
#[derive(Debug)]
pub struct Finished {
    /// What it wrote.
    pub output: String,
    /// From its start to its end.
    pub time: Duration,
    /// The most memory that it had at the last look, which is at most a step before its end.
    pub peak_kib: Option<u64>,
}

/// Why there is no result.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The program is not there.
    Missing,
    /// It took longer than this.
    Late(Duration),
    /// It gave up, or its answer makes no sense.
    Failed,
}

/// Runs a program on an input; one that takes longer than `limit` is stopped.
///
/// # Errors
/// [`Failure`].
pub fn watch(command: &mut Command, input: &str, limit: Duration) -> Result<Finished, Failure> {
    let start = Instant::now();
    let child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::Missing,
        _ => Failure::Failed,
    })?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let mut output = String::new();
    // Threads write and read, so that no pipe can fill up and block both sides.
    let end = thread::scope(|scope| {
        // A program that ends early breaks the pipe; its exit status tells more.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        scope.spawn(|| stdout.map(|mut stdout| stdout.read_to_string(&mut output)));
        end_of(&mut child, start, limit)
    });
    let (status, time, peak_kib) = end?;
    if !status.success() {
        return Err(Failure::Failed);
    }
    Ok(Finished {
        output,
        time,
        peak_kib,
    })
}

type End = (ExitStatus, Duration, Option<u64>);

fn end_of(child: &mut Child, start: Instant, limit: Duration) -> Result<End, Failure> {
    let mut peak = None;
    loop {
        // A process that has ended has no memory any more.
        peak = peak.max(peak_kib(&child.id().to_string()));
        if let Some(status) = child.try_wait().map_err(|_| Failure::Failed)? {
            return Ok((status, start.elapsed(), peak));
        }
        if start.elapsed() > limit {
            child.kill().map_err(|_| Failure::Failed)?;
            child.wait().map_err(|_| Failure::Failed)?;
            return Err(Failure::Late(limit));
        }
        thread::sleep(STEP);
    }
}

/// The most memory that a process, named by number or `self`, has had at once: where there is `/proc`.
#[must_use]
pub fn peak_kib(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
