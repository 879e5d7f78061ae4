//! What is asked of our engine, and whether it holds.

use crate::engines::Engine;
use crate::figures::{Figures, Look};
use crate::table::Row;
use objgraph_benches::asked::Verdict;

/// The least nodes of a graph of which it is asked that its drawing be readable.
const MANY_NODES: usize = 60;

/// One number of a drawing.
type Figure = fn(&Look) -> f64;

/// Compares our drawings with those of dot, where it finishes.
pub(crate) fn print_looks(rows: &[Row]) {
    let pairs: Vec<(&Row, Look, Look)> = rows
        .iter()
        .filter_map(|row| {
            let (ours, dot) = (row.figures(Engine::Ours)?, row.figures(Engine::Dot)?);
            Some((row, ours.look?, dot.look?))
        })
        .collect();
    if pairs.is_empty() {
        println!("There is no drawing by dot to compare with.");
        return;
    }
    let asked: [(&str, f64, Figure); 3] = [
        ("crossings", 0.9, |look| look.n_crossings as f64),
        ("edge length", 1.1, |look| look.length),
        ("area", 1.1, Look::area),
    ];
    println!("Over the {} files that dot finishes:", pairs.len());
    for (what, limit, figure) in asked {
        let ours: f64 = pairs.iter().map(|(_, ours, _)| figure(ours)).sum();
        let dot: f64 = pairs.iter().map(|(_, _, dot)| figure(dot)).sum();
        print_most(&format!("{what}, summed, of dot's"), ours / dot, limit);
    }
    let scales: Vec<f64> = pairs
        .iter()
        .filter(|(row, _, _)| row.n_nodes >= MANY_NODES)
        .map(|(_, ours, dot)| ours.scale() / dot.scale())
        .collect();
    let mean = scales.iter().map(|scale| scale.ln()).sum::<f64>() / scales.len() as f64;
    print_least(
        "scale to fit a screen, geometric mean from 60 nodes on, of dot's",
        mean.exp(),
        2.5,
    );
}

/// Checks that no drawing of ours covers what it should not.
pub(crate) fn print_tidiness<'r>(rows: impl Iterator<Item = &'r Row>) {
    let looks: Vec<Look> = rows
        .filter_map(|row| row.figures(Engine::Ours)?.look)
        .collect();
    let (n_through, n_overlaps) = (
        looks.iter().map(|look| look.n_through).sum::<usize>(),
        looks.iter().map(|look| look.n_overlaps).sum::<usize>(),
    );
    println!("Over the {} drawings of ours:", looks.len());
    print_most("arrows through boxes", n_through as f64, 0.0);
    print_most("overlaps of boxes and labels", n_overlaps as f64, 0.0);
}

/// Checks how much faster ours is than dot, on each graph of about 1,000 nodes that dot finishes.
pub(crate) fn print_speed<'r>(rows: impl Iterator<Item = &'r Row>) {
    let seconds = |figures: Figures| figures.time.as_secs_f64();
    for row in rows.filter(|row| (900..=1_100).contains(&row.n_nodes)) {
        let times = row.figures(Engine::Dot).zip(row.figures(Engine::Ours));
        if let Some((dot, ours)) = times {
            print_least(
                &format!("{}, {} nodes, times faster than dot", row.name, row.n_nodes),
                seconds(dot) / seconds(ours),
                30.0,
            );
        }
    }
}

/// Checks the times on the generated graphs, which are of the sizes that something is asked of.
pub(crate) fn print_times(rows: &[Row]) {
    println!("On the generated graphs:");
    let row = |n_nodes| rows.iter().find(|row: &&Row| row.n_nodes == n_nodes);
    let seconds = |figures: Figures| figures.time.as_secs_f64();
    let ours = |n_nodes| row(n_nodes)?.figures(Engine::Ours).map(seconds);
    if let Some(time) = ours(20) {
        print_most("20 nodes, ms", time * 1e3, 1.0);
    }
    if let Some(time) = ours(10_000) {
        print_most("10,000 nodes, s", time, 2.5);
    }
    if let Some(time) = ours(33_000) {
        print_most("33,000 nodes, s", time, 12.0);
    }
    if let Some((small, large)) = row(1_000).zip(row(10_000)) {
        let size = |row: &Row| (row.n_nodes + row.n_edges) as f64;
        if let Some((from, to)) = ours(1_000).zip(ours(10_000)) {
            let power = (to / from).ln() / (size(large) / size(small)).ln();
            print_most("growth from 1,000 to 10,000 nodes, power", power, 1.5);
        }
    }
}

fn print_most(what: &str, measured: f64, limit: f64) {
    println!("{}", Verdict::most(what, measured, limit));
}

fn print_least(what: &str, measured: f64, limit: f64) {
    println!("{}", Verdict::least(what, measured, limit));
}
