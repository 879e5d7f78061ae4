//! Small programs, one idea each: `cargo run --release --example NAME`.
