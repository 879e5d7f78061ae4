//! What refers to a value: Python's `gc.get_referrers`, searched from the values that you name.
//!
//! Look at the last line: a chain of fields from a root is mostly what one wanted to know.

use objgraph::Trace;
use std::collections::BTreeMap;
use std::rc::Rc;

#[derive(Trace)]
struct Library {
    shelves: Vec<Shelf>,
    lent: BTreeMap<String, Rc<Book>>,
}

#[derive(Trace)]
struct Shelf {
    books: Vec<Rc<Book>>,
}

#[derive(Trace)]
struct Book {
    title: &'static str,
}

#[expect(
    clippy::print_stdout,
    reason = "the answer is what this program is for"
)]
fn main() {
    let novel = Rc::new(Book {
        title: "Middlemarch",
    });
    let atlas = Rc::new(Book { title: "Atlas" });
    let library = Library {
        shelves: vec![
            Shelf {
                books: vec![atlas.clone()],
            },
            Shelf {
                books: vec![atlas, novel.clone()],
            },
        ],
        lent: BTreeMap::from([("ada".to_owned(), novel.clone())]),
    };
    let desk = vec![novel.clone()];

    let graph = objgraph::refs(&library)
        .name("library")
        .root("desk", &desk)
        .graph();
    let Some(id) = graph.find(&novel) else { return };
    for edge in graph.edges_to(id) {
        println!(
            "{}{} → {}",
            graph.node(edge.source),
            edge.label(),
            graph.node(id)
        );
    }
    println!("alive because of {}", graph.why_alive(&novel));
}
