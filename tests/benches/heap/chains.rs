//! One chain that keeps an object alive, beside Python's objgraph.

use crate::Effort;
use crate::python::{Answer, ask};
use crate::report::{Report, ms};
use objgraph_benches::asked::Verdict;
use objgraph_benches::rounds::{Contender, medians};
use objgraph_graph::{ChainOptions, NodeId, ObjectGraph, chain_from_roots, chains_from_roots};
use std::path::Path;
use std::time::Duration;

const SCRIPT: &str = include_str!("peers/backref_chain.py");
/// What Python may take to make the objects.
const SETUP: Duration = Duration::from_secs(120);
/// How long one chain may take, in ms.
const ASKED_MS: f64 = 50.0;

/// Measures the search for the object that is furthest from all roots, for which everything has to be looked at.
pub(crate) fn measure(graph: &ObjectGraph, heap: &Path, effort: Effort, report: &mut Report) {
    let deepest = deepest(graph);
    let length = chain_from_roots(graph, deepest).map_or(0, |chain| chain.nodes.len());
    let contenders = [
        Contender::new("objgraph: chain_from_roots", || {
            chain_from_roots(graph, deepest).map(|chain| chain.nodes)
        }),
        Contender::new("objgraph: chains_from_roots, up to ten of them", || {
            let options = ChainOptions::default().max_chains(10);
            chains_from_roots(graph, deepest, &options).chains.len()
        }),
    ];
    let times = medians(&contenders, effort.n_rounds);
    report.head(
        &format!("the chain from a root to the deepest object, {length} objects"),
        "time",
    );
    for (contender, time) in contenders.iter().zip(&times) {
        report.figure(contender.name, &ms(*time));
    }
    let what = "one backref chain after loading, ms";
    report.asked(Verdict::most(what, times[0] / 1e6, ASKED_MS));
    let id = graph.node(deepest).shown_id();
    report.figure(
        "Python's objgraph: find_backref_chain, a list for each object",
        &peer(heap, id, effort),
    );
}

fn peer(heap: &Path, id: u64, effort: Effort) -> String {
    let limit = effort.limit.as_secs().to_string();
    let (heap, id) = (heap.to_string_lossy(), id.to_string());
    match ask(SCRIPT, &[&heap, &id, &limit], SETUP + effort.limit) {
        Answer::Figures(figures) => match figures.get("chain_s") {
            Some(seconds) => {
                let n_objects = figures.get("chain_objects").copied().unwrap_or(f64::NAN);
                format!("{}, {n_objects} objects", ms(seconds * 1e9))
            }
            None => format!("over {limit} s"),
        },
        other => other.to_string(),
    }
}

/// The object that a breadth-first search from the roots reaches last.
fn deepest(graph: &ObjectGraph) -> NodeId {
    let mut is_reached = vec![false; graph.n_nodes()];
    let mut reached: Vec<NodeId> = graph.roots().iter().map(|root| root.node).collect();
    let mut next = 0;
    while let Some(&node) = reached.get(next) {
        next += 1;
        let owned = graph
            .edges_from(node)
            .filter(|edge| edge.kind.keeps_alive());
        for target in owned.map(|edge| edge.target) {
            if !std::mem::replace(&mut is_reached[target.0 as usize], true) {
                reached.push(target);
            }
        }
    }
    *reached.last().expect("a heap of CPython has roots")
}
