//! `#[trace(breakable)]` and `#[trace(break_with)]`: what a type says of how it lets go.

use objgraph::Trace;
use objgraph_trace::{Records, TraceOptions, Walk};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::{Arc, Mutex, RwLock};

/// Which references can be let go: for each breaker of the value's own node the labels, in brackets.
///
/// Then all are let go, and what has become of the value is for the caller to see.
fn let_go<T: Trace>(value: &Rc<T>) -> String {
    let mut walk = Walk::new(TraceOptions::default());
    let node = walk.add_object(value, 1);
    let (records, mut breakers) = walk.finish_to_break();
    let mut all_labels = Vec::new();
    for breaker in 0..breakers.len() {
        let (owner, references) = breakers.references(breaker);
        if owner == node {
            let labels: Vec<_> = owning(&records, node).collect();
            let labels = &labels[references.start as usize..references.end as usize];
            all_labels.push(format!("[{}]", labels.join(" ")));
        }
        assert!(breakers.release(breaker), "nothing is in use");
    }
    all_labels.concat()
}

/// The labels of the references of a node that keep alive.
fn owning(records: &Records, node: u32) -> impl Iterator<Item = String> {
    let node = &records.nodes[node as usize];
    let edges = records
        .edges
        .range(node.first_edge as usize, node.n_edges as usize);
    edges
        .filter(|edge| edge.kind().keeps_alive())
        .map(|edge| records.paths.text(edge.label()))
}

#[derive(Trace, Default)]
struct Widget {
    before: Vec<Rc<u32>>,
    #[trace(breakable)]
    parent: RefCell<Option<Rc<Widget>>>,
    weak: RefCell<Weak<Widget>>,
    #[trace(breakable, rename = "parts")]
    children: RefCell<Vec<Rc<Widget>>>,
}

#[test]
fn a_breakable_field_lets_go_of_its_own_references() {
    let widget = Rc::new(Widget {
        before: vec![Rc::new(1), Rc::new(2)],
        ..Widget::default()
    });
    *widget.parent.borrow_mut() = Some(widget.clone());
    *widget.weak.borrow_mut() = Rc::downgrade(&widget);
    *widget.children.borrow_mut() = vec![widget.clone(), widget.clone()];
    assert_eq!(let_go(&widget), "[.parent][.parts[0] .parts[1]]");
    assert_eq!((Rc::strong_count(&widget), widget.before.len()), (1, 2));
}

#[derive(Trace)]
struct Locked<T> {
    #[trace(breakable)]
    mutex: Mutex<Option<Arc<T>>>,
    #[trace(breakable)]
    lock: RwLock<Vec<Arc<T>>>,
}

#[test]
fn locks_are_emptied_too() {
    let shared = Arc::new(1_u32);
    let locked = Rc::new(Locked {
        mutex: Mutex::new(Some(shared.clone())),
        lock: RwLock::new(vec![shared.clone()]),
    });
    assert_eq!(let_go(&locked), "[.mutex][.lock[0]]");
    assert_eq!(Arc::strong_count(&shared), 1);
}

#[derive(Trace)]
enum List {
    End,
    Cons(#[trace(breakable)] RefCell<Option<Rc<List>>>),
    Named {
        #[trace(breakable)]
        next: RefCell<Option<Rc<List>>>,
        other: Rc<u32>,
    },
}

#[test]
fn a_field_of_a_variant_is_told_by_its_name() {
    let end = Rc::new(List::End);
    let cons = Rc::new(List::Cons(RefCell::new(Some(end.clone()))));
    assert_eq!(let_go(&cons), "[::Cons.0]");
    let named = Rc::new(List::Named {
        next: RefCell::new(Some(end.clone())),
        other: Rc::new(1),
    });
    assert_eq!(let_go(&named), "[::Named.next]");
    assert_eq!((let_go(&end).as_str(), Rc::strong_count(&end)), ("", 1));
    if let List::Named { other, .. } = &*named {
        assert_eq!(Rc::strong_count(other), 1);
    }
}

/// A type of links whose author has thought of everything but `Default`.
struct Links<T>(RefCell<Vec<T>>);

impl<T: Trace> Trace for Links<T> {
    fn trace<'a>(&'a self, tracer: &mut objgraph::Tracer<'a>) {
        self.0.trace(tracer);
    }
}

impl<T> Links<T> {
    fn take(&self) -> Vec<T> {
        self.0.take()
    }
}

fn trace_links<'a, T: Trace>(links: &'a Links<T>, tracer: &mut objgraph::Tracer<'a>) {
    links.trace(tracer);
}

