//! Rings of `Arc`s, which statics and other threads hold or which are leaked: the leaked are found, and nothing else.
//!
//! A program of its own, since every thread sees the `Arc`s of all.

use objgraph::{Trace, tracked_arc};
use std::sync::{Arc, Mutex, PoisonError, RwLock, mpsc};
use std::thread;

/// How many rings each holder has, of three objects each.
const N_RINGS: usize = 20_000;

static HELD: Mutex<Vec<Arc<Link>>> = Mutex::new(Vec::new());

#[derive(Trace)]
struct Link {
    #[trace(breakable)]
    next: RwLock<Option<Arc<Link>>>,
}

fn ring() -> Arc<Link> {
    let link = |next| {
        tracked_arc(Link {
            next: RwLock::new(next),
        })
    };
    let last = link(None);
    let first = link(Some(link(Some(last.clone()))));
    *last.next.write().unwrap_or_else(PoisonError::into_inner) = Some(first.clone());
    first
}

fn rings() -> impl Iterator<Item = Arc<Link>> {
    (0..N_RINGS).map(|_| ring())
}

#[test]
fn what_a_static_or_another_thread_holds_is_not_leaked() {
    rings().for_each(drop);
    HELD.lock().expect("no other test").extend(rings());
    let ((ready, is_ready), (stop, stopped)) = (mpsc::channel(), mpsc::channel::<()>());
    let holder = thread::spawn(move || {
        let on_its_stack: Vec<_> = rings().collect();
        ready.send(()).expect("somebody waits");
        let _ = stopped.recv();
        on_its_stack.len()
    });
    is_ready.recv().expect("it makes its rings");
    let locked: Vec<_> = rings().collect();
    let guards: Vec<_> = locked
        .iter()
        .filter_map(|link| link.next.try_write().ok())
        .collect();
    let weak: Vec<_> = rings().map(|link| Arc::downgrade(&link)).collect();

    let report = objgraph::find_leaks();
    // A lock that is held is an object of its own, which says so.
    assert_eq!(report.graph().n_nodes(), 5 * 3 * N_RINGS + N_RINGS);
    assert_eq!(
        (report.n_leaked(), report.weakly_held().len()),
        (3 * N_RINGS, 3 * N_RINGS)
    );
    assert_eq!(
        report.kinds()[0].fixes[0].to_string(),
        "Link.next: Arc<Link> → Weak<Link>"
    );
    assert_eq!(report.break_cycles(|_| true).n_freed, 3 * N_RINGS);
    assert!(objgraph::find_leaks().is_empty());

    // What loses its holder leaks from then on.
    drop(guards);
    drop((locked, stop));
    assert_eq!(holder.join().expect("it ends"), N_RINGS);
    HELD.lock().expect("no other test").clear();
    assert!(weak.iter().all(|link| link.upgrade().is_some()));
    drop(weak);
    let report = objgraph::find_leaks();
    assert_eq!(report.n_leaked(), 4 * 3 * N_RINGS);
    let broken = report.break_cycles(|_| true);
    assert_eq!(
        (broken.n_freed, broken.n_busy, broken.n_left),
        (4 * 3 * N_RINGS, 0, 0)
    );
    assert!(objgraph::get_objects().is_empty());
}
