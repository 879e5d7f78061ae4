//! What the command writes: pictures in every format, heap files anew, changes between heaps, and what shells and `man` read.

mod command;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use command::{ask, folder, heap, heap_of, json, real_heap, run, text, told};
use serde_json::Value;

/// The questions that can be answered by a picture.
const DRAWN: [&[&str]; 5] = [
    &["refs", "#6081"],
    &["backrefs", "#6081"],
    &["why", "#6082"],
    &["chain", "#6081", "type:str"],
    &["cycles"],
];

/// Each format with its extension, and how it begins.
const FORMATS: [(&str, &str, &[u8]); 5] = [
    ("svg", "svg", b"<svg"),
    ("png", "png", b"\x89PNG"),
    ("dot", "dot", b"digraph"),
    ("mermaid", "mmd", b"flowchart"),
    (
        "json",
        "json",
        b"{\"format\":\"objgraph-view\",\"version\":1,",
    ),
];

/// A question to the real heap.
fn asked<'a>(question: &[&'a str], heap: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = question.to_vec();
    arguments.insert(1, heap);
    arguments.extend(rest);
    arguments
}

fn starts_with(content: &[u8], start: &[u8]) -> bool {
    let content = String::from_utf8_lossy(content);
    let is_comment = |line: &&str| line.starts_with("//") || line.starts_with("%%");
    let first = content.lines().find(|line| !is_comment(line));
    let start = String::from_utf8_lossy(start);
    first.is_some_and(|first| first.starts_with(&*start))
}

#[test]
fn every_question_is_drawn_in_every_format() {
    let (folder, heap) = (folder("heap_formats"), real_heap());
    for question in DRAWN {
        for (format, extension, start) in FORMATS {
            let path = folder.join(format!("{}.{extension}", question[0]));
            let output = run(&asked(question, &heap, &["-o", text(&path)]), b"");
            assert_eq!(output.status.code(), Some(0), "{question:?} as {extension}");
            assert!(output.stdout.is_empty());
            let written = fs::read(&path).expect("it is written");
            assert!(starts_with(&written, start), "{question:?} as {extension}");
            // By name to standard output: the same bytes.
            let piped = run(&asked(question, &heap, &["-T", format]), b"");
            assert_eq!(piped.stdout, written, "{question:?} as {format}");
        }
    }
}

#[test]
fn a_picture_of_why_is_the_chain() {
    let heap = real_heap();
    let drawn: Value =
        serde_json::from_str(&ask(&["why", &heap, "#6082", "-T", "json"])).expect("JSON");
    let labels = |list: &Value, key: &str| -> Vec<String> {
        let list = list.as_array().expect("a list").iter();
        list.map(|item| item[key].as_str().expect("a text").to_owned())
            .collect()
    };
    assert_eq!(drawn["boxes"].as_array().map(Vec::len), Some(4));
    let mut drawn = labels(&drawn["arrows"], "label");
    let mut told = labels(&json(&["why", &heap, "#6082"])["chain"], "label");
    drawn.sort();
    told.retain(|label| !label.is_empty());
    told.sort();
    assert_eq!(drawn, told);
}

#[test]
fn files_are_followed_by_a_word_on_what_they_show() {
    let (folder, heap) = (folder("said_of_pictures"), real_heap());
    let path = folder.join("who.svg");
    let arguments = ["why", &heap, "#6082", "-o", text(&path)];
    let said = format!(
        "objgraph: {} shows 4 objects and 3 references\n",
        path.display()
    );
    assert_eq!(told(&run(&arguments, b"")), (0, said));
    assert_eq!(ask(&[&arguments[..], &["--quiet"]].concat()), "");
    // What the picture leaves out is told too.
    let (code, said) = told(&run(&["refs", &heap, "#6081", "-o", text(&path)], b""));
    assert!(
        code == 0 && said.contains("the picture goes 3 deep"),
        "{said}"
    );
}

