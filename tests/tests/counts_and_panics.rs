//! Looking changes nothing: counts and guards are as before, also when an impl panics or meddles.

#![expect(
    clippy::arc_with_non_send_sync,
    reason = "what is counted matters, and not who may send it"
)]

use objgraph::{NodeId, Trace, Tracer, TypeFacts};
use objgraph_tests::seen;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::{Rc, Weak};
use std::sync::{Arc, Mutex, RwLock};

/// A value whose impl panics, after having reported what it holds.
#[derive(Default)]
struct Bomb {
    holds: Option<Rc<Vec<Rc<u8>>>>,
}

impl Trace for Bomb {
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.field("holds", &self.holds);
        panic!("on purpose");
    }
}

/// Traces a value whose impl panics, and returns what it panicked with.
fn panic_of<T: Trace + ?Sized>(value: &T) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| objgraph::graph(value))).expect_err("it panics");
    (*panic
        .downcast::<&str>()
        .expect("the panic is the impl's own"))
    .to_owned()
}

#[test]
fn counts_in_the_graph_are_those_before_the_trace_and_stay() {
    let shared = Rc::new(RefCell::new(vec![Rc::new(1_u8)]));
    let inner = shared.borrow()[0].clone();
    let weak = Rc::downgrade(&shared);
    let value = RefCell::new(vec![shared.clone(), shared.clone()]);
    let graph = objgraph::graph(&value);
    let count = |id| (graph.strong_count(NodeId(id)), graph.weak_count(NodeId(id)));
    assert_eq!((count(1), count(2)), ((3, 1), (2, 0)));
    assert_eq!(
        (
            Rc::strong_count(&shared),
            Rc::weak_count(&shared),
            Rc::strong_count(&inner)
        ),
        (3, 1, 2)
    );
    assert_eq!(weak.strong_count(), 3);
}

#[test]
fn counts_of_arcs_behind_locks_are_those_before_the_trace_and_stay() {
    let shared = Arc::new(Mutex::new(vec![Arc::new(RwLock::new(Arc::new(1_u8)))]));
    let graph = objgraph::graph(&Mutex::new(vec![shared.clone(), shared.clone()]));
    assert_eq!(
        [1, 2, 3].map(|id| graph.strong_count(NodeId(id))),
        [3, 1, 1]
    );
    assert_eq!(
        (Arc::strong_count(&shared), Arc::weak_count(&shared)),
        (1, 0)
    );
    let inner = shared.lock().unwrap()[0].clone();
    assert_eq!(
        (
            Arc::strong_count(&inner),
            Arc::strong_count(&inner.read().unwrap())
        ),
        (2, 1)
    );
}

#[test]
fn pins_are_gone_when_the_trace_is_over() {
    let weak = {
        let value = RefCell::new(Some(Rc::new(1_u8)));
        let weak = value.borrow().as_ref().map(Rc::downgrade).unwrap();
        let graph = objgraph::graph(&(&value, weak.clone()));
        assert_eq!(graph.strong_count(graph.find(&weak).unwrap()), 1);
        value.take();
        weak
    };
    assert_eq!(weak.strong_count(), 0);
}

#[test]
fn a_panic_reaches_the_caller_and_leaves_the_counts() {
    let inner = Rc::new(7);
    let held = Rc::new(vec![inner.clone(), inner.clone()]);
    let bomb = Rc::new(Bomb {
        holds: Some(held.clone()),
    });
    let value = RefCell::new(vec![bomb.clone()]);
    assert_eq!(panic_of(&value), "on purpose");
    assert_eq!(
        [
            Rc::strong_count(&inner),
            Rc::strong_count(&held),
            Rc::strong_count(&bomb)
        ],
        [3, 2, 2]
    );
    assert!(value.try_borrow_mut().is_ok());
}

#[test]
fn a_panic_behind_a_guard_releases_it() {
    let cell = RefCell::new(Bomb::default());
    let shared = (Rc::new(RefCell::new(Mutex::new(Bomb::default()))),);
    let lock = (
        Mutex::new(1),
        RwLock::new(vec![Bomb::default()]),
        Mutex::new(vec![Box::new(Bomb::default())]),
    );
    assert_eq!(
        [panic_of(&cell), panic_of(&shared), panic_of(&lock)],
        ["on purpose"; 3]
    );
    assert!(cell.try_borrow_mut().is_ok());
    let is_free =
        |lock: &Mutex<_>| !matches!(lock.try_lock(), Err(std::sync::TryLockError::WouldBlock));
    assert!(shared.0.try_borrow_mut().is_ok_and(|lock| is_free(&lock)));
    assert!(lock.1.try_write().is_ok());
    assert!(!matches!(
        lock.0.try_lock(),
        Err(std::sync::TryLockError::WouldBlock)
    ));
    assert!(!matches!(
        lock.2.try_lock(),
        Err(std::sync::TryLockError::WouldBlock)
    ));
}

