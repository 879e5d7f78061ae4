//! The tracked objects that live.

use crate::WalkRoots;
use crate::registry::{arcs, rcs, this_thread};
use crate::roots::with_roots;
use crate::track::TrackedSync;
use crate::{Trackable, Tracked};
use objgraph_trace::{Address, TraceOptions, Walk};
use std::any::Any;
use std::collections::BTreeSet;
use std::fmt;
use std::panic::Location;
use std::rc::{self, Rc};
use std::sync::{self, Arc};

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
    /// By serial number; an object that was tracked twice is there twice.
    handles: Vec<LiveHandle>,
    // Declared last: the handles are dropped while others wait.
    _turn: Turn,
}

impl LiveObjects {
    /// Keeps all tracked objects alive that live now.
    ///
    /// # Complexity
    /// O(tracked objects).
    #[must_use]
    pub fn now() -> Self {
        let turn = Turn::wait();
        let mut handles = rcs(this_thread());
        handles.extend(arcs());
        handles.sort_by_key(|object| object.birth.serial);
        Self {
            handles,
            _turn: turn,
        }
    }

    /// How many there are; what was tracked twice counts twice.
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
        self.distinct()
            .filter_map(|object| P::of(&object.handle))
            .collect()
    }

    /// What is known of each object, without keeping it alive.
    #[must_use]
    pub fn to_objects(&self) -> Vec<LiveObject> {
        self.distinct().map(LiveObject::new).collect()
    }

    /// Each object once.
    fn distinct(&self) -> impl Iterator<Item = &LiveHandle> {
        let mut seen = BTreeSet::new();
        let mut is_new =
            move |handle: &AnyHandle| seen.insert((handle.address(), handle.type_path()));
        self.handles
            .iter()
            .filter(move |object| is_new(&object.handle))
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
        let mut births: Vec<(u32, Birth)> = Vec::with_capacity(self.handles.len());
        let handles = self.handles.iter();
        for object in handles.filter(|object| matches(object.handle.address())) {
            let node = object.handle.add_to(walk);
            // Most are new, and have higher numbers than all before.
            match births.binary_search_by_key(&node, |birth| birth.0) {
                Ok(place) => births[place].1.n_handles += 1,
                Err(place) => births.insert(place, (node, object.birth)),
            }
        }
        births
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{next_serial, track, tracked, tracked_arc};
    use objgraph_trace::Trace;
    use std::cell::RefCell;
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
    use std::thread;

    /// A type of its own for each test of `Arc`s, since tests run at the same time.
    macro_rules! object {
        ($name:ident) => {
            struct $name;

            impl Trace for $name {
                fn trace<'a>(&'a self, _: &mut objgraph_trace::Tracer<'a>) {}
            }
        };
    }

    #[test]
    fn objects_are_found_while_they_live_in_the_order_of_tracking() {
        let mark = next_serial();
        let (first, second) = (tracked(1), tracked(2));
        let third = Rc::new(3);
        track(&third);
        drop(second);
        let objects = LiveObjects::now();
        assert_eq!(objects.of_type::<Rc<i32>>(), [first, third]);
        let objects = objects.to_objects();
        assert!(
            mark <= objects[0].birth().serial
                && objects[0].birth().serial < objects[1].birth().serial
        );
        assert_eq!(
            objects[0].birth().site.line() + 2,
            objects[1].birth().site.line()
        );
    }

    #[test]
    fn counts_are_those_of_the_program() {
        let shared = tracked(1);
        let (_copy, _weak) = (shared.clone(), Rc::downgrade(&shared));
        track(&shared);
        let objects = LiveObjects::now().to_objects();
        assert_eq!(objects.len(), 1);
        assert_eq!(
            (objects[0].strong_count(), objects[0].birth().n_handles),
            (2, 1)
        );
        assert_eq!(Rc::strong_count(&shared), 2);
    }

    #[test]
    fn nothing_is_kept_alive_by_what_is_known() {
        let shared = tracked(1);
        let objects = LiveObjects::now().to_objects();
        assert_eq!(objects[0].handle::<Rc<i32>>(), Some(shared.clone()));
        assert_eq!(objects[0].handle::<Rc<u8>>(), None);
        drop(shared);
        assert_eq!(objects[0].handle::<Rc<i32>>(), None);
    }

    #[test]
    fn an_object_that_was_tracked_twice_is_one_node() {
        let shared = tracked(1);
        track(&shared);
        let walk = |walk: Walk<'_>, births: &[(u32, Birth)]| {
            assert_eq!((births.len(), births[0].1.n_handles), (1, 2));
            walk.finish()
        };
        let objects = LiveObjects::now();
        let options = TraceOptions::default();
        let records = objects.walk(options, |_| true, WalkRoots::None, walk);
        assert_eq!(
            (
                records.n_nodes(),
                records.nodes[0].strong,
                records.nodes[0].weak
            ),
            (1, 1, 2)
        );
    }

    #[test]
    fn arcs_outlive_their_thread() {
        object!(Outliving);
        let made = thread::spawn(|| [(); 3].map(|()| tracked_arc(Outliving)));
        let kept = made.join().expect("it ends");
        assert_eq!(LiveObjects::now().of_type::<Arc<Outliving>>().len(), 3);
        let threads: BTreeSet<u32> = LiveObjects::now()
            .to_objects()
            .iter()
            .filter(|object| object.type_path().ends_with("Outliving"))
            .map(|object| object.birth().thread)
            .collect();
        assert!(threads.len() == 1 && !threads.contains(&this_thread()));
        drop(kept);
        assert!(LiveObjects::now().of_type::<Arc<Outliving>>().is_empty());
    }

    #[test]
    fn rcs_are_those_of_the_thread_that_asks() {
        let _mine = tracked(1_u16);
        let theirs = thread::spawn(|| LiveObjects::now().of_type::<Rc<u16>>().len());
        assert_eq!(theirs.join().expect("it ends"), 0);
    }

    #[test]
    fn threads_track_and_drop_while_another_asks() {
        object!(Busy);
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    let mut kept = Vec::new();
                    while !is_over.load(Relaxed) {
                        kept.push(tracked_arc(Busy));
                        kept.truncate(kept.len() % 50);
                    }
                });
            }
            for _ in 0..500 {
                assert!(LiveObjects::now().of_type::<Arc<Busy>>().len() <= 150);
            }
            is_over.store(true, Relaxed);
        });
        assert!(LiveObjects::now().of_type::<Arc<Busy>>().is_empty());
    }

    /// Asks and tracks when it is dropped, also while its thread ends.
    struct Restless(RefCell<Option<Rc<i64>>>);

    impl Trace for Restless {
        fn trace<'a>(&'a self, _: &mut objgraph_trace::Tracer<'a>) {
            self.0.replace(Some(tracked(1)));
            assert!(!LiveObjects::now().is_empty());
        }
    }

    impl Drop for Restless {
        fn drop(&mut self) {
            drop(tracked(2_i64));
            let _ = LiveObjects::now().len();
        }
    }

    #[test]
    fn code_of_users_may_track_and_ask_at_any_time() {
        thread_local! {
            static LAST: Restless = const { Restless(RefCell::new(None)) };
        }
        let run = || {
            let restless = tracked(Restless(RefCell::default()));
            LAST.with(|_| ());
            let objects = LiveObjects::now();
            drop(restless);
            objects.walk(
                TraceOptions::default(),
                |_| true,
                WalkRoots::None,
                |walk, _| walk.finish().n_nodes(),
            )
        };
        assert_eq!(thread::spawn(run).join().expect("it ends"), 1);
    }
}
