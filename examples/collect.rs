//! What `gc.collect()` does in Python: two objects that only hold each other are found, and freed.
//!
//! ```python
//! a, b = Node("a"), Node("b")
//! a.other, b.other = b, a
//! del a, b
//! print(gc.collect())   # 2
//! ```
//!
//! Rust has no collector, so the type says how it is let go: its field is `breakable`.

use objgraph::Trace;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Trace)]
struct Node {
    name: &'static str,
    #[trace(breakable)]
    other: RefCell<Option<Rc<Node>>>,
}

fn node(name: &'static str) -> Rc<Node> {
    objgraph::tracked(Node {
        name,
        other: RefCell::default(),
    })
}

#[expect(
    clippy::print_stdout,
    reason = "the answer is what this program is for"
)]
fn main() {
    let (a, b) = (node("a"), node("b"));
    a.other.replace(Some(b.clone()));
    b.other.replace(Some(a.clone()));
    assert!(objgraph::find_leaks().is_empty());

    drop((a, b));
    let report = objgraph::find_leaks();
    println!("{report}");

    // Nothing is freed without a word, and nothing that is not proven to be leaked.
    let broken = report.break_cycles(|edge| {
        println!("letting go of {}", edge.label());
        true
    });
    println!("{}", broken.n_freed);
    assert!(objgraph::find_leaks().is_empty());
}
