//! How far reading has come, on standard error.

use std::io::{self, IsTerminal as _, Read};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is read sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// Whether a bar is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// If standard error is a terminal.
    OnTerminal,
    /// With `--quiet`.
    Never,
}

/// Reads on, and draws a bar from half a second on until all is read.
#[derive(Debug)]
pub(crate) struct Watched<R> {
    reader: R,
    bar: ProgressBar,
    /// When to draw the bar; never again once it is drawn.
    due: Option<Instant>,
}

impl<R> Watched<R> {
    /// Watches a reader of so many bytes, if that is known.
    pub(crate) fn new(reader: R, n_bytes: Option<u64>, wanted: Wanted) -> Self {
        let is_wanted = wanted == Wanted::OnTerminal && io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(n_bytes, ProgressDrawTarget::hidden());
        Self {
            reader,
            bar: bar.with_style(style(n_bytes)),
            due: is_wanted.then(|| Instant::now() + PATIENCE),
        }
    }

    fn advance(&mut self, n_bytes: usize, now: impl FnOnce() -> Instant) {
        self.bar.inc(n_bytes as u64);
        if n_bytes == 0 {
            self.due = None;
            self.bar.finish_and_clear();
        } else if self.due.is_some_and(|due| now() >= due) {
            self.due = None;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.reader.read(buffer)?;
        self.advance(n_bytes, Instant::now);
        Ok(n_bytes)
    }
}

/// What is given up halfway leaves no bar behind.
impl<R> Drop for Watched<R> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(n_bytes: Option<u64>) -> ProgressStyle {
    let template = match n_bytes {
        Some(_) => "reading {wide_bar} {bytes} of {total_bytes}, {eta} left",
        None => "reading: {bytes} so far",
    };
    ProgressStyle::with_template(template).expect("the template is one")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(content: &[u8]) -> Watched<&[u8]> {
        Watched::new(content, Some(content.len() as u64), Wanted::Never)
    }

    #[test]
    fn what_is_watched_is_read_as_it_is() -> io::Result<()> {
        let content: Vec<u8> = (0..100_000_u32).map(|place| place as u8).collect();
        let mut read = Vec::new();
        let mut watched = watched(&content);
        watched.read_to_end(&mut read)?;
        assert_eq!(read, content);
        assert_eq!(watched.bar.position(), content.len() as u64);
        assert!(watched.bar.is_finished());
        Ok(())
    }

    #[test]
    fn a_bar_is_drawn_once_it_is_due() {
        let start = Instant::now();
        let mut watched = watched(b"");
        watched.due = Some(start + PATIENCE);
        watched.advance(1, || start);
        assert!(watched.due.is_some());
        watched.advance(1, || start + PATIENCE);
        assert!(watched.due.is_none());
    }

    #[test]
    fn nobody_watches_where_it_is_not_wanted() {
        assert!(watched(b"").due.is_none());
    }

    #[test]
    fn both_templates_are_ones() {
        style(None);
        style(Some(1));
    }
}
