//! Load and components, beside refcycle: on the largest heap that it finishes in time.

use crate::folder::Folder;
use crate::python::{Answer, ask};
use crate::reading::loaded;
use crate::report::{Report, ms};
use crate::{Effort, scaled};
use objgraph_benches::asked::Verdict;
use objgraph_benches::rounds::{Contender, long_medians};
use objgraph_graph::components;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::Path;

const SCRIPT: &str = include_str!("peers/components.py");
/// How many times faster than refcycle is asked for.
const ASKED_TIMES: f64 = 50.0;

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
        let path = heap.to_string_lossy();
        match ask(SCRIPT, &[&path], effort.limit) {
            Answer::Figures(figures) => {
                compare(&heap, &figures, effort, report);
                return Ok(());
            }
            Answer::Late(limit) => {
                let name = format!("refcycle, {n_copies} copies of the heap");
                report.figure(&name, &format!("over {} s", limit.as_secs()));
            }
            Answer::Skipped(why) => {
                report.figure("refcycle", &why);
                return Ok(());
            }
        }
        n_copies /= 2;
    }
    Ok(())
}

fn compare(heap: &Path, figures: &BTreeMap<String, f64>, effort: Effort, report: &mut Report) {
    let figure = |name: &str| figures.get(name).copied().unwrap_or(f64::NAN);
    let (load, search) = (figure("load_s") * 1e9, figure("components_s") * 1e9);
    let graph = loaded(heap);
    let n_nodes = graph.n_nodes();
    let n_components = components(&graph).count();
    drop(graph);
    let ours = [Contender::new("objgraph", || components(&loaded(heap)))];
    let ours = long_medians(&ours, effort.n_rounds)[0].wall;
    let each = |ns: f64| format!("{}, {:.0} ns an object", ms(ns), ns / n_nodes as f64);
    report.figure(&format!("refcycle: load {n_nodes} objects"), &each(load));
    report.figure("refcycle: strongly_connected_components()", &each(search));
    report.figure("objgraph: both", &each(ours));
    let is_same = if figure("n_components").to_string() == n_components.to_string() {
        "as many"
    } else {
        "NOT as many"
    };
    report.figure(
        "components",
        &format!("{n_components}, {is_same} as refcycle finds"),
    );
    let what = format!("load and components of {n_nodes} objects, times faster than refcycle");
    report.asked(Verdict::least(what, (load + search) / ours, ASKED_TIMES));
}
