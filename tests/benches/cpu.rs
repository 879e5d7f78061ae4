//! Time that a program has worked for, on all its threads: other programs slow it down less than the clock shows.

use std::fs;
use std::time::Duration;

/// Linux tells it in hundredths of a second, on every machine.
const TICK: Duration = Duration::from_millis(10);

/// What this process has worked for so far, in steps of ten milliseconds: where there is `/proc`.
#[must_use]
pub fn cpu_time() -> Option<Duration> {
    let status = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in parentheses, may have blanks.
    let (_, behind_name) = status.rsplit_once(')')?;
    let mut fields = behind_name.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u32>().ok();
    let (user, system) = (ticks()?, ticks()?);
    Some(TICK * (user + system))
}
