//! What is wrong with texts that are no queries.

use crate::query::condition::{Key, STATE_NAMES, STATES};
use crate::query::{Query, QueryError};
use objgraph_trace::State;

const TERM: &str = "a condition such as type:Session or size>1MB";
const ID: &str = "the number of an object, such as #12 or #0x7f3a";
const SIZE: &str = "a size such as 4096, 1.5MB or 64KiB";
const UNIT: &str = "a unit: B, kB, KiB, MB, MiB, GB, GiB, TB or TiB";
const WHOLE: &str = "a whole number below 2^64";

/// Texts with what is expected and found instead, and where.
const UNEXPECTED: [(&str, usize, &str, &str); 23] = [
    ("", 1, TERM, "the end"),
    ("Session and", 12, TERM, "the end"),
    ("or Session", 1, TERM, "`or`"),
    ("()", 2, TERM, "`)`"),
    ("ä or >3", 6, TERM, "`>`"),
    ("Session)", 8, "`and`, `or` or the end", "`)`"),
    ("type: ", 7, "a text", "the end"),
    ("(type:)", 7, "a text", "`)`"),
    ("type>3", 5, "`:` or `~`", "`>`"),
    ("size:1MB", 5, "`>`, `>=`, `<`, `<=` or `=`", "`:`"),
    ("size>big", 6, SIZE, "`big`"),
    ("size>1XB", 7, UNIT, "`XB`"),
    ("size>1.5", 9, UNIT, "the end"),
    ("size>99999999TiB", 6, "a size below 2^64", "`99999999TiB`"),
    (
        "weak>18446744073709551616",
        6,
        WHOLE,
        "`18446744073709551616`",
    ),
    ("weak>1.5", 6, WHOLE, "`1.5`"),
    ("weak>3kB", 6, WHOLE, "`3kB`"),
    ("weak>_", 6, WHOLE, "`_`"),
    ("#12a", 2, ID, "`12a`"),
    ("# 12", 2, ID, "` `"),
    ("#0x", 2, ID, "`0x`"),
    ("state~locked", 6, "`:`", "`~`"),
    ("state:", 7, "the name of a state", "the end"),
];

#[test]
fn errors_say_what_could_stand_where() {
    for (text, column, expected, found) in UNEXPECTED {
        let message = format!("column {column}: expected {expected}, found {found}");
        let error = Query::parse(text).unwrap_err();
        assert_eq!(
            (error.to_string(), error.column()),
            (message, column),
            "{text}"
        );
    }
}

#[test]
fn what_does_not_end_is_named_by_its_beginning() {
    let unclosed = [
        ("a ((b)", 3, "parenthesis"),
        ("type:\"a", 6, "text"),
        ("value:a(b (", 8, "bracket"),
        ("not value~[a", 11, "bracket"),
    ];
    for (text, column, what) in unclosed {
        let message =
            format!("column {column}: the {what} that begins here does not end; expected ");
        let error = Query::parse(text).unwrap_err().to_string();
        assert!(error.starts_with(&message), "{text}: {error}");
    }
}

#[test]
fn unknown_names_are_told_which_there_are() {
    let unknown = [
        ("sise>1MB", 1, "sise"),
        ("sise<1MB", 1, "sise"),
        ("sise <1MB", 1, "sise"),
        ("sise<=1", 1, "sise"),
        ("a::b or typ:x", 9, "typ"),
        ("typ~x", 1, "typ"),
        ("not:x", 1, "not"),
        ("state:asleep", 7, "asleep"),
    ];
    for (text, column, name) in unknown {
        let error = Query::parse(text).unwrap_err();
        assert!(
            matches!(error, QueryError::UnknownName { .. }),
            "{text}: {error}"
        );
        let (start, end) = (
            format!("column {column}: expected one of `t"),
            format!(", found `{name}`"),
        );
        let message = error.to_string();
        assert!(
            message.starts_with(&start) && message.ends_with(&end),
            "{text}: {error}"
        );
    }
}

#[test]
fn a_regex_that_is_none_is_named() {
    let error = Query::parse("a and value~\"(b\"").unwrap_err();
    assert!(
        matches!(error, QueryError::Regex { column: 13, .. }),
        "{error}"
    );
}

#[test]
fn names_in_errors_are_those_that_are_read() {
    let listed = |names: &str| {
        names
            .split(", ")
            .map(|name| name.trim_matches('`').to_owned())
            .collect()
    };
    let keys: Vec<String> = listed(Key::NAMES);
    assert_eq!(keys, Key::ALL.map(|(name, _)| name));
    let states: Vec<String> = listed(STATE_NAMES);
    assert_eq!(states, STATES.map(|(name, _)| name));
    assert_eq!(STATES.map(|(_, state)| state), State::ALL);
}

#[test]
fn a_caret_points_at_the_column() {
    let point = |text: &str| Query::parse(text).unwrap_err().point_at(text);
    assert_eq!(point("a\nor )"), "a or )\n     ^");
    let long = format!("{}) {}", "a ".repeat(40), "b ".repeat(40));
    let lines = point(&long);
    let (query, caret) = lines.split_once('\n').unwrap();
    assert!(query.starts_with('…') && query.ends_with('…'), "{query}");
    assert_eq!(query.chars().nth(caret.len() - 1), Some(')'));
}

#[test]
fn regular_expressions_take_bounded_memory() {
    let many = "value~a ".repeat(101);
    let error = Query::parse(&many).unwrap_err();
    assert_eq!(
        error,
        QueryError::TooManyRegexes {
            column: 807,
            limit: 100
        }
    );
    let large = Query::parse("value~\"(((a{100}){100}){100}){100}\"").unwrap_err();
    assert!(
        matches!(large, QueryError::Regex { column: 7, .. }),
        "{large}"
    );
    let nested = Query::parse(&format!("value~{}{}", "(".repeat(1_000), ")".repeat(1_000)));
    assert!(matches!(nested, Err(QueryError::Regex { .. })));
}
