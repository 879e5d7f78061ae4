//! The built command, as a person runs it.

#![allow(dead_code, reason = "every file of tests uses a part of it")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The command, in surroundings that say nothing of colours.
pub(crate) fn objgraph() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_objgraph"));
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "TERM"] {
        command.env_remove(name);
    }
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs the command; `input` goes to standard input.
pub(crate) fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = objgraph()
        .args(arguments)
        .spawn()
        .expect("the command is built");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the command ends");
    // Whoever refuses early does not read to the end.
    let _ = writer.join().expect("writing does not panic");
    output
}

/// Exit code and standard error.
pub(crate) fn told(output: &Output) -> (i32, String) {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap_or(-1), said)
}

/// What the command answers, if it succeeds without a word on standard error.
pub(crate) fn stdout(output: &Output) -> String {
    assert_eq!(told(output), (0, String::new()));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// What the command answers a question, if it succeeds without a word on standard error.
pub(crate) fn ask(arguments: &[&str]) -> String {
    stdout(&run(arguments, b""))
}

/// What it answers in JSON: one line.
pub(crate) fn json(arguments: &[&str]) -> Value {
    let answer = ask(&[arguments, &["--json"]].concat());
    assert_eq!(answer.find('\n'), Some(answer.len() - 1), "{arguments:?}");
    serde_json::from_str(&answer).expect("JSON")
}

/// A folder for one test, empty.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder for tests can be written");
    folder
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// Writes a file, and tells its name.
pub(crate) fn written(folder: &Path, name: &str, content: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, content).expect("written");
    text(&path).to_owned()
}

/// A file of the real heaps, or of what is true of them.
pub(crate) fn heap_file(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/heaps");
    let path = folder.join(name).canonicalize();
    text(&path.expect("the heaps are there")).to_owned()
}

/// A heap of Python with 15,580 objects.
pub(crate) fn real_heap() -> String {
    heap_file("bare.heap.jsonl.gz")
}

/// A heap file of these objects, a line each.
pub(crate) fn heap(objects: &[&str]) -> String {
    heap_of("", objects)
}

/// The same with more keys in the header, each with a comma before it.
pub(crate) fn heap_of(header: &str, objects: &[&str]) -> String {
    let mut lines = vec![format!(
        r#"{{"format":"objgraph-heap","version":1{header}}}"#
    )];
    lines.extend(objects.iter().map(|object| (*object).to_owned()));
    let refs = objects.iter().map(|object| {
        let object: Value = serde_json::from_str(object).expect("JSON");
        object["refs"].as_array().map_or(0, Vec::len)
    });
    lines.push(format!(
        r#"{{"end":true,"objects":{},"refs":{}}}"#,
        objects.len(),
        refs.sum::<usize>()
    ));
    lines.join("\n") + "\n"
}
