//! Pipes and terminals: colours, widths, and nothing that a terminal would obey.

mod command;

use std::fs;
use std::process::Stdio;

use command::{ask, objgraph, real_heap, run, told};

/// The commands that ask one heap without naming objects.
const QUESTIONS: [&str; 6] = ["summary", "types", "retained", "cycles", "leaks", "waste"];

#[test]
fn a_closed_pipe_is_success() {
    let heap = real_heap();
    for arguments in [
        &["summary", &heap][..],
        &["types", &heap, "-n", "0"],
        &["retained", &heap, "-n", "0", "--json"],
        &["refs", &heap, "#6081"],
        &["convert", &heap, "-"],
        &["completions", "bash"],
    ] {
        let mut child = objgraph()
            .args(arguments)
            .stdin(Stdio::null())
            .spawn()
            .expect("the command is built");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(told(&output), (0, String::new()), "{arguments:?}");
    }
}

#[test]
fn standard_input_is_a_dash() {
    let heap = fs::read(real_heap()).expect("it is there");
    for question in QUESTIONS {
        let piped = run(&[question, "-", "--json"], &heap);
        let known = ask(&[question, &real_heap(), "--json"]);
        assert!(command::stdout(&piped) == known, "{question}");
    }
}

#[test]
fn colours_are_used_where_they_are_asked_for() {
    let is_coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = objgraph();
        command.args(["types", &real_heap()]).args(arguments);
        command.envs(variables.iter().copied());
        let output = command.output().expect("the command is built");
        command::stdout(&output).contains('\u{1b}')
    };
    assert!(!is_coloured(&[], &[]));
    assert!(is_coloured(&["--color", "always"], &[]));
    assert!(is_coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_coloured(
        &[],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    assert!(is_coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!is_coloured(
        &["--color", "never"],
        &[("CLICOLOR_FORCE", "1")]
    ));
}

#[test]
fn no_line_is_wider_than_a_pipe_is_taken_to_be() {
    let heap = real_heap();
    let asked = QUESTIONS.map(|question| vec![question, &heap]).into_iter();
    let others = [
        vec!["show", &heap, "#5410"],
        vec!["diff", &heap, &heap],
        vec!["types", &heap, "--by", "module"],
    ];
    for arguments in asked.chain(others) {
        // What can be copied is not cut.
        let answer = ask(&arguments);
        for line in answer.lines().filter(|line| !line.contains(" objgraph ")) {
            assert!(line.chars().count() <= 100, "{arguments:?}: {line}");
        }
    }
}

#[test]
fn terminals_are_not_told_what_to_do_by_a_heap() {
    let nasty = r"\u001b[31mred\u0007";
    let object = format!(
        r#"{{"id":1,"type":"A{nasty}","module":"{nasty}","value":"{nasty}","root":"{nasty}","site":"{nasty}","refs":[[1,"{nasty}"]]}}"#
    );
    let heap = heap_of_one(&object);
    let asked = QUESTIONS.map(|question| vec![question, "-"]).into_iter();
    let others = [
        vec!["why", "-", "#1"],
        vec!["show", "-", "#1"],
        vec!["chain", "-", "#1", "#1"],
    ];
    for arguments in asked.chain(others) {
        let answer = command::stdout(&run(&arguments, heap.as_bytes()));
        let is_obeyed = |char: char| char.is_control() && char != '\n';
        assert!(!answer.contains(is_obeyed), "{arguments:?}: {answer:?}");
    }
}

fn heap_of_one(object: &str) -> String {
    let header = format!(r#","runtime":"{0}","title":"{0}""#, r"\u001b[31m");
    command::heap_of(&header, &[object])
}
