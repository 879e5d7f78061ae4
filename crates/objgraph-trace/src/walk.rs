//! From a value to records, in one call.

use crate::{Records, Trace, Tracer};

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
}

impl Default for TraceOptions {
    fn default() -> Self {
        Self {
            max_depth: None,
            max_breadth: usize::MAX,
            values: false,
            max_value_chars: 60,
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
    tracer.finish()
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

    /// Visits everything that the roots lead to, and writes it down.
    #[must_use]
    pub fn finish(self) -> Records {
        self.0.finish()
    }
}
