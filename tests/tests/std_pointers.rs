//! Pointers of `std`: which object they lead to, by which kind of edge, and how it is counted.

#![expect(
    clippy::arc_with_non_send_sync,
    reason = "pointers are what is looked at"
)]

use objgraph::{Graph, NodeId, State, Trace, Tracer};
use objgraph_tests::seen;
use std::cell::RefCell;
use std::error::Error;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::sync::{self, Arc};

trait Shape: Trace {
    fn area(&self) -> u32;
}

#[derive(Trace)]
struct Square {
    side: Rc<u32>,
}

impl Shape for Square {
    fn area(&self) -> u32 {
        *self.side * *self.side
    }
}

#[derive(Trace)]
#[repr(align(64))]
struct Aligned(u8);

fn counts(graph: &Graph, id: u32) -> (usize, usize) {
    (graph.strong_count(NodeId(id)), graph.weak_count(NodeId(id)))
}

#[test]
fn each_pointer_has_its_kind_of_edge() {
    let (strong, text) = (Rc::new(1_u8), String::from("a"));
    let pointers = (
        Box::new(0_u8),
        strong.clone(),
        Rc::downgrade(&strong),
        &text,
        Arc::new(2_u8),
    );
    assert_eq!(
        seen(&pointers),
        "(Box<u8>, Rc<u8>, Weak<u8>, &String, Arc<u8>) \
         {.0 owned 1, .1 strong 2, .2 weak 2, .3 borrowed 4, .4 strong 3} | u8 = 0 | u8 = 1 | u8 = 2 | String = \"a\""
    );
}

#[test]
fn a_root_that_is_a_pointer_stands_for_what_it_points_at() {
    let value = Rc::new(vec![1_u8]);
    let expected = "Vec<u8> = [1]";
    assert_eq!(seen(&value), expected);
    assert_eq!(seen(&Rc::downgrade(&value)), expected);
    assert_eq!(seen(&Arc::new(vec![1_u8])), expected);
    assert_eq!(seen(&Box::new(vec![1_u8])), expected);
    assert_eq!(seen(&&vec![1_u8]), expected);
    assert_eq!(seen(&&mut vec![1_u8]), expected);
    assert_eq!(seen(&Pin::new(&vec![1_u8])), expected);
    assert_eq!(seen(&Box::pin(vec![1_u8])), expected);
    assert_eq!(seen(&Rc::new(Rc::new(1_u8))), "Rc<u8> { strong 1} | u8 = 1");
}

#[test]
fn pinned_pointers_are_what_they_pin() {
    let pinned = (Box::pin(1_u8), Rc::pin(2_u8), Arc::pin(3_u8));
    assert!(
        seen(&pinned)
            .ends_with("{.0 owned 1, .1 strong 2, .2 strong 3} | u8 = 1 | u8 = 2 | u8 = 3")
    );
}

#[test]
fn two_pointers_to_one_allocation_lead_to_one_object() {
    let shared = Rc::new(7_u8);
    assert!(seen(&[shared.clone(), shared]).ends_with("{[0] strong 1, [1] strong 1} | u8 = 7"));
    let shared = Arc::new(7_u8);
    assert!(seen(&[shared.clone(), shared]).ends_with("{[0] strong 1, [1] strong 1} | u8 = 7"));
}

#[test]
fn counts_are_those_that_the_caller_sees() {
    let strong = Rc::new(7_u8);
    let pointers = (
        strong.clone(),
        Rc::downgrade(&strong),
        Rc::downgrade(&strong),
    );
    assert_eq!(counts(&objgraph::graph(&pointers), 1), (2, 2));
    let strong = Arc::new(7_u8);
    let pointers = (Arc::downgrade(&strong), strong.clone(), strong);
    assert_eq!(counts(&objgraph::graph(&pointers), 1), (2, 1));
    assert_eq!(counts(&objgraph::graph(&vec![Box::new(1)]), 1), (0, 0));
}

