//! What we read is what `dot` reads, where it is installed.

mod plain;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a command makes of a text in the format `plain`; `None` if it refuses the text.
fn read(command: &mut Command, text: &str) -> Option<String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command is there");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(text.as_bytes()).expect("it reads all");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let plain = String::from_utf8(output.stdout).expect("UTF-8");
    (output.status.success() && !plain.is_empty()).then_some(plain)
}

fn ours(text: &str) -> Option<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_objgraph"));
    read(command.args(["render", "-", "-T", "plain"]), text)
}

fn theirs(text: &str) -> Option<String> {
    read(Command::new("dot").arg("-Tplain"), text)
}

fn has_dot() -> bool {
    let version = Command::new("dot").arg("-V").stderr(Stdio::null()).status();
    if version.is_err() {
        eprintln!("skipped: `dot` is not installed");
    }
    version.is_ok()
}

#[test]
fn tricky_texts_are_read_or_refused_as_dot_does() {
    if !has_dot() {
        return;
    }
    for text in include_str!("tricky.txt").lines() {
        let text = text.replace('¶', "\n");
        let (ours, theirs) = (ours(&text), theirs(&text));
        assert_eq!(
            ours.as_deref().map(plain::names),
            theirs.as_deref().map(plain::names),
            "{text}"
        );
    }
}

#[test]
fn plain_says_what_dot_says() {
    if !has_dot() {
        return;
    }
    for name in [
        "python_objgraph.dot",
        "clusters.dot",
        "ports.dot",
        "ranks.dot",
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/dot")
            .join(name);
        let text = std::fs::read_to_string(path).expect("the sample is there");
        let facts = |plain: Option<String>| plain.as_deref().map(plain::facts);
        assert_eq!(facts(ours(&text)), facts(theirs(&text)), "{name}");
    }
}
