//! How fast a value becomes a graph, and how much memory that takes: beside four peers and two floors, in one run.
//!
//! `cargo bench -p objgraph-benches` prints the tables of the README and then criterion's statistics, which compare
//! with the run before. `cargo bench -p objgraph-benches -- --test` does all of it once, on heaps a hundredth of the size.

#![expect(
    clippy::print_stdout,
    reason = "the tables are what this program is for"
)]

mod contenders;
mod heaps;

use contenders::{ALLOCATIVE, FLOOR, GRAPH, Heap, PEERS, both_directions, contenders};
use criterion::{BenchmarkId, Criterion, Throughput};
use objgraph::ObjectGraph;
use objgraph_benches::memory;
use objgraph_benches::rounds::{self, Contender};
use objgraph_trace::{TraceOptions, trace, trace_with};
use std::thread;

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;

/// The peers recurse once for each link of a list. Virtual memory: only what is used is there.
const HUGE_STACK: usize = 8 << 30;
/// What objgraph is content with.
const SMALL_STACK: usize = 2 << 20;

/// How much is measured.
#[derive(Clone, Copy)]
struct Effort {
    n_objects: usize,
    n_rounds: usize,
    /// Whether the figures mean anything: small heaps fit into caches and pay for what is set up once.
    is_full: bool,
}

const FULL: Effort = Effort {
    n_objects: 1_000_000,
    n_rounds: 11,
    is_full: true,
};
const QUICK: Effort = Effort {
    n_objects: 10_000,
    n_rounds: 3,
    is_full: false,
};

impl Effort {
    /// Says whether a figure is as asked.
    fn verdict(self, asked: &str, value: f64, holds: bool) {
        if self.is_full {
            println!("{} {asked}: {value:.2}", if holds { "yes" } else { "NO " });
        }
    }
}

fn main() {
    let is_quick = std::env::args().any(|argument| argument == "--test" || argument == "--quick");
    let effort = if is_quick { QUICK } else { FULL };
    let measurer = thread::Builder::new()
        .stack_size(HUGE_STACK)
        .spawn(move || {
            tables(effort);
            statistics(effort);
        });
    let measurer = measurer.expect("8 GiB of address space can be had");
    measurer.join().expect("no measurement panics");
}

fn tables(effort: Effort) {
    println!(
        "\n{} objects, warm, medians of {} rounds",
        effort.n_objects, effort.n_rounds
    );
    if !effort.is_full {
        println!("(a quick run, to see that it works: the figures mean nothing)");
    }
    println!(
        "(on a stack of 8 GiB: all four peers recurse, and overflow the usual 8 MiB on the list)\n"
    );
    let tree = heaps::tree(effort.n_objects);
    time_table("tree", &tree, effort, 1.2);
    let map = heaps::map(effort.n_objects);
    time_table("map", &map, effort, 2.5);
    drop(map);
    let list = heaps::list(effort.n_objects);
    time_table("list", &list, effort, 1.2);
    small_stack(effort);
    memory_table(effort);
    depth_table(effort);
}

fn time_table<H: Heap>(shape: &str, heap: &H, effort: Effort, asked: f64) {
    let contenders = contenders(heap);
    let times = rounds::medians(&contenders, effort.n_rounds);
    let time_of = |name: &str| {
        times[contenders
            .iter()
            .position(|it| it.name == name)
            .expect("it was measured")]
    };
    let (floor, graph) = (time_of(FLOOR), time_of(GRAPH));

    println!("| {shape:<29} | ns an object | of the FxHash floor |");
    println!("|{0:-<31}|{0:->13}:|{0:->20}:|", "");
    for (contender, time) in contenders.iter().zip(&times) {
        println!(
            "| {:<29} | {:>12.1} | {:>19.2} |",
            contender.name,
            time / effort.n_objects as f64,
            time / floor
        );
    }
    println!();
    effort.verdict(
        &format!("{shape}: the graph takes at most {asked} of the floor"),
        graph / floor,
        graph <= asked * floor,
    );
    let fastest = PEERS.into_iter().map(time_of).fold(f64::INFINITY, f64::min);
    effort.verdict(
        &format!("{shape}: it is faster than the fastest peer's sum, times"),
        fastest / graph,
        graph < fastest,
    );
    let allocative = time_of(ALLOCATIVE) / graph;
    effort.verdict(
        &format!("{shape}: it is at least 6 times faster than allocative"),
        allocative,
        allocative >= 6.0,
    );
    println!();
}