#[test]
fn pointers_to_values_without_a_fixed_size_are_followed() {
    assert_eq!(
        seen(&(Rc::<str>::from("abc"),)),
        "(Rc<str>,) {.0 strong 1} | str = \"abc\""
    );
    assert_eq!(
        seen(&(Box::<str>::from("abc"),)),
        "(Box<str>,) {.0 owned 1} | str = \"abc\""
    );
    let slice: Arc<[Rc<u8>]> = [Rc::new(1), Rc::new(2)].into();
    assert_eq!(
        seen(&(slice,)),
        "(Arc<[Rc<u8>]>,) {.0 strong 1} | [Rc<u8>] = 2 items {[0] strong 2, [1] strong 3} | u8 = 1 | u8 = 2"
    );
    let object: Box<dyn Trace> = Box::new(Square { side: Rc::new(3) });
    assert_eq!(
        seen(&(object,)),
        "(Box<dyn Trace>,) {.0 owned 1} | Square {.side strong 2} | u32 = 3"
    );
    let shape: Rc<dyn Shape> = Rc::new(Square { side: Rc::new(3) });
    assert_eq!(shape.area(), 9);
    let weak = Rc::downgrade(&shape);
    let seen = seen(&(shape.clone(), weak));
    assert!(
        seen.ends_with("{.0 strong 1, .1 weak 1} | Square {.side strong 2} | u32 = 3"),
        "{seen}"
    );
    let shape: Arc<RefCell<dyn Shape>> = Arc::new(RefCell::new(Square { side: Rc::new(3) }));
    assert!(objgraph_tests::seen(&(shape,)).ends_with("{.side strong 2} | u32 = 3"));
}

#[test]
fn one_object_behind_two_types_of_pointer_is_one_object() {
    let square = Rc::new(Square { side: Rc::new(3) });
    let shape: Rc<dyn Shape> = square.clone();
    assert!(
        seen(&(square, shape))
            .ends_with("{.0 strong 1, .1 strong 1} | Square {.side strong 2} | u32 = 3")
    );
}

#[test]
fn the_size_of_a_value_without_a_fixed_size_is_its_own() {
    let graph = objgraph::graph(&(Rc::<str>::from("abcde"), Rc::<[u32]>::from([1, 2, 3])));
    let sizes: Vec<u64> = graph
        .nodes()
        .skip(1)
        .map(|node| node.shallow_size().0)
        .collect();
    assert_eq!(sizes, [5, 12]);
}

#[test]
fn weak_pointers_to_nothing_lead_nowhere() {
    let never: (Weak<u8>, sync::Weak<String>) = (Weak::new(), sync::Weak::new());
    assert_eq!(seen(&never), "(Weak<u8>, Weak<String>)");
    assert_eq!(seen(&Weak::<u8>::new()), "Weak<u8>");
}

#[test]
fn weak_pointers_to_what_was_dropped_lead_to_one_dropped_object() {
    let value = Rc::new(7_u8);
    let weak = (Rc::downgrade(&value), Rc::downgrade(&value));
    drop(value);
    assert_eq!(
        seen(&weak),
        "(Weak<u8>, Weak<u8>) {.0 weak 1, .1 weak 1} | u8 (dropped)"
    );
    assert_eq!(counts(&objgraph::graph(&weak), 1).0, 0);
    let value: Arc<str> = "abc".into();
    let weak = (Arc::downgrade(&value),);
    drop(value);
    assert_eq!(seen(&weak), "(Weak<str>,) {.0 weak 1} | str (dropped)");
    let shape: Rc<dyn Shape> = Rc::new(Square { side: Rc::new(3) });
    let weak = (Rc::downgrade(&shape),);
    drop(shape);
    assert_eq!(
        seen(&weak),
        "(Weak<dyn Shape>,) {.0 weak 1} | dyn Shape (dropped)"
    );
}

#[test]
fn what_only_a_weak_pointer_of_the_value_reaches_is_seen_while_it_lives() {
    let value = Rc::new(Square { side: Rc::new(3) });
    assert!(
        seen(&(Rc::downgrade(&value),))
            .ends_with("{.0 weak 1} | Square {.side strong 2} | u32 = 3")
    );
    assert_eq!((Rc::strong_count(&value), Rc::weak_count(&value)), (1, 0));
}

#[test]
fn over_aligned_values_are_told_apart_and_found_again() {
    let values: Vec<Rc<Aligned>> = (0..100).map(|number| Rc::new(Aligned(number))).collect();
    let weak: Vec<Weak<Aligned>> = values.iter().map(Rc::downgrade).collect();
    let both = (values, weak);
    let graph = objgraph::graph(&both);
    assert_eq!((graph.n_nodes(), graph.n_edges()), (101, 200));
    assert!((1..101).all(|id| counts(&graph, id) == (1, 1)));

    let (dropped, kept) = (Rc::new(Aligned(1)), Rc::new(Aligned(2)));
    let weak = (
        Rc::downgrade(&dropped),
        Rc::downgrade(&dropped),
        Rc::downgrade(&kept),
        Rc::downgrade(&kept),
    );
    drop(dropped);
    let expected = "{.0 weak 1, .1 weak 1, .2 weak 2, .3 weak 2} | Aligned (dropped) | Aligned = 2";
    assert!(seen(&weak).ends_with(expected), "{}", seen(&weak));

    let values: Vec<Arc<Aligned>> = (0..100).map(|number| Arc::new(Aligned(number))).collect();
    assert_eq!(objgraph::graph(&values).n_nodes(), 101);
}

