//! A real heap of `CPython`, as many times over as is wanted: each copy is a heap of its own, with ids like addresses.

use flate2::bufread::MultiGzDecoder;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};

/// The heap of an interpreter that has done nothing but start.
const HEAP: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../data/heaps/bare.heap.jsonl.gz"
);
/// Where the addresses of a program on Linux are.
const FIRST_ADDRESS: u64 = 0x7f00_0000_0000;
/// What addresses of objects have in common.
const ALIGNMENT: u64 = 16;

/// A line, with the keys that this heap has in the order in which it has them.
#[derive(Clone, Serialize, Deserialize)]
struct Object {
    id: u64,
    #[serde(rename = "type")]
    type_name: String,
    module: String,
    size: u64,
    strong: u64,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    root: Option<String>,
    refs: Vec<Vec<Value>>,
}

/// Writes a heap file.
///
/// # Errors
/// What reading the real heap and writing gives.
pub(crate) fn write(n_copies: u64, out: impl Write) -> Result<(), Box<dyn Error>> {
    let objects = objects()?;
    let n_refs: usize = objects.iter().map(|object| object.refs.len()).sum();
    let mut out = BufWriter::new(out);
    let mut line = |line: &Value| writeln!(out, "{line}");
    line(&json!({
        "format": "objgraph-heap", "version": 1, "runtime": "CPython 3.11.7", "pointer_bytes": 8
    }))?;
    for copy in 0..n_copies {
        write_copy(&objects, copy, &mut out)?;
    }
    let footer = json!({
        "end": true,
        "objects": objects.len() as u64 * n_copies,
        "refs": n_refs as u64 * n_copies,
    });
    writeln!(out, "{footer}")?;
    Ok(out.flush()?)
}

fn objects() -> Result<Vec<Object>, Box<dyn Error>> {
    let file = BufReader::new(File::open(HEAP)?);
    let lines = BufReader::new(MultiGzDecoder::new(file)).lines();
    let lines: Vec<String> = lines.collect::<io::Result<_>>()?;
    let objects = lines.iter().filter(|line| line.starts_with("{\"id\""));
    Ok(objects
        .map(|line| serde_json::from_str(line))
        .collect::<Result<_, _>>()?)
}

fn write_copy(objects: &[Object], copy: u64, out: &mut impl Write) -> io::Result<()> {
    let address = |id: u64| (id + copy * objects.len() as u64) * ALIGNMENT + FIRST_ADDRESS;
    for object in objects {
        let mut object = object.clone();
        object.id = address(object.id);
        for target in object.refs.iter_mut().filter_map(|parts| parts.first_mut()) {
            *target = target.as_u64().map(address).into();
        }
        serde_json::to_writer(&mut *out, &object)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
