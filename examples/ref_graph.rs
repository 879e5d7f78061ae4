//! Two lists that contain each other, and three numbers each: the picture to look at first.
//!
//! Look at the two red arrows: each list is an item of the other, so neither is ever freed.

use objgraph::Trace;
use std::cell::RefCell;
use std::rc::Rc;

/// A list of anything, as Python has it.
#[derive(Trace)]
struct List {
    items: RefCell<Vec<Rc<dyn Trace>>>,
}

fn list(numbers: [i32; 3]) -> Rc<List> {
    let items = numbers.map(|number| Rc::new(number) as Rc<dyn Trace>);
    Rc::new(List {
        items: RefCell::new(items.into()),
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let a = list([1, 2, 3]);
    let b = list([4, 5, 6]);
    a.items.borrow_mut().push(b.clone());
    b.items.borrow_mut().push(a.clone());

    for path in ["ref_graph.dot", "ref_graph.svg", "ref_graph.png"] {
        objgraph::refs(&a).name("a").root("b", &b).save(path)?;
        eprintln!("wrote {path}");
    }
    let graph = objgraph::refs(&a).root("b", &b).graph();
    eprintln!(
        "{} objects, {} references",
        graph.n_nodes(),
        graph.n_edges()
    );
    for cycle in graph.cycles() {
        eprintln!("cycle: {cycle}");
    }

    // Cut, so that the lists are freed.
    b.items.borrow_mut().pop();
    Ok(())
}
