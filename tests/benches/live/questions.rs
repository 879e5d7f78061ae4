//! What is asked of a program with few and with many objects.

use crate::Effort;
use crate::programs::{Countme, Ours, Unknown, build};
use objgraph_benches::asked::Verdict;
use objgraph_benches::rounds::{Contender, medians};
use objgraph_trace::trace;
use objgraph_watch::{LiveObjects, counts, tracked};
use std::rc::Rc;

pub(crate) fn measure(effort: Effort) -> Vec<Verdict> {
    let title = "questions, µs";
    println!("\n| {title:<28} | 1 object | {:>9} |", effort.n_objects);
    println!("|{0:-<30}|{0:->9}:|{0:->10}:|", "");
    let mut verdicts = ask_counters(effort);
    verdicts.extend(ask_for_objects(effort));
    verdicts
}

fn ask_counters(effort: Effort) -> Vec<Verdict> {
    let few = time_counters(1, effort);
    let many = time_counters(effort.n_objects, effort);
    for (name, place) in [("counts", 0), ("countme's get_all", 1)] {
        println!(
            "| {name:<28} | {:>8.2} | {:>9.2} |",
            few[place], many[place]
        );
    }
    vec![Verdict::most("counts of many objects, µs", many[0], 10.0)]
}

/// How long it takes to ask for all counts, ours and countme's, while so many objects live: in µs.
fn time_counters(n_objects: usize, effort: Effort) -> Vec<f64> {
    let live = (
        build::<Ours>(n_objects, Rc::new),
        build::<Countme>(n_objects, Rc::new),
    );
    let contenders = [
        Contender::new("counts", counts),
        Contender::new("countme", || countme::get_all().to_string()),
    ];
    let times = medians(&contenders, 101 * effort.n_rounds);
    drop(live);
    times.into_iter().map(|time| time / 1000.0).collect()
}

fn ask_for_objects(effort: Effort) -> Vec<Verdict> {
    let nodes = build::<Unknown>(effort.n_objects, tracked);
    let contenders = [
        Contender::new("LiveObjects::now", LiveObjects::now),
        Contender::new("a trace of the same objects", || trace(&nodes[0])),
    ];
    let times = medians(&contenders, effort.n_rounds);
    for (contender, time) in contenders.iter().zip(&times) {
        println!(
            "| {:<28} | {:>8} | {:>9.0} |",
            contender.name,
            "",
            time / 1000.0
        );
    }
    let ratio = times[0] / times[1];
    vec![Verdict::most(
        "collecting live objects, times a trace of them",
        ratio,
        1.0,
    )]
}
