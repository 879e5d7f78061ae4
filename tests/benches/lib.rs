//! What the benches share: clocks, counters, and how a figure is compared with what is asked.

pub mod asked;
pub mod cpu;
pub mod memory;
pub mod random;
pub mod rounds;
pub mod watch;
