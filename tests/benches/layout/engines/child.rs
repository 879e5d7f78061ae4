//! Engines that are crates run in a process of their own: this program again, with an argument.
//!
//! So they can be stopped when they take too long, may panic, and their memory is theirs alone.

use super::{Engine, Failure, Run, layout_rs, rounds, wire};
use crate::measure::Drawing;
use objgraph_benches::watch::{peak_kib, watch};
use objgraph_layout::{Diagram, layered};
use std::io::{self, Read as _};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// The argument before the name of an engine; input and output are those of [`wire`].
pub(crate) const ARGUMENT: &str = "--layout-by";
/// layout-rs recurses once for each row. Virtual memory: only what is used is there.
const LARGE_STACK: usize = 1 << 30;

/// Lets an engine work in a process of its own.
pub(super) fn run(engine: Engine, diagram: &Diagram, limit: Duration) -> Result<Run, Failure> {
    let program = std::env::current_exe().map_err(|_| Failure::Missing)?;
    let mut command = Command::new(program);
    command.args([ARGUMENT, engine.name()]);
    let finished = watch(&mut command, &wire::of_diagram(diagram), limit)?;
    answer(diagram, &finished.output).ok_or(Failure::Failed)
}

/// Its first line has the time in ns and the memory in KiB, `?` where that is not known.
fn answer(diagram: &Diagram, output: &str) -> Option<Run> {
    let mut lines = output.lines();
    let (time, peak) = lines.next()?.split_once(' ')?;
    Some(Run {
        time: Duration::from_nanos(time.parse().ok()?),
        peak_kib: peak.parse().ok(),
        drawing: wire::to_drawing(diagram, lines)?,
    })
}

/// What the process of an engine does.
pub(crate) fn work(engine: Engine) {
    let worker = thread::Builder::new()
        .stack_size(LARGE_STACK)
        .spawn(move || {
            let mut input = String::new();
            io::stdin()
                .read_to_string(&mut input)
                .expect("the parent writes UTF-8");
            let diagram = wire::to_diagram(&input).expect("the parent writes a diagram");
            print!("{}", report(engine, &diagram));
        });
    let worker = worker.expect("a gigabyte of address space can be had");
    worker
        .join()
        .expect("what panics here is reported as a failure");
}

fn report(engine: Engine, diagram: &Diagram) -> String {
    let mut result = None;
    let time = rounds(|| {
        let start = Instant::now();
        let drawing = draw(engine, diagram);
        let time = start.elapsed();
        result.get_or_insert_with(|| (drawing, peak_kib("self")));
        Some(time)
    });
    let (time, (drawing, peak)) = time.zip(result).expect("there is at least one round");
    let peak = peak.map_or("?".to_owned(), |peak| peak.to_string());
    format!("{} {peak}\n{}", time.as_nanos(), wire::of_drawing(&drawing))
}

fn draw(engine: Engine, diagram: &Diagram) -> Drawing {
    match engine {
        Engine::Ours => {
            let layout = layered(diagram);
            Drawing {
                boxes: layout.boxes,
                ends: wire::ends(diagram),
                curves: layout.curves,
                labels: layout.labels,
            }
        }
        Engine::LayoutRs => layout_rs::draw(diagram),
        Engine::Dot => unreachable!("dot is a program of its own"),
    }
}
