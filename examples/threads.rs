//! Values that cannot be read now: the picture says so, and nothing waits or panics.
//!
//! Look at the violet boxes: one lock is held by another thread, one was poisoned by a panic, a cell is mutably
//! borrowed, one is empty; and at the closure, of which nobody can see what it holds.

use objgraph::Trace;
use std::cell::RefCell;
use std::error::Error;
use std::rc::{Rc, Weak};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, mpsc};
use std::thread;

#[derive(Trace)]
struct Server {
    queue: Arc<Mutex<Vec<Arc<Job>>>>,
    journal: Arc<Mutex<Vec<Arc<Job>>>>,
    sessions: RefCell<Vec<Rc<String>>>,
    idle: Mutex<Vec<Arc<Job>>>,
    on_done: Box<dyn Fn(u32)>,
    config: OnceLock<String>,
    last_session: Weak<String>,
}

#[derive(Trace)]
struct Job {
    number: u32,
}

fn jobs(numbers: impl IntoIterator<Item = u32>) -> Vec<Arc<Job>> {
    numbers
        .into_iter()
        .map(|number| Arc::new(Job { number }))
        .collect()
}

/// Poisons a lock: its holder panics, without a word.
fn poison(lock: &Mutex<Vec<Arc<Job>>>) {
    let panicked = thread::scope(|scope| {
        let holder = scope.spawn(|| {
            let _guard = lock.lock().unwrap_or_else(PoisonError::into_inner);
            std::panic::resume_unwind(Box::new("out of paper"));
        });
        holder.join().is_err()
    });
    assert!(panicked && lock.is_poisoned());
}

/// Holds a lock in another thread for as long as `action` takes.
fn while_locked<R>(lock: &Mutex<Vec<Arc<Job>>>, action: impl FnOnce() -> R) -> R {
    let (locked, is_locked) = mpsc::channel();
    let (done, is_done) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let guard: MutexGuard<'_, _> = lock.lock().unwrap_or_else(PoisonError::into_inner);
            // A closed channel means that the other side is gone: then there is nothing to wait for.
            let _ = locked.send(());
            let _ = is_done.recv();
            drop(guard);
        });
        let _ = is_locked.recv();
        let result = action();
        drop(done);
        result
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let ada = Rc::new("ada".to_owned());
    let counted = ada.clone();
    let server = Server {
        queue: Arc::new(Mutex::new(jobs(1..=2))),
        journal: Arc::new(Mutex::new(jobs(3..=4))),
        sessions: RefCell::new(vec![ada]),
        idle: Mutex::new(jobs(5..=6)),
        on_done: Box::new(move |number| eprintln!("{counted}: {number}")),
        config: OnceLock::new(),
        last_session: Rc::downgrade(&Rc::new("grace".to_owned())),
    };
    poison(&server.journal);

    let queue = server.queue.clone();
    let sessions = server.sessions.borrow_mut();
    while_locked(&queue, || {
        for path in ["threads.dot", "threads.svg", "threads.png"] {
            objgraph::refs(&server)
                .name("server")
                .legend(true)
                .save(path)?;
            eprintln!("wrote {path}");
        }
        let graph = objgraph::graph(&server);
        for node in graph
            .nodes()
            .filter(|node| !node.state().label().is_empty())
        {
            eprintln!("{node}: {}", node.state().label());
        }
        Ok::<(), Box<dyn Error>>(())
    })?;
    drop(sessions);
    (server.on_done)(6);
    Ok(())
}
