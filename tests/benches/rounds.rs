//! Timing in rounds: every contender once a round, so that a slow moment of the machine hits all alike.
//!
//! Each runs twice in its turn and the second time counts: the first finds caches and allocator as the contender
//! before has left them.

use crate::cpu::cpu_time;
use std::any::Any;
use std::fmt;
use std::hint::black_box;
use std::time::Instant;

/// Something to be timed; what it returns is dropped when the clock has stopped.
pub struct Contender<'h> {
    /// What the tables call it.
    pub name: &'static str,
    /// What is timed.
    pub run: Box<dyn Fn() -> Box<dyn Any> + 'h>,
}

impl<'h> Contender<'h> {
    /// A contender, whatever it returns.
    pub fn new<R: 'static>(name: &'static str, run: impl Fn() -> R + 'h) -> Self {
        Self {
            name,
            run: Box::new(move || Box::new(run())),
        }
    }
}

impl fmt::Debug for Contender<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The median time of each contender in ns, in their order.
#[must_use]
pub fn medians(contenders: &[Contender<'_>], n_rounds: usize) -> Vec<f64> {
    let mut times = vec![Vec::with_capacity(n_rounds); contenders.len()];
    for _ in 0..n_rounds {
        for (contender, times) in contenders.iter().zip(&mut times) {
            drop(black_box((contender.run)()));
            times.push(time(contender));
        }
    }
    times.into_iter().map(median).collect()
}

/// The median times of a contender that runs long, in ns.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// By the clock.
    pub wall: f64,
    /// Of all its threads together, where that is known.
    pub cpu: Option<f64>,
}

/// The median times of contenders that run for so long that what was in the caches before does not matter: each runs
/// once in its turn.
#[must_use]
pub fn long_medians(contenders: &[Contender<'_>], n_rounds: usize) -> Vec<Times> {
    let mut times = vec![(Vec::new(), Vec::new()); contenders.len()];
    for _ in 0..n_rounds {
        for (contender, (walls, cpus)) in contenders.iter().zip(&mut times) {
            let before = cpu_time();
            walls.push(time(contender));
            let cpu = cpu_time()
                .zip(before)
                .map(|(after, before)| after.saturating_sub(before));
            cpus.extend(cpu.map(|cpu| cpu.as_nanos() as f64));
        }
    }
    let medians = times.into_iter().map(|(walls, cpus)| Times {
        wall: median(walls),
        cpu: (!cpus.is_empty()).then(|| median(cpus)),
    });
    medians.collect()
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
