//! Roots that are borrowed while a function runs.
//!
//! # Why this is sound
//!
//! The list of a thread has the references as pointers without a lifetime. Each was put there by a call of [`with_root`] that
//! has not returned, for its guard takes it away when it returns or unwinds: the guard is a variable of that call, which nobody
//! else can get at, so that it is neither forgotten nor moved. The reference is an argument of the call and
//! valid until it returns. Whoever reads the list does so in the same thread, further up on the stack, and gives the references
//! to a function that returns before it does itself. A guard that a local variable of the user's kept could be
//! forgotten, or end in a future that is never dropped: for this reason there is none.

use objgraph_trace::Trace;
use std::cell::RefCell;

thread_local! {
    static SCOPES: RefCell<Vec<(String, *const dyn Trace)>> = const { RefCell::new(Vec::new()) };
}

/// Makes a value of any kind a root with a name while a function runs, for questions that this thread asks.
///
/// # Examples
///
/// ```
/// let app = vec![Box::new(1)];
/// let sum = objgraph_watch::with_root("app", &app, || *app[0] + 1);
/// assert_eq!(sum, 2);
/// ```
pub fn with_root<T: Trace, R>(name: &str, value: &T, run: impl FnOnce() -> R) -> R {
    let is_listed =
        SCOPES.try_with(|scopes| scopes.borrow_mut().push((name.to_owned(), erase(value))));
    let _scope = is_listed.is_ok().then_some(Scope);
    run()
}

/// Forgets the lifetime, and nothing else.
#[expect(
    clippy::transmute_ptr_to_ptr,
    reason = "a cast must not lengthen the lifetime of a trait object"
)]
fn erase<'v>(value: &'v (dyn Trace + 'v)) -> *const (dyn Trace + 'static) {
    let value: *const (dyn Trace + 'v) = value;
    // SAFETY: both are pointers to the same trait object. It is followed only as the module's text says.
    unsafe { std::mem::transmute(value) }
}

/// The time in which the last root of the list is one.
struct Scope;

impl Drop for Scope {
    fn drop(&mut self) {
        let _ = SCOPES.try_with(|scopes| scopes.borrow_mut().pop());
    }
}

/// Lets a function look at these values and at all that are roots while a function of this thread runs.
pub(super) fn with_all<R>(
    statics: Vec<(String, &'static dyn Trace)>,
    look: impl FnOnce(&[(String, &dyn Trace)]) -> R,
) -> R {
    let scopes = SCOPES.try_with(|scopes| scopes.borrow().clone());
    let mut all: Vec<(String, &dyn Trace)> = statics;
    for (name, value) in scopes.unwrap_or_default() {
        // SAFETY: see the module's text: the call that lends the value is below this one on the stack.
        all.push((name, unsafe { &*value }));
    }
    look(&all)
}
