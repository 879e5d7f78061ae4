//! Named roots: what is there by itself, and where chains end.

mod handles;
mod scopes;
mod statics;
mod threads;

use objgraph_trace::{Trace, Walk};

pub use handles::{RootGuard, root};
pub use scopes::with_root;
pub use statics::static_root;
pub use threads::thread_root;

/// Which roots a walk begins with.
#[derive(Clone, Copy)]
pub enum WalkRoots<'r> {
    /// None.
    None,
    /// Those that are registered, and some more.
    RegisteredAnd(&'r dyn AddRoots),
}

/// Roots of any types.
pub trait AddRoots {
    /// Adds them to a walk.
    fn add_roots<'w>(&'w self, walk: &mut Walk<'w>);
}

/// No more roots.
impl AddRoots for () {
    fn add_roots<'w>(&'w self, _: &mut Walk<'w>) {}
}

/// The roots that are registered now.
pub(crate) struct Registered<'r> {
    handles: &'r [handles::HandleRoot],
    values: &'r [(String, &'r dyn Trace)],
    of_thread: Option<&'r threads::Nested<'r>>,
    more: &'r dyn AddRoots,
}

/// Lets a function look at roots while they are valid.
pub(crate) fn with_roots<R>(roots: WalkRoots<'_>, look: impl FnOnce(&Registered<'_>) -> R) -> R {
    match roots {
        WalkRoots::None => look(&Registered {
            handles: &[],
            values: &[],
            of_thread: None,
            more: &(),
        }),
        WalkRoots::RegisteredAnd(more) => {
            let handles = handles::now();
            scopes::with_all(statics::all(), |values| {
                threads::with_all(|of_thread| {
                    look(&Registered {
                        handles: &handles,
                        values,
                        of_thread,
                        more,
                    })
                })
            })
        }
    }
}

impl<'r> Registered<'r> {
    /// Objects must have been added before.
    pub(crate) fn add_to<'w>(&'w self, walk: &mut Walk<'w>)
    where
        'r: 'w,
    {
        for root in self.handles {
            let object = root.handle.add_to(walk);
            walk.name_object(&root.name, object, root.place);
        }
        for (name, value) in self.values {
            walk.add_root(name, *value);
        }
        let mut of_thread = self.of_thread;
        while let Some(root) = of_thread {
            walk.add_root(root.name, root.value);
            of_thread = root.outer;
        }
        self.more.add_roots(walk);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LiveObjects, tracked};
    use objgraph_trace::{Address, Records, TraceOptions};
    use std::cell::RefCell;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::rc::Rc;
    use std::sync::Mutex;
    use std::thread;

    fn records() -> Records {
        let roots = WalkRoots::RegisteredAnd(&());
        let objects = LiveObjects::now();
        objects.walk(
            TraceOptions::default(),
            |_| true,
            roots,
            |walk, _| walk.finish(),
        )
    }

    /// The names of this thread's roots, without those that all threads see.
    fn names() -> Vec<String> {
        let names = records().roots.into_iter().map(|root| root.name);
        names.filter(|name| !name.starts_with("STATIC")).collect()
    }

    #[test]
    fn a_handle_is_a_root_as_long_as_its_guard_lives() {
        let (one, other) = (Rc::new(1), tracked(2));
        let first = root("one", &one);
        let second = root("other", &other);
        let found = records();
        let named = |name: &str| found.roots.iter().find(|root| root.name == name);
        assert_eq!(
            named("one").and_then(|root| root.handle),
            Some(Address::of(&raw const one))
        );
        let node = named("other").expect("it is a root").node as usize;
        assert_eq!((found.nodes[node].strong, Rc::strong_count(&other)), (1, 1));
        drop(first);
        assert_eq!(names(), ["other"]);
        drop(second);
        assert!(names().is_empty());
    }

    #[test]
    fn a_guard_that_is_forgotten_keeps_nothing_alive() {
        let value = Rc::new(1);
        std::mem::forget(root("value", &value));
        assert_eq!(names(), ["value"]);
        drop(value);
        assert!(names().is_empty());
    }

    #[test]
    fn a_borrowed_value_is_a_root_while_a_function_runs() {
        let (outer, inner) = (vec![Box::new(1)], RefCell::new(Box::new(2)));
        let seen = with_root("outer", &outer, || with_root("inner", &inner, names));
        assert_eq!(seen, ["outer", "inner"]);
        let panics = || with_root("outer", &outer, || panic!("on purpose"));
        assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
        assert!(names().is_empty());
    }

    #[test]
    fn statics_are_roots_of_every_thread_and_names_are_replaced() {
        static FIRST: Mutex<Vec<u8>> = Mutex::new(Vec::new());
        static SECOND: Mutex<String> = Mutex::new(String::new());
        static_root("STATIC", &FIRST);
        static_root("STATIC", &SECOND);
        let found = thread::spawn(records).join().expect("it ends");
        let roots: Vec<_> = found
            .roots
            .iter()
            .filter(|root| root.name == "STATIC")
            .collect();
        assert_eq!(roots.len(), 1);
        assert_eq!(
            found.nodes[roots[0].node as usize].address,
            Address::of(&raw const SECOND)
        );
    }

    #[test]
    fn thread_locals_are_roots_of_their_thread() {
        thread_local! {
            static ONE: RefCell<Vec<Rc<u8>>> = RefCell::default();
            static OTHER: Rc<u16> = Rc::new(7);
        }
        thread_root("one", &ONE);
        thread_root("other", &OTHER);
        assert_eq!(names(), ["other", "one"]);
        assert!(thread::spawn(names).join().expect("it ends").is_empty());
    }
}
