//! Values of any type in one queue, kept alive while they wait: the argument for every `unsafe` of the walk.
//!
//! # The argument
//!
//! A value is *lent* if it stays valid as long as the pins are held that the tracer has now. They are held until
//! the trace is over, and released from the last to the first. `Tracer<'a>` promises its queue that every
//! [`Target`] can be dereferenced when its turn comes. There are four ways in, and each keeps the promise:
//!
//! 1. The value is lent, and waits as long as it likes. The roots are, since the caller lends them for `'a`; so
//!    is everything that is reached from a lent value without a guard in between.
//! 2. The value lies behind a shared pointer that was reached through a guard, whose release may let
//!    somebody drop that pointer. The tracer holds a clone, a [`Pin`](crate::held::Pin): the value is lent from then on.
//! 3. The value lies behind a guard itself. It is visited before that guard is released: such targets
//!    go on the [`GuardStack`](crate::held::GuardStack) above their guard, which is a stack and therefore released after them.
//! 4. The value lies behind a guard, and the impl that reports it is not known to be honest. First the guards
//!    become pins: what they protect is lent from then on, and this is case 1.
//!
//! # Why no reference escapes
//!
//! In cases 2 to 4 a reference is lengthened to `'a` although the borrow checker knows of no such
//! borrow. No impl can carry it away: `Trace::trace` is generic over its lifetime, so safe code can put
//! the reference nowhere but back into this tracer, also inside something that it makes around it: an
//! `Rc<Handle<'a>>`, leaked and reported. It cannot put that into a value which was there before, for the type of
//! such a value names no lifetime that began later.
//!
//! # Why pins and guards outlive none of what they borrow
//!
//! A pin must borrow from nothing but what is lent when it is pinned; then it is gone before the earlier pins
//! that this rests on, and no earlier pin borrows from it, since it was there before. A guard on the stack must borrow
//! from nothing but that and what lies below it. Who reports a pointer or a guard decides what it may borrow:
//!
//! - An impl that reports a lent value has nothing in its hands that is not lent.
//! - An [honest](crate::trace::Honesty) impl behind a guard reports pointers and guards that lie in its value or point
//!   into it, and makes none around a reference to it. The type of the value was there before the guard was taken,
//!   by code with nothing but lent values in its hands, and so it borrows from nothing else.
//! - Of any other impl behind a guard, and of what that has made, however honest the impls are that it consists
//!   of, nothing is known. This is case 4. A guard that has become a pin lies before all that was made behind it.
//!
//! So the tracer knows whether all impls between the guard and the report are honest, see `tracer/trust.rs`. Only
//! the derive and this crate say that an impl is: to claim it, other code would have to name something in
//! `__private`.
//!
//! Measured: a queue of safe `&dyn Trace` cannot hold unsized values (`Rc<str>`, `Rc<dyn MyTrait>`),
//! and one of references to the pointers themselves costs a second cache miss for each object.

use crate::{Address, Trace, Tracer};
use std::mem::MaybeUninit;

/// A value that waits for its visit.
pub(crate) struct Target<'a> {
    /// A `*const T`, wide or thin.
    pointer: [MaybeUninit<*const ()>; 2],
    visit: unsafe fn([MaybeUninit<*const ()>; 2], &mut Tracer<'a>),
}

impl<'a> Target<'a> {
    #[inline]
    pub(crate) fn new<T: Trace + ?Sized>(value: &'a T) -> Self {
        const { assert!(size_of::<*const T>() <= size_of::<[*const (); 2]>()) };
        let mut pointer = [MaybeUninit::uninit(); 2];
        // SAFETY: the assertion above says that the pointer fits, and pointers share one alignment.
        unsafe { pointer.as_mut_ptr().cast::<*const T>().write(value) };
        Self {
            pointer,
            visit: visit::<T>,
        }
    }

    /// Lets the value report its edges.
    ///
    /// # Safety
    /// The value is alive, and stays so while it is visited.
    #[inline]
    pub(crate) unsafe fn visit(self, tracer: &mut Tracer<'a>) {
        // SAFETY: `pointer` was made for the type that `visit` was made for; the caller vouches for the value.
        unsafe { (self.visit)(self.pointer, tracer) }
    }
}

/// # Safety
/// `pointer` holds a `*const T` to a value that is alive for as long as the call takes.
unsafe fn visit<'a, T: Trace + ?Sized + 'a>(
    pointer: [MaybeUninit<*const ()>; 2],
    tracer: &mut Tracer<'a>,
) {
    // SAFETY: guaranteed by the caller; for the lifetime see the module's argument.
    let value: &'a T = unsafe { &*pointer.as_ptr().cast::<*const T>().read() };
    tracer.visit(value);
}

/// Makes a reference outlive its guard or pin.
///
/// # Safety
/// The result is used only while the guard or pin is held: cases 2 and 3 of the module's argument.
#[inline]
pub(crate) unsafe fn lengthen<'a, T: ?Sized>(value: &T) -> &'a T {
    // SAFETY: guaranteed by the caller.
    unsafe { &*std::ptr::from_ref(value) }
}

