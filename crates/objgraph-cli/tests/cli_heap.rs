//! What others have found out about a real heap is what the command answers.
//!
//! `truth_bare.json` and `dominators_bare.json.gz` were worked out by networkx, refcycle and Python's objgraph.

mod command;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};

use command::{heap_file, json, real_heap};
use flate2::read::GzDecoder;
use serde_json::Value;

/// What is known of the heap.
fn truth() -> Value {
    let text = fs::read_to_string(heap_file("truth_bare.json")).expect("it is there");
    serde_json::from_str(&text).expect("JSON")
}

/// The answer to a question about the heap.
fn answer(question: &str, arguments: &[&str]) -> Value {
    json(&[&[question, &real_heap()], arguments].concat())
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn number(value: &Value) -> usize {
    let number = value.as_u64().expect("a count");
    usize::try_from(number).expect("it is no more than can be addressed")
}

fn named(id: &Value) -> String {
    format!("#{id}")
}

#[test]
fn summary_counts_what_is_there() {
    let (truth, summary) = (truth(), answer("summary", &[]));
    for (key, known) in [
        ("objects", "objects"),
        ("refs", "edges_multi"),
        ("bytes", "total_size"),
        ("roots", "roots"),
        ("types", "distinct_types"),
        ("components", "scc_gt1"),
        ("leaking", "zero_in_degree"),
    ] {
        assert_eq!(summary[key], truth[known], "{key}");
    }
    assert_eq!(summary["largest_component"], truth["scc_largest"][0]);
    let distances = &truth["distance_from_module_hist(all edges; -1 unreachable)"];
    assert_eq!(summary["unreachable"], distances["-1"]);
    assert_eq!(summary["runtime"], "CPython 3.11.7");
}

/// The sums of a column by the name of the type: some names are those of types in several modules.
fn by_name(types: &Value, column: &str) -> BTreeMap<String, usize> {
    let mut sums = BTreeMap::new();
    for row in rows(types) {
        let name = row["type"].as_str().expect("a text");
        *sums.entry(name.to_owned()).or_insert(0) += number(&row[column]);
    }
    sums
}

/// That these are the largest sums.
fn assert_largest(sums: &BTreeMap<String, usize>, known: &Value) {
    let known: Vec<(String, usize)> =
        serde_json::from_value(known.clone()).expect("pairs of a name and a number");
    for (name, number) in &known {
        assert_eq!(sums.get(name), Some(number), "{name}");
    }
    let least = known.last().expect("some are known").1;
    let is_more = |sum: &&usize| **sum > least;
    assert!(sums.values().filter(is_more).count() < known.len());
}

#[test]
fn types_are_counted_and_summed() {
    let truth = truth();
    let types = answer("types", &["-n", "0"]);
    let counts = by_name(&types, "count");
    assert_eq!(counts.len(), number(&truth["distinct_types"]));
    assert_eq!(counts.values().sum::<usize>(), number(&truth["objects"]));
    assert_largest(&counts, &truth["types_top10_by_count"]);
    let sizes = by_name(&types, "shallow");
    assert_eq!(sizes.values().sum::<usize>(), number(&truth["total_size"]));
    assert_largest(&sizes, &truth["types_top10_by_size"]);
    assert!(rows(&types).is_sorted_by(|one, next| number(&one["count"]) >= number(&next["count"])));
}

#[test]
fn types_come_in_the_order_that_is_asked_for() {
    for order in ["shallow", "owned", "retained"] {
        let types = answer("types", &["-n", "0", "--sort", order]);
        let is_sorted = |one: &Value, next: &Value| number(&one[order]) >= number(&next[order]);
        assert!(rows(&types).is_sorted_by(is_sorted), "{order}");
    }
}

#[test]
fn components_are_those_of_refcycle() {
    let (truth, cycles) = (truth(), answer("cycles", &[]));
    let sizes = rows(&cycles["sizes"]);
    assert_eq!(cycles["components"], truth["scc_gt1"]);
    assert_eq!(cycles["largest"], truth["scc_largest"][0]);
    assert_eq!(sizes[..10], *rows(&truth["scc_largest"]));
    let mut histogram: BTreeMap<String, usize> = BTreeMap::new();
    for size in sizes {
        *histogram.entry(size.to_string()).or_insert(0) += 1;
    }
    let known: BTreeMap<String, usize> =
        serde_json::from_value(truth["scc_gt1_size_hist"].clone()).expect("counts by size");
    assert_eq!(histogram, known);
    // With those of a single object:
    let on_cycles: usize = sizes.iter().map(number).sum();
    let single = number(&truth["objects"]) - on_cycles;
    assert_eq!(single + sizes.len(), number(&truth["scc_total"]));
}

#[test]
fn dominators_and_retained_sizes_are_those_of_networkx() {
    let truth = truth();
    let file = File::open(heap_file("dominators_bare.json.gz")).expect("it is there");
    let known: Value = serde_json::from_reader(GzDecoder::new(file)).expect("JSON");
    let dominators = rows(&known["idom (index = id, null = unreachable)"]);
    let retained = answer("retained", &["-n", "0"]);
    let (mut n_reached, mut bytes_reached, mut n_top) = (0, 0, 0);
    assert_eq!(rows(&retained).len(), dominators.len());
    for row in rows(&retained) {
        let id = number(&row["id"]);
        assert_eq!(row["dominator"], dominators[id], "#{id}");
        if row["dominator"].is_null() {
            continue;
        }
        assert_eq!(row["retained"], known["retained"][id], "#{id}");
        n_reached += 1;
        bytes_reached += number(&row["shallow"]);
        n_top += usize::from(row["dominator"] == -1);
    }
    assert_eq!(n_reached, number(&truth["reachable_from_superroot"]));
    assert_eq!(bytes_reached, number(&truth["reachable_size"]));
    assert_eq!(n_top, number(&truth["dominator_children_of_superroot"]));
}

#[test]
fn the_biggest_objects_come_in_their_order() {
    let truth = truth();
    let known = rows(&truth["top30_retained"]);
    let retained = answer("retained", &["--limit", "30"]);
    assert_eq!(rows(&retained).len(), known.len());
    for (row, known) in rows(&retained).iter().zip(known) {
        for (key, known_key) in [
            ("id", "id"),
            ("type", "type"),
            ("shallow", "shallow"),
            ("retained", "retained"),
            ("dominator", "idom"),
        ] {
            assert_eq!(row[key], known[known_key], "{key} of {known}");
        }
        let shown = answer("show", &[&named(&known["id"])]);
        for (key, known_key) in [
            ("value", "repr"),
            ("retained", "retained"),
            ("retained_objects", "retained_objects"),
        ] {
            assert_eq!(shown[key], known[known_key], "{key} of {known}");
        }
    }
}

/// Whether a chain is one of references that are there, from a root that is a module to the object.
fn assert_chain(found: &Value, id: &Value) {
    let chain = rows(&found["chain"]);
    assert_eq!(found["found"], true);
    assert_eq!(found["root"], "sys.modules");
    assert_eq!(chain[0]["type"], "module");
    assert_eq!(chain[chain.len() - 1]["id"], *id);
    for pair in chain.windows(2) {
        let shown = answer("show", &[&named(&pair[0]["id"]), "-n", "0"]);
        let leads = |end: &Value| end["id"] == pair[1]["id"] && end["label"] == pair[1]["label"];
        assert!(rows(&shown["referents"]).iter().any(leads), "{pair:?}");
    }
}

#[test]
fn why_finds_chains_as_short_as_those_of_objgraph() {
    let truth = truth();
    let samples = rows(&truth["sample_chain_len (nodes incl. module; 0 = none)"]);
    let chosen = truth["chosen"].as_object().expect("by name").values();
    for sample in samples.iter().chain(chosen) {
        let found = answer("why", &[&named(&sample["id"])]);
        let chain = rows(&found["chain"]);
        assert_eq!(
            chain.len(),
            number(&sample["chain_len"]),
            "{sample}: {found}"
        );
        if chain.is_empty() {
            assert_eq!(found["found"], false);
            assert_eq!(found["root"], Value::Null);
        } else {
            assert_eq!(chain[chain.len() - 1]["type"], sample["type"]);
            assert_eq!(found["found"], true);
        }
    }
    assert_chain(
        &answer("why", &["#6082"]),
        &truth["chosen"]["a.peers"]["id"],
    );
}

#[test]
fn several_chains_begin_with_a_shortest_and_differ_in_their_fields() {
    let truth = truth();
    for sample in rows(&truth["sample_chain_len (nodes incl. module; 0 = none)"]) {
        let object = named(&sample["id"]);
        let found = answer("why", &[&object, "--chains", "4"]);
        assert_eq!(rows(&found["chain"]).len(), number(&sample["chain_len"]));
        let others = rows(&found["others"]);
        assert!(others.len() < 4);
        let chains: Vec<&Value> = std::iter::once(&found).chain(others).collect();
        let length = |found: &&Value| rows(&found["chain"]).len();
        assert!(chains.iter().is_sorted_by_key(length), "{found}");
        let shapes: BTreeSet<Vec<String>> = chains.iter().map(|found| shape(found)).collect();
        assert_eq!(shapes.len(), chains.len(), "{found}");
    }
}

/// The types and fields that a chain goes through.
fn shape(found: &Value) -> Vec<String> {
    let links = rows(&found["chain"]).iter();
    links
        .map(|link| format!("{} {}", link["label"], link["type"]))
        .collect()
}

#[test]
fn pictures_go_as_far_as_they_are_told() {
    let truth = truth();
    let distances = &truth["distance_from_module_hist(all edges; -1 unreachable)"];
    let mut n_within = 0;
    for depth in 0..10 {
        n_within += number(&distances[depth.to_string()]);
        let depth = depth.to_string();
        let everything = ["--too-many", "100000", "--max-nodes", "100000"];
        let picture = ["root", "-T", "json", "--max-depth", &depth];
        let heap = real_heap();
        let drawn = command::ask(&[&["refs", heap.as_str()][..], &picture, &everything].concat());
        let drawn: Value = serde_json::from_str(&drawn).expect("JSON");
        assert_eq!(rows(&drawn["boxes"]).len(), n_within, "{depth}");
    }
}

#[test]
fn leaks_are_those_of_objgraph() {
    let (truth, leaks) = (truth(), answer("leaks", &[]));
    let known = &truth["leaking_objects (tracked, no tracked referrer)"];
    assert_eq!(leaks["leaking"]["objects"], *known);
    assert_eq!(leaks["leaking"]["objects"], truth["zero_in_degree"]);
    let distances = &truth["distance_from_module_hist(all edges; -1 unreachable)"];
    assert_eq!(leaks["unreachable"]["objects"], distances["-1"]);
    // The dominators begin at these and at the roots.
    let n_entries = number(&truth["roots"]) + number(&leaks["leaking"]["objects"]);
    assert_eq!(n_entries, number(&truth["superroot_edges"]));
}

#[test]
fn the_most_referred_to_have_as_many_referrers_as_are_known() {
    for known in rows(&truth()["in_degree_top5"]) {
        let shown = answer("show", &[&named(&known[0]), "-n", "0"]);
        assert_eq!(shown["type"], known[1]);
        assert_eq!(shown["value"], known[2]);
        assert_eq!(shown["n_referrers"], known[3]);
        assert_eq!(rows(&shown["referrers"]).len(), number(&known[3]));
    }
}
