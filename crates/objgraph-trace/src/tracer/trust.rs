//! Whom the tracer believes: guards are released early only if every impl behind them is known to be honest.

use super::{Shelter, Tracer};
use crate::Trace;
use crate::trace::Honesty;

impl<'a> Tracer<'a> {
    /// Lets a part of what reports now report: honest impls call no other impl but through this.
    #[inline]
    pub(crate) fn ask<T: Trace + ?Sized>(&mut self, value: &'a T) {
        self.trusting(value.trace_honesty(), |tracer| value.trace(tracer));
    }

    /// Lets code report that may be less honest than what reports now.
    #[doc(hidden)]
    #[inline]
    pub fn trusting(&mut self, honesty: Honesty, report: impl FnOnce(&mut Self)) {
        let outer = self.begin_part();
        match honesty {
            Honesty::Known => report(self),
            Honesty::Unknown => {
                // Not given back on a panic: an impl that catches it is trusted less than it might be.
                let is_trusted = std::mem::replace(&mut self.visit.shelter.is_trusted, false);
                report(self);
                self.visit.shelter.is_trusted = is_trusted;
            }
        }
        self.end_part(outer);
    }

    /// Whether what is reported now stays valid until the trace is over: case 1 of the argument in `target`.
    ///
    /// It does if an impl reports it that is not known to be honest: the guards are held until then from now on.
    #[inline]
    pub(super) fn is_lent(&mut self) -> bool {
        let Shelter {
            n_guards,
            is_trusted,
        } = self.visit.shelter;
        if self.guards.are_kept(n_guards) {
            return true;
        }
        if !is_trusted {
            self.guards.keep(n_guards, &mut self.pins);
        }
        !is_trusted
    }
}

#[cfg(test)]
mod tests {
    use crate::{State, Trace, TraceOptions, Tracer, trace, trace_with};
    use std::cell::{Cell, RefCell};
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::rc::{Rc, Weak};
    use std::sync::Mutex;

    /// A letter on the heap, which tells when it is dropped.
    struct Letter {
        heap: Box<u8>,
        is_gone: Rc<Cell<bool>>,
    }

    impl Drop for Letter {
        fn drop(&mut self) {
            self.is_gone.set(true);
        }
    }

    /// Where a value lies that an impl throws away while the trace goes on.
    trait Home: Trace {
        fn set(&self, content: Content);
        fn empty(&self);
    }

    type Report = for<'a> fn(&'a Content, &mut Tracer<'a>);

    /// Reports pointers that it makes around a reference to its letter.
    struct Content {
        letter: Letter,
        home: Rc<dyn Home>,
        report: Report,
    }

