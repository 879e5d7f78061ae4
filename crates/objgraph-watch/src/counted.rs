//! The field by which values are counted.

use crate::Counter;
use objgraph_trace::{Nesting, Repr, Trace, Tracer};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// A type whose values are counted. Do not implement it: `#[trace(count)]` does.
#[diagnostic::on_unimplemented(
    message = "values of `{Self}` are not counted",
    label = "this type has no counter",
    note = "add `#[trace(count)]` to the type, beside `#[derive(Trace)]`"
)]
pub trait Count {
    /// The one counter of the type, which all instances of a generic type share.
    fn counter() -> &'static Counter;
}

/// A field without a size that counts the values it is in, wherever they are: on the stack, in a `Vec`, behind any pointer.
///
/// Making or cloning one counts a value up, dropping it counts one down. Any two are equal. Without the feature `count` it does
/// nothing at all, and costs nothing.
///
/// # Examples
///
/// ```
/// use objgraph_watch::{Count, Counted, Counter};
///
/// #[derive(Clone, Default)]
/// struct Token { text: String, count: Counted<Self> }
/// # impl Count for Token {
/// #     fn counter() -> &'static Counter {
/// #         static COUNTER: Counter = Counter::new("example::Token");
/// #         &COUNTER
/// #     }
/// # }
///
/// let tokens = vec![Token::default(); 3];
/// assert_eq!(size_of::<Token>(), size_of::<String>());
/// assert!(tokens[0].count == tokens[1].count);
/// ```
pub struct Counted<T: Count>(PhantomData<fn() -> T>);

impl<T: Count> Counted<T> {
    /// Counts a value.
    #[must_use]
    #[inline]
    pub fn new() -> Self {
        #[cfg(feature = "count")]
        T::counter().created();
        Self(PhantomData)
    }
}

#[cfg(feature = "count")]
impl<T: Count> Drop for Counted<T> {
    #[inline]
    fn drop(&mut self) {
        T::counter().dropped();
    }
}

impl<T: Count> Default for Counted<T> {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Count> Clone for Counted<T> {
    #[inline]
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl<T: Count> fmt::Debug for Counted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Counted")
    }
}

impl<T: Count> PartialEq for Counted<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T: Count> Eq for Counted<T> {}

impl<T: Count> PartialOrd for Counted<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Count> Ord for Counted<T> {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl<T: Count> Hash for Counted<T> {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl<T: Count> Trace for Counted<T> {
    fn trace<'a>(&'a self, _: &mut Tracer<'a>) {}

    fn trace_repr(&self, _: &mut Repr<'_>) {}

    fn is_leaf() -> bool {
        true
    }

    fn has_edges(_: Nesting) -> bool {
        false
    }
}

#[cfg(all(test, feature = "count"))]
mod tests {
    use super::*;
    use crate::{TypeCount, counts};
    use std::sync::mpsc;
    use std::thread;

    /// A type of its own for each test, since tests run at the same time.
    macro_rules! counted_type {
        ($name:ident) => {
            #[derive(Clone, Default)]
            struct $name {
                _count: Counted<Self>,
            }

            impl Count for $name {
                fn counter() -> &'static Counter {
                    static COUNTER: Counter = Counter::new(stringify!($name));
                    &COUNTER
                }
            }
        };
    }

    fn count_of(type_path: &str) -> Option<(u64, u64, u64)> {
        let is_it = |count: &TypeCount| count.type_path == type_path;
        let count = counts().into_iter().find(is_it)?;
        Some((count.live, count.created, count.peak))
    }

    #[test]
    fn values_are_counted_as_they_are_made_cloned_and_dropped() {
        counted_type!(Token);
        assert_eq!(count_of("Token"), None);
        let one = Token::default();
        let many = vec![one.clone(); 3];
        assert_eq!(count_of("Token"), Some((4, 4, 4)));
        drop(many);
        std::mem::forget(one);
        assert_eq!(count_of("Token"), Some((1, 4, 4)));
        assert_eq!(size_of::<Token>(), 0);
    }

    #[test]
    fn a_value_whose_making_panics_is_not_left_behind() {
        counted_type!(Fragile);
        let make = || {
            let _fragile = Fragile::default();
            panic!("on purpose");
        };
        assert!(std::panic::catch_unwind(make).is_err());
        assert_eq!(count_of("Fragile"), Some((0, 1, 1)));
    }

    #[test]
    fn threads_count_together() {
        counted_type!(Shared);
        let _first = Shared::default();
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..10_000).for_each(|_| drop(Shared::default())));
            }
            (0..10_000).for_each(|_| drop(Shared::default()));
        });
        let (live, created, peak) = count_of("Shared").expect("it was counted");
        assert_eq!((live, created), (1, 50_001));
        assert!((2..=6).contains(&peak), "{peak}");
    }

    #[test]
    fn values_may_be_dropped_by_another_thread_than_made_them() {
        counted_type!(Sent);
        let (sender, receiver) = mpsc::channel();
        let all: Vec<Sent> = (0..100).map(|_| Sent::default()).collect();
        thread::spawn(move || {
            drop(all);
            let back: Vec<Sent> = (0..10).map(|_| Sent::default()).collect();
            sender.send(back).expect("somebody waits");
        });
        let back = receiver.recv().expect("they were sent");
        assert_eq!(count_of("Sent"), Some((10, 110, 100)));
        drop(back);
        assert_eq!(count_of("Sent"), Some((0, 110, 100)));
    }

    #[test]
    fn values_in_a_thread_local_are_dropped_with_their_thread() {
        counted_type!(Local);
        thread_local! {
            static KEPT: Local = Local::default();
        }
        thread::spawn(|| KEPT.with(|_| ())).join().expect("it ends");
        assert_eq!(count_of("Local"), Some((0, 1, 1)));
    }

    #[test]
    fn a_counter_is_no_object() {
        counted_type!(Plain);
        let records = objgraph_trace::trace(&vec![Counted::<Plain>::new()]);
        assert_eq!((records.n_nodes(), records.n_edges()), (1, 0));
    }
}
