//! Which crate may use which: the arrow line value → trace → graph → layout → render → present.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use std::fs;
use std::path::{Path, PathBuf};

/// Our crates from left to right. Each may use only those to its left.
const LINE: [&str; 9] = [
    "objgraph-trace",
    "objgraph-watch",
    "objgraph-graph",
    "objgraph-snapshot",
    "objgraph-layout",
    "objgraph-render",
    "objgraph-alloc",
    "objgraph",
    "objgraph-cli",
];

/// Stand apart from the line: they use none of the others.
const APART: [&str; 2] = ["objgraph-derive", "objgraph-layout"];

#[derive(Debug, PartialEq, Eq)]
struct Dependency {
    name: String,
    is_optional: bool,
}

fn crates() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the workspace has crates");
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates")
}

fn dependencies_of(name: &str) -> Vec<Dependency> {
    dependencies(&fs::read_to_string(folder().join(name).join("Cargo.toml")).unwrap())
}

/// What a manifest depends on, dependencies of its tests left out.
fn dependencies(manifest: &str) -> Vec<Dependency> {
    let mut found: Vec<Dependency> = Vec::new();
    let mut in_list = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            let of_tests = section.contains("dev-dependencies");
            in_list = section.ends_with("dependencies") && !of_tests;
            if let Some((_, name)) = section.split_once("dependencies.").filter(|_| !of_tests) {
                found.push(Dependency {
                    name: name.to_owned(),
                    is_optional: false,
                });
            }
        } else if in_list && !line.is_empty() && !line.starts_with('#') {
            let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
            found.push(Dependency {
                name: name.to_owned(),
                is_optional: line.contains("optional = true"),
            });
        } else if line.starts_with("optional = true")
            && let Some(last) = found.last_mut()
        {
            last.is_optional = true;
        }
    }
    found
}

fn ours(name: &str) -> Vec<String> {
    let names = dependencies_of(name)
        .into_iter()
        .map(|dependency| dependency.name);
    names.filter(|name| name.starts_with("objgraph")).collect()
}

#[test]
fn manifests_are_read_right() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\na.workspace = true\nb = { path = \"b\", optional = true }\n\
                    # c = \"1\"\n[dependencies.d]\nversion = \"1\"\noptional = true\n[dev-dependencies]\ne = \"1\"\n\
                    [target.'cfg(unix)'.dependencies]\nf = \"1\"\n[build-dependencies]\ng = \"1\"\n[lints]\nworkspace = true\n";
    let read: Vec<String> = (dependencies(manifest).iter())
        .map(|found| format!("{}{}", found.name, if found.is_optional { "?" } else { "" }))
        .collect();
    assert_eq!(read.join(" "), "a b? d? f g");
}

#[test]
fn every_crate_has_its_place() {
    for name in crates() {
        let is_placed = LINE.contains(&name.as_str()) || APART.contains(&name.as_str());
        assert!(
            is_placed,
            "`{name}` is new: give it a place in this test's list, and in ARCHITECTURE.md"
        );
    }
}

#[test]
fn a_crate_uses_only_crates_to_its_left() {
    let place = |name: &str| LINE.iter().position(|other| *other == name);
    for name in crates() {
        for used in ours(&name).iter().filter(|used| *used != "objgraph-derive") {
            assert!(
                place(used) < place(&name),
                "`{name}` uses `{used}`, which is not to its left in {LINE:?}"
            );
        }
    }
}

#[test]
fn the_derive_and_the_layout_use_none_of_the_others() {
    for name in APART
        .into_iter()
        .filter(|name| folder().join(name).exists())
    {
        assert_eq!(ours(name), Vec::<String>::new(), "of {name}");
    }
}

#[test]
fn only_the_facade_hands_the_derive_out() {
    for name in crates()
        .iter()
        .filter(|name| !["objgraph", "objgraph-cli"].contains(&name.as_str()))
    {
        let needs_derive =
            |found: &Dependency| found.name == "objgraph-derive" && !found.is_optional;
        assert!(!dependencies_of(name).iter().any(needs_derive), "of {name}");
    }
}

#[test]
fn the_trace_crate_needs_no_other() {
    let needed = dependencies_of("objgraph-trace")
        .into_iter()
        .filter(|found| !found.is_optional);
    assert_eq!(
        needed.map(|found| found.name).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

#[test]
fn folders_are_named_like_their_packages() {
    for name in crates() {
        let manifest = fs::read_to_string(folder().join(&name).join("Cargo.toml")).unwrap();
        assert!(
            manifest.contains(&format!("name = \"{name}\"")),
            "of {name}"
        );
    }
}