#[test]
fn a_panic_while_looking_does_not_poison_a_lock() {
    let locks = (
        Mutex::new(Bomb::default()),
        Arc::new(Mutex::new(vec![Box::new(Bomb::default())])),
    );
    assert_eq!(panic_of(&locks), "on purpose");
    assert!(!locks.0.is_poisoned() && !locks.1.is_poisoned());
}

#[test]
fn a_panic_while_writing_a_value_releases_everything() {
    struct Unwritable(Rc<u8>);
    impl Trace for Unwritable {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            tracer.field("0", &self.0);
        }
        fn trace_repr(&self, _: &mut objgraph::Repr<'_>) {
            panic!("on purpose");
        }
    }
    let cell = RefCell::new(Rc::new(Unwritable(Rc::new(1))));
    assert_eq!(panic_of(&cell), "on purpose");
    assert_eq!(
        (
            Rc::strong_count(&cell.borrow()),
            Rc::strong_count(&cell.borrow().0)
        ),
        (1, 1)
    );
    assert!(cell.try_borrow_mut().is_ok());
}

#[test]
fn counts_that_panic_leave_no_guard() {
    struct Handle(Rc<u8>);
    impl Clone for Handle {
        fn clone(&self) -> Self {
            Self(self.0.clone())
        }
    }
    // SAFETY: as those of `Rc`.
    unsafe impl objgraph::SharedPointer for Handle {
        type Target = u8;
        fn target(&self) -> &u8 {
            &self.0
        }
        fn allocation(&self) -> objgraph::Address {
            objgraph::SharedPointer::allocation(&self.0)
        }
        fn counts(&self) -> (usize, usize) {
            panic!("on purpose");
        }
    }
    impl Trace for Handle {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            tracer.strong(self);
        }
    }
    let cell = RefCell::new(Handle(Rc::new(1)));
    assert_eq!(panic_of(&cell), "on purpose");
    assert!(cell.try_borrow_mut().is_ok());
}

/// Catches the panic of what it holds, and reports something else after it.
struct Net<T> {
    holds: T,
    after: Rc<u8>,
}

impl<T: Trace> Trace for Net<T> {
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        let caught = catch_unwind(AssertUnwindSafe(|| tracer.field("holds", &self.holds)));
        assert!(caught.is_err(), "what it holds panics");
        tracer.field("after", &self.after);
    }
}

fn net<T>(holds: T) -> Net<T> {
    Net {
        holds,
        after: Rc::new(5),
    }
}

#[test]
fn an_impl_that_catches_a_panic_goes_on() {
    let held = Rc::new(vec![Rc::new(1)]);
    let bomb = || Bomb {
        holds: Some(held.clone()),
    };
    let nets = (
        net(RefCell::new(bomb())),
        net(Mutex::new(bomb())),
        net(RefCell::new(vec![RefCell::new(bomb())])),
    );
    let graph = objgraph::graph(&nets);
    assert_eq!(graph.nodes().filter(|node| node.value() == "5").count(), 3);
    assert!(nets.0.holds.try_borrow_mut().is_ok() && nets.2.holds.try_borrow_mut().is_ok());
    assert!(!matches!(
        nets.1.holds.try_lock(),
        Err(std::sync::TryLockError::WouldBlock)
    ));
    assert_eq!(
        (Rc::strong_count(&held), Rc::strong_count(&held[0])),
        (4, 1)
    );
    assert!(graph.to_dot().starts_with("digraph"));
}

#[test]
fn an_impl_that_catches_a_panic_in_a_cell_in_a_shared_cell_goes_on() {
    let nets = Rc::new(RefCell::new(vec![
        net(RefCell::new(Bomb::default())),
        net(RefCell::new(Bomb::default())),
    ]));
    let graph = objgraph::graph(&nets);
    assert_eq!(graph.nodes().filter(|node| node.value() == "5").count(), 2);
    assert!(
        nets.try_borrow_mut()
            .is_ok_and(|nets| nets.iter().all(|net| net.holds.try_borrow_mut().is_ok()))
    );
    assert!(
        graph
            .edges_from(NodeId(0))
            .all(|edge| edge.label().contains(".after"))
    );
}

