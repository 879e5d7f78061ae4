//! The tracked objects that live.

use crate::WalkRoots;
use crate::next_serial;
use crate::registry::{arcs, rcs};
use crate::roots::with_roots;
use crate::track::TrackedSync;
use crate::{Trackable, Tracked};
use objgraph_trace::{Address, SharedPointer, TraceOptions, Walk};
use std::any::Any;
use std::fmt;
use std::panic::Location;
use std::rc::{self, Rc};
use std::sync::{self, Arc};

#[cfg(test)]
mod tests;
mod turn;

use turn::Turn;

/// When and where an object was tracked, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Birth {
    /// Its place in the order of tracking, a number that is never used again.
    pub serial: u64,
    /// The call that tracked it.
    pub site: &'static Location<'static>,
    /// The thread that tracked it: a number from 1, never used again.
    pub thread: u32,
    /// How often it was tracked: so many of its weak handles are those of tracking.
    pub n_handles: u32,
}

impl Birth {
    pub(crate) fn new<W>(entry: &crate::registry::Entry<W>, thread: u32) -> Self {
        Self {
            serial: entry.serial,
            site: entry.site,
            thread,
            n_handles: 1,
        }
    }
}

/// A strong handle of either kind.
#[doc(hidden)]
#[derive(Clone)]
pub enum AnyHandle {
    Rc(Rc<dyn Tracked>),
    Arc(Arc<TrackedSync>),
}

impl AnyHandle {
    pub(crate) fn rc(&self) -> Option<Rc<dyn Any>> {
        match self {
            Self::Rc(handle) => Some(handle.clone() as _),
            Self::Arc(_) => None,
        }
    }

    pub(crate) fn arc(&self) -> Option<Arc<dyn Any + Send + Sync>> {
        match self {
            Self::Arc(handle) => Some(handle.clone() as _),
            Self::Rc(_) => None,
        }
    }

    fn downgrade(&self) -> AnyWeak {
        match self {
            Self::Rc(handle) => AnyWeak::Rc(Rc::downgrade(handle)),
            Self::Arc(handle) => AnyWeak::Arc(Arc::downgrade(handle)),
        }
    }

    fn type_path(&self) -> &'static str {
        match self {
            // That of the value, not that of the handle.
            Self::Rc(handle) => (**handle).trace_type().name(),
            Self::Arc(handle) => (**handle).trace_type().name(),
        }
    }

    /// The number that it gets in the walk, which does not count this handle.
    pub(crate) fn add_to<'w>(&'w self, walk: &mut Walk<'w>) -> u32 {
        match self {
            Self::Rc(handle) => walk.add_object(handle, 1),
            Self::Arc(handle) => walk.add_object(handle, 1),
        }
    }

    /// What handles to one object have in common, and no others.
    fn allocation(&self) -> Address {
        match self {
            Self::Rc(handle) => handle.allocation(),
            Self::Arc(handle) => handle.allocation(),
        }
    }

    fn address(&self) -> Address {
        match self {
            Self::Rc(handle) => Address::of(Rc::as_ptr(handle)),
            Self::Arc(handle) => Address::of(Arc::as_ptr(handle)),
        }
    }
}

#[doc(hidden)]
#[derive(Clone)]
pub enum AnyWeak {
    Rc(rc::Weak<dyn Tracked>),
    Arc(sync::Weak<TrackedSync>),
}

impl AnyWeak {
    pub(crate) fn upgrade(&self) -> Option<AnyHandle> {
        match self {
            Self::Rc(handle) => handle.upgrade().map(AnyHandle::Rc),
            Self::Arc(handle) => handle.upgrade().map(AnyHandle::Arc),
        }
    }
}

/// An object that is kept alive while questions are asked.
pub(crate) struct LiveHandle {
    handle: AnyHandle,
    /// The strong and the weak count before it was kept alive.
    counts: (usize, usize),
    birth: Birth,
}

impl LiveHandle {
    pub(crate) fn of_rc(handle: Rc<dyn Tracked>, counts: (usize, usize), birth: Birth) -> Self {
        Self {
            handle: AnyHandle::Rc(handle),
            counts,
            birth,
        }
    }

    pub(crate) fn of_arc(handle: Arc<TrackedSync>, counts: (usize, usize), birth: Birth) -> Self {
        Self {
            handle: AnyHandle::Arc(handle),
            counts,
            birth,
        }
    }
}

/// All tracked objects that live now, kept alive until this is dropped: the `Rc`s of this thread, and the `Arc`s of all.
///
/// While one thread has this, others wait for theirs: each would take the other's handles for those of the program.
pub struct LiveObjects {
    /// Each object once, by serial number.
    handles: Vec<LiveHandle>,
    // Declared last: the handles are dropped while others wait.
    _turn: Turn,
}

impl LiveObjects {
    /// Keeps all tracked objects alive that live now.
    ///
    /// # Complexity
    /// O(n) in tracked objects; O(m log m) in those that have more than one weak handle.
    #[must_use]
    pub fn now() -> Self {
        let turn = Turn::wait();
        // What is tracked from now on is left out: so all handles of tracking were there when an object's counts were read.
        let end = next_serial();
        let mut handles = rcs(end);
        handles.extend(arcs(end));
        // Some rows that are sorted already, which this sort makes use of.
        handles.sort_by_key(|object| object.birth.serial);
        unite(&mut handles);
        Self {
            handles,
            _turn: turn,
        }
    }

