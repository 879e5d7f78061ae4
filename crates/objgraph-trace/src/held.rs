//! What is held while a trace takes: guards until what they protect was visited, and pins until the end.

use crate::target::Target;
use std::mem::MaybeUninit;

/// A pointer or a guard whose type nobody needs to know any more.
pub(crate) struct Pin {
    storage: [MaybeUninit<*const ()>; 2],
    release: unsafe fn(&mut [MaybeUninit<*const ()>; 2]),
}

impl Pin {
    /// # Safety
    /// The pin is dropped before anything that the pointer's type borrows from.
    #[inline]
    pub(crate) unsafe fn new<P>(pointer: P) -> Self {
        let mut storage = [MaybeUninit::uninit(); 2];
        if const { fits_inline::<P>() } {
            // SAFETY: it fits, in size and in alignment.
            unsafe { storage.as_mut_ptr().cast::<P>().write(pointer) };
            Self {
                storage,
                release: release_inline::<P>,
            }
        } else {
            let boxed = Box::into_raw(Box::new(pointer));
            storage[0].write(boxed.cast_const().cast());
            Self {
                storage,
                release: release_boxed::<P>,
            }
        }
    }
}

const fn fits_inline<P>() -> bool {
    size_of::<P>() <= size_of::<[*const (); 2]>() && align_of::<P>() <= align_of::<*const ()>()
}

/// # Safety
/// `storage` holds a `P` that is not used afterwards.
unsafe fn release_inline<P>(storage: &mut [MaybeUninit<*const ()>; 2]) {
    // SAFETY: guaranteed by the caller.
    unsafe { storage.as_mut_ptr().cast::<P>().drop_in_place() }
}

/// # Safety
/// `storage` begins with a pointer from `Box::<P>::into_raw` that is not used afterwards.
unsafe fn release_boxed<P>(storage: &mut [MaybeUninit<*const ()>; 2]) {
    // SAFETY: guaranteed by the caller.
    drop(unsafe { Box::from_raw(storage[0].assume_init().cast_mut().cast::<P>()) });
}

impl Drop for Pin {
    fn drop(&mut self) {
        // SAFETY: `release` was chosen for what `storage` holds, and a pin is dropped once.
        unsafe { (self.release)(&mut self.storage) }
    }
}

/// What is held until the trace is over: each pin borrows from none but those before it.
#[derive(Default)]
pub(crate) struct Pins(Vec<Option<Pin>>);

impl Pins {
    #[inline]
    pub(crate) fn push(&mut self, pin: Pin) {
        self.0.push(Some(pin));
    }

    pub(crate) fn fill(&mut self, place: usize, pin: Pin) {
        self.0[place] = Some(pin);
    }

    /// From the last to the first.
    pub(crate) fn release(&mut self) {
        pop_down_to(&mut self.0, 0);
    }
}

impl Drop for Pins {
    fn drop(&mut self) {
        self.release();
    }
}

/// Guards that are held, each with the values above it that are valid only while it is.
#[derive(Default)]
pub(crate) struct GuardStack<'a> {
    entries: Vec<Entry<'a>>,
    /// So many entries, from the lowest, have no guard among them that is released before the trace is over.
    n_kept: usize,
}

/// What lies on a [`GuardStack`].
pub(crate) enum Entry<'a> {
    /// A node that is valid because of the guards below.
    Visit(u32, Target<'a>),
    /// A guard; `None` while it is still on the caller's stack.
    Release(Option<Pin>),
    /// A guard that is held until the trace is over: its place among the [`Pins`].
    Kept(usize),
}

impl<'a> GuardStack<'a> {
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    #[inline]
    pub(crate) fn push(&mut self, entry: Entry<'a>) {
        self.entries.push(entry);
    }

    #[inline]
    pub(crate) fn pop(&mut self) -> Option<Entry<'a>> {
        let entry = self.entries.pop()?;
        self.n_kept = self.n_kept.min(self.entries.len());
        Some(entry)
    }

    /// Whether the lowest `n_entries` are held until the trace is over.
    #[inline]
    pub(crate) fn are_kept(&self, n_entries: usize) -> bool {
        n_entries <= self.n_kept
    }

    /// Has the lowest `n_entries` held until the trace is over.
    #[cold]
    pub(crate) fn keep(&mut self, n_entries: usize, pins: &mut Pins) {
        for entry in &mut self.entries[self.n_kept..n_entries] {
            if let Entry::Release(guard) = entry {
                let place = pins.0.len();
                pins.0.push(guard.take());
                *entry = Entry::Kept(place);
            }
        }
        self.n_kept = n_entries;
    }

    /// The entry at `place`, to hand over its guard.
    pub(crate) fn entry(&mut self, place: usize) -> &mut Entry<'a> {
        &mut self.entries[place]
    }

    /// Forgets the entry at `place` and all above it, the uppermost first.
    pub(crate) fn unwind_to(&mut self, place: usize) {
        pop_down_to(&mut self.entries, place);
        self.n_kept = self.n_kept.min(place);
    }
}

