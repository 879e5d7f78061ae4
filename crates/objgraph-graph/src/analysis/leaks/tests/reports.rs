//! Impls that report what is not so, and objects that change: in real traces.

use super::{judged, withheld};
use crate::{Leaks, ObjectGraph};
use objgraph_trace::{Records, Trace, TraceOptions, Tracer, Walk};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// What an object reports.
#[derive(Clone, Copy, Default)]
enum Says {
    /// What it holds.
    #[default]
    All,
    /// The same, twice.
    Twice,
    /// That it may change meanwhile.
    Unsteady,
}

#[derive(Default)]
struct Liar {
    says: Says,
    held: RefCell<Vec<Rc<Liar>>>,
    plain: RefCell<Option<Rc<u32>>>,
}

impl Trace for Liar {
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.field("held", &self.held);
        tracer.field("plain", &self.plain);
        match self.says {
            Says::All => {}
            Says::Twice => {
                tracer.field("again", &self.held);
                tracer.field("again", &self.plain);
            }
            Says::Unsteady => tracer.unsteady(),
        }
    }
}

fn liar(says: Says) -> Rc<Liar> {
    Rc::new(Liar {
        says,
        ..Liar::default()
    })
}

/// Two objects that hold each other.
fn pair(says: Says) -> [Rc<Liar>; 2] {
    let pair = [liar(says), liar(Says::All)];
    pair[0].held.borrow_mut().push(pair[1].clone());
    pair[1].held.borrow_mut().push(pair[0].clone());
    pair
}

fn records(objects: &[Rc<Liar>]) -> Records {
    let mut walk = Walk::new(TraceOptions::default().handles(true));
    for object in objects {
        walk.add_object(object, 1);
    }
    walk.finish()
}

/// The leaks among objects whose handles given here do not count; each lets go of all in the end.
fn leaked(objects: &[Rc<Liar>]) -> Leaks {
    let found = judged(&ObjectGraph::from(records(objects)));
    for object in objects {
        object.held.borrow_mut().clear();
    }
    found
}

#[test]
fn honest_objects_are_judged() {
    let found = leaked(&pair(Says::All));
    assert_eq!((found.leaked.len(), found.withheld.len()), (2, 0));
}

#[test]
fn a_handle_that_is_reported_twice_withholds_the_verdict() {
    // Somebody holds the second object; the first seems to explain its two handles.
    let objects = pair(Says::Twice);
    let _holder = objects[1].clone();
    let found = leaked(&objects);
    assert!(found.is_empty());
    assert_eq!(withheld(&found), ["Liar reports one handle twice: 2"]);
}

#[test]
fn what_is_reported_twice_and_has_one_handle_is_two_objects_and_neither_is_judged() {
    let objects = pair(Says::All);
    let liar = liar(Says::Twice);
    *liar.plain.borrow_mut() = Some(Rc::default());
    objects[0].held.borrow_mut().push(liar);
    assert_eq!(records(&objects).n_nodes(), 5);
    let found = leaked(&objects);
    assert_eq!(found.leaked.len(), 3);
    assert_eq!(withheld(&found), ["Liar reports one handle twice: 1"]);
}

/// Reports the handle of another object as its own.
struct Thief(RefCell<Option<Rc<Self>>>, &'static Liar);

impl Trace for Thief {
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.field("own", &self.0);
        tracer.field("stolen", &self.1.plain);
    }
}

#[test]
fn a_leaked_object_that_reports_what_a_live_one_holds_is_named() {
    let victim: &'static Rc<Liar> = Box::leak(Box::new(liar(Says::All)));
    *victim.plain.borrow_mut() = Some(Rc::default());
    let thief = Rc::new(Thief(RefCell::default(), victim));
    *thief.0.borrow_mut() = Some(thief.clone());
    let mut walk = Walk::new(TraceOptions::default().handles(true));
    walk.add_object(&thief, 1);
    walk.add_root("victim", victim);
    let found = judged(&ObjectGraph::from(walk.finish()));
    assert_eq!(withheld(&found), ["Thief reports one handle twice: 1"]);
    assert_eq!(found.leaked.len(), 1);
    thief.0.take();
}

#[test]
fn what_changes_without_a_lock_is_not_judged() {
    let found = leaked(&pair(Says::Unsteady));
    assert!(found.is_empty());
    assert_eq!(withheld(&found), ["Liar changes without a lock: 2"]);
}

#[test]
fn what_changed_while_it_was_read_is_not_judged() {
    let objects = pair(Says::All);
    let mut records = records(&objects);
    records.unsteady = vec![1];
    let found = judged(&ObjectGraph::from(records));
    assert!(found.is_empty());
    assert_eq!(withheld(&found), ["Liar changed while it was looked at: 2"]);
    leaked(&objects);
}

#[test]
fn more_weak_handles_than_a_trace_counts_are_not_known() {
    let objects = pair(Says::All);
    let _handles: Vec<_> = (0..70_000).map(|_| Rc::downgrade(&objects[0])).collect();
    let found = leaked(&objects);
    assert_eq!((found.leaked.len(), found.weakly_held.len()), (0, 2));
}

#[test]
fn a_borrowed_static_lives_with_all_that_it_holds() {
    struct Cache(RefCell<Option<Rc<Cache>>>, &'static RefCell<Vec<Arc<u64>>>);
    impl Trace for Cache {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            tracer.field("own", &self.0);
            tracer.field("shared", &self.1);
        }
    }
    let shared: &RefCell<Vec<Arc<u64>>> = Box::leak(Box::new(RefCell::new(vec![Arc::new(7)])));
    let cache = Rc::new(Cache(RefCell::default(), shared));
    *cache.0.borrow_mut() = Some(cache.clone());
    let mut walk = Walk::new(TraceOptions::default().handles(true));
    let number = walk.add_object(&cache, 1);
    let graph = ObjectGraph::from(walk.finish());
    assert!(graph.n_nodes() > 1);
    let found = judged(&graph);
    assert_eq!(found.leaked, [crate::NodeId(number)]);
    cache.0.take();
}