/// The list again, on a stack on which no peer gets far.
fn small_stack(effort: Effort) {
    let n_objects = effort.n_objects;
    let tracer = thread::Builder::new()
        .stack_size(SMALL_STACK)
        .spawn(move || {
            let list = heaps::list(n_objects);
            let graph = ObjectGraph::from(trace(&list));
            // Dropping a list recurses as well; this one is left to the end of the program.
            std::mem::forget(list);
            graph.n_nodes()
        });
    let n_nodes = tracer
        .expect("2 MiB can be had")
        .join()
        .expect("no stack is too small for objgraph");
    effort.verdict(
        "the list is traced on a stack of 2 MiB, objects",
        n_nodes as f64,
        n_nodes == n_objects,
    );
    println!();
}

fn memory_table(effort: Effort) {
    let pairs = heaps::pairs(effort.n_objects);
    let (graph, memory) = memory::measure(|| both_directions(&pairs));
    let (kept, peak) = (
        memory.kept as f64 / graph.n_nodes() as f64,
        memory.peak as f64 / graph.n_nodes() as f64,
    );
    let n_edges = graph.n_edges() as f64 / graph.n_nodes() as f64;

    println!("| memory, {n_edges:.1} references each   | bytes an object |");
    println!("|{0:-<31}|{0:->16}:|", "");
    println!("| {:<29} | {kept:>15.1} |", "kept by the finished graph");
    println!("| {:<29} | {peak:>15.1} |\n", "at the peak");
    effort.verdict("at most 80 bytes are kept", kept, kept <= 80.0);
    effort.verdict("at most 120 bytes at the peak", peak, peak <= 120.0);
    println!();
}

/// What a picture costs on a heap and on one a hundred times its size.
fn depth_table(effort: Effort) {
    let (small, large) = (
        heaps::tree(effort.n_objects / 100),
        heaps::tree(effort.n_objects),
    );
    let shallow = TraceOptions::default().max_depth(3);
    let row = |name, run: Box<dyn Fn() -> Box<dyn std::any::Any>>| Contender { name, run };
    let contenders = [(&small, "small"), (&large, "large")]
        .into_iter()
        .flat_map(|(tree, _)| {
            let (traced, drawn, shallow) = (tree.clone(), tree.clone(), shallow.clone());
            [
                row(
                    "trace, depth 3",
                    Box::new(move || Box::new(trace_with([("", &traced)], shallow.clone()))),
                ),
                row(
                    "picture as DOT, depth 3",
                    Box::new(move || Box::new(objgraph::refs(&drawn).to_dot())),
                ),
            ]
        });
    let contenders: Vec<Contender<'_>> = contenders.collect();
    let times = rounds::medians(&contenders, effort.n_rounds * 20);

    println!(
        "| {:<29} | µs of {:>9} objects | of {:>9} |",
        "picture",
        effort.n_objects / 100,
        effort.n_objects
    );
    println!("|{0:-<31}|{0:->23}:|{0:->13}:|", "");
    for place in 0..2 {
        let [small, large] = [times[place], times[place + 2]].map(|time| time / 1000.0);
        println!(
            "| {:<29} | {small:>22.1} | {large:>12.1} |",
            contenders[place].name
        );
    }
    println!();
    let ratio = times[3] / times[1];
    effort.verdict(
        "a picture of 100 times the heap takes the same time, times",
        ratio,
        ratio < 1.25,
    );
    println!();
}

/// Criterion's view of objgraph and the floor, to compare one run with the next.
fn statistics(effort: Effort) {
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let (tree, map, list) = (
        heaps::tree(effort.n_objects),
        heaps::map(effort.n_objects),
        heaps::list(effort.n_objects),
    );
    statistics_of(&mut criterion, "tree", &tree, effort);
    statistics_of(&mut criterion, "map", &map, effort);
    statistics_of(&mut criterion, "list", &list, effort);
    criterion.final_summary();
}

fn statistics_of<H: Heap>(criterion: &mut Criterion, shape: &str, heap: &H, effort: Effort) {
    let mut group = criterion.benchmark_group(shape);
    group.throughput(Throughput::Elements(effort.n_objects as u64));
    group.bench_function(BenchmarkId::from_parameter("graph"), |bencher| {
        bencher.iter_with_large_drop(|| ObjectGraph::from(trace(heap)));
    });
    group.bench_function(BenchmarkId::from_parameter("floor"), |bencher| {
        bencher.iter_with_large_drop(|| heap.walk());
    });
    group.finish();
}
