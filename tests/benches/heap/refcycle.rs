//! Load and components, beside refcycle: on the largest heap that it finishes in time.

use crate::folder::Folder;
use crate::python::{Answer, ask};
use crate::reading::loaded;
use crate::report::{Report, ms};
use crate::{Effort, scaled};
use objgraph_benches::asked::Verdict;
use objgraph_benches::rounds::{Contender, long_medians};
use objgraph_graph::components;
use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::time::Duration;

const SCRIPT: &str = include_str!("peers/components.py");
/// How many times faster than refcycle is asked for.
const ASKED_TIMES: f64 = 50.0;

/// What refcycle needs, in ns.
#[derive(Clone, Copy)]
struct Peer {
    load: f64,
    components: f64,
    n_components: f64,
}

/// Measures both on the same file, which becomes smaller until refcycle finishes.
///
/// # Errors
/// What writing the files gives.
pub(crate) fn measure(
    folder: &Folder,
    effort: Effort,
    report: &mut Report,
) -> Result<(), Box<dyn Error>> {
    let heap = folder.file("refcycle.jsonl");
    report.head("load and components", "time");
    let mut n_copies = effort.n_copies;
    while n_copies > 0 {
        scaled::write(n_copies, File::create(&heap)?)?;
        match peer(&heap, "on", effort.limit) {
            Ok(peer) => {
                compare(&heap, peer, effort, report);
                return Ok(());
            }
            Err(answer) => {
                let name = format!("refcycle, {n_copies} copies of the heap");
                report.figure(&name, &answer.to_string());
                if !matches!(answer, Answer::Late(_)) {
                    return Ok(());
                }
            }
        }
        n_copies /= 2;
    }
    Ok(())
}

fn peer(heap: &Path, collector: &str, limit: Duration) -> Result<Peer, Answer> {
    match ask(SCRIPT, &[&heap.to_string_lossy(), collector], limit) {
        Answer::Figures(figures) => {
            let figure = |name: &str| figures.get(name).copied().unwrap_or(f64::NAN);
            Ok(Peer {
                load: figure("load_s") * 1e9,
                components: figure("components_s") * 1e9,
                n_components: figure("n_components"),
            })
        }
        other => Err(other),
    }
}

fn compare(heap: &Path, peer: Peer, effort: Effort, report: &mut Report) {
    let graph = loaded(heap);
    let n_nodes = graph.n_nodes();
    let n_components = components(&graph).count();
    drop(graph);
    let ours = [Contender::new("objgraph", || components(&loaded(heap)))];
    let ours = long_medians(&ours, effort.n_rounds)[0].wall;
    let each = |ns: f64| format!("{}, {:.0} ns an object", ms(ns), ns / n_nodes as f64);
    report.figure(
        &format!("refcycle: load {n_nodes} objects"),
        &each(peer.load),
    );
    let name = "refcycle: strongly_connected_components()";
    report.figure(name, &each(peer.components));
    let times = (peer.load + peer.components) / ours;
    let what = format!("load and components of {n_nodes} objects, times faster than refcycle");
    report.asked(Verdict::least(what, times, ASKED_TIMES));
    compare_undisturbed(heap, effort, report, ours);
    report.figure("objgraph: both", &each(ours));
    let is_same = peer.n_components.to_string() == n_components.to_string();
    let found = if is_same { "as many" } else { "NOT as many" };
    report.figure(
        "components",
        &format!("{n_components}, {found} as refcycle finds"),
    );
}

/// Python looks for garbage meanwhile, which is no part of refcycle, but is on for most who use it.
fn compare_undisturbed(heap: &Path, effort: Effort, report: &mut Report, ours: f64) {
    let name = "refcycle: both, with Python's garbage collector off";
    match peer(heap, "off", effort.limit) {
        Ok(peer) => {
            let sum = peer.load + peer.components;
            report.figure(name, &ms(sum));
            let what = "the same, with Python's garbage collector off";
            report.asked(Verdict::least(what, sum / ours, ASKED_TIMES));
        }
        Err(answer) => report.figure(name, &answer.to_string()),
    }
}
