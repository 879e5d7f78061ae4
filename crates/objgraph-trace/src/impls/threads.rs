//! Ends of channels and threads: what is under way in them, nobody can see.

use super::opaque;
use std::sync::mpsc::{Receiver, Sender, SyncSender};
use std::thread::{JoinHandle, Thread};

opaque!(
    [T] Sender<T>,
    [T] SyncSender<T>,
    [T] Receiver<T>,
    [T] JoinHandle<T>,
);

impl crate::Trace for Thread {
    honest!();

    fn trace<'a>(&'a self, _: &mut crate::Tracer<'a>) {}

    fn trace_repr(&self, out: &mut crate::Repr<'_>) {
        out.quoted(self.name().unwrap_or("unnamed thread"));
    }
}
