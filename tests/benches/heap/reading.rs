//! How fast a heap file becomes a graph: beside `serde_json`, which only skips it.

use crate::Effort;
use crate::folder::Folder;
use crate::report::{Report, ms};
use objgraph_benches::asked::Verdict;
use objgraph_benches::rounds::{Contender, Times, long_medians};
use objgraph_graph::{ObjectGraph, components};
use objgraph_snapshot::{Compression, Header, ReadError, read};
use serde::de::IgnoredAny;
use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

/// The share of `serde_json`'s speed that is asked for.
const ASKED_SHARE: f64 = 0.6;

const PLAIN: &str = "objgraph: read, plain";
const ANSWERED: &str = "objgraph: read, plain, and components";
const GZIP: &str = "objgraph: read, .gz";
const ZSTD: &str = "objgraph: read, .zst";
const SKIP_FILE: &str = "serde_json: skip the file, from_reader of a BufReader";
const SKIP_LINES: &str = "serde_json: skip each line, from_str, in memory already";

/// The graph of a heap file.
///
/// # Errors
/// What reading it gives.
pub(crate) fn load(path: &Path) -> Result<ObjectGraph, ReadError> {
    let file = File::open(path).map_err(|source| ReadError::Io { line: 0, source })?;
    Ok(read(file, &objgraph_snapshot::ReadOptions::default())?.graph)
}

/// Loads a file that is known to be sound.
pub(crate) fn loaded(path: &Path) -> ObjectGraph {
    load(path).expect("the file is as it was written")
}

/// Measures reading, plain and compressed.
///
/// # Errors
/// What reading and writing the files gives.
pub(crate) fn measure(
    folder: &Folder,
    heap: &Path,
    effort: Effort,
    report: &mut Report,
) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(heap)?;
    let (gzip, zstd) = (folder.file("heap.jsonl.gz"), folder.file("heap.jsonl.zst"));
    let graph = load(heap)?;
    for (path, compression) in [(&gzip, Compression::Gzip), (&zstd, Compression::Zstd)] {
        let header = Header::default();
        objgraph_snapshot::write(&graph, &header, compression, File::create(path)?)?;
    }
    let (n_nodes, n_edges) = (graph.n_nodes(), graph.n_edges());
    drop(graph);
    let contenders = [
        Contender::new(PLAIN, || loaded(heap)),
        Contender::new(ANSWERED, || components(&loaded(heap))),
        Contender::new(GZIP, || loaded(&gzip)),
        Contender::new(ZSTD, || loaded(&zstd)),
        Contender::new(SKIP_FILE, || skip_file(heap)),
        Contender::new(SKIP_LINES, || skip_lines(&text)),
    ];
    let times = long_medians(&contenders, effort.n_rounds);
    let megabytes = text.len() as f64 / 1e6;
    report.head(
        &format!("reading {n_nodes} objects, {n_edges} references, {megabytes:.0} MB"),
        "time, of all threads, MB of text a second",
    );
    for (contender, times) in contenders.iter().zip(&times) {
        report.figure(contender.name, &figure(times, megabytes));
    }
    let time_of = |name: &str| {
        let place = contenders.iter().position(|it| it.name == name);
        times[place.expect("it was measured")].wall
    };
    for (floor, what) in [
        (
            SKIP_FILE,
            "speed of reading, of serde_json skipping the file",
        ),
        (
            SKIP_LINES,
            "speed of reading, of serde_json skipping lines in memory",
        ),
    ] {
        let share = time_of(floor) / time_of(PLAIN);
        report.asked(Verdict::least(what, share, ASKED_SHARE));
    }
    Ok(())
}

fn figure(times: &Times, megabytes: f64) -> String {
    let speed = megabytes / (times.wall / 1e9);
    let cpu = times.cpu.map_or("?".to_owned(), ms);
    format!("{}, {cpu}, {speed:.0}", ms(times.wall))
}

/// What a program does that only wants to know how many lines there are.
fn skip_file(path: &Path) -> usize {
    let file = File::open(path).expect("the file was written");
    let lines = serde_json::Deserializer::from_reader(BufReader::new(file));
    lines.into_iter::<IgnoredAny>().flatten().count()
}

fn skip_lines(text: &str) -> usize {
    let lines = text.lines().map(serde_json::from_str::<IgnoredAny>);
    lines.flatten().count()
}
