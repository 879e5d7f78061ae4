//! How many handles a value has: what Python's `sys.getrefcount` says, strong and weak apart.
//!
//! Look at the counts: they are those from before the trace, although the trace itself holds what it looks at.

use objgraph::{NodeId, Trace};
use std::rc::{Rc, Weak};

#[derive(Trace)]
struct Session {
    user: Rc<String>,
    previous_user: Rc<String>,
    watcher: Weak<String>,
}

#[expect(
    clippy::print_stdout,
    reason = "the answer is what this program is for"
)]
fn main() {
    let user = Rc::new("ada".to_owned());
    let session = Session {
        user: user.clone(),
        previous_user: user.clone(),
        watcher: Rc::downgrade(&user),
    };
    let graph = objgraph::refs(&session).name("session").graph();

    for node in graph.nodes().filter(|node| node.is_shared()) {
        println!(
            "{node} {}: {} strong, {} weak",
            node.value(),
            node.strong_count(),
            node.weak_count()
        );
        let n_found = graph
            .edges_to(node.id())
            .filter(|edge| edge.kind.keeps_alive())
            .count();
        println!("{n_found} of the strong handles were found; the other is the variable `user`");
    }

    drop(user);
    let graph = objgraph::graph(&session);
    println!(
        "without that variable: {} strong",
        graph.strong_count(NodeId(1))
    );
}
