//! Cells and locks of `std`: read if nobody is at them, never waited for, and said so if not.

use objgraph::{NodeId, State, Trace};
use objgraph_tests::{seen, text};
use std::cell::{Cell, LazyCell, OnceCell, RefCell, UnsafeCell};
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::{Arc, Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock};

fn states<T: Trace>(value: &T) -> Vec<State> {
    objgraph::graph(value)
        .nodes()
        .map(objgraph::Node::state)
        .collect()
}

#[test]
fn free_cells_and_locks_are_drawn_as_what_they_hold() {
    let holding = || Rc::new(1_u8);
    let cells = (
        RefCell::new(holding()),
        Mutex::new(holding()),
        RwLock::new(holding()),
    );
    assert!(
        seen(&cells)
            .ends_with("{.0 strong 1, .1 strong 2, .2 strong 3} | u8 = 1 | u8 = 1 | u8 = 1")
    );
    assert_eq!(seen(&RefCell::new(vec![1_u8])), "RefCell<Vec<u8>> = [1]");
    assert_eq!(
        [
            text(&Cell::new(7)),
            text(&Mutex::new(7)),
            text(&RwLock::new(7))
        ],
        ["7"; 3]
    );
}

#[test]
fn what_a_cell_holds_counts_as_its_own_bytes() {
    let graph = objgraph::graph(&RefCell::new(String::from("abc")));
    assert_eq!(graph.node(graph.roots()[0].node).owned_size().0, 3);
}

#[test]
fn nested_cells_are_one_path() {
    let cells = (RefCell::new(Mutex::new(Some(RefCell::new(Rc::new(1_u8))))),);
    assert!(seen(&cells).ends_with("{.0 strong 1} | u8 = 1"));
    assert!(
        cells
            .0
            .try_borrow_mut()
            .is_ok_and(|mut lock| lock.get_mut().is_ok())
    );
}

#[test]
fn a_mutably_borrowed_cell_is_an_object_that_says_so() {
    let cell = (RefCell::new(Rc::new(1_u8)), 7);
    let guard = cell.0.borrow_mut();
    assert_eq!(
        seen(&cell),
        "(RefCell<Rc<u8>>, i32) = (7) {.0 owned 1} | RefCell<Rc<u8>> (mutably borrowed)"
    );
    drop(guard);
    assert!(seen(&cell).ends_with("{.0 strong 1} | u8 = 1"));
}

#[test]
fn a_mutably_borrowed_cell_behind_a_pointer_is_no_second_object() {
    let cell = Rc::new(RefCell::new(Rc::new(1_u8)));
    let _guard = cell.borrow_mut();
    assert_eq!(
        seen(&(cell.clone(),)),
        "(Rc<RefCell<Rc<u8>>>,) {.0 strong 1} | RefCell<Rc<u8>> (mutably borrowed)"
    );
    assert_eq!(seen(&cell), "RefCell<Rc<u8>> (mutably borrowed)");
}

#[test]
fn a_cell_that_is_only_read_elsewhere_is_read() {
    let cell = (RefCell::new(Rc::new(1_u8)), RwLock::new(Rc::new(2_u8)));
    let _guards = (cell.0.borrow(), cell.1.read());
    assert!(seen(&cell).ends_with("{.0 strong 1, .1 strong 2} | u8 = 1 | u8 = 2"));
}

#[test]
fn locks_that_somebody_holds_are_objects_that_say_so() {
    let locks = (Mutex::new(Rc::new(1_u8)), RwLock::new(Rc::new(2_u8)));
    let _guards = (locks.0.lock(), locks.1.write());
    assert_eq!(
        seen(&locks),
        "(Mutex<Rc<u8>>, RwLock<Rc<u8>>) {.0 owned 1, .1 owned 2} | Mutex<Rc<u8>> (locked) | RwLock<Rc<u8>> (locked)"
    );
}

#[test]
fn a_lock_that_another_thread_holds_is_not_waited_for() {
    let lock = Arc::new(Mutex::new(Box::new(1_u8)));
    let (locked, is_locked) = std::sync::mpsc::channel();
    let (release, may_release) = std::sync::mpsc::channel::<()>();
    let holder = std::thread::spawn({
        let lock = lock.clone();
        move || {
            let _guard = lock.lock();
            locked.send(()).unwrap();
            may_release.recv().unwrap();
        }
    });
    is_locked.recv().unwrap();
    assert_eq!(seen(&lock), "Mutex<Box<u8>> (locked)");
    release.send(()).unwrap();
    holder.join().unwrap();
    assert_eq!(seen(&lock), "Mutex<Box<u8>> { owned 1} | u8 = 1");
}

#[test]
fn poisoned_locks_say_so_and_are_read_all_the_same() {
    let locks = (Mutex::new(Rc::new(1_u8)), RwLock::new(Rc::new(2_u8)));
    catch_unwind(AssertUnwindSafe(|| {
        let _guards = (locks.0.lock(), locks.1.write());
        panic!("on purpose");
    }))
    .expect_err("it panics");
    let seen = seen(&locks);
    assert!(
        seen.starts_with("(Mutex<Rc<u8>>, RwLock<Rc<u8>>) {.0 owned 1, .1 owned 2}"),
        "{seen}"
    );
    assert!(
        seen.contains("Mutex<Rc<u8>> (poisoned) { strong ")
            && seen.contains("RwLock<Rc<u8>> (poisoned) { strong ")
    );
    assert!(
        locks.0.is_poisoned() && locks.1.is_poisoned(),
        "looking does not heal"
    );
    assert!(!matches!(
        locks.0.try_lock(),
        Err(std::sync::TryLockError::WouldBlock)
    ));
}

