//! `#[leak_check]` on functions of every kind, with a check that only writes down that it was made.

#![deny(warnings, unused, clippy::all, clippy::pedantic, rust_2018_idioms)]

use self::graph::journal;
use objgraph_derive::leak_check;
use std::error::Error;
use std::fmt::Debug;
use std::future::Future;
use std::panic::catch_unwind;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// What stands for objgraph.
mod graph {
    use std::cell::RefCell;

    thread_local! {
        static JOURNAL: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    }

    /// What has happened in this thread since it was last asked.
    pub(crate) fn journal() -> String {
        JOURNAL.take().join(", ")
    }

    pub(crate) fn note(text: &str) {
        JOURNAL.with_borrow_mut(|journal| journal.push(text.to_owned()));
    }

    #[must_use]
    pub(crate) struct LeakCheck(&'static str);

    impl LeakCheck {
        pub(crate) fn begin(name: &'static str) -> Self {
            Self(name.rsplit("::").next().unwrap_or_default())
        }

        pub(crate) fn end(self) {
            note(&format!("{} checked", self.0));
        }
    }

    /// Writes down that it is dropped.
    pub(crate) struct Noted(pub(crate) &'static str);

    impl Noted {
        pub(crate) fn name(&self) -> &'static str {
            self.0
        }
    }

    impl Drop for Noted {
        fn drop(&mut self) {
            note(&format!("{} dropped", self.0));
        }
    }
}

use self::graph::{Noted, note};

fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing is waited for"),
    }
}

#[leak_check(crate = graph)]
fn returns(value: u8) {
    if value > 1 {
        return;
    }
    note("body");
}

#[test]
fn a_check_follows_the_body_however_it_returns() {
    returns(1);
    assert_eq!(journal(), "body, returns checked");
    returns(2);
    assert_eq!(journal(), "returns checked");
}

#[leak_check(crate = graph)]
fn fails(text: &str) -> Result<u8, Box<dyn Error>> {
    if text.is_empty() {
        return Err(Box::new(std::fmt::Error));
    }
    Ok(text.parse::<u8>()?)
}

#[leak_check(crate = graph)]
async fn fails_later(text: &str) -> Result<u8, Box<dyn Error>> {
    if text.is_empty() {
        return Err(Box::new(std::fmt::Error));
    }
    let value = async { text.parse::<u8>() }.await?;
    Ok(value)
}

#[test]
fn an_early_error_is_a_result_like_any_other() {
    for text in ["", "a", "7"] {
        let (now, later) = (fails(text), ready(fails_later(text)));
        assert_eq!(journal(), "fails checked, fails_later checked");
        assert_eq!(now.is_ok(), text == "7");
        assert_eq!(now.ok(), later.ok());
    }
}

#[test]
#[leak_check(crate = "self::graph")]
#[should_panic(expected = "on purpose")]
fn a_panic_passes_through() {
    panic!("on purpose");
}

#[leak_check(crate = graph)]
#[test]
#[should_panic(expected = "on purpose")]
fn a_panic_passes_through_above_the_test() {
    panic!("on purpose");
}

#[leak_check(crate = graph)]
fn panics() {
    let _local = Noted("local");
    panic!("on purpose");
}

#[test]
fn no_check_is_made_after_a_panic() {
    assert!(catch_unwind(panics).is_err());
    assert_eq!(journal(), "local dropped");
}

#[leak_check(crate = graph)]
fn takes(used: Noted, unused: Noted, part: (Noted, Noted), (left, right): (Noted, Noted)) {
    note(used.name());
    drop(part.0);
    drop(left);
    drop(right);
}

#[leak_check(crate = graph)]
async fn takes_later(used: Noted, unused: Noted) {
    note(used.name());
}

