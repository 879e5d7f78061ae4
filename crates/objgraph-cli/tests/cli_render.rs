//! `objgraph render`, as a person runs it.

mod command;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use command::{folder, stdout, told};

/// Runs `objgraph render`; `input` goes to standard input.
fn render(arguments: &[&str], input: &[u8]) -> Output {
    command::run(&[&["render"], arguments].concat(), input)
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dot");
    let entries = fs::read_dir(folder).expect("samples are there");
    entries
        .map(|entry| entry.expect("readable").path())
        .collect()
}

#[test]
fn every_sample_is_drawn_in_every_format() {
    let folder = folder("formats");
    for sample in samples() {
        for (extension, start) in [
            ("svg", "<svg"),
            ("png", "\u{FFFD}PNG"),
            ("dot", ""),
            ("plain", "graph 1 "),
            ("json", "{\"format\":\"objgraph-picture\""),
        ] {
            let path = folder.join(format!("out.{extension}"));
            let (input, output) = (
                sample.to_str().expect("UTF-8"),
                path.to_str().expect("UTF-8"),
            );
            let done = render(&[input, "-o", output], b"");
            assert_eq!(told(&done), (0, String::new()), "{input} as {extension}");
            let written = fs::read(&path).expect("it is written");
            assert!(
                String::from_utf8_lossy(&written).starts_with(start),
                "{input} as {extension}"
            );
        }
    }
}

#[test]
fn standard_input_and_output_are_dashes() {
    let svg = stdout(&render(&["-"], b"digraph { a -> b }"));
    assert!(svg.starts_with("<svg") && svg.contains("2 nodes, 1 edge"));
    let plain = stdout(&render(
        &["-", "-o", "-", "-T", "plain", "--direction", "lr"],
        b"digraph { a -> b }",
    ));
    let place = |name: &str| {
        let line = plain
            .lines()
            .find(|line| line.starts_with(&format!("node {name} ")));
        let x = line
            .and_then(|line| line.split(' ').nth(2))
            .expect("the node is there");
        x.parse::<f64>().expect("a number")
    };
    assert!(place("a") < place("b"));
}

#[test]
fn scale_multiplies_svg_and_png() {
    let width = |scale: &str| {
        let svg = stdout(&render(&["-", "--scale", scale], b"graph { a }"));
        let start = svg.split("width=\"").nth(1).expect("it has a width");
        start
            .split('"')
            .next()
            .expect("closed")
            .parse::<f64>()
            .expect("a number")
    };
    assert!((width("2") - 2.0 * width("1")).abs() < 1e-9);
    let png = render(&["-", "-T", "png", "--scale", "1"], b"graph { a }").stdout;
    let twice = render(&["-", "-T", "png"], b"graph { a }").stdout;
    let pixels = |png: &[u8]| u32::from_be_bytes(png[16..20].try_into().expect("four bytes"));
    assert_eq!(pixels(&twice), 2 * pixels(&png));
}

#[test]
fn mistakes_in_dot_name_file_line_and_column() {
    let path = folder("mistakes").join("in.dot");
    fs::write(&path, "digraph {\n  a -- b\n}").expect("written");
    let name = path.to_str().expect("UTF-8");
    let message =
        format!("objgraph: {name}:2:5: expected `->`, since this is a digraph, found `--`\n");
    assert_eq!(told(&render(&[name], b"")), (3, message));
    for (input, message) in [
        (
            &b""[..],
            "1:1: expected `graph` or `digraph`, found the end of the file",
        ),
        (
            b"digraph { a [label=\"x",
            "1:20: the string that begins here does not end; expected a closing `\"`",
        ),
        (
            b"graph { \0 }",
            "1:9: expected a name, a string, a number or one of `{}[]=;,`, found `\\0`",
        ),
        (
            b"\xFF\xFEg\0",
            "1:1: expected UTF-8 or Latin-1, found UTF-16; save the file as UTF-8",
        ),
    ] {
        assert_eq!(
            told(&render(&["-"], input)),
            (3, format!("objgraph: standard input:{message}\n"))
        );
    }
}

#[test]
fn odd_input_is_drawn_with_a_warning() {
    let (code, said) = told(&render(
        &["-"],
        b"graph { caf\xE9 [foo=1, bar=2] b [foo=3] } graph {}",
    ));
    assert_eq!(code, 0);
    assert_eq!(
        said,
        "objgraph: standard input: warning: only the first graph is read; another begins in line 1\n\
         objgraph: standard input: warning: byte 0xe9 in line 1 is not UTF-8; the file is read as Latin-1\n\
         objgraph: standard input: warning: 2 attributes that nothing here knows were ignored: bar, foo\n"
    );
}

#[test]
fn what_cannot_be_read_or_written_says_why() {
    let folder = folder("unwritable");
    let name = folder.to_str().expect("UTF-8");
    let (code, said) = told(&render(&[name], b""));
    assert_eq!(
        (code, said),
        (1, format!("objgraph: cannot read {name}: it is a folder\n"))
    );
    let (code, said) = told(&render(&["no such file.dot"], b""));
    assert!(
        code == 1 && said.starts_with("objgraph: cannot read no such file.dot: "),
        "{said}"
    );
    let missing = folder.join("missing/out.svg");
    let (code, said) = told(&render(
        &["-", "-o", missing.to_str().expect("UTF-8")],
        b"graph {}",
    ));
    assert!(
        code == 5 && said.starts_with("objgraph: cannot write "),
        "{said}"
    );
    let (code, said) = told(&render(&["-", "-o", "out.bmp"], b"graph {}"));
    assert!(
        code == 2 && said.contains("cannot tell the format of out.bmp"),
        "{said}"
    );
    let (code, said) = told(&render(&["-", "--scale", "0"], b"graph {}"));
    assert!(
        code == 2 && said.contains("a positive number such as 1.5 is needed"),
        "{said}"
    );
}

#[test]
fn a_file_stays_as_it_was_when_the_input_is_wrong() {
    let path = folder("kept").join("out.svg");
    fs::write(&path, "old").expect("written");
    assert_eq!(
        told(&render(
            &["-", "-o", path.to_str().expect("UTF-8")],
            b"graph {"
        ))
        .0,
        3
    );
    assert_eq!(fs::read_to_string(&path).expect("still there"), "old");
}

#[test]
fn a_graph_too_large_for_an_engine_says_what_to_do() {
    let chain: Vec<String> = (0..2000).map(|node| format!("n{node}")).collect();
    let text = format!("digraph {{ {} }}", chain.join(" -> "));
    let (code, said) = told(&render(&["-", "--engine", "layout-rs"], text.as_bytes()));
    assert_eq!(
        (code, said.as_str()),
        (
            4,
            "objgraph: 2000 nodes and 1999 edges are too many for layout-rs; use --engine layered, or draw a part of the \
             graph\n"
        )
    );
}

#[test]
fn a_closed_pipe_is_success() {
    let mut child = command::objgraph()
        .args(["render", "-"])
        .spawn()
        .expect("the command is built");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(b"graph { a }").expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(told(&output), (0, String::new()));
}
