//! The page on queries says what is true.

use objgraph::{Query, Trace};
use std::rc::Rc;

const PAGE: &str = include_str!("../../docs/queries.md");

/// What stands between backquotes in the first column of the tables, where a `|` is escaped.
fn queries() -> Vec<String> {
    let rows = PAGE.lines().filter(|line| line.starts_with("| `"));
    let first_columns = rows.filter_map(|row| row[2..].split(" | ").next());
    let spans = first_columns.flat_map(|column| column.split('`').skip(1).step_by(2));
    spans.map(|query| query.replace("\\|", "|")).collect()
}

#[test]
fn every_query_of_the_page_is_one() {
    let queries = queries();
    assert!(queries.len() > 40, "{queries:?}");
    for text in queries {
        let query = Query::parse(&text);
        let query = query.unwrap_or_else(|error| panic!("{error}\n{}", error.point_at(&text)));
        assert_eq!(Query::parse(&query.to_string()), Ok(query));
    }
}

#[test]
fn the_mistake_of_the_page_is_answered_as_it_says() {
    let text = "type:Session and sise>1MB";
    let error = Query::parse(text).expect_err("there is no `sise`");
    assert!(PAGE.contains(&format!("{}\n{error}\n", error.point_at(text))));
}

#[test]
fn objects_of_a_program_are_found() {
    #[derive(Trace)]
    struct Session {
        user: String,
    }
    let session = |user: &str| Rc::new(Session { user: user.into() });
    let sessions = vec![session("ann"), session("bob")];
    let graph = objgraph::refs(&sessions).name("sessions").graph();

    let n_found = |text: &str| {
        let query = Query::parse(text).expect(text);
        query
            .on(&graph)
            .expect("it asks for no retained size")
            .all()
            .count()
    };
    assert_eq!(n_found("Session"), 2);
    assert_eq!(n_found("Session root"), 0);
    assert_eq!(n_found("root:sessions refs=2"), 1);
    assert_eq!(n_found("type:queries.*.Session or queries::*"), 2);
    assert_eq!(n_found("*"), 3);
}
