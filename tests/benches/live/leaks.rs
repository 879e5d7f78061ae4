//! Finding what has leaked, beside a trace of the same objects; and freeing it, beside a collector of cycles.

use crate::Effort;
use crate::programs::{Unknown, build};
use objgraph::{LeakReport, Trace};
use objgraph_benches::asked::Verdict;
use objgraph_benches::rounds::{Contender, medians};
use objgraph_trace::trace;
use objgraph_watch::tracked;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// A person who holds a friend, by whom it is held.
#[derive(Trace)]
struct Person {
    name: String,
    #[trace(breakable)]
    friend: RefCell<Option<Rc<Person>>>,
}

/// The same for the collector.
#[derive(dumpster::Trace)]
struct Collected {
    name: String,
    friend: RefCell<Option<dumpster::unsync::Gc<Collected>>>,
}

pub(crate) fn measure(effort: Effort) -> Vec<Verdict> {
    let title = "leaks";
    println!("\n| {title:<28} | ns an object |");
    println!("|{0:-<30}|{0:->13}:|", "");
    let nodes = build::<Unknown>(effort.n_objects, tracked);
    let trace_live = time("all live: a trace of them", effort, || trace(&nodes[0]));
    let find_live = time("all live: find_leaks", effort, || leaked(0));
    drop(nodes);
    let pairs = pairs(effort.n_objects);
    let n_objects = pairs.len();
    let trace_pairs = time("pairs: a trace of them", effort, || trace(&pairs));
    drop(pairs);
    let find_pairs = time("all leaked: find_leaks", effort, || leaked(n_objects));
    objgraph::find_leaks().break_cycles(|_| true);
    free(effort);
    collect(effort);
    vec![
        Verdict::most(
            "find_leaks when all live, times the trace",
            find_live / trace_live,
            3.0,
        ),
        Verdict::most(
            "find_leaks when all are leaked, times the trace",
            find_pairs / trace_pairs,
            3.0,
        ),
    ]
}

/// So many people in pairs, which are leaked when this is dropped.
fn pairs(n_objects: usize) -> Vec<Rc<Person>> {
    let person = |number| {
        tracked(Person {
            name: format!("person {number}"),
            friend: RefCell::default(),
        })
    };
    let all: Vec<_> = (0..n_objects / 2 * 2).map(person).collect();
    for pair in all.chunks_exact(2) {
        pair[0].friend.replace(Some(pair[1].clone()));
        pair[1].friend.replace(Some(pair[0].clone()));
    }
    all
}

/// A report of so many leaked objects.
fn leaked(n_objects: usize) -> LeakReport {
    let report = objgraph::find_leaks();
    assert_eq!(report.n_leaked(), n_objects);
    report
}

/// The median time, in a row of the table.
fn time<R: 'static>(name: &'static str, effort: Effort, run: impl Fn() -> R) -> f64 {
    let time = medians(&[Contender::new(name, run)], effort.n_rounds)[0];
    row(name, time, effort);
    time
}

fn row(name: &str, time: f64, effort: Effort) {
    println!("| {name:<28} | {:>12.1} |", time / effort.n_objects as f64);
}

/// The median of some rounds, each of which makes what is freed.
fn median(effort: Effort, round: impl Fn() -> Duration) -> f64 {
    let mut times: Vec<Duration> = (0..effort.n_rounds.min(5)).map(|_| round()).collect();
    times.sort_unstable();
    times[times.len() / 2].as_nanos() as f64
}

fn free(effort: Effort) {
    let time = median(effort, || {
        drop(pairs(effort.n_objects));
        let start = Instant::now();
        let broken = objgraph::find_leaks().break_cycles(|_| true);
        assert_eq!(broken.n_left, 0);
        start.elapsed()
    });
    row("pairs found, broken and freed", time, effort);
}

fn collect(effort: Effort) {
    // As it is: by itself it collects whenever as many were dropped as live.
    dumpster::unsync::set_collect_condition(|_| false);
    let time = median(effort, || {
        let person = |number| {
            dumpster::unsync::Gc::new(Collected {
                name: format!("person {number}"),
                friend: RefCell::default(),
            })
        };
        let all: Vec<_> = (0..effort.n_objects / 2 * 2).map(person).collect();
        for pair in all.chunks_exact(2) {
            pair[0].friend.replace(Some(pair[1].clone()));
            pair[1].friend.replace(Some(pair[0].clone()));
        }
        drop(all);
        let start = Instant::now();
        dumpster::unsync::collect();
        start.elapsed()
    });
    row("pairs collected by dumpster", time, effort);
}
