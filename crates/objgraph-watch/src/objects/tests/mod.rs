//! What is found of tracked objects, on threads that come and go.

mod model;

use super::*;
use crate::{next_serial, root, this_thread, track, tracked, tracked_arc, with_root};
use objgraph_trace::Trace;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

/// Held by every test of this folder: the `Arc`s of one are found by all.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A type of its own for a test of `Arc`s, since tests of other folders run at the same time.
macro_rules! object {
    ($name:ident) => {
        struct $name;

        impl Trace for $name {
            fn trace<'a>(&'a self, _: &mut objgraph_trace::Tracer<'a>) {}
        }
    };
}

#[test]
fn objects_are_found_while_they_live_in_the_order_of_tracking() {
    let _alone = alone();
    let mark = next_serial();
    let (first, second) = (tracked(1), tracked(2));
    let third = Rc::new(3);
    track(&third);
    drop(second);
    let objects = LiveObjects::now();
    assert_eq!(objects.of_type::<Rc<i32>>(), [first, third]);
    let objects = objects.to_objects();
    assert!(
        mark <= objects[0].birth().serial && objects[0].birth().serial < objects[1].birth().serial
    );
    assert_eq!(
        objects[0].birth().site.line() + 2,
        objects[1].birth().site.line()
    );
}

#[test]
fn counts_are_those_of_the_program() {
    let _alone = alone();
    let shared = tracked(1);
    let (_copy, _weak) = (shared.clone(), Rc::downgrade(&shared));
    track(&shared);
    let objects = LiveObjects::now().to_objects();
    assert_eq!(objects.len(), 1);
    let object = &objects[0];
    assert_eq!((object.strong_count(), object.weak_count()), (2, 1));
    assert_eq!(
        (object.birth().n_handles, Rc::strong_count(&shared)),
        (2, 2)
    );
}

#[test]
fn nothing_is_kept_alive_by_what_is_known() {
    let _alone = alone();
    let shared = tracked(1);
    let objects = LiveObjects::now().to_objects();
    assert_eq!(objects[0].handle::<Rc<i32>>(), Some(shared.clone()));
    assert_eq!(objects[0].handle::<Rc<u8>>(), None);
    drop(shared);
    assert_eq!(objects[0].handle::<Rc<i32>>(), None);
}

#[test]
fn an_object_that_was_tracked_twice_is_one_node() {
    let _alone = alone();
    let shared = tracked(1);
    track(&shared);
    let walk = |walk: Walk<'_>, births: &[(u32, Birth)]| {
        assert_eq!((births.len(), births[0].1.n_handles), (1, 2));
        walk.finish()
    };
    let objects = LiveObjects::now();
    let options = TraceOptions::default();
    let records = objects.walk(options, |_| true, WalkRoots::None, walk);
    assert_eq!(
        (
            records.n_nodes(),
            records.nodes[0].strong,
            records.nodes[0].weak
        ),
        (1, 1, 2)
    );
}

#[test]
fn arcs_outlive_their_thread() {
    object!(Outliving);
    let _alone = alone();
    let made = thread::spawn(|| [(); 3].map(|()| tracked_arc(Outliving)));
    let kept = made.join().expect("it ends");
    assert_eq!(LiveObjects::now().of_type::<Arc<Outliving>>().len(), 3);
    let threads: BTreeSet<u32> = LiveObjects::now()
        .to_objects()
        .iter()
        .filter(|object| object.type_path().ends_with("Outliving"))
        .map(|object| object.birth().thread)
        .collect();
    assert!(threads.len() == 1 && !threads.contains(&this_thread()));
    drop(kept);
    assert!(LiveObjects::now().of_type::<Arc<Outliving>>().is_empty());
}

#[test]
fn rcs_are_those_of_the_thread_that_asks() {
    let _alone = alone();
    let _mine = tracked(1_u16);
    let theirs = thread::spawn(|| LiveObjects::now().of_type::<Rc<u16>>().len());
    assert_eq!(theirs.join().expect("it ends"), 0);
}

#[test]
fn threads_track_and_drop_while_another_asks() {
    object!(Busy);
    let _alone = alone();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut kept = Vec::new();
                while !is_over.load(Relaxed) {
                    kept.push(tracked_arc(Busy));
                    kept.truncate(kept.len() % 50);
                }
            });
        }
        for _ in 0..500 {
            assert!(LiveObjects::now().of_type::<Arc<Busy>>().len() <= 150);
        }
        is_over.store(true, Relaxed);
    });
    assert!(LiveObjects::now().of_type::<Arc<Busy>>().is_empty());
}

/// Asks and tracks when it is dropped, also while its thread ends.
struct Restless(RefCell<Option<Rc<i64>>>);

impl Trace for Restless {
    fn trace<'a>(&'a self, _: &mut objgraph_trace::Tracer<'a>) {
        self.0.replace(Some(tracked(1)));
        assert!(!LiveObjects::now().is_empty());
    }
}

impl Drop for Restless {
    fn drop(&mut self) {
        drop(tracked(2_i64));
        let _ = LiveObjects::now().len();
    }
}

#[test]
fn code_of_users_may_track_and_ask_at_any_time() {
    let _alone = alone();
    thread_local! {
        static LAST: Restless = const { Restless(RefCell::new(None)) };
    }
    let run = || {
        let restless = tracked(Restless(RefCell::default()));
        LAST.with(|_| ());
        let objects = LiveObjects::now();
        drop(restless);
        objects.walk(
            TraceOptions::default(),
            |_| true,
            WalkRoots::None,
            |walk, _| walk.finish().n_nodes(),
        )
    };
    assert_eq!(thread::spawn(run).join().expect("it ends"), 1);
}

#[test]
fn objects_without_a_size_are_not_mistaken_for_each_other() {
    let _alone = alone();
    let objects = [tracked(()), tracked(())];
    track(&objects[1]);
    let handles = LiveObjects::now()
        .births()
        .map(|birth| birth.n_handles)
        .collect::<Vec<_>>();
    assert_eq!(handles, [1, 2]);
}

#[test]
fn a_thread_that_ends_forgets_its_objects_and_they_live_on() {
    thread_local! {
        static KEPT: RefCell<Vec<Rc<Late>>> = const { RefCell::new(Vec::new()) };
    }

    /// Tracks something, makes it a root and asks when it is dropped, at the end of the thread.
    struct Late(mpsc::Sender<()>);

    impl Trace for Late {
        fn trace<'a>(&'a self, _: &mut objgraph_trace::Tracer<'a>) {}
    }

    impl Drop for Late {
        fn drop(&mut self) {
            let objects = (tracked(1), tracked_arc(2));
            let _root = root("late", &objects.0);
            with_root("late", &4, || {
                LiveObjects::now().walk(
                    TraceOptions::default(),
                    |_| true,
                    WalkRoots::RegisteredAnd(&()),
                    |walk, _| walk.finish().n_nodes(),
                )
            });
            self.0.send(()).expect("somebody waits");
        }
    }

    // Thread-locals are dropped in the order of their first use, or in the other.
    for is_first in [true, false] {
        let (sender, receiver) = mpsc::channel();
        let _alone = alone();
        let end = thread::spawn(move || {
            if is_first {
                KEPT.with(|_| ());
            }
            let late = tracked(Late(sender));
            let _root = root("late", &late);
            with_root("late", &late, || LiveObjects::now().len());
            KEPT.with_borrow_mut(|kept| kept.push(late.clone()));
        });
        end.join().expect("it ends");
        assert!(receiver.recv().is_ok());
    }
}
