//! A whole program: all its objects are made, and then all are dropped.
//!
//! Each in a process of its own, since it matters for the next where a million objects have lain. That tracked objects give their memory
//! back later, when others are made, is measured where objects are dropped at once.

use crate::Effort;
use crate::programs::{Countme, Known, Node, Ours, Unknown, build};
use objgraph_benches::asked::Verdict;
use objgraph_watch::track;
use std::env;
use std::hint::black_box;
use std::process::Command;
use std::rc::Rc;
use std::time::Instant;

/// The argument that is followed by the name of a program and a number of objects.
const PROGRAM: &str = "--program";

/// Ways to know the objects of a program, the first of which is none.
const PROGRAMS: [Program; 4] = [
    ("as it is", |n_objects| live::<Unknown>(n_objects, Rc::new)),
    ("counted", |n_objects| live::<Ours>(n_objects, Rc::new)),
    ("counted by countme", |n_objects| {
        live::<Countme>(n_objects, Rc::new)
    }),
    ("tracked", |n_objects| {
        live::<Unknown>(n_objects, |node| {
            let node = Rc::new(node);
            track(&node);
            node
        })
    }),
];

/// The name of a program, and how it is run with so many objects.
type Program = (&'static str, fn(usize) -> Times);

/// How long it took to make all objects, and to drop them, in ns an object.
#[derive(Clone, Copy)]
struct Times {
    making: f64,
    dropping: f64,
}

fn live<K: Known>(n_objects: usize, make: impl Fn(Node<K>) -> Rc<Node<K>>) -> Times {
    let of_each = |start: Instant| start.elapsed().as_nanos() as f64 / n_objects as f64;
    let start = Instant::now();
    let nodes = black_box(build(n_objects, make));
    let making = of_each(start);
    let start = Instant::now();
    drop(nodes);
    let dropping = of_each(start);
    Times { making, dropping }
}

/// Runs a program if this process was started to do so.
pub(crate) fn run_program() -> Option<String> {
    let mut arguments = env::args()
        .skip_while(|argument| argument != PROGRAM)
        .skip(1);
    let (name, n_objects) = (arguments.next()?, arguments.next()?.parse().ok()?);
    let (_, run) = PROGRAMS.into_iter().find(|program| program.0 == name)?;
    let Times { making, dropping } = run(n_objects);
    Some(format!("{making} {dropping}"))
}

fn run_in_process(name: &str, n_objects: usize) -> Option<Times> {
    let mut command = Command::new(env::current_exe().ok()?);
    command.args([PROGRAM, name, &n_objects.to_string()]);
    let output = String::from_utf8(command.output().ok()?.stdout).ok()?;
    let (making, dropping) = output.trim().split_once(' ')?;
    Some(Times {
        making: making.parse().ok()?,
        dropping: dropping.parse().ok()?,
    })
}

/// The medians of each program.
fn medians(effort: Effort) -> Vec<Times> {
    let mut times = vec![Vec::new(); PROGRAMS.len()];
    for _ in 0..effort.n_rounds {
        for ((name, _), times) in PROGRAMS.iter().zip(&mut times) {
            let run = run_in_process(name, effort.n_objects);
            times.push(run.expect("this program can start itself"));
        }
    }
    let median = |times: &[Times], figure: fn(&Times) -> f64| {
        let mut figures: Vec<f64> = times.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures[figures.len() / 2]
    };
    let medians = times.iter().map(|times| Times {
        making: median(times, |times| times.making),
        dropping: median(times, |times| times.dropping),
    });
    medians.collect()
}

pub(crate) fn measure(effort: Effort) -> Vec<Verdict> {
    let times = medians(effort);
    let plain = times[0];
    let title = "a program of many objects";
    println!("\n| {title:<28} | making, ns an object | dropping | more, % of making one |");
    println!("|{0:-<30}|{0:->21}:|{0:->9}:|{0:->22}:|", "");
    let share = |of: Times| {
        let more = (of.making - plain.making) + (of.dropping - plain.dropping);
        100.0 * more / plain.making
    };
    for ((name, _), times) in PROGRAMS.iter().zip(&times) {
        let Times { making, dropping } = *times;
        println!(
            "| {name:<28} | {making:>20.1} | {dropping:>8.1} | {:>21.1} |",
            share(*times)
        );
    }
    vec![
        Verdict::most("counters, % of making an object", share(times[1]), 5.0),
        Verdict::most("tracking, % of making an object", share(times[3]), 40.0),
    ]
}
