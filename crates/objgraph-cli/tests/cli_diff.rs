//! What has changed between heaps: by serial number, by id, and by type.

mod command;

use command::{ask, folder, heap_of, json, written};
use serde_json::Value;

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
