//! What a reader says of files that are not as they should be.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use objgraph_graph::Node;
use objgraph_snapshot::{Heap, ReadOptions, read};
use std::fmt::Write as _;

const HEADER: &str = r#"{"format":"objgraph-heap","version":1}"#;

fn file(lines: &[&str]) -> String {
    format!("{HEADER}\n{}\n", lines.join("\n"))
}

fn refusal(bytes: &[u8]) -> String {
    read(bytes, &ReadOptions::default())
        .unwrap_err()
        .to_string()
}

fn lenient(bytes: &[u8]) -> Heap {
    read(bytes, &ReadOptions::default().lenient(true)).unwrap()
}

/// The number of objects that can be used all the same, and the warnings.
fn saved(bytes: &[u8]) -> (usize, String) {
    let heap = lenient(bytes);
    let warnings: Vec<String> = heap.warnings.iter().map(ToString::to_string).collect();
    (heap.graph.n_nodes(), warnings.join("; "))
}

#[test]
fn what_is_no_heap_file_is_refused_by_its_first_line() {
    let refusals = [
        (
            "",
            "1:1: the file is empty; the first line of a heap file is",
        ),
        (
            "\n",
            "1:1: this is no heap file (EOF while parsing a value)",
        ),
        (
            "digraph { a -> b }\n",
            "1:1: this is no heap file (expected value)",
        ),
        (
            "{\"a\":1}\n",
            "1:7: this is no heap file (missing field `format`)",
        ),
        ("[1,2]\n", "1:"),
        (
            "{\"format\":\"heap\\u0007\",\"version\":1}\n",
            "1:1: this is no heap file (its format is \"heap…\")",
        ),
        (
            "{\"format\":\"objgraph-heap\",\"version\":7}\n",
            "1:1: heap format 7 is newer than 1, the newest that this build reads",
        ),
        (
            "{\"format\":\"objgraph-heap\",\"version\":18446744073709551616}\n",
            "1:",
        ),
    ];
    for (file, message) in refusals {
        let refusal = refusal(file.as_bytes());
        assert!(refusal.starts_with(message), "{file:?}: {refusal}");
    }
    assert!(refusal(&[0, 159, 146, 150, 7]).contains("this is no heap file"));
    assert!(refusal(&vec![0; 3 << 20]).contains("this is no heap file"));
}

