//! How much memory a heap takes while it is asked.

use crate::reading::{load, loaded};
use crate::report::Report;
use objgraph_benches::asked::Verdict;
use objgraph_benches::memory::measure as count;
use objgraph_graph::{Node, NodeId, ObjectGraph};
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

/// What is asked for, in bytes.
const AN_OBJECT: f64 = 60.0;
const A_REFERENCE: f64 = 6.0;

/// Counts what is kept of a file, and the peak on the way.
///
/// # Errors
/// What reading the file gives.
pub(crate) fn measure(heap: &Path, report: &mut Report) -> Result<(), Box<dyn Error>> {
    // Sound or not is found out before anything is counted.
    drop(load(heap)?);
    let (graph, loading) = count(|| loaded(heap));
    let (_, turned) = count(|| graph.referrers(NodeId(0)).len());
    let (n_nodes, n_edges) = (graph.n_nodes() as f64, graph.n_edges() as f64);
    let kept = (loading.kept + turned.kept) as f64;
    let an_object = |bytes: f64| format!("{:.1}", bytes / n_nodes);
    report.head(
        &format!("memory, with {:.1} references an object", n_edges / n_nodes),
        "bytes an object, its references included",
    );
    report.figure("kept of the file", &an_object(loading.kept as f64));
    report.figure("and once referrers were asked for", &an_object(kept));
    report.figure(
        "at the peak while it is read",
        &an_object(loading.peak as f64),
    );
    let texts = text_bytes(&graph);
    report.figure("of that, texts of values", &an_object(texts.kept));
    report.figure("texts of values, were each kept", &an_object(texts.each));
    let beside_edges = (kept - A_REFERENCE * n_edges) / n_nodes;
    let what = "bytes an object while asking, beside 6 a reference";
    report.asked(Verdict::most(what, beside_edges, AN_OBJECT));
    let with_texts = beside_edges + (texts.each - texts.kept) / n_nodes;
    let what = "the same, had every object a value of its own";
    report.asked(Verdict::most(what, with_texts, AN_OBJECT));
    Ok(())
}

/// Bytes of the texts of values.
struct Texts {
    /// Each text once.
    kept: f64,
    /// Once for each object.
    each: f64,
}

fn text_bytes(graph: &ObjectGraph) -> Texts {
    let values = || graph.nodes().map(Node::value);
    let distinct: HashMap<*const u8, usize> = values()
        .map(|value| (value.as_ptr(), value.len()))
        .collect();
    Texts {
        kept: distinct.values().sum::<usize>() as f64,
        each: values().map(str::len).sum::<usize>() as f64,
    }
}
