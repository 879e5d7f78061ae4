//! Leaked objects are found, all of them and nothing else, whatever holds the others.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use objgraph::{Trace, tracked, tracked_arc};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

/// How many families each holder has.
const N_FAMILIES: usize = 13_000;

/// The objects of a family: a parent, two children, which hold it, and what hangs on them.
const N_OBJECTS: usize = 7;

thread_local! {
    static N_DROPPED: Cell<usize> = const { Cell::new(0) };
    static UNTRACED: RefCell<Vec<Rc<Person>>> = const { RefCell::new(Vec::new()) };
}

#[derive(Trace)]
struct Person {
    #[trace(breakable)]
    parent: RefCell<Option<Rc<Person>>>,
    children: RefCell<Vec<Rc<Person>>>,
    pet: Box<Pet>,
    toy: Option<Rc<Toy>>,
}

#[derive(Trace)]
struct Pet(Option<Rc<Toy>>);

#[derive(Trace)]
struct Toy(u8);

impl Drop for Person {
    fn drop(&mut self) {
        N_DROPPED.set(N_DROPPED.get() + 1);
    }
}

impl Drop for Pet {
    fn drop(&mut self) {
        N_DROPPED.set(N_DROPPED.get() + 1);
    }
}

impl Drop for Toy {
    fn drop(&mut self) {
        N_DROPPED.set(N_DROPPED.get() + 1);
    }
}

/// Seven objects: three persons with a pet each, and a toy that two of them share.
fn family() -> Rc<Person> {
    let toy = Rc::new(Toy(1));
    let person = |toy| {
        tracked(Person {
            parent: RefCell::default(),
            children: RefCell::default(),
            pet: Box::new(Pet(None)),
            toy,
        })
    };
    let parent = person(None);
    for _ in 0..2 {
        let child = person(Some(toy.clone()));
        child.parent.replace(Some(parent.clone()));
        parent.children.borrow_mut().push(child);
    }
    parent
}

fn families() -> impl Iterator<Item = Rc<Person>> {
    (0..N_FAMILIES).map(|_| family())
}

/// Holds what it does not show.
#[derive(Trace)]
struct Shy {
    #[trace(skip)]
    #[expect(dead_code, reason = "only held")]
    hidden: Rc<Person>,
}

/// A million objects and more: of twelve kinds of holders, only one is none.
#[test]
fn in_a_mixed_heap_what_leaked_is_found_and_nothing_else() {
    families().for_each(drop);
    let on_the_stack: Vec<_> = families().collect();
    UNTRACED.with_borrow_mut(|untraced| untraced.extend(families()));
    let raw: Vec<*const Person> = families().map(Rc::into_raw).collect();
    let all: Vec<_> = families().collect();
    let closure = move || all.len();
    let shy: Vec<_> = families().map(|hidden| tracked(Shy { hidden })).collect();
    let weak: Vec<Weak<Person>> = families().map(|parent| Rc::downgrade(&parent)).collect();
    let registered = Rc::new(families().collect::<Vec<_>>());
    let root = objgraph::root("registered", &registered);
    let inside: Vec<_> = families()
        .map(|parent| parent.children.borrow()[0].clone())
        .collect();
    let busy: Vec<_> = families().collect();
    let borrowed: Vec<_> = busy
        .iter()
        .map(|parent| parent.children.borrow_mut())
        .collect();
    let boxed: Vec<Box<dyn Fn() -> usize>> = families()
        .map(|parent| Box::new(move || Rc::strong_count(&parent)) as _)
        .collect();

    let report = objgraph::find_leaks();
    assert!(
        report.graph().n_nodes() >= 1_000_000,
        "{}",
        report.graph().n_nodes()
    );
    assert_eq!(report.n_leaked(), N_FAMILIES * N_OBJECTS);
    assert_eq!(report.weakly_held().len(), N_FAMILIES * N_OBJECTS);
    let [kind] = report.kinds() else {
        panic!("one kind: {report}")
    };
    assert_eq!(
        kind.to_string(),
        "Person.children[] → Person.parent → Person"
    );
    assert_eq!(
        (
            kind.culprits.len(),
            kind.on_cycles.count,
            kind.hanging.count
        ),
        (N_FAMILIES, 3 * N_FAMILIES, 4 * N_FAMILIES)
    );
    assert_eq!(
        kind.fixes[0].to_string(),
        "Person.parent: Rc<Person> → Weak<Person>"
    );

    // Cutting the proposed field alone runs exactly as many drops as were reported.
    assert_eq!(report.n_freed_by_fixes(), N_FAMILIES * N_OBJECTS);
    let broken = report.break_cycles(|edge| kind.is_fixed_at(edge));
    assert_eq!(
        (broken.n_freed, broken.n_busy, broken.n_left),
        (N_FAMILIES * N_OBJECTS, 0, 0)
    );
    assert_eq!(broken.n_released, 2 * N_FAMILIES);
    assert_eq!(N_DROPPED.get(), N_FAMILIES * N_OBJECTS);
    assert!(objgraph::find_leaks().is_empty());

    drop((borrowed, root));
    assert_eq!(
        closure() + boxed.iter().map(|count| count()).sum::<usize>(),
        N_FAMILIES + 3 * N_FAMILIES
    );
    // What lost its holder meanwhile has leaked from now on.
    drop((
        on_the_stack,
        inside,
        shy,
        weak,
        registered,
        boxed,
        busy,
        closure,
    ));
    UNTRACED.with_borrow_mut(Vec::clear);
    for parent in raw {
        // SAFETY: the pointer is from `into_raw`, and used once.
        drop(unsafe { Rc::from_raw(parent) });
    }
    let report = objgraph::find_leaks();
    assert_eq!(
        (report.n_leaked(), report.weakly_held().len()),
        (10 * N_FAMILIES * N_OBJECTS, 0)
    );
    assert_eq!(
        report.break_cycles(|_| true).n_freed,
        10 * N_FAMILIES * N_OBJECTS
    );
    assert_eq!(N_DROPPED.get(), 11 * N_FAMILIES * N_OBJECTS);
}

