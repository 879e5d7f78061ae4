//! Timing in rounds: every contender once a round, so that a slow moment of the machine hits all alike.
//!
//! Each runs twice in its turn and the second time counts: the first finds caches and allocator as the contender
//! before has left them.

use crate::contenders::Contender;
use std::hint::black_box;
use std::time::Instant;

/// The median time of each contender in ns, in their order.
pub(crate) fn medians(contenders: &[Contender<'_>], n_rounds: usize) -> Vec<f64> {
    let mut times = vec![Vec::with_capacity(n_rounds); contenders.len()];
    for _ in 0..n_rounds {
        for (contender, times) in contenders.iter().zip(&mut times) {
            drop(black_box((contender.run)()));
            times.push(time(contender));
        }
    }
    times.into_iter().map(median).collect()
}

fn time(contender: &Contender<'_>) -> f64 {
    let start = Instant::now();
    let result = (contender.run)();
    let elapsed = start.elapsed();
    drop(black_box(result));
    elapsed.as_nanos() as f64
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
