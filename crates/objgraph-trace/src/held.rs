//! What is held while a trace takes: guards until what they protect was visited, and pins until the end.

use crate::target::Target;
use std::mem::MaybeUninit;

/// A clone of a shared pointer, held for the rest of the trace.
pub(crate) struct Pin {
    storage: [MaybeUninit<*const ()>; 2],
    release: unsafe fn(&mut [MaybeUninit<*const ()>; 2]),
}

impl Pin {
    /// # Safety
    /// The pin is dropped before anything that the pointer's type borrows from.
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

/// A guard whose type nobody needs to know any more.
pub(crate) trait Guard {}

impl<G> Guard for G {}

/// Guards that are held, each with the values above it that are valid only while it is.
pub(crate) struct GuardStack<'a>(Vec<Entry<'a>>);

/// What lies on a [`GuardStack`].
pub(crate) enum Entry<'a> {
    /// A node that is valid because of the nearest guard below.
    Visit(u32, Target<'a>),
    /// A guard; `None` while it is still on the caller's stack.
    Release(Option<Box<dyn Guard + 'a>>),
}

impl<'a> GuardStack<'a> {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    /// Whether a guard is held, so that what is reported now may go away with it.
    #[inline]
    pub(crate) fn is_guarding(&self) -> bool {
        !self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn push(&mut self, entry: Entry<'a>) {
        self.0.push(entry);
    }

    pub(crate) fn pop(&mut self) -> Option<Entry<'a>> {
        self.0.pop()
    }

    /// Hands over the guard of the entry at `place`.
    pub(crate) fn keep(&mut self, place: usize, guard: Box<dyn Guard + 'a>) {
        self.0[place] = Entry::Release(Some(guard));
    }

    /// Forgets the entry at `place` and all above it, the uppermost first.
    pub(crate) fn unwind_to(&mut self, place: usize) {
        while self.0.len() > place {
            self.0.pop();
        }
    }
}

impl Drop for GuardStack<'_> {
    fn drop(&mut self) {
        // From the top: an inner guard lies in memory that an outer one protects.
        self.unwind_to(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
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
        }
    }

    #[test]
    fn guards_are_released_from_the_top() {
        let order = RefCell::new(Vec::new());
        let mut guards = GuardStack::new();
        for number in 0..3 {
            guards.push(Entry::Release(Some(Box::new(Noted(&order, number)))));
        }
        drop(guards);
        assert_eq!(*order.borrow(), [2, 1, 0]);
    }
}