#[test]
fn arguments_are_gone_when_the_check_is_made() {
    let pair = (Noted("c"), Noted("d"));
    takes(Noted("a"), Noted("b"), pair, (Noted("e"), Noted("f")));
    let mut events: Vec<String> = journal().split(", ").map(str::to_owned).collect();
    assert_eq!(events.pop().as_deref(), Some("takes checked"));
    events.sort_unstable();
    assert_eq!(events[0], "a");
    let dropped = ["a", "b", "c", "d", "e", "f"].map(|name| format!("{name} dropped"));
    assert_eq!(events[1..], dropped);

    ready(takes_later(Noted("a"), Noted("b")));
    let events = journal();
    assert!(events.starts_with("a, ") && events.ends_with(" dropped, takes_later checked"));
}

#[leak_check(crate = graph)]
fn gives(noted: Noted) -> Noted {
    noted
}

#[test]
fn what_is_returned_outlives_the_check() {
    drop(gives(Noted("result")));
    assert_eq!(journal(), "gives checked, result dropped");
}

#[leak_check(crate = graph)]
fn generic<'a, T, const N: usize>(value: &'a T, mut texts: [String; N]) -> &'a T
where
    T: Debug + PartialEq + ?Sized,
{
    for text in &mut texts {
        text.push('!');
        assert_eq!(text.len(), 2);
    }
    value
}

#[leak_check(crate = graph)]
fn opaque(values: &[u8]) -> impl Iterator<Item = u8> + '_ {
    values.iter().map(|value| value + 1)
}

#[leak_check(crate = graph)]
async fn opaque_later(values: &[u8]) -> Option<impl Iterator<Item = u8>> {
    #![allow(clippy::unused_async)]
    Some(values.iter().copied())
}

#[leak_check(crate = graph)]
unsafe fn without_a_guard(value: *const u8) -> u8 {
    // SAFETY: the caller's affair.
    unsafe { *value }
}

#[leak_check(crate = graph)]
extern "C" fn of_another_language(r#in: u8) -> u8 {
    r#in
}

#[test]
fn functions_of_every_kind_are_checked() {
    assert_eq!(generic("a", ["b".into(), "c".into()]), "a");
    assert_eq!(opaque(&[1, 2]).sum::<u8>(), 5);
    assert_eq!(ready(opaque_later(&[1, 2])).map(Iterator::sum), Some(3_u8));
    // SAFETY: the pointer is that of a reference.
    assert_eq!(unsafe { without_a_guard(&7) }, 7);
    assert_eq!(of_another_language(8), 8);
    assert_eq!(journal().matches("checked").count(), 5);
}

struct Counter {
    count: u32,
    _noted: Noted,
}

trait Count: Sized {
    fn next(&mut self) -> u32;

    #[leak_check(crate = graph)]
    fn last(mut self) -> u32 {
        self.next()
    }
}

impl Count for Counter {
    #[leak_check(crate = graph)]
    fn next(&mut self) -> u32 {
        let Self { count, .. } = self;
        *count += 1;
        *count
    }
}

impl Counter {
    #[leak_check(crate = graph)]
    fn count(&self) -> &u32 {
        &self.count
    }

    #[leak_check(crate = graph)]
    async fn wait(self) -> u32 {
        self.count
    }
}

#[test]
fn methods_are_checked_with_their_self() {
    let counter = |count| Counter {
        count,
        _noted: Noted("self"),
    };
    assert_eq!(*counter(1).count(), 1);
    assert_eq!(journal(), "count checked, self dropped");
    assert_eq!(counter(1).last(), 2);
    assert_eq!(journal(), "next checked, self dropped, last checked");
    assert_eq!(ready(counter(1).wait()), 1);
    assert_eq!(journal(), "self dropped, wait checked");
}

#[leak_check(crate = graph)]
fn hides_nothing() -> &'static str {
    let (__check, __result) = ("check", "result");
    __check
}

#[test]
fn names_of_the_body_are_its_own() {
    assert_eq!(hides_nothing(), "check");
}
