//! What is wrong with what the command is given: it says where and why, and its exit code says what kind of wrong.

mod command;

use std::fs::{self, File};

use command::{folder, heap, json, real_heap, run, text, told};

/// The commands that ask one heap without naming objects.
const QUESTIONS: [&str; 6] = ["summary", "types", "retained", "cycles", "leaks", "waste"];

/// What is said of a heap that comes through standard input.
fn refused(heap: &[u8]) -> (i32, String) {
    told(&run(&["types", "-"], heap))
}

/// What is said of a question to the real heap.
fn refused_question(arguments: &[&str]) -> (i32, String) {
    let heap = real_heap();
    let mut arguments = arguments.to_vec();
    arguments.insert(1, &heap);
    told(&run(&arguments, b""))
}

fn malformed(message: &str) -> (i32, String) {
    (3, format!("objgraph: standard input:{message}\n"))
}

#[test]
fn damage_is_told_with_line_and_column() {
    let is_no_heap = r#"its first line is {"format":"objgraph-heap","version":1}"#;
    assert_eq!(
        refused(b""),
        malformed(
            r#"1:1: the file is empty; the first line of a heap file is {"format":"objgraph-heap","version":1}"#
        )
    );
    assert_eq!(
        refused(b"\x7FELF\x02\x01\0\0"),
        malformed(&format!(
            "1:1: this is no heap file (expected value); {is_no_heap}"
        ))
    );
    assert_eq!(
        refused(br#"{"format":"objgraph-heap","version":7}"#),
        malformed("1:1: heap format 7 is newer than 1, the newest that this build reads")
    );
    let twice = heap(&[r#"{"id":7,"type":"A"}"#, r#"{"id":7,"type":"B"}"#]);
    let (code, said) = refused(twice.as_bytes());
    assert!(
        code == 3 && said.contains("input:3:1: the id 7 is already that of the object in line 2"),
        "{said}"
    );
    let not_utf8 = b"{\"format\":\"objgraph-heap\",\"version\":1}\n{\"id\":1,\"type\":\"\xFF\"}\n";
    let (code, said) = refused(not_utf8);
    assert!(
        code == 3 && said.contains("input:2:17: a byte that is not UTF-8"),
        "{said}"
    );
    let miscounted = heap(&[r#"{"id":7,"type":"A"}"#]).replace(r#""objects":1"#, r#""objects":2"#);
    let (code, said) = refused(miscounted.as_bytes());
    assert!(
        code == 3 && said.contains("input:3:1: the footer counts 2 objects"),
        "{said}"
    );
}

#[test]
fn files_that_break_off_can_be_used_leniently() {
    let whole = fs::read(real_heap()).expect("it is there");
    let (code, said) = refused(&whole[..100_000]);
    assert_eq!(code, 3);
    assert!(
        said.starts_with("objgraph: standard input: truncated after line ")
            && said.ends_with("; --lenient uses what was read\n"),
        "{said}"
    );
    let output = run(&["summary", "-", "--lenient", "--json"], &whole[..100_000]);
    let (code, said) = told(&output);
    assert_eq!(code, 0);
    assert!(said.contains("warning: only what stands before the damage was read"));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let n_objects = summary["objects"].as_u64().expect("a count");
    assert!((1_000..15_580).contains(&n_objects));
    // What is said on standard error is in the JSON too.
    assert!(said.lines().count() > 1);
    assert_eq!(
        summary["warnings"].as_array().map(Vec::len),
        Some(said.lines().count())
    );
}

#[test]
fn references_to_nowhere_are_counted() {
    let dangling = heap(&[r#"{"id":1,"type":"A","refs":[[2],[3],[2]]}"#]);
    let (code, said) = refused(dangling.as_bytes());
    assert_eq!(code, 0);
    assert!(
        said.contains("warning: 3 references to 2 ids that no line defines are left out"),
        "{said}"
    );
}

#[test]
fn an_empty_heap_is_no_mistake() {
    let path = folder("empty_heap").join("empty.jsonl");
    fs::write(&path, heap(&[])).expect("written");
    for question in QUESTIONS {
        let output = run(&[question, text(&path)], b"");
        assert_eq!(output.status.code(), Some(0), "{question}");
        assert!(!output.stdout.is_empty(), "{question}");
    }
    let summary = json(&["summary", text(&path)]);
    assert_eq!(
        (&summary["objects"], &summary["weaken"]),
        (&0.into(), &().into())
    );
}

#[test]
fn what_cannot_be_read_or_written_says_why() {
    let folder = folder("heap_unwritable");
    let name = text(&folder);
    let (code, said) = told(&run(&["summary", name], b""));
    let message = format!("objgraph: cannot read {name}: it is a folder\n");
    assert_eq!((code, said), (1, message));
    let (code, said) = told(&run(&["summary", "no such heap"], b""));
    assert!(
        code == 1 && said.starts_with("objgraph: cannot read no such heap: "),
        "{said}"
    );
    let missing = folder.join("missing/who.svg");
    let (code, said) = refused_question(&["refs", "#6081", "-o", text(&missing)]);
    assert!(
        code == 5 && said.starts_with("objgraph: cannot write "),
        "{said}"
    );
    let (code, said) = refused_question(&["convert", text(&folder)]);
    assert!(
        code == 5 && said.starts_with("objgraph: cannot write "),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn folders_that_are_read_only_get_no_file() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = folder("read_only");
    let of_mode = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode));
    of_mode(0o555).expect("it is ours");
    let is_root = File::create(folder.join("probe")).is_ok();
    let (code, said) = refused_question(&["refs", "#6081", "-o", text(&folder.join("who.svg"))]);
    of_mode(0o755).expect("it is ours");
    assert_eq!(code, if is_root { 0 } else { 5 }, "{said}");
    assert_eq!(folder.join("who.svg").exists(), is_root);
}

#[test]
fn a_picture_that_fails_leaves_the_old_one() {
    let path = folder("heap_kept").join("who.svg");
    fs::write(&path, "old").expect("written");
    let (code, _) = refused_question(&["refs", "type:Nothing", "-o", text(&path)]);
    assert_eq!(code, 6);
    assert_eq!(fs::read_to_string(&path).expect("still there"), "old");
}

#[test]
fn unknown_objects_are_answered_with_the_nearest() {
    for question in ["why", "show", "refs", "backrefs"] {
        assert_eq!(
            refused_question(&[question, "type:Nodes"]),
            (
                6,
                "objgraph: no object of type Nodes; did you mean Node (3)?\n".to_owned()
            )
        );
        let (code, said) = refused_question(&[question, "#999999"]);
        assert!(
            code == 6 && said.starts_with("objgraph: no object matches #999999"),
            "{said}"
        );
    }
    let (code, said) = refused_question(&["chain", "type:Node", "type:Nodes"]);
    assert!(code == 6 && said.contains("Node (3)"), "{said}");
    let (code, said) = refused_question(&["why", "6082"]);
    assert!(
        code == 6 && said.ends_with("the object of this number is '#6082'\n"),
        "{said}"
    );
    // A filter may match nothing; it is told all the same.
    let (code, said) = refused_question(&["types", "--filter", "type:Nodes"]);
    assert_eq!(
        (code, said.as_str()),
        (
            0,
            "objgraph: warning: --filter: no object of type Nodes; did you mean Node (3)?\n"
        )
    );
}

#[test]
fn wrong_queries_are_pointed_at() {
    let message = "expected a condition such as type:Session or size>1MB, found the end";
    for (arguments, option) in [
        (&["why", "type:Node and"][..], "OBJECT"),
        (&["chain", "type:Node and", "#1"], "FROM"),
        (&["chain", "#1", "type:Node and"], "TO"),
        (&["types", "--filter", "type:Node and"], "--filter"),
        (&["retained", "--filter", "type:Node and"], "--filter"),
        (&["cycles", "--through", "type:Node and"], "--through"),
        (&["refs", "#1", "--ignore", "type:Node and"], "--ignore"),
        (
            &["refs", "#1", "--highlight", "type:Node and"],
            "--highlight",
        ),
    ] {
        let pointed = format!(
            "objgraph: {option}: column 14: {message}\ntype:Node and\n{}^\n",
            " ".repeat(13)
        );
        assert_eq!(refused_question(arguments), (2, pointed), "{arguments:?}");
    }
}

#[test]
fn wrong_usage_is_told_before_anything_is_read() {
    let (code, said) = told(&run(&["refs", "no such heap", "#1", "-o", "who.bmp"], b""));
    assert!(
        code == 2 && said.contains("cannot tell the format of who.bmp"),
        "{said}"
    );
    for arguments in [
        &["types"][..],
        &["types", "heap", "--sort", "colour"],
        &["growth", "one heap"],
        &["why", "heap", "#1", "-T", "gif"],
        &["no such command"],
    ] {
        assert_eq!(told(&run(arguments, b"")).0, 2, "{arguments:?}");
    }
}

#[test]
fn a_heap_that_names_no_roots_is_not_called_leaking() {
    let rootless = heap(&[
        r#"{"id":1,"type":"A","refs":[[2]]}"#,
        r#"{"id":2,"type":"B"}"#,
    ]);
    let output = run(&["leaks", "-", "--json"], rootless.as_bytes());
    let said = "the heap names no roots, so that nobody can tell what they reach\n";
    assert_eq!(told(&output), (0, format!("objgraph: warning: {said}")));
    let leaks: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(leaks["leaking"]["objects"], 1);
    assert!(leaks["unreachable"].is_null() && leaks["in_cycles"].is_null());
    let failing = run(&["leaks", "-", "--fail"], rootless.as_bytes());
    assert_eq!(told(&failing), (2, format!("objgraph: {said}")));
    let why = command::stdout(&run(&["why", "-", "#2"], rootless.as_bytes()));
    assert_eq!(
        why,
        "what keeps B#2 alive cannot be told: the heap names no roots\n"
    );
}

#[test]
fn leaks_end_with_a_code_of_their_own_if_asked_to() {
    let (code, said) = refused_question(&["leaks", "--fail"]);
    assert_eq!(code, 7, "{said}");
    let clean = heap(&[r#"{"id":1,"type":"A","root":"a"}"#]);
    assert_eq!(
        told(&run(&["leaks", "-", "--fail"], clean.as_bytes())),
        (0, String::new())
    );
}

#[test]
fn what_cannot_be_drawn_has_a_code_of_its_own() {
    let links = (0..2000).map(|id| format!(r#"{{"id":{id},"type":"A","refs":[[{}]]}}"#, id + 1));
    let mut links: Vec<String> = links.collect();
    links.push(r#"{"id":2000,"type":"A"}"#.to_owned());
    let links: Vec<&str> = links.iter().map(String::as_str).collect();
    let (code, said) = told(&run(
        &[
            "refs",
            "-",
            "#0",
            "--max-depth",
            "2000",
            "--engine",
            "layout-rs",
        ],
        heap(&links).as_bytes(),
    ));
    assert!(
        code == 4 && said.contains("too many for layout-rs"),
        "{said}"
    );
}