#[test]
fn cells_without_a_value_yet_say_so() {
    let cells = (OnceCell::<Rc<u8>>::new(), OnceLock::<Rc<u8>>::new());
    assert_eq!(
        states(&cells),
        [State::Traced, State::Uninitialised, State::Uninitialised]
    );
    cells.0.set(Rc::new(1)).unwrap();
    cells.1.set(Rc::new(2)).unwrap();
    assert!(seen(&cells).ends_with("{.0 strong 1, .1 strong 2} | u8 = 1 | u8 = 2"));
    assert_eq!(text(&OnceCell::from(7)), "7");
}

#[test]
fn lazy_values_are_never_forced() {
    let cell: LazyCell<Rc<u8>> = LazyCell::new(|| Rc::new(1));
    let unforced = (
        LazyCell::<Rc<u8>>::new(|| panic!("forced")),
        LazyLock::<Rc<u8>>::new(|| panic!("forced")),
    );
    let unread = states(&unforced);
    assert!(
        unread[1..]
            .iter()
            .all(|state| matches!(state, State::Uninitialised | State::Opaque))
            && unread.len() == 3,
        "{unread:?}"
    );
    assert_eq!(**cell, 1);
    let seen = seen(&(cell,));
    assert!(
        seen.ends_with("{.0 strong 1} | u8 = 1") || seen.contains("opaque"),
        "{seen}"
    );
}

#[test]
fn a_lazy_value_whose_making_panicked_is_not_read() {
    let lazy: LazyLock<Rc<u8>> = LazyLock::new(|| panic!("on purpose"));
    catch_unwind(AssertUnwindSafe(|| Rc::strong_count(&lazy))).expect_err("it panics");
    let unread = states(&(lazy,));
    assert!(
        matches!(
            unread[..],
            [State::Traced, State::Uninitialised | State::Opaque]
        ),
        "{unread:?}"
    );
}

#[test]
fn memory_that_may_hold_a_pointer_is_not_read() {
    let memory = (
        MaybeUninit::<Rc<u8>>::uninit(),
        MaybeUninit::<u64>::uninit(),
    );
    assert_eq!(states(&memory), [State::Traced, State::Uninitialised]);
    let cell = (UnsafeCell::new(Rc::new(1_u8)), UnsafeCell::new(1_u8));
    assert_eq!(states(&cell), [State::Traced, State::Opaque]);
}

#[test]
fn cells_of_plain_values_are_leaves() {
    assert!(Cell::<u8>::is_leaf() && MaybeUninit::<u8>::is_leaf() && UnsafeCell::<u8>::is_leaf());
    assert!(Condvar::is_leaf() && Barrier::is_leaf() && Once::is_leaf());
    let signals = (Condvar::new(), Barrier::new(1), Once::new());
    assert_eq!(objgraph::graph(&signals).n_nodes(), 1);
    assert_eq!(
        objgraph::graph(&vec![RefCell::new(1), RefCell::new(2)]).n_nodes(),
        1
    );
}

#[test]
fn plain_cells_that_are_borrowed_are_objects_that_say_so() {
    let cells = vec![RefCell::new(1_u8), RefCell::new(2)];
    let _guard = cells[1].borrow_mut();
    let graph = objgraph::graph(&cells);
    let busy: Vec<_> = graph
        .nodes()
        .filter(|node| node.state() == State::MutablyBorrowed)
        .collect();
    assert_eq!(busy.len(), 1);
    let label: Vec<_> = graph
        .edges_to(busy[0].id())
        .map(|edge| edge.label())
        .collect();
    assert_eq!(label, ["[1]"]);
}

#[test]
fn a_cell_of_a_reference_is_read_by_copying() {
    let value = Box::new(Rc::new(1_u8));
    let cell = (Cell::new(Some(&*value)), value.clone());
    assert!(seen(&cell).contains(".0 borrowed"), "{}", seen(&cell));
}

#[test]
fn cells_in_containers_are_labelled_by_their_place() {
    let cells = vec![RefCell::new(vec![Rc::new(1_u8)]), RefCell::new(vec![])];
    assert!(
        seen(&cells).ends_with("{[0][0] strong 1} | u8 = 1"),
        "{}",
        seen(&cells)
    );
    let _guard = cells[0].borrow_mut();
    assert!(
        seen(&cells).contains("{[0] owned 1} | RefCell<Vec<Rc<u8>>> (mutably borrowed)"),
        "{}",
        seen(&cells)
    );
}

#[test]
fn a_lock_shows_its_value_although_what_it_owns_waits_behind_its_guard() {
    #[derive(Trace)]
    struct Page {
        number: Box<u8>,
    }
    let page = Page {
        number: Box::new(7),
    };
    let pages = Arc::new(Mutex::new(vec![page]));
    let graph = objgraph::graph(&pages);
    assert_eq!(graph.node(NodeId(0)).value(), "1 item");
    assert_eq!(graph.n_nodes(), 3);
}