#[test]
fn a_picture_of_a_cycle_marks_the_reference_to_weaken() {
    let parent = r#"{"id":1,"type":"Parent","root":"app","refs":[[2,".child"]]}"#;
    let child = r#"{"id":2,"type":"Child","refs":[[1,".parent"]]}"#;
    let heap = heap(&[parent, child]);
    let drawn = run(&["cycles", "-", "-T", "json"], heap.as_bytes());
    let drawn: Value = serde_json::from_str(&command::stdout(&drawn)).expect("JSON");
    let arrows = drawn["arrows"].as_array().expect("a list").iter();
    let marked: Vec<&Value> = arrows.filter(|arrow| arrow["to_weaken"] == true).collect();
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0]["label"], ".parent");
    let summary = command::stdout(&run(&["summary", "-"], heap.as_bytes()));
    assert!(
        summary.contains("best made weak: Child.parent"),
        "{summary}"
    );
}

#[test]
fn heaps_that_are_converted_give_the_same_answers() {
    let folder = folder("converted");
    let answers = |heap: &str| {
        let questions: [&[&str]; 6] = [
            &["summary"],
            &["types", "-n", "0"],
            &["retained", "-n", "0"],
            &["cycles"],
            &["why", "#6082"],
            &["show", "#6081"],
        ];
        questions.map(|question| json(&asked(question, heap, &[])))
    };
    let known = answers(&real_heap());
    let mut from = real_heap();
    for (extension, magic) in [
        ("jsonl", &b"{\"fo"[..]),
        ("jsonl.gz", b"\x1F\x8B"),
        ("jsonl.zst", b"\x28\xB5\x2F\xFD"),
        ("heap.jsonl", b"{\"fo"),
    ] {
        let path = folder.join(format!("heap.{extension}"));
        assert_eq!(ask(&["convert", &from, text(&path)]), "");
        assert!(fs::read(&path).expect("it is written").starts_with(magic));
        assert!(answers(text(&path)) == known, "{extension}");
        text(&path).clone_into(&mut from);
    }
    let again = folder.join("heap.jsonl");
    assert!(fs::read(&again).ok() == fs::read(&from).ok());
}

#[test]
fn a_damaged_heap_is_whole_once_converted() {
    let folder = folder("mended");
    let cut = heap(&[
        r#"{"id":1,"type":"A","refs":[[2]]}"#,
        r#"{"id":2,"type":"B"}"#,
    ]);
    let cut: Vec<&str> = cut.lines().take(2).collect();
    let path = folder.join("whole.jsonl");
    let arguments = ["convert", "-", text(&path), "--lenient"];
    assert_eq!(
        run(&arguments, cut.join("\n").as_bytes()).status.code(),
        Some(0)
    );
    let summary = json(&["summary", text(&path)]);
    assert_eq!(
        (&summary["objects"], &summary["refs"]),
        (&1.into(), &0.into())
    );
}

fn written(folder: &Path, name: &str, heap: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, heap).expect("written");
    text(&path).to_owned()
}