#[test]
fn a_malformed_line_is_named_with_its_column() {
    let ok = r#"{"id":1,"type":"a"}"#;
    let wrong = [
        (
            r#"{"id":-1,"type":"a"}"#,
            "3:8: invalid value: integer `-1`, expected u64",
        ),
        (
            r#"{"id":"x","type":"a"}"#,
            "3:9: invalid type: string \"x\", expected u64",
        ),
        (r#"{"type":"a"}"#, "3:12: missing field `id`"),
        (r#"{"id":2}"#, "3:8: missing field `type`"),
        (
            r#"{"id":2,"type":"a","refs":[[1],[]]}"#,
            "3:33: invalid length 0, expected a target",
        ),
        (
            r#"{"id":2,"type":"a","refs":[1]}"#,
            "3:28: invalid type: integer `1`, expected a reference, [target, label, kind]",
        ),
        (
            r#"{"id":2,"type":"a","refs":[[1]],"refs":[[1]]}"#,
            "3:38: duplicate field `refs`",
        ),
        (r#"{"id":2,"type":"a"} x"#, "3:21: trailing characters"),
        (r#"{"id":2,"type":"a""#, "3:18: EOF while parsing an object"),
        ("[]", "3:1: invalid type: sequence, expected a JSON object"),
        (r#"{"id":18446744073709551616,"type":"a"}"#, "3:26: "),
        ("\u{feff}{}", "3:1: expected value"),
    ];
    for (line, message) in wrong {
        let file = file(&[ok, line, ok]);
        let refusal = refusal(file.as_bytes());
        assert!(refusal.starts_with(message), "{line}: {refusal}");
        let (n_objects, warnings) = saved(file.as_bytes());
        assert_eq!(n_objects, 1, "{line}");
        assert!(warnings.contains(message), "{line}: {warnings}");
    }
}

#[test]
fn what_is_empty_is_no_error() {
    let none = read(
        file(&[r#"{"end":true,"objects":0,"refs":0}"#]).as_bytes(),
        &ReadOptions::default(),
    )
    .unwrap();
    assert_eq!((none.graph.n_nodes(), none.warnings.len()), (0, 0));
    assert_eq!(none.graph.with_shown_id(0), None);

    let unnamed = file(&[
        r#"{"id":7,"type":"","refs":[[8]]}"#,
        r#"{"id":8,"type":"","module":"app"}"#,
        r#"{"end":true}"#,
    ]);
    let unnamed = read(unnamed.as_bytes(), &ReadOptions::default())
        .unwrap()
        .graph;
    let paths: Vec<&str> = unnamed.nodes().map(Node::type_path).collect();
    assert_eq!(paths, ["", "app."]);
    let shown: Vec<String> = unnamed.nodes().map(|node| node.to_string()).collect();
    assert_eq!(shown, ["#7", "#8"]);
}

#[test]
fn a_cut_file_is_noticed_wherever_it_is_cut() {
    let whole = file(&[
        r#"{"id":1,"type":"a","refs":[[2,"x"]]}"#,
        r#"{"id":2,"type":"ä"}"#,
        r#"{"end":true,"objects":2,"refs":1}"#,
    ]);
    assert!(read(whole.as_bytes(), &ReadOptions::default()).is_ok());
    for len in HEADER.len() + 1..whole.len() - 2 {
        let message = refusal(&whole.as_bytes()[..len]);
        let is_named = ["truncated after line ", "4:", "3:"]
            .iter()
            .any(|start| message.starts_with(start));
        assert!(is_named, "cut at {len}: {message}");
    }
    let cut = &whole.as_bytes()[..whole.len() - 40];
    assert_eq!(
        refusal(cut),
        "truncated after line 2: 1 objects read, the last line breaks off"
    );
    let cut = whole.rfind("{\"end").unwrap();
    assert_eq!(
        refusal(&whole.as_bytes()[..cut]),
        "truncated after line 3: 2 objects read, no footer"
    );
    let (n_objects, warnings) = saved(&whole.as_bytes()[..cut]);
    assert_eq!(n_objects, 2);
    assert!(warnings.contains("truncated after line 3"), "{warnings}");
}

#[test]
fn a_footer_that_counts_otherwise_is_an_error() {
    let object = r#"{"id":1,"type":"a"}"#;
    let miscounted = file(&[object, r#"{"end":true,"objects":2,"refs":1}"#]);
    assert_eq!(
        refusal(miscounted.as_bytes()),
        "3:1: the footer counts 2 objects and 1 references, but the file has 1 and 0"
    );
    let behind = file(&[r#"{"end":true,"objects":0,"refs":0}"#, object]);
    assert!(refusal(behind.as_bytes()).starts_with("3:1: the footer"));
}

#[test]
fn equal_ids_are_told_with_both_lines() {
    let file = file(&[
        r#"{"id":7,"type":"a"}"#,
        "",
        r#"{"id":8,"type":"a"}"#,
        r#"{"id":8,"type":"b"}"#,
        r#"{"id":7,"type":"b"}"#,
    ]);
    assert_eq!(
        refusal(file.as_bytes()),
        "5:1: the id 8 is already that of the object in line 4"
    );
}

#[test]
fn references_to_nothing_are_counted_and_left_out() {
    let mut file = format!("{HEADER}\n");
    for id in 0..1_000_000_u64 {
        writeln!(
            file,
            "{{\"id\":{id},\"type\":\"a\",\"refs\":[[{}],[0]]}}",
            u64::MAX - id
        )
        .unwrap();
    }
    file += r#"{"end":true,"objects":1000000,"refs":2000000}"#;
    let heap = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(heap.graph.n_edges(), 1_000_000);
    assert_eq!(
        heap.warnings[0].to_string(),
        "1,000,000 references to 1,000,000 ids that no line defines are left out; the first is in line 2, to \
         18446744073709551615"
    );
}

#[test]
fn unknown_words_are_told_once_and_unknown_keys_not_at_all() {
    let file = file(&[
        r#"{"id":0,"type":"a","state":"asleep","later":{"x":[1,{"y":null}]},"refs":[[0,null,"strange"],[0,"b","weak",9]]}"#,
        r#"{"end":true,"objects":1,"refs":2,"more":[]}"#,
    ]);
    let heap = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(heap.graph.n_edges(), 2);
    let warnings: Vec<String> = heap.warnings.iter().map(ToString::to_string).collect();
    assert!(
        warnings[0].contains("\"asleep\"") && warnings[1].contains("\"strange\""),
        "{warnings:?}"
    );
}

#[test]
fn bytes_that_are_not_utf8_have_a_place() {
    let mut bytes = file(&[r#"{"id":1,"type":"a"}"#]).into_bytes();
    bytes.extend(b"{\"id\":2,\"type\":\"\xff\"}\n");
    assert_eq!(refusal(&bytes), "3:17: a byte that is not UTF-8");
    assert_eq!(saved(&bytes).0, 1);
}

#[test]
fn nested_lists_need_no_stack() {
    let nested = "[".repeat(5_000_000);
    let file = file(&[&format!(r#"{{"id":1,"type":"a","x":{nested}"#)]);
    let parse = move || refusal(file.as_bytes());
    let small_stack = std::thread::Builder::new().stack_size(1 << 20);
    let message = small_stack.spawn(parse).unwrap().join().unwrap();
    assert!(message.starts_with("2:"), "{message}");
}

#[test]
fn compressed_data_that_break_off_are_truncated() {
    let whole = {
        let objects: Vec<String> = (0..50_000)
            .map(|id| {
                format!(
                    r#"{{"id":{id},"type":"a","value":"{}"}}"#,
                    id * 7919 % 65_537
                )
            })
            .collect();
        file(&objects.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let mut gzip = Vec::new();
    let mut encoder = flate2::write::GzEncoder::new(&mut gzip, flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, whole.as_bytes()).unwrap();
    encoder.finish().unwrap();
    let zstd = ruzstd::encoding::compress_to_vec(
        whole.as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    for compressed in [gzip, zstd] {
        let cut = &compressed[..compressed.len() / 2];
        let message = refusal(cut);
        assert!(message.starts_with("truncated after line "), "{message}");
        assert!(
            message.ends_with("the compressed data break off"),
            "{message}"
        );
        let (n_objects, warnings) = saved(cut);
        assert!((1..50_000).contains(&n_objects), "{n_objects}: {warnings}");
        assert!(refusal(&compressed[..8]).contains("compressed data"));
    }
}