impl Drop for GuardStack<'_> {
    fn drop(&mut self) {
        // From the top: an inner guard lies in memory that an outer one protects.
        self.unwind_to(0);
    }
}

/// Drops the items at `place` and above it from the last to the first, which a `Vec` does not promise.
///
/// A panic of one item spares none of the others.
fn pop_down_to<T>(items: &mut Vec<T>, place: usize) {
    struct Rest<'v, T>(&'v mut Vec<T>, usize);

    impl<T> Rest<'_, T> {
        fn pop_all(&mut self) {
            while self.0.len() > self.1 {
                self.0.pop();
            }
        }
    }

    impl<T> Drop for Rest<'_, T> {
        fn drop(&mut self) {
            self.pop_all();
        }
    }

    Rest(items, place).pop_all();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::rc::Rc;

    #[test]
    fn pins_of_every_size_are_released_once() {
        let counted = Rc::new(());
        let small = counted.clone();
        let large = (counted.clone(), [0_u64; 4]);
        let aligned = Aligned(counted.clone());
        assert!(fits_inline::<Rc<()>>() && fits_inline::<Rc<str>>());
        assert!(!fits_inline::<(Rc<()>, [u64; 4])>() && !fits_inline::<Aligned>());
        // SAFETY: nothing is borrowed by these types.
        let pins = unsafe { [Pin::new(small), Pin::new(large), Pin::new(aligned)] };
        assert_eq!(Rc::strong_count(&counted), 4);
        drop(pins);
        assert_eq!(Rc::strong_count(&counted), 1);
    }

    #[repr(align(64))]
    struct Aligned(#[expect(dead_code, reason = "only dropped")] Rc<()>);

    struct Noted<'o>(&'o RefCell<Vec<u8>>, u8);

    impl Drop for Noted<'_> {
        fn drop(&mut self) {
            self.0.borrow_mut().push(self.1);
            assert!(self.1 != 2, "on purpose");
        }
    }

    /// A panic of one must not turn the order of the others around.
    #[test]
    fn pins_and_guards_are_released_from_the_last_to_the_first() {
        let order = RefCell::new(Vec::new());
        // SAFETY: `order` is dropped last.
        let pin = |number| unsafe { Pin::new(Noted(&order, number)) };
        let in_guards = catch_unwind(AssertUnwindSafe(|| {
            let mut guards = GuardStack::default();
            (0..4).for_each(|number| guards.push(Entry::Release(Some(pin(number)))));
        }));
        let in_pins = catch_unwind(AssertUnwindSafe(|| {
            let mut pins = Pins::default();
            (0..4).for_each(|number| pins.push(pin(number)));
        }));
        assert!(in_guards.is_err() && in_pins.is_err());
        assert_eq!(*order.borrow(), [3, 2, 1, 0, 3, 2, 1, 0]);
    }

    #[test]
    fn a_guard_that_is_kept_has_its_place_among_the_pins_before_it_is_handed_over() {
        let order = RefCell::new(Vec::new());
        // SAFETY: `order` is dropped last.
        let pin = |number| unsafe { Pin::new(Noted(&order, number)) };
        let (mut guards, mut pins) = (GuardStack::default(), Pins::default());
        guards.push(Entry::Release(Some(pin(0))));
        guards.push(Entry::Release(None));
        assert!(guards.are_kept(0) && !guards.are_kept(1));
        guards.keep(2, &mut pins);
        guards.push(Entry::Release(Some(pin(3))));
        assert!(guards.are_kept(2) && !guards.are_kept(3));
        pins.push(pin(4));
        assert!(matches!(guards.entry(1), Entry::Kept(1)));
        pins.fill(1, pin(1));
        drop(guards);
        drop(pins);
        assert_eq!(*order.borrow(), [3, 4, 1, 0]);
    }

    #[test]
    fn what_is_pushed_in_place_of_a_kept_guard_is_not_kept() {
        let (mut guards, mut pins) = (GuardStack::default(), Pins::default());
        (0..3).for_each(|_| guards.push(Entry::Release(None)));
        guards.keep(3, &mut pins);
        guards.pop();
        guards.push(Entry::Release(None));
        assert!(guards.are_kept(2) && !guards.are_kept(3));
        guards.unwind_to(1);
        guards.push(Entry::Release(None));
        assert!(guards.are_kept(1) && !guards.are_kept(2));
    }
}
