//! Components and dominators, beside petgraph.

use crate::Effort;
use crate::petgraph_copy::{below_super_root, owning};
use crate::report::{Report, ms};
use objgraph_benches::asked::Verdict;
use objgraph_benches::rounds::{Contender, medians};
use objgraph_graph::{ObjectGraph, components, dominators};
use petgraph::algo::dominators::simple_fast;
use petgraph::algo::kosaraju_scc;

/// How much longer than petgraph the components may take.
const ASKED_COMPONENTS: f64 = 1.3;
/// How many times faster than petgraph the dominators are to be.
const ASKED_DOMINATORS: f64 = 5.0;

/// Measures both on the same graph.
pub(crate) fn measure(name: &str, graph: &ObjectGraph, effort: Effort, report: &mut Report) {
    let copy = owning(graph);
    let (below, super_root) = below_super_root(graph);
    let contenders = [
        Contender::new("objgraph: components", || components(graph)),
        Contender::new("petgraph: kosaraju_scc", || kosaraju_scc(&copy)),
        Contender::new("objgraph: dominators, and retained sizes", || {
            dominators(graph)
        }),
        Contender::new("petgraph: simple_fast", || simple_fast(&below, super_root)),
    ];
    let times = medians(&contenders, effort.n_rounds);
    let (n_nodes, n_edges) = (graph.n_nodes(), graph.n_edges());
    report.head(
        &format!("{name} of {n_nodes} objects, {n_edges} references"),
        "time",
    );
    for (contender, time) in contenders.iter().zip(&times) {
        report.figure(contender.name, &ms(*time));
    }
    report.asked(Verdict::most(
        format!("{name}: time of the components, of petgraph's kosaraju_scc"),
        times[0] / times[1],
        ASKED_COMPONENTS,
    ));
    report.asked(Verdict::least(
        format!("{name}: dominators, times faster than petgraph's simple_fast"),
        times[3] / times[2],
        ASKED_DOMINATORS,
    ));
}
