//! Which objects are there: Python's `gc.get_objects`, and objgraph's counts of them.

use objgraph::{Counted, Trace};
use std::rc::Rc;

/// Counted wherever it lives: on the stack, in a vector, behind any pointer.
#[derive(Trace)]
#[trace(count)]
struct Token {
    text: String,
    count: Counted<Self>,
}

/// Tracked one by one, so that each can be found again.
#[derive(Trace)]
struct Document {
    title: String,
    tokens: Vec<Token>,
}

fn document(title: &str) -> Rc<Document> {
    let token = |text: &str| Token {
        text: text.to_owned(),
        count: Counted::new(),
    };
    objgraph::tracked(Document {
        title: title.to_owned(),
        tokens: title.split(' ').map(token).collect(),
    })
}

#[expect(
    clippy::print_stdout,
    reason = "the answer is what this program is for"
)]
fn main() {
    let library = [
        document("The Rust Programming Language"),
        document("Crafting Interpreters"),
    ];
    drop(document("A draft that is thrown away"));

    for object in objgraph::get_objects() {
        println!("{object}");
    }
    println!("{} documents", objgraph::count("Document"));
    for document in objgraph::by_type::<Rc<Document>>() {
        println!("  {}: {} tokens", document.title, document.tokens.len());
    }
    objgraph::show_most_common_types(10);

    let mark = objgraph::mark();
    let _new = document("Programming Rust");
    for object in objgraph::new_since(&mark) {
        println!("new: {object}");
    }
    for held in objgraph::leaking_objects() {
        println!("{held}");
    }
    let _root = objgraph::root("a book", &library[1]);
    println!(
        "{}",
        objgraph::find_backref_chain(&library[1]).expect("it is a root")
    );
}
