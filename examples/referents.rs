//! What a value refers to directly: Python's `gc.get_referents`, with the field of each reference.
//!
//! Look at the labels: inline structs, options and map keys are part of the path, not objects of their own.

use objgraph::Trace;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

#[derive(Trace)]
struct Page {
    title: String,
    layout: Layout,
    links: BTreeMap<&'static str, Rc<String>>,
    next: Option<Box<i32>>,
    opener: Weak<String>,
}

#[derive(Trace)]
struct Layout {
    columns: [Rc<u32>; 2],
}

#[expect(
    clippy::print_stdout,
    reason = "the answer is what this program is for"
)]
fn main() {
    let home = Rc::new("https://example.org".to_owned());
    let column = Rc::new(480);
    let page = Page {
        title: "News".to_owned(),
        layout: Layout {
            columns: [column.clone(), column],
        },
        links: BTreeMap::from([("home", home.clone())]),
        next: Some(Box::new(2)),
        opener: Rc::downgrade(&home),
    };

    let graph = objgraph::refs(&page).name("page").graph();
    for edge in graph.edges_from(graph.roots()[0].node) {
        let referent = graph.node(edge.target);
        println!(
            "page{} → {referent} {} ({})",
            edge.label(),
            referent.value(),
            edge.kind.label()
        );
    }
}
