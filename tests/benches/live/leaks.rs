//! Finding what has leaked, beside a trace of the same objects; and freeing it, beside a collector of cycles.

use crate::Effort;
use crate::programs::{Unknown, build};
use objgraph::Trace;
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
    _name: String,
    friend: RefCell<Option<dumpster::unsync::Gc<Collected>>>,
}

pub(crate) fn measure(effort: Effort) -> Vec<Verdict> {
    let title = "leaks, ns an object";
    println!("\n| {title:<38} | {:>10} | times the trace |", "");
    println!("|{0:-<40}|{0:->11}:|{0:->16}:|", "");
    let nodes = build::<Unknown>(effort.n_objects, tracked);
    let live = find("all live", effort, &nodes[0]);
    drop(nodes);
    let pairs = pairs(effort.n_objects);
    let leaked = find("all leaked", effort, &pairs);
    drop(pairs);
    free(effort);
    collect(effort);
    vec![
        Verdict::most("find_leaks when all live, times the trace", live, 3.0),
        Verdict::most(
            "find_leaks when all are leaked, times the trace",
            leaked,
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

/// Finds what has leaked of everything that is tracked, which the objects lead to: how many times the trace of them it takes.
fn find<T: Trace>(name: &'static str, effort: Effort, objects: &T) -> f64 {
    let contenders = [
        Contender::new("a trace of the same objects", || trace(objects)),
        Contender::new("find_leaks", objgraph::find_leaks),
    ];
    let times = medians(&contenders, effort.n_rounds);
    for (contender, time) in contenders.iter().zip(&times) {
        let name = format!("{name}: {}", contender.name);
        row(&name, *time, effort, Some(time / times[0]));
    }
    times[1] / times[0]
}

fn row(name: &str, time: f64, effort: Effort, ratio: Option<f64>) {
    let each = time / effort.n_objects as f64;
    let ratio = ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
    println!("| {name:<38} | {each:>10.1} | {ratio:>15} |");
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
    row("pairs found, broken and freed", time, effort, None);
}

fn collect(effort: Effort) {
    // As it is: by itself it collects whenever as many were dropped as live.
    dumpster::unsync::set_collect_condition(|_| false);
    let time = median(effort, || {
        let person = |number| {
            dumpster::unsync::Gc::new(Collected {
                _name: format!("person {number}"),
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
    row("pairs collected by dumpster", time, effort, None);
}