#[derive(Trace)]
struct Node<T> {
    first: Rc<u32>,
    #[trace(break_with = Links::take)]
    links: Links<Rc<T>>,
    #[trace(with = trace_links, break_with = "Links::<Rc<T>>::take")]
    by_hand: Links<Rc<T>>,
    #[trace(node, break_with = Links::take)]
    apart: Links<Rc<T>>,
}

#[test]
fn a_function_lets_go_of_what_its_field_holds() {
    let shared = Rc::new(1_u32);
    let links = || Links(RefCell::new(vec![shared.clone(), shared.clone()]));
    let node = Rc::new(Node {
        first: shared.clone(),
        links: links(),
        by_hand: links(),
        apart: links(),
    });
    assert_eq!(
        let_go(&node),
        "[.links[0] .links[1]][.by_hand[0] .by_hand[1]][.apart]"
    );
    assert_eq!((Rc::strong_count(&shared), *node.first), (2, 1));
}

#[derive(Trace)]
#[trace(break_with = Self::clear)]
enum Shape {
    Empty,
    Pair(RefCell<Option<Rc<Shape>>>, RefCell<Option<Rc<Shape>>>),
}

impl Shape {
    fn clear(&self) -> [Option<Rc<Self>>; 2] {
        match self {
            Self::Empty => [None, None],
            Self::Pair(left, right) => [left.take(), right.take()],
        }
    }
}

#[test]
fn a_type_lets_go_of_all_that_it_holds() {
    let empty = Rc::new(Shape::Empty);
    let some = || RefCell::new(Some(empty.clone()));
    let pair = Rc::new(Shape::Pair(some(), some()));
    assert_eq!(let_go(&pair), "[::Pair.0 ::Pair.1]");
    assert_eq!(Rc::strong_count(&empty), 1);
}

#[derive(Trace)]
struct Window {
    root: Rc<u32>,
    shape: Shape,
}

#[test]
fn a_part_lets_go_of_its_own_references_alone() {
    let empty = Rc::new(Shape::Empty);
    let some = || RefCell::new(Some(empty.clone()));
    let window = Rc::new(Window {
        root: Rc::new(1),
        shape: Shape::Pair(some(), some()),
    });
    assert_eq!(let_go(&window), "[.shape::Pair.0 .shape::Pair.1]");
    assert_eq!((Rc::strong_count(&empty), *window.root), (1, 1));
}

#[derive(Trace)]
#[trace(break_with = Tail::clear)]
struct Tail<T: ?Sized> {
    cell: RefCell<Option<Rc<u32>>>,
    #[trace(break_with = drop_nothing)]
    tail: T,
}

impl<T: ?Sized> Tail<T> {
    fn clear(&self) -> Option<Rc<u32>> {
        self.cell.take()
    }
}

fn drop_nothing<T: ?Sized>(_: &T) {}

#[test]
fn what_has_no_size_can_let_go_too() {
    let shared = Rc::new(1);
    let tail: Rc<Tail<[Rc<u32>]>> = Rc::new(Tail {
        cell: RefCell::new(Some(shared.clone())),
        tail: [shared.clone()],
    });
    let mut walk = Walk::new(TraceOptions::default());
    walk.add_object(&tail, 1);
    let (_, mut breakers) = walk.finish_to_break();
    assert_eq!(breakers.len(), 2);
    assert_eq!(
        (breakers.references(0), breakers.references(1)),
        ((0, 1..2), (0, 0..2))
    );
    assert!(breakers.release(1));
    drop(breakers);
    assert_eq!((Rc::strong_count(&shared), tail.tail.len()), (2, 1));
}

/// Notes that its values are dropped, and is so careless as to drop them from within.
#[derive(Trace)]
struct Careless {
    #[trace(break_with = RefCell::take)]
    next: RefCell<Option<Rc<Careless>>>,
    #[trace(leaf)]
    n_dropped: Rc<Cell<usize>>,
}

impl Drop for Careless {
    fn drop(&mut self) {
        self.n_dropped.set(self.n_dropped.get() + 1);
    }
}

#[test]
fn a_ring_is_dropped_when_all_have_let_go() {
    let n_dropped = Rc::new(Cell::new(0));
    let careless = || {
        Rc::new(Careless {
            next: RefCell::default(),
            n_dropped: n_dropped.clone(),
        })
    };
    let (one, two) = (careless(), careless());
    *one.next.borrow_mut() = Some(two.clone());
    *two.next.borrow_mut() = Some(one.clone());
    drop(two);
    assert_eq!(let_go(&one), "[.next]");
    assert_eq!(n_dropped.get(), 1);
    drop(one);
    assert_eq!(n_dropped.get(), 2);
}
