//! Roots that are thread-local statics.

use objgraph_trace::Trace;
use std::cell::RefCell;
use std::rc::Rc;
use std::thread::LocalKey;

thread_local! {
    static LOCALS: RefCell<Vec<(String, Rc<dyn Local>)>> = const { RefCell::new(Vec::new()) };
}

/// A thread-local static of any type.
trait Local {
    /// Does nothing if the thread is about to end and the value is gone.
    fn look(&self, look: &mut dyn FnMut(&dyn Trace));
}

impl<T: Trace + 'static> Local for &'static LocalKey<T> {
    fn look(&self, look: &mut dyn FnMut(&dyn Trace)) {
        let _ = self.try_with(|value| look(value));
    }
}

/// Makes a thread-local static a root with a name, for questions that this thread asks. A name that is there already gets
/// another value.
///
/// The value is initialised now if it was not, so that no question does it.
///
/// # Examples
///
/// ```
/// use std::{cell::RefCell, rc::Rc};
///
/// thread_local! {
///     static WIDGETS: RefCell<Vec<Rc<String>>> = RefCell::default();
/// }
/// objgraph_watch::thread_root("WIDGETS", &WIDGETS);
/// ```
pub fn thread_root<T: Trace + 'static>(name: &str, value: &'static LocalKey<T>) {
    let _ = value.try_with(|_| ());
    let _ = LOCALS.try_with(|locals| {
        let mut locals = locals.borrow_mut();
        locals.retain(|known| known.0 != name);
        locals.push((name.to_owned(), Rc::new(value)));
    });
}

/// The values of several thread-locals, each of which can be looked at only while a function runs.
pub(super) struct Nested<'n> {
    pub(super) name: &'n str,
    pub(super) value: &'n dyn Trace,
    pub(super) outer: Option<&'n Nested<'n>>,
}

/// Lets a function look at all of them, nested as deep as there are roots of this kind.
pub(super) fn with_all<R>(look: impl FnOnce(Option<&Nested<'_>>) -> R) -> R {
    let locals = LOCALS.try_with(|locals| locals.borrow().clone());
    let (mut look, mut result) = (Some(look), None);
    nest(&locals.unwrap_or_default(), None, &mut |nested| {
        result = look.take().map(|look| look(nested));
    });
    result.expect("the innermost call looks, once")
}

fn nest(
    locals: &[(String, Rc<dyn Local>)],
    outer: Option<&Nested<'_>>,
    look: &mut dyn FnMut(Option<&Nested<'_>>),
) {
    let Some(((name, local), rest)) = locals.split_first() else {
        return look(outer);
    };
    let mut is_there = false;
    local.look(&mut |value| {
        is_there = true;
        nest(rest, Some(&Nested { name, value, outer }), look);
    });
    if !is_there {
        nest(rest, outer, look);
    }
}
