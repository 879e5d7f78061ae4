//! From a value to records, in one call.

use crate::address::FastSet;
use crate::{Address, Breakers, Records, SharedPointer, Trace, Tracer};

/// How far a trace goes, and what it writes down.
///
/// # Examples
///
/// ```
/// use objgraph_trace::{TraceOptions, trace_with};
///
/// let nested = Box::new(Box::new(Box::new(7)));
/// let records = trace_with([("nested", &nested)], TraceOptions::default().max_depth(1));
/// assert_eq!(records.n_nodes(), 2);
/// assert_eq!(records.cuts[0].n_references, 1);
/// ```
#[derive(Clone, Debug)]
pub struct TraceOptions {
    pub(crate) max_depth: Option<u32>,
    pub(crate) max_breadth: usize,
    pub(crate) values: bool,
    pub(crate) max_value_chars: usize,
    pub(crate) handles: bool,
    pub(crate) freeze: bool,
    pub(crate) within: Option<FastSet<Address>>,
}

impl Default for TraceOptions {
    fn default() -> Self {
        Self {
            max_depth: None,
            max_breadth: usize::MAX,
            values: false,
            max_value_chars: 60,
            handles: false,
            freeze: false,
            within: None,
        }
    }
}

impl TraceOptions {
    /// Follows no reference of objects that lie this far from every root. Default: no limit.
    ///
    /// Objects are then visited breadth first, so that the work grows with what is found and not with the heap.
    #[must_use]
    pub fn max_depth(mut self, max_depth: u32) -> Self {
        self.max_depth = Some(max_depth);
        self
    }

    /// Follows only so many references of one object to objects that were not seen before. Default: no limit.
    #[must_use]
    pub fn max_breadth(mut self, max_breadth: usize) -> Self {
        self.max_breadth = max_breadth;
        self
    }

    /// Writes down the one-line value of each object. Default: no.
    #[must_use]
    pub fn values(mut self, values: bool) -> Self {
        self.values = values;
        self
    }

    /// Cuts values to this many characters, at most 500. Default: 60.
    #[must_use]
    pub fn max_value_chars(mut self, max_value_chars: usize) -> Self {
        self.max_value_chars = max_value_chars.min(500);
        self
    }

    /// Writes down where each strong handle lies, so that it can be told whether one was reported twice. Default: no.
    #[must_use]
    pub fn handles(mut self, handles: bool) -> Self {
        self.handles = handles;
        self
    }

    /// Holds every guard until the walk is over, so that nobody changes what was seen behind a lock, then reads the counts
    /// of all that other threads may hold again and again: [`Records::unsteady`] has those that changed. Default: no.
    ///
    /// For a few objects that nobody is thought to use: who waits for their locks waits for the whole walk.
    #[must_use]
    pub fn freeze(mut self, freeze: bool) -> Self {
        self.freeze = freeze;
        self
    }

    /// Follows shared pointers only to values that lie at one of these addresses. Default: to all.
    ///
    /// References to others are left out without a word.
    #[must_use]
    pub fn within(mut self, addresses: impl IntoIterator<Item = Address>) -> Self {
        self.within = Some(addresses.into_iter().collect());
        self
    }
}

/// Writes down everything that a value refers to, directly or not.
///
/// # Complexity
/// O(objects + references), on any depth of nesting.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
///
/// let shared = Rc::new(7);
/// let records = objgraph_trace::trace(&vec![shared.clone(), shared]);
/// assert_eq!((records.n_nodes(), records.n_edges()), (2, 2));
/// assert_eq!(records.paths.text(records.edges[1].label()), "[1]");
/// ```
pub fn trace<T: Trace + ?Sized>(root: &T) -> Records {
    let mut tracer = Tracer::new(TraceOptions::default());
    tracer.add_root("", root);
    tracer.run()
}

/// Writes down what several named roots refer to, within limits.
///
/// A root that is nothing but a pointer, such as an `Rc`, stands for what it points at.
pub fn trace_with<'a, T: Trace + ?Sized + 'a>(
    roots: impl IntoIterator<Item = (&'a str, &'a T)>,
    options: TraceOptions,
) -> Records {
    let mut walk = Walk::new(options);
    for (name, root) in roots {
        walk.add_root(name, root);
    }
    walk.finish()
}

/// A trace of roots of several types.
///
/// # Examples
///
/// ```
/// use objgraph_trace::{TraceOptions, Walk};
///
/// let (numbers, text) = (vec![Box::new(1)], String::from("a"));
/// let mut walk = Walk::new(TraceOptions::default());
/// walk.add_root("numbers", &numbers);
/// walk.add_root("text", &text);
/// assert_eq!(walk.finish().n_nodes(), 3);
/// ```
pub struct Walk<'a>(Tracer<'a>);

impl<'a> Walk<'a> {
    /// A trace without roots.
    #[must_use]
    pub fn new(options: TraceOptions) -> Self {
        Self(Tracer::new(options))
    }

