//! A cycle of `Rc`s, found: what Python's collector would free, and Rust never does.
//!
//! Look at the path: it names the field to turn into a `Weak`, here `Node.parent`.

use objgraph::Trace;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Trace)]
struct Node {
    name: &'static str,
    parent: RefCell<Option<Rc<Node>>>,
    children: RefCell<Vec<Rc<Node>>>,
}

fn node(name: &'static str) -> Rc<Node> {
    Rc::new(Node {
        name,
        parent: RefCell::default(),
        children: RefCell::default(),
    })
}

fn adopt(parent: &Rc<Node>, child: Rc<Node>) {
    *child.parent.borrow_mut() = Some(parent.clone());
    parent.children.borrow_mut().push(child);
}

#[expect(
    clippy::print_stdout,
    reason = "the answer is what this program is for"
)]
fn main() {
    let window = node("window");
    let toolbar = node("toolbar");
    adopt(&toolbar, node("button"));
    adopt(&window, toolbar);

    let graph = objgraph::refs(&window).name("window").graph();
    let components = graph.components();
    for cycle in graph.cycles() {
        println!("cycle: {cycle}");
        println!(
            "objects that keep each other alive: {}",
            cycle.component_size
        );
        for id in components.around(cycle.nodes[0]).into_iter().flatten() {
            println!("  {} {}", graph.node(*id), graph.node(*id).value());
        }
    }

    // Cut the ways back, as a `Weak` would from the start.
    let toolbar = window.children.borrow()[0].clone();
    for child in [&toolbar, &toolbar.children.borrow()[0]] {
        println!("cutting the parent of {}", child.name);
        *child.parent.borrow_mut() = None;
    }
    println!("cycles now: {}", objgraph::graph(&window).cycles().len());
}
