//! Threads: one cuts, several parse, and the caller's merges in the order of the file.

use super::batch::Batch;
use super::blocks::{Block, Blocks, Stop};
use super::merge::Merge;
use super::parse;
use crate::error::ReadError;
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// A block to be parsed, and where its batch is waited for.
type Job = (Block, SyncSender<Batch>);

/// The batch of the next block, as soon as it is parsed.
type Promise = Result<Receiver<Batch>, Stop>;

/// Merges all blocks. At an error, what stands before it is merged.
pub(super) fn run(blocks: Blocks<impl Read + Send>, merge: &mut Merge) -> Result<(), ReadError> {
    let n_parsers = thread::available_parallelism().map_or(1, usize::from);
    // Bounded: a reader that is faster than the others waits.
    let (jobs, taken_jobs) = sync_channel::<Job>(n_parsers);
    let (promises, batches) = sync_channel::<Promise>(2 * n_parsers);
    let taken_jobs = Mutex::new(taken_jobs);
    thread::scope(|threads| {
        threads.spawn(move || cut(blocks, &jobs, &promises));
        for _ in 0..n_parsers {
            threads.spawn(|| parse_all(&taken_jobs));
        }
        for promise in batches {
            match promise {
                Ok(batch) => {
                    merge.add(batch.recv().expect("a parser sends a batch for each block"))?;
                }
                Err(stop) => return merge.end(stop),
            }
        }
        Ok(())
    })
}

/// Hands blocks out until there are no more, or nobody waits for them.
fn cut(mut blocks: Blocks<impl Read>, jobs: &SyncSender<Job>, promises: &SyncSender<Promise>) {
    loop {
        let block = match blocks.next_block() {
            Ok(block) => block,
            Err(stop) => {
                _ = promises.send(Err(stop));
                return;
            }
        };
        let (batch, promise) = sync_channel(1);
        if promises.send(Ok(promise)).is_err() || jobs.send((block, batch)).is_err() {
            return;
        }
    }
}

fn parse_all(jobs: &Mutex<Receiver<Job>>) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((block, batch)) = job else { return };
        // Nobody waits for it after an error in an earlier block.
        _ = batch.send(parse::batch(&block));
    }
}
