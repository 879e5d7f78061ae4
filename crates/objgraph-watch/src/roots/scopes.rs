//! Roots that are borrowed while a function runs: the argument for the `unsafe` of this crate.
//!
//! # The argument
//!
//! A thread keeps a list of references whose lifetimes are erased, and a walk uses them. So a reference must be on the list only as long as
//! it is valid, and no walk may use it any longer.
//!
//! - [`with_root`] puts a reference on the list that is valid until `with_root` returns. It is taken off by a guard in a local of
//!   `with_root`, which no other code has in its hands: it can be neither forgotten nor moved, and a panic drops it. As `with_root` calls a
//!   closure and is no macro, an `async` block cannot keep the guard across an `await` and be leaked then.
//! - A walk uses references within [`with_all`] only, which notes on the list that they are lent, and takes that back by a guard of
//!   the same kind. Usually it is called by what `with_root` has called, and returns before. If it does not, since somebody changes
//!   stacks in the middle of both, the guard of `with_root` finds its reference lent; then the process is aborted.
//! - The list is of one thread, and so is every use of it: the value need not be `Sync`.
//! - When a thread ends, the list may be dropped before other thread-locals, in whose destructors `with_root` finds no list and only calls
//!   the closure. Where a list is dropped before `with_root` returns, stacks were changed as well, and the process is aborted too.
//!
//! A guard that users hold, or a macro that hides one in a local, was rejected: both end up in the state of a future, which may be leaked
//! while what it borrows goes away.

#![expect(unsafe_code, reason = "see the argument")]

use objgraph_trace::Trace;
use std::cell::RefCell;
use std::mem::transmute;
use std::process::abort;

struct Scope {
    id: u64,
    name: String,
    /// Valid until the scope is taken off the list; the lifetime is a lie.
    value: &'static dyn Trace,
    /// How many walks use it now.
    n_lent: usize,
}

#[derive(Default)]
struct Scopes {
    list: Vec<Scope>,
    next_id: u64,
}

thread_local! {
    static SCOPES: RefCell<Scopes> = RefCell::default();
}

