//! `docs/command.md` says what is so: every command on it gives what stands below it, and the keys of JSON are those that come out.

#![cfg(unix)]

mod command;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use command::{ask, folder, heap, json, real_heap, text};
use serde_json::Value;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/command.md");
    fs::read_to_string(path).expect("the page is there")
}

/// A folder with the heaps that the page speaks of.
fn heaps(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::copy(real_heap(), folder.join("heap.jsonl.gz")).expect("copied");
    for (day, n_pages) in [("monday", 100), ("tuesday", 120), ("wednesday", 150)] {
        let path = folder.join(format!("{day}.jsonl"));
        fs::write(path, web_application(n_pages)).expect("written");
    }
    folder
}

/// The heap of an application whose cache grows.
fn web_application(n_pages: u32) -> String {
    let references: Vec<String> = (1..=n_pages)
        .map(|page| format!(r#"[{page},".cache"]"#))
        .collect();
    let mut objects = vec![format!(
        r#"{{"id":0,"type":"App","size":{},"serial":0,"root":"app","refs":[{}]}}"#,
        64 + 8 * n_pages,
        references.join(",")
    )];
    // Each day, some sessions end and others begin.
    let sessions = (n_pages..n_pages + 40).map(|serial| ("Session", 1_000 + serial));
    let pages = (1..=n_pages).map(|serial| ("Page", serial));
    objects.extend(pages.chain(sessions).map(|(name, serial)| {
        format!(r#"{{"id":{serial},"type":"{name}","size":512,"serial":{serial}}}"#)
    }));
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    heap(&objects)
}

/// The commands of the page, each with what stands below it.
fn examples(page: &str) -> Vec<(&str, String)> {
    let blocks = page.split("```console\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().expect("it has a beginning"));
    let mut examples = Vec::new();
    for line in blocks.flat_map(str::lines) {
        if let Some(command) = line.strip_prefix("$ ") {
            examples.push((command, String::new()));
        } else if let Some((_, answer)) = examples.last_mut() {
            answer.extend([line, "\n"]);
        }
    }
    examples
}

/// What a shell shows of a command.
fn shown(command: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_objgraph"));
    let programs = binary.parent().expect("it is in a folder").display();
    let path = format!("{programs}:{}", std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .current_dir(folder)
        .env("PATH", path)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("there is a shell");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn every_command_on_the_page_gives_what_stands_below_it() {
    let (page, folder) = (page(), heaps("docs_examples"));
    let examples = examples(&page);
    assert!(examples.len() >= 17);
    for (command, answer) in examples {
        assert_eq!(
            shown(command, &folder).trim_end(),
            answer.trim_end(),
            "{command}"
        );
    }
}

/// The keys of each section: `objects`, `top_types[].type`, `[].count`.
fn documented(page: &str) -> BTreeMap<&str, BTreeSet<String>> {
    let mut sections = BTreeMap::new();
    for section in page.split("\n## ").skip(1) {
        let (title, body) = section.split_once('\n').expect("a title has a line");
        let rows = body.split("| key | |\n").nth(1).unwrap_or_default().lines();
        let rows = rows.take_while(|line| line.starts_with('|')).skip(1);
        let keys: BTreeSet<String> = rows.flat_map(keys).collect();
        if !keys.is_empty() {
            sections.insert(title, keys);
        }
    }
    sections
}

/// The keys of a row; what begins with a point stands beside the first key.
fn keys(row: &str) -> Vec<String> {
    let cell = row.split('|').nth(1).expect("a row has cells");
    let words: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
    let first = words.first().copied().unwrap_or_default();
    let beside = first.rsplit_once('.').map_or("", |(before, _)| before);
    let full = words.iter().map(|word| match word.strip_prefix('.') {
        Some(key) => format!("{beside}.{key}"),
        None => (*word).to_owned(),
    });
    full.collect()
}

/// The keys of an answer, as the page writes them.
fn add_keys(value: &Value, path: &str, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let before = if path.is_empty() {
                String::new()
            } else {
                format!("{path}.")
            };
            for (key, value) in members {
                add_keys(value, &format!("{before}{key}"), keys);
            }
        }
        Value::Array(items) if items.is_empty() => {}
        Value::Array(items) => {
            for item in items {
                add_keys(item, &format!("{path}[]"), keys);
            }
        }
        _ => {
            keys.insert(path.to_owned());
        }
    }
}

#[test]
fn the_keys_on_the_page_are_those_that_come_out() {
    let (page, folder) = (page(), heaps("docs_keys"));
    let file = |name: &str| text(&folder.join(name)).to_owned();
    let [real, monday, tuesday] = ["heap.jsonl.gz", "monday.jsonl", "tuesday.jsonl"].map(file);
    let damaged = file("damaged.jsonl");
    fs::write(&damaged, r#"{"format":"objgraph-heap","version":1}"#).expect("written");
    let questions: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::from([
        ("types", vec![vec!["types", &real]]),
        ("retained", vec![vec!["retained", &real]]),
        ("why", vec![vec!["why", &real, "#7704", "--chains", "2"]]),
        ("chain", vec![vec!["chain", &real, "#6081", "#6082"]]),
        (
            "show",
            vec![vec!["show", &real, "#6081"], vec!["show", &real, "#3750"]],
        ),
        ("cycles", vec![vec!["cycles", &real]]),
        ("leaks", vec![vec!["leaks", &real]]),
        ("waste", vec![vec!["waste", &real]]),
        ("diff", vec![vec!["diff", &monday, &tuesday]]),
        ("growth", vec![vec!["growth", &monday, &tuesday]]),
    ]);
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (title, questions) in &questions {
        for arguments in questions {
            add_keys(&json(arguments), "", found.entry(title).or_default());
        }
    }
    let lenient = command::run(&["summary", &damaged, "--lenient", "--json"], b"");
    let lenient: Value = serde_json::from_slice(&lenient.stdout).expect("JSON");
    for summary in [json(&["summary", &real]), lenient] {
        add_keys(&summary, "", found.entry("summary").or_default());
    }
    for picture in [
        ask(&["refs", &real, "#6081", "-T", "json"]),
        ask(&["cycles", &real, "-T", "json"]),
    ] {
        let picture: Value = serde_json::from_str(&picture).expect("JSON");
        add_keys(&picture, "", found.entry("refs and backrefs").or_default());
    }
    assert_eq!(found, documented(&page));
}

#[test]
fn every_command_and_exit_code_is_on_the_page() {
    let page = page();
    let help = ask(&["help"]);
    let commands = help.split("Commands:").nth(1).expect("they are listed");
    let commands = commands
        .split("Options:")
        .next()
        .expect("before the options")
        .lines();
    for line in commands.filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let name = line.split_whitespace().next().expect("a name");
        assert!(
            page.contains(&format!("objgraph {name}")) || name == "help",
            "{name}"
        );
    }
    for code in 0..=7 {
        assert!(page.contains(&format!("\n| {code} | ")), "{code}");
    }
}