/// A type that says it has no edges, and panics.
struct Plain;

impl Trace for Plain {
    fn trace<'a>(&'a self, _: &mut Tracer<'a>) {
        panic!("on purpose");
    }
    fn trace_type(&self) -> TypeFacts {
        TypeFacts::of::<Self>().edges(false)
    }
}

#[test]
fn a_caught_panic_of_a_plain_shared_value_in_nested_containers_leaves_labels_that_can_be_written() {
    let nets = vec![vec![Some(net(Rc::new(Plain))), Some(net(Rc::new(Plain)))]];
    let attempt = catch_unwind(AssertUnwindSafe(|| {
        let graph = objgraph::graph(&nets);
        graph.to_dot()
    }));
    assert!(
        attempt.is_ok_and(|dot| dot.starts_with("digraph")),
        "no panic of the tracer's own"
    );
}

#[test]
fn a_caught_panic_of_an_element_leaves_labels_that_can_be_written() {
    let nets = vec![(1, vec![net(vec![vec![Bomb::default()]])])];
    let graph = objgraph::graph(&nets);
    let labels: Vec<_> = graph
        .edges_from(NodeId(0))
        .map(|edge| edge.label())
        .collect();
    assert!(
        labels.iter().any(|label| label.contains(".after")),
        "{labels:?}"
    );
}

#[test]
fn a_tracer_that_panicked_can_be_followed_by_another() {
    let value = RefCell::new(vec![Rc::new(1_u8), Rc::new(2)]);
    for _ in 0..3 {
        panic_of(&(&value, Bomb::default()));
        assert!(seen(&value).ends_with("u8 = 1 | u8 = 2"));
    }
    assert!(
        value
            .borrow()
            .iter()
            .all(|shared| Rc::strong_count(shared) == 1)
    );
}

/// Drops what others hold while it is asked what it holds itself.
struct Meddler {
    victims: Rc<RefCell<Vec<Rc<Victim>>>>,
    replace: bool,
}

#[derive(Trace)]
struct Victim {
    name: String,
    next: RefCell<Option<Rc<Victim>>>,
}

impl Trace for Meddler {
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        if let Ok(mut victims) = self.victims.try_borrow_mut() {
            for victim in victims.drain(..) {
                victim.next.take();
            }
            if self.replace {
                victims.extend((0..1_000).map(victim));
            }
        }
        tracer.field("victims", &self.victims);
    }
}

fn victim(number: u32) -> Rc<Victim> {
    let next = Rc::new(Victim {
        name: format!("next {number}"),
        next: RefCell::default(),
    });
    Rc::new(Victim {
        name: format!("victim {number}"),
        next: RefCell::new(Some(next)),
    })
}

#[test]
fn an_impl_that_drops_what_waits_for_its_visit_does_no_harm() {
    for replace in [false, true] {
        let victims: Rc<RefCell<Vec<_>>> = Rc::new(RefCell::new((0..1_000).map(victim).collect()));
        let one = victims.borrow()[0].clone();
        let meddler = Meddler {
            victims: victims.clone(),
            replace,
        };
        // The cell reports its victims first; then the meddler throws them away; then they are visited.
        let graph = objgraph::graph(&(victims.clone(), RefCell::new(vec![Box::new(meddler)])));
        assert!(
            graph
                .nodes()
                .all(|node| node.type_name() != "Victim" || node.value().contains("name: "))
        );
        assert_eq!((Rc::strong_count(&one), Rc::strong_count(&victims)), (1, 1));
        assert!(victims.try_borrow_mut().is_ok());
    }
}

#[test]
fn an_impl_that_drops_the_last_strong_handle_of_a_weak_one_does_no_harm() {
    struct Dropper(RefCell<Option<Rc<String>>>);
    impl Trace for Dropper {
        fn trace<'a>(&'a self, _: &mut Tracer<'a>) {
            self.0.take();
        }
    }
    let strong = Rc::new(String::from("gone"));
    let weak: Weak<String> = Rc::downgrade(&strong);
    let both = (
        weak.clone(),
        Box::new(Dropper(RefCell::new(Some(strong)))),
        weak,
    );
    let graph = objgraph::graph(&both);
    assert_eq!((graph.n_nodes(), graph.n_edges()), (3, 3));
    assert_eq!(both.0.strong_count(), 0);
}