    impl Content {
        /// A pointer as the trait forbids none, but which lies in no value.
        fn handle(&self) -> Rc<Handle<'_>> {
            Rc::new(Handle {
                letter: &self.letter,
                is_gone: self.letter.is_gone.clone(),
                home: self.home.clone(),
            })
        }
    }

    impl Trace for Content {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            (self.report)(self, tracer);
        }
    }

    struct Handle<'h> {
        letter: &'h Letter,
        is_gone: Rc<Cell<bool>>,
        home: Rc<dyn Home>,
    }

    impl Handle<'_> {
        fn read(&self) {
            assert!(!self.is_gone.get(), "the letter is gone");
            assert_eq!(*self.letter.heap, b'x');
        }
    }

    impl Trace for Handle<'_> {
        fn trace<'a>(&'a self, _: &mut Tracer<'a>) {
            self.home.empty();
            self.read();
        }
    }

    impl Drop for Handle<'_> {
        fn drop(&mut self) {
            self.read();
        }
    }

    /// Calls the impl of what it holds by itself.
    #[derive(Default)]
    struct Slot(Option<Content>);

    impl Trace for Slot {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            if let Some(content) = &self.0 {
                content.trace(tracer);
            }
        }
    }

    /// Homes, each with how a content is put in and thrown away.
    macro_rules! homes {
        ($($home:ty: $write:ident, |$content:ident| $set:expr;)+) => {$(
            impl Home for $home {
                fn set(&self, $content: Content) {
                    *self.$write().unwrap() = $set;
                }

                fn empty(&self) {
                    let content = self.$write().map(|mut content| std::mem::take(&mut *content));
                    drop(content.ok());
                }
            }
        )+};
    }

    homes! {
        RefCell<Option<Content>>: try_borrow_mut, |content| Some(content);
        RefCell<Slot>: try_borrow_mut, |content| Slot(Some(content));
        RefCell<Vec<Box<dyn Trace>>>: try_borrow_mut, |content| vec![Box::new(content)];
        RefCell<Option<Rc<Content>>>: try_borrow_mut, |content| Some(Rc::new(content));
        RefCell<(u8, Box<RefCell<Option<Content>>>)>:
            try_borrow_mut, |content| (0, Box::new(RefCell::new(Some(content))));
        Mutex<[Option<Content>; 1]>: try_lock, |content| [Some(content)];
    }

    fn homes() -> [Rc<dyn Home>; 6] {
        [
            Rc::new(RefCell::new(None::<Content>)),
            Rc::new(RefCell::new(Slot(None))),
            Rc::new(RefCell::new(Vec::<Box<dyn Trace>>::new())),
            Rc::new(RefCell::new(None::<Rc<Content>>)),
            Rc::new(RefCell::new((
                0_u8,
                Box::new(RefCell::new(None::<Content>)),
            ))),
            Rc::new(Mutex::new([None::<Content>])),
        ]
    }

    fn content(home: &Rc<dyn Home>, is_gone: &Rc<Cell<bool>>, report: Report) -> Content {
        let letter = Letter {
            heap: Box::new(b'x'),
            is_gone: is_gone.clone(),
        };
        Content {
            letter,
            home: home.clone(),
            report,
        }
    }

    /// Traces a content in each home, without a limit of depth and with one.
    fn trace_in_homes(report: Report) {
        for options in [
            TraceOptions::default(),
            TraceOptions::default().max_depth(9),
        ] {
            for home in homes() {
                let is_gone = Rc::default();
                home.set(content(&home, &is_gone, report));
                assert!(trace_with([("home", &*home)], options.clone()).n_nodes() >= 2);
                home.empty();
                assert!(is_gone.get(), "all guards were released");
            }
        }
    }

    fn leak<'l, T: 'l>(value: T) -> &'l T {
        Box::leak(Box::new(value))
    }

    #[test]
    fn a_strong_pointer_that_an_impl_made_is_visited_while_what_it_borrows_is_there() {
        trace_in_homes(|content, tracer| tracer.strong(leak(content.handle())));
        trace_in_homes(|content, tracer| leak(content.handle()).trace(tracer));
        trace_in_homes(|content, tracer| tracer.field("made", leak(content.handle())));
    }

    #[test]
    fn a_weak_pointer_that_an_impl_made_is_dropped_while_what_it_borrows_is_there() {
        trace_in_homes(|content, tracer| {
            let handle = content.handle();
            tracer.weak(leak(Rc::downgrade(&handle)));
        });
    }

    #[test]
    fn a_guard_that_an_impl_made_is_released_while_what_it_borrows_is_there() {
        trace_in_homes(|content, tracer| tracer.guarded(Box::new(content.handle())));
        trace_in_homes(|content, tracer| {
            tracer.guarded(Box::new(RefCell::new(Box::new(content.handle()))));
        });
    }

    #[test]
    fn an_honest_value_is_not_trusted_with_what_an_impl_has_put_into_it() {
        trace_in_homes(|content, tracer| tracer.owned(leak(vec![content.handle()])));
        trace_in_homes(|content, tracer| tracer.node(leak((1, Box::new(content.handle())))));
        trace_in_homes(|content, tracer| tracer.borrowed(leak([Some(content.handle())])));
        trace_in_homes(|content, tracer| tracer.element(0, leak(RefCell::new(content.handle()))));
        trace_in_homes(|content, tracer| {
            let object: &dyn Trace = leak(content.handle());
            tracer.unsized_field("made", object);
        });
    }

    #[test]
    fn an_impl_that_catches_a_panic_is_not_trusted_more() {
        trace_in_homes(|content, tracer| {
            let burst = |tracer: &mut Tracer<'_>| {
                tracer.guarded(Box::new(Panics));
            };
            assert!(catch_unwind(AssertUnwindSafe(|| burst(tracer))).is_err());
            tracer.strong(leak(content.handle()));
        });
    }

    /// Panics after it has reported a box, which then waits behind its guard.
    struct Panics;

    impl Trace for Panics {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            tracer.owned(leak(7));
            panic!("on purpose");
        }
    }

    /// Reports a part of itself, and goes on if that panics.
    struct Catches(Rc<dyn Home>);

    impl Trace for Catches {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            let report = || tracer.unsized_field("home", &*self.0);
            assert!(catch_unwind(AssertUnwindSafe(report)).is_err());
        }
    }

    #[test]
    fn what_waits_stays_alive_when_the_impl_behind_the_guard_panics() {
        // Those in which the content is asked at once: the others visit it when nobody catches any more.
        let [cell, .., mutex] = homes();
        for home in [cell, mutex] {
            let is_gone = Rc::default();
            home.set(content(&home, &is_gone, |content, tracer| {
                tracer.strong(leak(content.handle()));
                panic!("on purpose");
            }));
            assert_eq!(trace(&Catches(home.clone())).n_nodes(), 2);
            home.empty();
            assert!(is_gone.get(), "all guards were released");
        }
    }

    #[test]
    fn a_lock_that_is_held_when_a_panic_ends_the_trace_is_not_poisoned() {
        let home: Rc<dyn Home> = Rc::new(Mutex::new([None::<Content>]));
        home.set(content(&home, &Rc::default(), |content, tracer| {
            tracer.strong(leak(content.handle()));
            tracer.owned(leak((Panics, 0_u8)));
        }));
        assert!(catch_unwind(AssertUnwindSafe(|| trace(&*home))).is_err());
        home.empty();
        assert_eq!(trace(&*home).nodes[0].state, State::Traced);
    }

    type ProbedCell<P> = RefCell<(P, Option<Rc<Probe<P>>>)>;

    /// Notes whether the cell that leads to it could be written to when its turn came.
    struct Probe<P> {
        cell: Weak<ProbedCell<P>>,
        could_write: Cell<bool>,
    }

    impl<P> Trace for Probe<P> {
        fn trace<'a>(&'a self, _: &mut Tracer<'a>) {
            let cell = self.cell.upgrade().unwrap();
            self.could_write.set(cell.try_borrow_mut().is_ok());
        }
    }

    /// Whether a cell with such a part is released before what it shares is visited.
    fn is_released_early<P: Trace>(part: P, trace: impl Fn(&ProbedCell<P>)) -> bool {
        let cell = Rc::new(RefCell::new((part, None)));
        let probe = Rc::new(Probe {
            cell: Rc::downgrade(&cell),
            could_write: Cell::new(false),
        });
        cell.borrow_mut().1 = Some(probe.clone());
        trace(&cell);
        cell.borrow_mut().1 = None;
        probe.could_write.get()
    }

    /// An impl that calls a function.
    struct ByHand<F>(F);

    impl<F: Fn(&mut Tracer<'_>)> Trace for ByHand<F> {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            self.0(tracer);
        }
    }

    #[test]
    fn guards_are_released_before_what_is_shared_behind_them_is_visited() {
        let trace = |cell: &ProbedCell<_>| _ = trace(cell);
        assert!(is_released_early(vec![Box::new(1), Box::new(2)], trace));
    }

    #[test]
    fn only_what_is_to_be_visited_has_a_guard_held_for_an_impl_by_hand() {
        let buffer = ByHand(|tracer: &mut Tracer<'_>| tracer.buffer(8, 8));
        assert!(is_released_early(buffer, |cell| _ = trace(cell)));
        let owner = ByHand(|tracer: &mut Tracer<'_>| tracer.owned(&7));
        assert!(!is_released_early(owner, |cell| _ = trace(cell)));
    }

    #[test]
    fn an_impl_by_hand_that_is_visited_after_a_guard_was_released_is_behind_none() {
        let owner = Rc::new(ByHand(|tracer: &mut Tracer<'_>| tracer.owned(&7)));
        let records = trace(&(owner, RefCell::new(Box::new(Box::new(6)))));
        assert_eq!(records.n_nodes(), 5);
    }

    #[test]
    fn an_impl_by_hand_has_no_guard_held_that_it_is_not_behind() {
        struct Beside<'c, C>(&'c C);

        impl<C: Trace> Trace for Beside<'_, C> {
            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                tracer.field("cell", self.0);
                tracer.field(
                    "number",
                    &ByHand(|tracer: &mut Tracer<'_>| tracer.owned(&7)),
                );
                tracer.owned(&8);
            }
        }

        let trace = |cell: &ProbedCell<_>| assert_eq!(trace(&Beside(cell)).n_nodes(), 5);
        assert!(is_released_early(Box::new(6), trace));
    }
}
