//! Cells of `once_cell`: read if they are initialised, and never initialised by a trace.

use crate::{Repr, State, Trace, Tracer};
use once_cell::{sync, unsync};

macro_rules! once {
    ($([$($generics:tt)*] $type:ty: $get:path;)+) => {$(
        impl<T: Trace, $($generics)*> Trace for $type {
            honest!();

            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                match $get(self) {
                    Some(value) => tracer.ask(value),
                    None => tracer.unreadable(self, State::Uninitialised),
                }
            }

            fn trace_repr(&self, out: &mut Repr<'_>) {
                if let Some(value) = $get(self) {
                    value.trace_repr(out);
                }
            }
        }
    )+};
}

once! {
    [] sync::OnceCell<T>: sync::OnceCell::get;
    [] unsync::OnceCell<T>: unsync::OnceCell::get;
    // What the function has captured is gone once there is a value.
    [F: FnOnce() -> T] sync::Lazy<T, F>: sync::Lazy::get;
    [F: FnOnce() -> T] unsync::Lazy<T, F>: unsync::Lazy::get;
}

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, states, value};
    use super::*;

    #[test]
    fn an_empty_cell_is_uninitialised() {
        let (sync, unsync) = (sync::OnceCell::new(), unsync::OnceCell::new());
        assert_eq!(
            (states(&sync), states(&unsync)),
            (vec![State::Uninitialised], vec![State::Uninitialised])
        );
        assert!(sync.set(vec![Box::new(1)]).is_ok() && unsync.set(7).is_ok());
        assert_eq!(
            (labels(&sync), value(&unsync)),
            (vec!["[0]".into()], "7".into())
        );
    }

    #[test]
    fn a_trace_initialises_nothing() {
        let (sync, unsync) = (
            sync::Lazy::new(|| Box::new(1)),
            unsync::Lazy::new(|| Box::new(1)),
        );
        assert_eq!(
            (states(&sync), states(&unsync)),
            (vec![State::Uninitialised], vec![State::Uninitialised])
        );
        assert!(sync::Lazy::get(&sync).is_none() && unsync::Lazy::get(&unsync).is_none());
        assert_eq!(**sync + **unsync, 2);
        assert_eq!(
            (states(&sync), states(&unsync)),
            (vec![State::Traced; 2], vec![State::Traced; 2])
        );
    }

    #[test]
    fn a_cell_that_is_being_initialised_is_not_waited_for() {
        let cell = sync::OnceCell::new();
        cell.get_or_init(|| {
            assert_eq!(states(&cell), [State::Uninitialised]);
            7
        });
        assert_eq!(states(&(1, &cell)), [State::Traced, State::Traced]);
    }
}