    /// Adds a root: the value itself, or what it points at if it is nothing but a pointer.
    pub fn add_root<T: Trace + ?Sized>(&mut self, name: &str, root: &'a T) {
        self.0.add_root(name, root);
    }

    /// Adds an object that is known by a strong handle, without making it a root, and returns its number.
    ///
    /// So many of its strong handles are the caller's own, and not counted; of an object that is added again, so many more. Add objects before roots: what a root leads to is
    /// visited only when all are known.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_trace::{TraceOptions, Walk};
    /// use std::rc::Rc;
    ///
    /// let shared = Rc::new(vec![Box::new(1)]);
    /// let handle = shared.clone();
    /// let mut walk = Walk::new(TraceOptions::default());
    /// let number = walk.add_object(&handle, 1);
    /// let records = walk.finish();
    /// assert_eq!((records.n_nodes(), records.roots.len()), (2, 0));
    /// assert_eq!(records.nodes[number as usize].strong, 1);
    /// ```
    pub fn add_object<P: SharedPointer>(&mut self, handle: &'a P, n_own: usize) -> u32 {
        self.0.add_object(handle, n_own)
    }

    /// Makes an object that was [added](Self::add_object) a root: that which the strong handle at an address is.
    pub fn name_object(&mut self, name: &str, object: u32, handle: Address) {
        self.0.name_object(name, object, handle);
    }

    /// Visits everything that the roots lead to, and writes it down.
    #[must_use]
    pub fn finish(mut self) -> Records {
        self.0.run()
    }

    /// As [`finish`](Self::finish), and keeps everything alive while it is decided which references are let go.
    #[must_use]
    pub fn finish_to_break(self) -> (Records, Breakers<'a>) {
        self.0.run_to_break()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NodeFlags;
    use std::rc::{Rc, Weak};
    use std::sync::Arc;

    #[test]
    fn handles_lie_where_their_owner_keeps_them() {
        let (shared, plain) = (Rc::new(7), Box::new(8));
        let value = (plain, vec![shared.clone(), shared.clone()], &shared);
        let records = trace_with([("", &value)], TraceOptions::default().handles(true));
        let handles: Vec<_> = records.handles.iter().copied().collect();
        let place = |handle: &Rc<i32>| Address::of(handle);
        let none = Address::default();
        assert_eq!(handles[..3], [none, place(&value.1[0]), place(&value.1[1])]);
        assert_eq!(handles.len(), records.n_edges());
        assert!(trace(&value).handles.is_empty());
    }

    #[test]
    fn references_without_a_node_take_their_handles_along() {
        let number = 7;
        let value = (&number, Rc::new(8), &number, Rc::new(9));
        let records = trace_with([("", &value)], TraceOptions::default().handles(true));
        let handles: Vec<_> = records.handles.iter().copied().collect();
        assert_eq!(
            handles,
            [
                Address::of(&raw const value.1),
                Address::of(&raw const value.3)
            ]
        );
    }

    #[test]
    fn a_walk_stays_within_what_it_is_given() {
        let (inner, outer) = (Rc::new(Box::new(1)), Rc::new(Box::new(2)));
        let value = (
            inner.clone(),
            outer.clone(),
            Rc::downgrade(&inner),
            Rc::downgrade(&outer),
            Weak::<u8>::new(),
        );
        let within = [Address::of(&raw const *inner)];
        let records = trace_with([("", &value)], TraceOptions::default().within(within));
        assert_eq!(
            (records.n_nodes(), records.n_edges(), records.cuts.len()),
            (3, 3, 0)
        );
        assert_eq!((Rc::strong_count(&inner), Rc::strong_count(&outer)), (2, 2));
    }

    #[test]
    fn an_object_that_is_known_by_a_handle_is_no_root_but_can_be_named() {
        let shared = Rc::new(Some(Arc::new(1)));
        let (handle, again) = (shared.clone(), shared.clone());
        let mut walk = Walk::new(TraceOptions::default());
        let number = walk.add_object(&handle, 1);
        assert_eq!(walk.add_object(&again, 1), number);
        walk.name_object("local", number, Address::of(&raw const shared));
        walk.add_root("reference", &shared);
        let records = walk.finish();
        assert_eq!((records.n_nodes(), records.nodes[0].strong), (2, 1));
        let [local, reference] = &records.roots[..] else {
            panic!("two roots")
        };
        assert_eq!((local.node, reference.node), (number, number));
        assert_eq!(
            (local.handle, local.handle),
            (reference.handle, Some(Address::of(&raw const shared)))
        );
        let is_atomic = |node: usize| records.nodes[node].flags.contains(NodeFlags::ATOMIC);
        assert!(!is_atomic(0) && is_atomic(1));
    }

    #[test]
    fn an_object_without_references_is_visited_once() {
        let text: Rc<str> = "text".into();
        let handle = text.clone();
        let mut walk = Walk::new(TraceOptions::default().values(true));
        walk.add_object(&handle, 1);
        walk.add_root("", &text);
        let records = walk.finish();
        assert_eq!((records.n_nodes(), records.values.of(0)), (1, "\"text\""));
    }
}