/// Makes a value of any kind a root with a name while a function runs, for questions that this thread asks.
///
/// The value is borrowed meanwhile. In `async` code, for what happens between two `await`s.
///
/// # Examples
///
/// ```
/// let app = vec![Box::new(1)];
/// let sum = objgraph_watch::with_root("app", &app, || *app[0] + 1);
/// assert_eq!(sum, 2);
/// ```
///
/// It cannot change or go meanwhile:
///
/// ```compile_fail,E0502
/// let mut app = vec![1];
/// objgraph_watch::with_root("app", &app, || app.push(2));
/// ```
///
/// ```compile_fail,E0505
/// let app = vec![1];
/// objgraph_watch::with_root("app", &app, move || drop(app));
/// ```
pub fn with_root<T: Trace, R>(name: &str, value: &T, run: impl FnOnce() -> R) -> R {
    let value: &dyn Trace = value;
    // SAFETY: both are references to the same trait object, and differ in lifetimes only. The value is valid until the guard is dropped,
    // which takes it off the list: see the module's argument.
    let value = unsafe { transmute::<&dyn Trace, &'static dyn Trace>(value) };
    let _guard = OnList::put(name.to_owned(), value);
    run()
}

/// While it lives, its reference is on the list.
struct OnList(Option<u64>);

impl OnList {
    fn put(name: String, value: &'static dyn Trace) -> Self {
        let put = |scopes: &RefCell<Scopes>| {
            let mut scopes = scopes.borrow_mut();
            let id = scopes.next_id;
            scopes.next_id += 1;
            scopes.list.push(Scope {
                id,
                name,
                value,
                n_lent: 0,
            });
            id
        };
        Self(SCOPES.try_with(put).ok())
    }
}

impl Drop for OnList {
    fn drop(&mut self) {
        let Some(id) = self.0 else { return };
        let take = |scopes: &RefCell<Scopes>| {
            let mut scopes = scopes.borrow_mut();
            let place = scopes
                .list
                .binary_search_by_key(&id, |scope| scope.id)
                .ok()?;
            Some(scopes.list.remove(place))
        };
        let is_lent = match SCOPES.try_with(take) {
            Ok(scope) => scope.is_some_and(|scope| scope.n_lent > 0),
            Err(_) => true,
        };
        if is_lent {
            eprintln!("objgraph: a root ends while its value is looked at");
            abort();
        }
    }
}

/// Lets a function look at these values and at all that are roots while a function of this thread runs.
pub(super) fn with_all<R>(
    statics: Vec<(String, &'static dyn Trace)>,
    look: impl FnOnce(&[(String, &dyn Trace)]) -> R,
) -> R {
    let lent = Lending::begin();
    let mut all: Vec<(String, &dyn Trace)> = statics;
    all.extend(lent.0.iter().map(|(_, name, value)| (name.clone(), *value)));
    look(&all)
}

/// While it lives, the values in it may be used.
struct Lending(Vec<(u64, String, &'static dyn Trace)>);

impl Lending {
    fn begin() -> Self {
        let lend = |scopes: &RefCell<Scopes>| {
            let mut scopes = scopes.borrow_mut();
            let lend = |scope: &mut Scope| {
                scope.n_lent += 1;
                (scope.id, scope.name.clone(), scope.value)
            };
            scopes.list.iter_mut().map(lend).collect()
        };
        Self(SCOPES.try_with(lend).unwrap_or_default())
    }
}

impl Drop for Lending {
    fn drop(&mut self) {
        let end = |scopes: &RefCell<Scopes>| {
            let list = &mut scopes.borrow_mut().list;
            for (id, ..) in &self.0 {
                if let Ok(place) = list.binary_search_by_key(id, |scope| scope.id) {
                    list[place].n_lent -= 1;
                }
            }
        };
        _ = SCOPES.try_with(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::env;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::process::Command;

    fn names() -> Vec<String> {
        with_all(Vec::new(), |values| {
            values.iter().map(|(name, _)| name.clone()).collect()
        })
    }

    #[test]
    fn a_value_is_a_root_until_the_function_ends() {
        let inner = || with_root("inner", &2, names);
        let (both, one) = with_root("outer", &1, || (inner(), names()));
        assert_eq!(
            (both.join(" "), one.join(" ")),
            ("outer inner".into(), "outer".into())
        );
        assert!(names().is_empty());
    }

    #[test]
    fn a_panic_ends_a_root() {
        let burst = || with_root("outer", &1, || panic!("on purpose"));
        assert!(catch_unwind(burst).is_err());
        let burst = || with_all(Vec::new(), |_| panic!("on purpose"));
        with_root("outer", &1, || {
            assert!(catch_unwind(AssertUnwindSafe(burst)).is_err());
        });
        assert!(names().is_empty());
    }

    #[test]
    fn a_root_may_begin_and_end_while_others_are_looked_at() {
        with_root("outer", &1, || {
            with_all(Vec::new(), |values| {
                with_root("inner", &2, || assert_eq!(values.len(), 1));
            });
        });
    }

    /// What only a change of stacks can bring about: the walk begins within the function, and outlives it.
    #[test]
    #[cfg_attr(miri, ignore = "starts a process")]
    fn a_root_that_ends_while_it_is_looked_at_ends_the_process() {
        const IS_CHILD: &str = "OBJGRAPH_WATCH_ABORTS";
        if env::var_os(IS_CHILD).is_some() {
            let _lent = with_root("outer", &1, Lending::begin);
            return;
        }
        let name = "a_root_that_ends_while_it_is_looked_at_ends_the_process";
        let mut child = Command::new(env::current_exe().unwrap());
        let child = child.arg(name).env(IS_CHILD, "");
        assert!(!child.output().unwrap().status.success());
    }
}
