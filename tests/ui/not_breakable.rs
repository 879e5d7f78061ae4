use objgraph::Trace;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Trace)]
struct Widget {
    #[trace(breakable)]
    parent: Option<Rc<Widget>>,
    #[trace(breakable)]
    root: RefCell<Rc<Widget>>,
}

#[derive(Trace)]
#[trace(break_with = missing)]
struct Owner {
    #[trace(break_with = clear)]
    parts: RefCell<Vec<Rc<Widget>>>,
    #[trace(break_with = borrow)]
    others: Vec<Rc<Widget>>,
}

fn clear(_: &Vec<Rc<Widget>>) {}

fn borrow(others: &Vec<Rc<Widget>>) -> &[Rc<Widget>] {
    others
}

fn main() {}
