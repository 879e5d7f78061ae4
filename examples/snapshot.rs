//! A heap file of a Rust program: written now, asked later, here or by the `objgraph` command.
//!
//! Look at the answers: they come from the file alone, in which the objects have types, sizes, counts and the names of fields.

use objgraph::{CycleOptions, Query, Trace, WeakenOptions};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

#[derive(Trace)]
struct App {
    sessions: RefCell<BTreeMap<String, Rc<Session>>>,
    pages: RefCell<Vec<Rc<Page>>>,
}

#[derive(Trace)]
struct Session {
    visitor: String,
    /// The mistake: a page holds its session too, so that neither is ever freed.
    last_page: RefCell<Option<Rc<Page>>>,
}

#[derive(Trace)]
struct Page {
    session: Rc<Session>,
    body: String,
}

impl App {
    fn serve(&self, visitor: &str) {
        let session = self.session(visitor);
        let page = Rc::new(Page {
            session: session.clone(),
            body: format!("<h1>Hello, {visitor}</h1>").repeat(100),
        });
        *session.last_page.borrow_mut() = Some(page.clone());
        self.pages.borrow_mut().push(page);
    }

    fn session(&self, visitor: &str) -> Rc<Session> {
        let mut sessions = self.sessions.borrow_mut();
        let session = sessions.entry(visitor.to_owned()).or_insert_with(|| {
            Rc::new(Session {
                visitor: visitor.to_owned(),
                last_page: RefCell::default(),
            })
        });
        session.clone()
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the answer is what this program is for"
)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = App {
        sessions: RefCell::default(),
        pages: RefCell::default(),
    };
    for request in 0..30 {
        app.serve(["ada", "bob", "eve"][request % 3]);
    }
    objgraph::snapshot(&app)
        .name("app")
        .title("30 requests of 3 visitors")
        .save("snapshot.jsonl.gz")?;
    drop(app);

    // From here on, all that is known is in the file.
    let heap = objgraph::load("snapshot.jsonl.gz")?;
    let graph = &heap.graph;
    println!(
        "{} objects, {} references",
        graph.n_nodes(),
        graph.n_edges()
    );
    for stats in graph.type_stats() {
        println!("{:>6} {}", stats.count, stats.type_name);
    }
    let eve = Query::parse("type:Session and value~eve")?;
    for session in eve.on(graph)?.all() {
        println!("alive: {}", graph.why_alive_id(session));
    }
    for shape in graph.short_cycles(&CycleOptions::default()).shapes {
        println!("{} × {shape}", shape.count);
    }
    let weakening = graph.edges_to_weaken(&WeakenOptions::default());
    if let Some(best) = weakening.suggestions.first() {
        println!("to make weak: {best}");
    }
    Ok(())
}
