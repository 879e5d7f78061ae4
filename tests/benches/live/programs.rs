//! A program that builds a tree of named nodes, in variants that differ in how its objects are known.

use objgraph::Trace;
use objgraph_watch::{Count, Counted, Counter};
use std::cell::RefCell;
use std::rc::Rc;

/// How many children a node has.
const FAN_OUT: usize = 8;

/// What a node has beside the rest, so that it is counted.
pub(crate) trait Known: Trace + Sized + 'static {
    /// One for a new node.
    fn new() -> Self;
}

/// Nothing.
#[derive(Trace)]
pub(crate) struct Unknown;

impl Known for Unknown {
    #[inline]
    fn new() -> Self {
        Self
    }
}

/// Our counter.
#[derive(Trace)]
pub(crate) struct Ours(Counted<Ours>);

impl Count for Ours {
    #[inline]
    fn counter() -> &'static Counter {
        static COUNTER: Counter = Counter::new("live::Ours");
        &COUNTER
    }
}

impl Known for Ours {
    #[inline]
    fn new() -> Self {
        Self(Counted::new())
    }
}

/// That of countme, which counts types by their names.
#[derive(Trace)]
pub(crate) struct Countme(#[trace(leaf)] countme::Count<Countme>);

impl Known for Countme {
    #[inline]
    fn new() -> Self {
        Self(countme::Count::new())
    }
}

/// An object as programs have them: with a text, and with others that it holds.
#[derive(Trace)]
pub(crate) struct Node<K: Known> {
    name: String,
    children: RefCell<Vec<Rc<Node<K>>>>,
    known: K,
}

impl<K: Known> Node<K> {
    #[inline]
    pub(crate) fn new(number: usize) -> Self {
        Self {
            name: format!("node {number}"),
            children: RefCell::default(),
            known: K::new(),
        }
    }
}

/// Builds a tree of nodes; `make` decides how one is made.
pub(crate) fn build<K: Known>(
    n_objects: usize,
    make: impl Fn(Node<K>) -> Rc<Node<K>>,
) -> Vec<Rc<Node<K>>> {
    let mut nodes = Vec::with_capacity(n_objects);
    for number in 0..n_objects {
        let node = make(Node::new(number));
        if number > 0 {
            let parent: &Rc<Node<K>> = &nodes[(number - 1) / FAN_OUT];
            parent.children.borrow_mut().push(node.clone());
        }
        nodes.push(node);
    }
    nodes
}