/// An object of these keys.
fn object(id: u32, name: &str, size: u32, rest: &str) -> String {
    format!(r#"{{"id":{id},"type":"{name}","size":{size}{rest}}}"#)
}

fn heap_with(header: &str, objects: &[String]) -> String {
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    heap_of(header, &objects)
}

#[test]
fn objects_are_told_apart_by_their_serial_numbers() {
    let folder = folder("diff_serial");
    let serial =
        |id, name, size, serial: u32| object(id, name, size, &format!(r#","serial":{serial}"#));
    let old = [
        serial(1, "App", 10, 1),
        serial(2, "Page", 20, 2),
        serial(3, "List", 30, 3),
    ];
    // Where the page was, a session is now.
    let new = [
        serial(1, "App", 10, 1),
        serial(2, "Session", 25, 4),
        serial(3, "List", 70, 3),
    ];
    let [old, new] = [("old", old), ("new", new)]
        .map(|(name, objects)| written(&folder, name, &heap_with("", &objects)));
    let diff = json(&["diff", &old, &new]);
    assert_eq!(diff["by"], "serial");
    assert_eq!(diff["new"]["objects"], 1);
    assert_eq!(diff["new"]["bytes"], 25);
    assert_eq!(diff["gone"]["objects"], 1);
    assert_eq!(diff["grown"][0]["id"], 3);
    assert_eq!(diff["grown"][0]["bytes"], 40);
    let deltas = diff["types"].as_array().expect("a list").iter();
    let mut deltas: Vec<(&str, i64, i64)> = deltas
        .map(|row| {
            let number = |key: &str| row[key].as_i64().expect("a number");
            (
                row["type"].as_str().expect("a name"),
                number("delta"),
                number("delta_bytes"),
            )
        })
        .collect();
    deltas.sort_unstable();
    assert_eq!(
        deltas,
        [("List", 0, 40), ("Page", -1, -20), ("Session", 1, 25)]
    );
    let table = ask(&["diff", &old, &new]);
    assert!(table.contains("List#3") && table.contains("+1"), "{table}");
}

#[test]
fn objects_of_one_process_are_told_apart_by_their_ids() {
    let folder = folder("diff_id");
    let of = |name: &str, header: &str, objects: &[String]| {
        written(&folder, name, &heap_with(header, objects))
    };
    let (one, two) = (object(1, "A", 8, ""), object(2, "A", 8, ""));
    let process = r#","runtime":"CPython 3.13.0","program":"app.py","pid":7"#;
    let old = of("old", process, std::slice::from_ref(&one));
    let new = of("new", process, &[one, two]);
    let diff = json(&["diff", &old, &new]);
    assert_eq!(diff["by"], "id");
    assert_eq!(diff["new"]["examples"][0], 2);
    let by_shape = json(&["diff", &old, &new, "--by", "shape"]);
    assert_eq!(by_shape["by"], "shape");
    assert_eq!(
        (&by_shape["new"], &by_shape["gone"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(by_shape["types"], diff["types"]);
    // Of another process, ids may mean anything.
    let other = of(
        "other",
        &process.replace('7', "8"),
        &[object(1, "B", 8, "")],
    );
    assert_eq!(json(&["diff", &old, &other])["by"], "shape");
    assert_eq!(json(&["diff", &old, &other, "--by", "id"])["by"], "id");
}

#[test]
fn types_that_grow_from_heap_to_heap_are_found() {
    let folder = folder("growth");
    let heap = |n_pages: u32, n_sessions: u32| {
        let pages = (0..n_pages).map(|id| object(id, "Page", 100, ""));
        let sessions = (0..n_sessions).map(|id| object(1_000 + id, "Session", 100, ""));
        let objects: Vec<String> = pages.chain(sessions).collect();
        written(
            &folder,
            &format!("{n_pages}.jsonl"),
            &heap_with("", &objects),
        )
    };
    let heaps = [heap(10, 3), heap(20, 4), heap(30, 3)];
    let arguments = ["growth", &heaps[0], &heaps[1], &heaps[2]];
    let growth = json(&arguments);
    assert_eq!(growth.as_array().map(Vec::len), Some(1));
    assert_eq!(growth[0]["type"], "Page");
    assert_eq!(growth[0]["counts"], serde_json::json!([10, 20, 30]));
    assert_eq!(growth[0]["bytes"], serde_json::json!([1_000, 2_000, 3_000]));
    assert_eq!(growth[0]["slope"], 10.0);
    assert!(ask(&arguments).contains("10 → 20 → 30"));
}

/// Whether a program is there.
fn is_there(program: &str) -> bool {
    let found = Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if found.is_err() {
        eprintln!("skipped: `{program}` is not installed");
    }
    found.is_ok()
}

#[test]
fn completions_are_scripts_of_their_shells() {
    let folder = folder("completions");
    for shell in ["bash", "zsh", "fish"] {
        let script = ask(&["completions", shell]);
        for word in ["summary", "backrefs", "max-depth"] {
            assert!(script.contains(word), "{word} for {shell}");
        }
        let path = written(&folder, shell, &script);
        if is_there(shell) {
            let checked = Command::new(shell).args(["-n", &path]).output();
            assert_eq!(told(&checked.expect("it runs")), (0, String::new()));
        }
    }
}

#[test]
fn every_command_has_a_page_that_man_renders() {
    let folder = folder("manual");
    assert_eq!(ask(&["manual", text(&folder)]), "");
    let has_man = is_there("man");
    for name in [
        "objgraph",
        "objgraph-summary",
        "objgraph-why",
        "objgraph-render",
    ] {
        let page = folder.join(format!("{name}.1"));
        let source = fs::read_to_string(&page).expect("the page is written");
        assert!(source.contains(".SH DESCRIPTION"), "{name}");
        if has_man {
            let rendered = Command::new("man")
                .args(["--warnings", "-l", text(&page)])
                .env("MANWIDTH", "80")
                .output()
                .expect("it runs");
            assert_eq!(told(&rendered), (0, String::new()), "{name}");
            assert!(String::from_utf8_lossy(&rendered.stdout).contains("SYNOPSIS"));
        }
    }
}