#[derive(Trace)]
struct Node {
    #[trace(breakable)]
    next: Mutex<Option<Arc<Node>>>,
    #[trace(breakable)]
    other: Mutex<Option<Arc<Node>>>,
}

fn node() -> Arc<Node> {
    tracked_arc(Node {
        next: Mutex::default(),
        other: Mutex::default(),
    })
}

fn ring(n_nodes: usize) -> Vec<Arc<Node>> {
    let nodes: Vec<_> = (0..n_nodes).map(|_| node()).collect();
    for (place, node) in nodes.iter().enumerate() {
        *node.next.lock().unwrap() = Some(nodes[(place + 1) % n_nodes].clone());
    }
    nodes
}

/// One handle moves from lock to lock, and its holder from object to object; all the while nothing is leaked.
#[test]
fn threads_that_pass_handles_on_are_never_called_leaked() {
    let (stop, stopped) = mpsc::channel::<()>();
    let (sender, receiver) = mpsc::channel();
    let busy = thread::spawn(move || {
        let nodes = ring(3);
        let (mut here, moving) = (nodes[0].clone(), nodes[1].clone());
        *here.other.lock().unwrap() = Some(moving);
        drop(nodes);
        let mut n_moves = 0_u64;
        while stopped.try_recv() == Err(mpsc::TryRecvError::Empty) {
            let next = here
                .next
                .lock()
                .unwrap()
                .clone()
                .expect("a ring has no end");
            let moving = here.other.lock().unwrap().take();
            *next.other.lock().unwrap() = moving;
            here = next;
            n_moves += 1;
        }
        sender.send(n_moves).unwrap();
        // The handle that moved closes a ring too.
        here.other.lock().unwrap().take();
        here.next.lock().unwrap().take();
    });
    for _ in 0..10_000 {
        let report = objgraph::find_leaks();
        assert!(report.is_empty(), "{report}");
    }
    drop(stop);
    assert!(receiver.recv().unwrap() > 0);
    busy.join().unwrap();
}

/// Reports its handle twice, so that somebody else's is thought to be its own.
#[derive(Default)]
struct Liar(RefCell<Option<Rc<Liar>>>);

impl Trace for Liar {
    fn trace<'a>(&'a self, tracer: &mut objgraph::Tracer<'a>) {
        tracer.field("once", &self.0);
        tracer.field("twice", &self.0);
    }
}

#[test]
fn who_reports_a_handle_twice_is_named_and_not_judged() {
    let liar = tracked(Liar::default());
    liar.0.replace(Some(liar.clone()));
    // The second report hides the handle of this function.
    let report = objgraph::find_leaks();
    assert!(report.is_empty());
    let text = report.to_string();
    assert!(
        text.contains("the impl of `Trace` for Liar reports one handle twice"),
        "{text}"
    );
    liar.0.take();
}

#[test]
fn a_report_means_the_same_fields_when_other_types_have_gone_meanwhile() {
    let others = (tracked(1_u8), tracked(String::from("first")));
    family();
    let report = objgraph::find_leaks();
    drop(others);
    let kind = &report.kinds()[0];
    let broken = report.break_cycles(|edge| kind.is_fixed_at(edge));
    assert_eq!((broken.n_freed, broken.n_released), (N_OBJECTS, 2));
}
