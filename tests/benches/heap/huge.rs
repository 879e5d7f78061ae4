//! A heap of more objects than most programs have.

use crate::report::{Report, ms};
use crate::synthetic::HeapFile;
use objgraph_benches::asked::Verdict;
use objgraph_benches::watch::peak_kib;
use objgraph_graph::{NodeId, components, dominators, type_stats};
use objgraph_snapshot::{ReadOptions, read};
use std::error::Error;
use std::fs;
use std::time::Instant;

/// The memory of the machine that it is to fit on, in GiB.
const ASKED_GIB: f64 = 24.0;

/// Reads it, and asks for types, components, retained sizes and referrers; each once.
///
/// # Errors
/// What reading gives.
pub(crate) fn measure(n_objects: u64, report: &mut Report) -> Result<(), Box<dyn Error>> {
    let n_swapped = pages_swapped_out();
    report.head(&format!("a synthetic heap of {n_objects} objects"), "time");
    let file = HeapFile::new(n_objects);
    let graph = timed("load, written while it is read", report, || {
        read(file, &ReadOptions::default())
    })?
    .graph;
    report.figure("references", &graph.n_edges().to_string());
    report.figure("peak so far", &format!("{:.2} GiB", peak_gib()));
    let types = timed("types", report, || type_stats(&graph));
    report.figure("found", &types.len().to_string());
    let found = timed("components", report, || components(&graph));
    let n_cyclic = found.n_cyclic();
    report.figure(
        "found, of them with a cycle",
        &format!("{}, {n_cyclic}", found.count()),
    );
    drop(found);
    let found = timed("dominators and retained sizes", report, || {
        dominators(&graph)
    });
    report.figure("bytes reached", &found.total().0.to_string());
    drop(found);
    timed("referrers, all of them turned around", report, || {
        graph.referrers(NodeId(0)).len()
    });
    report.figure("peak at the end", &format!("{:.2} GiB", peak_gib()));
    let what = format!("{n_objects} objects: GiB at the peak");
    report.asked(Verdict::most(what, peak_gib(), ASKED_GIB));
    if let Some((before, after)) = n_swapped.zip(pages_swapped_out()) {
        let what = "pages that the machine swapped out meanwhile";
        report.asked(Verdict::most(what, (after - before) as f64, 0.0));
    }
    Ok(())
}

fn timed<R>(name: &str, report: &mut Report, run: impl FnOnce() -> R) -> R {
    let start = Instant::now();
    let result = run();
    report.figure(name, &ms(start.elapsed().as_nanos() as f64));
    result
}

fn peak_gib() -> f64 {
    peak_kib("self").map_or(f64::NAN, |peak| peak as f64 / f64::from(1 << 20))
}

/// Of all programs together, since the machine was started.
fn pages_swapped_out() -> Option<u64> {
    let statistics = fs::read_to_string("/proc/vmstat").ok()?;
    let mut lines = statistics.lines();
    let count = lines.find_map(|line| line.strip_prefix("pswpout "))?;
    count.parse().ok()
}