#[test]
fn a_dropped_over_aligned_value_is_not_taken_for_its_neighbour() {
    // The counters of an aligned value lie 64 bytes before it. Looked for 16 bytes before it, where those of
    // an ordinary value lie, nothing of another may be found.
    let mut weak = Vec::new();
    let mut kept: Vec<Rc<[u8; 48]>> = Vec::new();
    for number in 0..200 {
        let dropped = Rc::new(Aligned(number));
        weak.push(Rc::downgrade(&dropped));
        kept.push(Rc::new([number; 48]));
    }
    let both = (weak, kept);
    let graph = objgraph::graph(&both);
    assert_eq!((graph.n_nodes(), graph.n_edges()), (401, 400));
    assert_eq!(
        graph
            .nodes()
            .filter(|node| node.state() == State::Dropped)
            .count(),
        200
    );
}

#[test]
fn pointers_to_values_without_bytes_are_told_apart() {
    let (one, other) = (Rc::new(()), Rc::new(()));
    assert!(
        seen(&(one.clone(), other, one))
            .ends_with("{.0 strong 1, .1 strong 2, .2 strong 1} | () | ()")
    );
    assert_eq!(
        seen(&(Box::new(()), Box::new([0_u8; 0]))),
        "(Box<()>, Box<[u8; 0]>)"
    );
    assert_eq!(seen(&(&(),)), "(&(),)");
    let empty: Rc<[Rc<u8>]> = Rc::new([]);
    assert!(
        seen(&(empty.clone(), empty)).ends_with("{.0 strong 1, .1 strong 1} | [Rc<u8>] = 0 items")
    );
}

#[test]
fn closures_and_errors_are_opaque() {
    let captured = Rc::new(1_u8);
    let closure: Box<dyn Fn(&str)> = Box::new(move |_| drop(captured.clone()));
    closure("");
    assert_eq!(
        seen(&(closure,)),
        "(Box<dyn Fn(&str)>,) {.0 owned 1} | dyn Fn(&str) (opaque: may hold references)"
    );
    let error: Box<dyn Error + Send + Sync> = "why".into();
    assert!(seen(&(error,)).ends_with("| dyn Error + Send + Sync (opaque: may hold references)"));
    let shared: Rc<dyn Fn() -> u8> = Rc::new(|| 7);
    let boxed: Box<dyn FnOnce(String, u8) + Send> = Box::new(|_, _| {});
    let any: Box<dyn std::any::Any> = Box::new(1_u8);
    let seen = seen(&(shared.clone(), boxed, any));
    assert_eq!(shared(), 7);
    assert!(seen.contains("{.0 strong 1"), "{seen}");
}

#[test]
fn a_closure_without_captures_has_no_box() {
    let closure: Box<dyn Fn()> = Box::new(|| {});
    closure();
    assert_eq!(seen(&(closure,)), "(Box<dyn Fn()>,)");
}

#[test]
fn channels_and_threads_are_opaque_and_thread_handles_have_names() {
    let (sender, receiver) = sync::mpsc::channel::<u8>();
    let bounded = sync::mpsc::sync_channel::<u8>(1);
    let ends = (sender, receiver, bounded.0);
    assert_eq!(
        objgraph::graph(&ends)
            .nodes()
            .filter(|node| node.state() == State::Opaque)
            .count(),
        3
    );
    let thread = std::thread::Builder::new()
        .name("worker".into())
        .spawn(|| {})
        .unwrap();
    assert_eq!(objgraph_tests::text(thread.thread()), "\"worker\"");
    assert!(seen(&(thread,)).contains("JoinHandle<()> (opaque"));
}

#[test]
fn a_pointer_of_ones_own_is_one_line() {
    #[derive(Clone)]
    struct Handle(Rc<u8>);
    // SAFETY: all clones share the allocation of the `Rc`.
    unsafe impl objgraph::SharedPointer for Handle {
        type Target = u8;
        fn target(&self) -> &u8 {
            &self.0
        }
        fn allocation(&self) -> objgraph::Address {
            objgraph::SharedPointer::allocation(&self.0)
        }
        fn counts(&self) -> (usize, usize) {
            objgraph::SharedPointer::counts(&self.0)
        }
    }
    impl Trace for Handle {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            tracer.strong(self);
        }
    }
    let handle = Handle(Rc::new(7));
    let both = RefCell::new((handle.clone(), handle.0.clone(), handle));
    assert!(seen(&both).ends_with("{.0 strong 1, .1 strong 1, .2 strong 1} | u8 = 7"));
    assert_eq!(Rc::strong_count(&both.borrow().1), 3);
}
