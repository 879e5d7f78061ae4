//! Leaks as failures of tests.

use super::leaks::addresses;
use super::live::live;
use super::report::LeakReport;
use objgraph_graph::Node;
use objgraph_trace::Address;
use objgraph_watch::{LiveObjects, this_thread};
use std::collections::BTreeSet;
use std::env;
use std::path::PathBuf;

/// Fails if what runs between its beginning and its end leaks: what [`assert_no_leaks!`](crate::assert_no_leaks) and
/// `#[objgraph::leak_check]` are made of.
///
/// What had leaked before does not count, nor what threads leak that were counting or tracking before, such as those of other tests.
#[derive(Debug)]
#[must_use = "a check tells at its end"]
pub struct LeakCheck {
    name: &'static str,
    known: BTreeSet<Address>,
    /// The threads before it were there before the check.
    first_new_thread: u32,
}

impl LeakCheck {
    /// Notes what has leaked already.
    ///
    /// # Complexity
    /// That of [`find_leaks`](crate::find_leaks).
    pub fn begin(name: &'static str) -> Self {
        let report = live().values(false).find_leaks();
        Self {
            name,
            known: addresses(report.graph(), report.leaked()),
            first_new_thread: objgraph_watch::next_thread(),
        }
    }

    /// Looks for what has leaked since.
    ///
    /// # Panics
    /// If there is anything: with the report, and the path of a picture.
    #[track_caller]
    pub fn end(self) {
        let objects = LiveObjects::now();
        let others = self.of_others(&objects);
        let is_held = |node: Node<'_>| {
            self.known.contains(&node.address())
                || node.serial().is_some_and(|serial| others.contains(&serial))
        };
        let report = live().values(false).find_leaks_but(&objects, is_held);
        drop(objects);
        assert!(
            report.is_empty(),
            "{} leaks\n{report}\n{}",
            self.name,
            self.draw(&report)
        );
    }

    /// The serial numbers of what other threads have tracked that were there before.
    fn of_others(&self, objects: &LiveObjects) -> BTreeSet<u64> {
        let births = objects.births();
        let others = births
            .filter(|birth| birth.thread != this_thread() && birth.thread < self.first_new_thread);
        others.map(|birth| birth.serial).collect()
    }

    /// Says where the picture is.
    fn draw(&self, report: &LeakReport) -> String {
        let path = picture(self.name);
        match report.save(&path) {
            Ok(()) => format!("picture: {}", path.display()),
            Err(error) => format!("no picture: {error}"),
        }
    }
}

/// Beside the test's program, where nobody else writes; else among temporary files.
fn picture(name: &str) -> PathBuf {
    let plain = name.replace(|char: char| !char.is_alphanumeric() && char != '_', "-");
    let program = env::current_exe().ok();
    let folder = program.as_deref().and_then(|program| program.parent());
    let folder = folder.map_or_else(env::temp_dir, PathBuf::from);
    folder.join(format!("leaks-{plain}.svg"))
}

/// Runs a closure and panics if it leaks, with a report and a picture: for unit tests.
///
/// Gives back what the closure does. Only cycles with a [tracked](crate::tracked) object are seen.
///
/// # Examples
///
/// ```
/// use objgraph::Trace;
/// use std::{cell::RefCell, rc::Rc};
///
/// #[derive(Trace, Default)]
/// struct Node { next: RefCell<Option<Rc<Node>>> }
///
/// let length = objgraph::assert_no_leaks!(|| {
///     let node = objgraph::tracked(Node::default());
///     node.next.replace(Some(objgraph::tracked(Node::default())));
///     2
/// });
/// assert_eq!(length, 2);
/// ```
#[macro_export]
macro_rules! assert_no_leaks {
    ($run:expr $(,)?) => {{
        let check = $crate::LeakCheck::begin(::core::concat!(
            ::core::module_path!(),
            " line ",
            ::core::line!()
        ));
        let result = ($run)();
        check.end();
        result
    }};
}
