//! What the command writes: pictures in every format, heap files anew, and what shells and `man` read.

mod command;

use std::fs;
use std::process::{Command, Stdio};

use command::{ask, folder, heap, json, real_heap, run, text, told, written};
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