    /// How many there are; what was tracked twice counts once.
    #[must_use]
    pub fn len(&self) -> usize {
        self.handles.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.handles.is_empty()
    }

    /// The full path of each object's type, or the name that it was given.
    pub fn type_paths(&self) -> impl Iterator<Item = &'static str> {
        self.handles.iter().map(|object| object.handle.type_path())
    }

    /// When and where each was tracked.
    pub fn births(&self) -> impl Iterator<Item = Birth> {
        self.handles.iter().map(|object| object.birth)
    }

    /// Handles to the objects of one type.
    #[must_use]
    pub fn of_type<P: Trackable>(&self) -> Vec<P> {
        let handles = self.handles.iter();
        handles.filter_map(|it| P::of(&it.handle)).collect()
    }

    /// What is known of each object, without keeping it alive.
    #[must_use]
    pub fn to_objects(&self) -> Vec<LiveObject> {
        self.handles.iter().map(LiveObject::new).collect()
    }

    /// Walks through some of the objects, and through the roots that are wanted.
    ///
    /// The walk is handed on with the number and the birth of each object, by number.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_trace::TraceOptions;
    /// use objgraph_watch::{LiveObjects, WalkRoots};
    ///
    /// let list = objgraph_watch::tracked(vec![objgraph_watch::tracked(1)]);
    /// let objects = LiveObjects::now();
    /// let records = objects.walk(TraceOptions::default(), |_| true, WalkRoots::None, |walk, births| {
    ///     assert_eq!((births.len(), births[0].0), (2, 0));
    ///     walk.finish()
    /// });
    /// assert_eq!((records.n_nodes(), records.n_edges()), (2, 1));
    /// assert_eq!(records.nodes[1].strong, 1);
    /// # drop(list);
    /// ```
    pub fn walk<R>(
        &self,
        options: TraceOptions,
        matches: impl Fn(Address) -> bool,
        roots: WalkRoots<'_>,
        finish: impl FnOnce(Walk<'_>, &[(u32, Birth)]) -> R,
    ) -> R {
        with_roots(roots, |registered| {
            let mut walk = Walk::new(options);
            let births = self.add_to(&mut walk, matches);
            registered.add_to(&mut walk);
            finish(walk, &births)
        })
    }

    fn add_to<'w>(
        &'w self,
        walk: &mut Walk<'w>,
        matches: impl Fn(Address) -> bool,
    ) -> Vec<(u32, Birth)> {
        let handles = self.handles.iter();
        let wanted = handles.filter(|object| matches(object.handle.address()));
        wanted
            .map(|object| (object.handle.add_to(walk), object.birth))
            .collect()
    }
}

/// Makes one of objects that are one, since they were tracked more than once: the oldest.
fn unite(handles: &mut Vec<LiveHandle>) {
    // What has only one weak handle was tracked once.
    let several = handles.iter().enumerate().filter(|(_, it)| it.counts.1 > 1);
    let mut candidates: Vec<(Address, usize)> = several
        .map(|(place, object)| (object.handle.allocation(), place))
        .collect();
    candidates.sort_unstable();
    let mut is_any_double = false;
    for same in candidates.chunk_by(|one, next| one.0 == next.0) {
        // The handles that were made for those read before are among the strong ones of the later.
        let strong = same.iter().map(|(_, place)| handles[*place].counts.0).min();
        for (_, place) in &same[1..] {
            handles[*place].birth.n_handles = 0;
            is_any_double = true;
        }
        let first = &mut handles[same[0].1];
        first.birth.n_handles = same.len() as u32;
        first.counts.0 = strong.unwrap_or(first.counts.0);
    }
    if is_any_double {
        handles.retain(|object| object.birth.n_handles > 0);
    }
}

/// A tracked object that lived when it was asked for; not kept alive. Displayed as `Widget, tracked at src/app.rs:12`.
#[derive(Clone)]
pub struct LiveObject {
    handle: AnyWeak,
    type_path: &'static str,
    counts: (usize, usize),
    birth: Birth,
}

impl LiveObject {
    fn new(object: &LiveHandle) -> Self {
        Self {
            handle: object.handle.downgrade(),
            type_path: object.handle.type_path(),
            counts: object.counts,
            birth: object.birth,
        }
    }

    /// The full path of its type, or the name that it was given.
    #[must_use]
    pub fn type_path(&self) -> &'static str {
        self.type_path
    }

    /// When and where it was tracked.
    #[must_use]
    pub fn birth(&self) -> Birth {
        self.birth
    }

    /// How many strong handles it had when it was asked for.
    #[must_use]
    pub fn strong_count(&self) -> usize {
        self.counts.0
    }

    /// How many weak handles it had when it was asked for, those of tracking left out.
    #[must_use]
    pub fn weak_count(&self) -> usize {
        self.counts.1.saturating_sub(self.birth.n_handles as usize)
    }

    /// A handle to it, if it is an `Rc<T>` or `Arc<T>` like that and still lives.
    #[must_use]
    pub fn handle<P: Trackable>(&self) -> Option<P> {
        P::of(&self.handle.upgrade()?)
    }
}

impl fmt::Display for LiveObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let site = self.birth.site;
        write!(
            f,
            "{}, tracked at {}:{}",
            self.type_path,
            site.file(),
            site.line()
        )
    }
}

impl fmt::Debug for LiveObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