/// A pointer that several owners share by counting: `Rc`, `Arc` and their like.
///
/// Implement it for your own, and its `Trace` is one line: `tracer.strong(self)`.
///
/// # Safety
/// As long as one clone lives, [`target`](Self::target) of every clone is one and the same value,
/// which stays where it is even when the clones are moved.
pub unsafe trait SharedPointer: Clone {
    /// What is pointed at.
    type Target: Trace + ?Sized;

    /// The value.
    fn target(&self) -> &Self::Target;

    /// The start of the allocation: equal for two pointers exactly if they share.
    fn allocation(&self) -> Address;

    /// The strong and the weak count.
    fn counts(&self) -> (usize, usize);

    /// Whether these counts say that no other handle leads to the value, so that it need not be remembered.
    ///
    /// Only for pointers of one thread: of others, another thread may make a handle at any time.
    #[must_use]
    fn is_only_handle(counts: (usize, usize)) -> bool {
        let _ = counts;
        false
    }

    /// Whether other threads may hold handles to the value, and make and drop them at any time. Default: yes.
    #[must_use]
    fn is_atomic() -> bool {
        true
    }
}

/// The weak side of a [`SharedPointer`].
pub trait WeakPointer {
    /// The strong side.
    type Strong: SharedPointer;

    /// A strong handle, if the value still lives.
    fn upgrade(&self) -> Option<Self::Strong>;

    /// The start of the allocation; `None` if there never was one.
    fn allocation(&self) -> Option<Address>;

    /// The strong and the weak count.
    fn counts(&self) -> (usize, usize);
}

/// The pointer inside a `Pin`, to be asked for counts and never to be moved out of.
///
/// For the pointers of `std` only: another's methods could move the value that is promised to stay.
pub(crate) fn unpinned<P>(pin: &std::pin::Pin<P>) -> &P {
    // SAFETY: `Pin` is documented as `repr(transparent)` over its pointer.
    unsafe { &*std::ptr::from_ref(pin).cast::<P>() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace;
    use std::cell::RefCell;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::rc::Rc;

    #[test]
    fn values_behind_wide_pointers_are_visited() {
        let text: Rc<str> = "text".into();
        let numbers: Rc<[Rc<str>]> = Rc::new([text.clone(), text.clone()]);
        let object: Rc<dyn Trace> = Rc::new(vec![text.clone()]);
        let behind_cells =
            RefCell::new((numbers, object, Some(Box::new(RefCell::new(text.clone())))));
        let records = trace(&behind_cells);
        assert_eq!((records.n_nodes(), records.n_edges()), (5, 7));
        assert_eq!(Rc::strong_count(&text), 5);
        assert!(behind_cells.try_borrow_mut().is_ok());
    }

    /// Drops what the cell before it holds while that waits for its visit.
    struct Saboteur(Rc<Victim>);

    type Victim = RefCell<Option<Rc<Vec<Rc<u8>>>>>;

    impl Trace for Saboteur {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            tracer.field("victim", &self.0);
            self.0.borrow_mut().take();
        }
    }

    #[test]
    fn what_waits_stays_alive_when_an_impl_drops_it() {
        let victim = Rc::new(RefCell::new(Some(Rc::new(vec![Rc::new(1), Rc::new(2)]))));
        let records = trace(&RefCell::new(vec![
            Saboteur(victim.clone()),
            Saboteur(victim.clone()),
        ]));
        assert!(records.n_nodes() >= 2 && victim.borrow().is_none());
    }

    /// Reports a box, then panics, and may catch the panic itself.
    struct Bomb {
        content: Box<[Rc<u8>]>,
        catches: bool,
    }

    impl Trace for Bomb {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            let burst = AssertUnwindSafe(|| {
                let cell = RefCell::new(Box::new(7_u8));
                tracer.guarded(Box::new(Burst(&self.content, cell)));
            });
            if self.catches {
                assert!(catch_unwind(burst).is_err());
            } else {
                burst();
            }
        }
    }

    struct Burst<'b>(&'b [Rc<u8>], RefCell<Box<u8>>);

    impl Trace for Burst<'_> {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            self.0.trace(tracer);
            self.1.trace(tracer);
            panic!("on purpose");
        }
    }

    #[test]
    fn a_panic_behind_a_guard_leaves_nothing_to_visit() {
        let counted = Rc::new(9);
        for catches in [true, false] {
            let bomb = RefCell::new(Bomb {
                content: Box::new([counted.clone()]),
                catches,
            });
            let traced = catch_unwind(AssertUnwindSafe(|| trace(&bomb).n_nodes()));
            assert_eq!(traced.is_ok(), catches);
            assert!(bomb.try_borrow_mut().is_ok());
            drop(bomb);
            assert_eq!(Rc::strong_count(&counted), 1);
        }
    }
}
