//! What queries find.

use super::heap;
use crate::builder::{GraphBuilder, NewNode};
use crate::graph::{NodeId, ObjectGraph};
use crate::node::Bytes;
use crate::query::{Query, QueryError};

/// The positions of what a query finds, in one way and in the other.
fn found(text: &str, graph: &ObjectGraph) -> Vec<u32> {
    let query = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let matcher = query.on(graph).unwrap();
    let all: Vec<u32> = matcher.all().map(|id| id.0).collect();
    assert_eq!(matcher.first().map(|id| id.0), all.first().copied());
    let predicate = query.clone().into_predicate().unwrap();
    let one_by_one = graph.nodes().filter(|node| predicate(*node));
    assert!(
        one_by_one.map(|node| node.id().0).eq(all.iter().copied()),
        "{text}"
    );
    all
}

#[test]
fn queries_find_what_they_describe() {
    let graph = heap();
    let queries: &[(&str, &[u32])] = &[
        ("#16", &[0]),
        ("#0x10 or #0X60", &[0, 5]),
        ("#0", &[]),
        ("Session", &[0, 1]),
        ("type:Session", &[0, 1]),
        ("session", &[]),
        ("app.web.Session", &[0, 1]),
        ("app::web::Session", &[0, 1]),
        ("type:Sess*", &[0, 1, 2]),
        ("*Sto*", &[2]),
        ("\"Sess*\"", &[]),
        ("type~^Session", &[0, 1, 2]),
        ("type~(Session|str)$", &[0, 1, 3]),
        ("type~Store|list", &[2, 5]),
        ("type:RefCell<Page>", &[4]),
        ("RefCell<Page>", &[4]),
        ("core::cell::RefCell<app.Page>", &[4]),
        ("type:RefCell", &[]),
        ("module:app", &[2]),
        ("module:app.*", &[0, 1]),
        ("module~app", &[0, 1, 2]),
        ("module:\"\"", &[3, 5]),
        ("module:core::cell", &[4]),
        ("value:\"a b\"", &[0]),
        ("value:'a b'", &[0]),
        ("value:(1, 2)", &[4]),
        ("value:\"it's \"\"x\"\"\"", &[3]),
        ("value:'it''s \"x\"'", &[3]),
        ("value~\"a b\"", &[0]),
        (r"value~\ b", &[0]),
        ("value~[(]1", &[4]),
        ("value:''", &[1, 2, 5]),
        ("size>60", &[0, 2]),
        ("size >= 60", &[0, 2, 3]),
        ("size<60B", &[1, 4, 5]),
        ("size<=0.06kB", &[1, 3, 4, 5]),
        ("size=1KiB", &[2]),
        ("size = 1.0 KiB", &[2]),
        ("size=1_024 list", &[]),
        ("size=0 list", &[5]),
        ("owned>1.9kb", &[0]),
        ("strong=2", &[0]),
        ("weak>0", &[0]),
        ("refs>1", &[2]),
        ("referrers=2", &[3]),
        ("serial>5", &[1]),
        ("serial>=0", &[0, 1]),
        ("root", &[2, 5]),
        ("Root", &[]),
        ("root:main.*", &[2]),
        ("root~^main", &[2]),
        ("root:''", &[5]),
        ("state:locked", &[1]),
        ("STATE:Traced root", &[2, 5]),
        ("site~main.py", &[0]),
        ("site:store.py:9", &[2]),
        ("not type:Sess*", &[3, 4, 5]),
        ("!Session&!root", &[3, 4]),
        ("Session|str", &[0, 1, 3]),
        ("list or Session and #16", &[0, 5]),
        ("(list or Session) and #16", &[0]),
        ("(list or Session)#16", &[0]),
        ("not list and not Session", &[2, 3, 4]),
        ("not (list or Session)", &[2, 3, 4]),
        ("Session not #16", &[1]),
        ("NOT NOT list OR str And root", &[5]),
        ("not not not list", &[0, 1, 2, 3, 4]),
        ("type:and or order", &[]),
        ("value~(a b)|x", &[0, 3]),
        ("(site~(main|store).py)", &[0, 2]),
    ];
    for (text, ids) in queries {
        assert_eq!(found(text, &graph), *ids, "{text}");
    }
}

#[test]
fn retained_sizes_are_asked_for_only_where_they_are_known() {
    let graph = heap();
    let query = Query::parse("Session and retained>1kB").unwrap();
    assert_eq!(
        query.on(&graph).unwrap_err(),
        QueryError::RetainedUnknown { column: 13 }
    );
    assert!(query.clone().into_predicate().is_err());
    let retained = [10, 2_000, 2_000, 0, 0, 0].map(Bytes);
    let matcher = query.on_retained(&graph, &retained);
    assert!(matcher.all().eq([NodeId(1)]));
}

#[test]
fn types_that_no_object_has_are_named_with_those_that_are_near() {
    let graph = heap();
    let said = |text: &str| {
        let unknown = Query::parse(text).unwrap().unknown_types(&graph);
        unknown
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(said("Session or type:Foo* or type~bar"), "");
    assert_eq!(
        said("Sesion or not type:Sesion"),
        "no object of type Sesion; did you mean Session (2), SessionStore (1)?"
    );
    assert_eq!(
        said("app.web.Sesion or Zebra"),
        "no object of type app.web.Sesion; did you mean app.web.Session (2), app.SessionStore (1)?\nno object of type Zebra"
    );
}

#[test]
fn depth_takes_no_stack() {
    let graph = heap();
    let deep = 100_000;
    let queries = [
        format!("{}list{}", "(".repeat(deep), ")".repeat(deep)),
        format!("{}list", "not ".repeat(deep)),
        format!("{}list", "list and (".repeat(deep)) + &")".repeat(deep),
        "str or ".repeat(deep) + "list",
    ];
    for text in queries {
        let query = Query::parse(&text).unwrap();
        assert!(found(&text, &graph).contains(&5));
        assert!(Query::parse(&query.to_string()).unwrap() == query);
    }
    let open = "(".repeat(deep);
    assert_eq!(Query::parse(&open).unwrap_err().column(), deep + 1);
    let brackets = "value:".to_owned() + &open;
    assert_eq!(Query::parse(&brackets).unwrap_err().column(), 7);
}

#[test]
fn objects_of_a_trace_are_found_by_their_numbers() {
    let mut builder = GraphBuilder::default();
    builder.add_node(NewNode::new("a"));
    builder.add_node(NewNode::new("b"));
    assert_eq!(found("#1", &builder.finish()), [1]);
}