#[test]
fn an_impl_that_swaps_a_cell_of_a_reference_does_no_harm() {
    struct Swapper<'s> {
        cell: &'s Cell<Option<&'s Victim>>,
    }
    impl Trace for Swapper<'_> {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            self.cell.set(None);
            tracer.field("cell", &self.cell);
        }
    }
    let victim = victim(1);
    let cell = Cell::new(Some(&*victim));
    let swapper = Swapper { cell: &cell };
    let graph = objgraph::graph(&(&cell, &swapper, &cell));
    assert!(graph.n_nodes() >= 2);
    assert!(cell.get().is_none());
}

#[test]
fn an_impl_that_traces_within_its_trace_does_no_harm() {
    struct Nested(Rc<RefCell<Vec<Rc<u8>>>>, Cell<usize>);
    impl Trace for Nested {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            self.1.set(objgraph::graph(&self.0).n_nodes());
            tracer.field("0", &self.0);
        }
    }
    let shared = Rc::new(RefCell::new(vec![Rc::new(1_u8)]));
    let nested = RefCell::new(Nested(shared.clone(), Cell::new(0)));
    assert_eq!(objgraph::graph(&nested).n_nodes(), 3);
    assert_eq!(
        (
            nested.borrow().1.get(),
            Rc::strong_count(&shared),
            Rc::strong_count(&shared.borrow()[0])
        ),
        (2, 2, 1)
    );
}

#[derive(Trace)]
struct Mail {
    #[trace(with = report_parcel)]
    letter: Letter,
}

struct Letter {
    text: String,
    is_gone: Rc<Cell<bool>>,
    home: Rc<RefCell<Option<Mail>>>,
}

impl Drop for Letter {
    fn drop(&mut self) {
        self.is_gone.set(true);
    }
}

/// Makes a pointer around the letter, and reports it as if the letter held it.
fn report_parcel<'a>(letter: &'a Letter, tracer: &mut Tracer<'a>) {
    let reader = Rc::new(Reader(letter, letter.is_gone.clone(), letter.home.clone()));
    let parcel = Rc::new(Parcel { reader });
    tracer.strong(Box::leak(Box::new(parcel)));
}

#[derive(Trace)]
struct Parcel<'l> {
    reader: Rc<Reader<'l>>,
}

struct Reader<'l>(&'l Letter, Rc<Cell<bool>>, Rc<RefCell<Option<Mail>>>);

impl Trace for Reader<'_> {
    fn trace<'a>(&'a self, _: &mut Tracer<'a>) {
        drop(self.2.try_borrow_mut().map(|mut mail| mail.take()));
        assert!(!self.1.get() && self.0.text == "text");
    }
}

#[test]
fn what_a_function_makes_around_a_field_behind_a_guard_is_visited_while_that_is_held() {
    let (home, is_gone) = (Rc::new(RefCell::new(None)), Rc::new(Cell::new(false)));
    let letter = Letter {
        text: "text".into(),
        is_gone: is_gone.clone(),
        home: home.clone(),
    };
    *home.borrow_mut() = Some(Mail { letter });
    assert_eq!(objgraph::graph(&home).n_nodes(), 3);
    drop(home.try_borrow_mut().expect("the guard is released").take());
    assert!(is_gone.get());
}

#[test]
fn guards_are_released_before_what_derived_types_share_behind_them_is_visited() {
    #[derive(Trace)]
    struct Held {
        boxed: Box<[Rc<Probe>]>,
        probe: Rc<Probe>,
    }
    struct Probe(std::sync::Weak<Mutex<Option<Held>>>, Cell<bool>);
    impl Trace for Probe {
        fn trace<'a>(&'a self, _: &mut Tracer<'a>) {
            let held = self.0.upgrade().expect("the root lives");
            self.1.set(held.try_lock().is_ok());
        }
    }
    let held = Arc::new(Mutex::new(None));
    let probe = || Rc::new(Probe(Arc::downgrade(&held), Cell::new(false)));
    let probes = [probe(), probe()];
    *held.lock().unwrap() = Some(Held {
        boxed: Box::new([probes[0].clone()]),
        probe: probes[1].clone(),
    });
    assert_eq!(objgraph::graph(&held).n_nodes(), 4);
    assert!(probes.iter().all(|probe| probe.1.get()));
    held.lock().unwrap().take();
}
