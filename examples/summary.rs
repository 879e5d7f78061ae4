//! What memory is used for, by type, and what a piece of work adds to it: Python's muppy and `SummaryTracker`.

use objgraph::Trace;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Trace)]
struct Session {
    user: String,
    log: RefCell<Vec<Rc<Event>>>,
}

#[derive(Trace)]
struct Event {
    text: String,
}

fn session(user: &str) -> Rc<Session> {
    objgraph::tracked(Session {
        user: user.to_owned(),
        log: RefCell::default(),
    })
}

#[expect(
    clippy::print_stdout,
    reason = "the answer is what this program is for"
)]
fn main() {
    let sessions = ["ada", "grace", "margaret"].map(session);
    let before = objgraph::summary();
    println!("{before}");

    for (number, session) in sessions.iter().enumerate() {
        for _ in 0..=number * 100 {
            let text = format!("{} did something", session.user);
            session.log.borrow_mut().push(Rc::new(Event { text }));
        }
    }
    println!("{}", objgraph::summary().since(&before));
    println!("one session: {}", objgraph::deep_size(&sessions[2]));
}
