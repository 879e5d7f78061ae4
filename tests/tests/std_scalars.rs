//! Values of `std` that hold no reference: their texts, and that they cost nothing inside others.

#![expect(clippy::unwrap_used, reason = "helpers of tests may fail like tests")]

use objgraph::{Nesting, Trace};
use objgraph_tests::{owned_bytes, seen, text};
use std::cmp::{self, Reverse};
use std::collections::hash_map::RandomState;
use std::ffi::{CStr, CString, OsStr, OsString};
use std::marker::{PhantomData, PhantomPinned};
use std::mem::ManuallyDrop;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::{NonZero, NonZeroU8, Saturating, Wrapping};
use std::ops::{Bound, ControlFlow, Range, RangeFull};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{self, AtomicBool, AtomicI64, AtomicU8, AtomicUsize};
use std::task::Poll;
use std::time::{Duration, Instant, SystemTime};

/// A leaf says so of its type, is one object as a root, and adds nothing to what it lies in.
fn leaf<T: Trace>(value: T) -> String {
    assert!(
        T::is_leaf() && !T::has_edges(Nesting::OUTERMOST),
        "{}",
        std::any::type_name::<T>()
    );
    let graph = objgraph::graph(&value);
    assert_eq!(
        (graph.n_nodes(), graph.n_edges(), owned_bytes(&value)),
        (1, 0, (0, 0))
    );
    assert_eq!(
        graph.node(graph.roots()[0].node).shallow_size().0,
        size_of::<T>() as u64
    );
    let around = vec![Some((value, 1_u8))];
    assert_eq!(objgraph::graph(&around).n_nodes(), 1);
    text(&around[0].as_ref().unwrap().0)
}

#[test]
fn numbers_are_leaves_with_their_value() {
    let texts = [
        leaf(7_u8),
        leaf(7_u16),
        leaf(7_u32),
        leaf(7_u64),
        leaf(7_u128),
        leaf(7_usize),
        leaf(7_i8),
        leaf(7_i16),
        leaf(7_i32),
        leaf(7_i64),
        leaf(7_i128),
        leaf(7_isize),
        leaf(NonZeroU8::new(7).unwrap()),
        leaf(NonZero::new(7_i128).unwrap()),
        leaf(NonZero::new(7_usize).unwrap()),
        leaf(AtomicU8::new(7)),
        leaf(AtomicI64::new(7)),
        leaf(AtomicUsize::new(7)),
        leaf(Wrapping(7)),
        leaf(Saturating(7_u8)),
        leaf(Reverse(7)),
    ];
    assert!(texts.iter().all(|text| text == "7"), "{texts:?}");
    assert_eq!(
        [leaf(1.5_f32), leaf(-0.0_f64), leaf(f64::NAN)],
        ["1.5", "-0.0", "NaN"]
    );
    assert_eq!(
        [leaf(true), leaf(AtomicBool::new(false)), leaf('x')],
        ["true", "false", "'x'"]
    );
}

#[test]
fn values_that_differ_from_run_to_run_say_nothing() {
    let silent = [
        leaf(()),
        leaf(Instant::now()),
        leaf(RandomState::new()),
        leaf(std::thread::current().id()),
    ];
    assert!(silent.iter().all(String::is_empty), "{silent:?}");
}

#[test]
fn times_orders_and_ranges_are_leaves() {
    assert_eq!(leaf(Duration::from_millis(1_500)), "1.5s");
    assert!(leaf(SystemTime::UNIX_EPOCH).contains("SystemTime"));
    assert_eq!(
        [leaf(cmp::Ordering::Less), leaf(atomic::Ordering::AcqRel)],
        ["Less", "AcqRel"]
    );
    assert_eq!(
        [leaf(1..3), leaf(1..=3), leaf(1..), leaf(..3), leaf(..=3)],
        ["1..3", "1..=3", "1..", "..3", "..=3"]
    );
    assert_eq!(leaf::<RangeFull>(..), "..");
    assert_eq!(
        [leaf(Bound::Included(3)), leaf(Bound::Unbounded::<u8>)],
        ["Included(3)", "Unbounded"]
    );
}

#[test]
fn addresses_of_the_net_are_leaves() {
    let (four, six) = (Ipv4Addr::LOCALHOST, Ipv6Addr::LOCALHOST);
    assert_eq!(
        [leaf(four), leaf(IpAddr::V4(four)), leaf(six)],
        ["127.0.0.1", "127.0.0.1", "::1"]
    );
    assert_eq!(leaf(SocketAddrV4::new(four, 80)), "127.0.0.1:80");
    assert_eq!(
        leaf(SocketAddr::V6(SocketAddrV6::new(six, 80, 0, 0))),
        "[::1]:80"
    );
}

#[test]
fn types_without_a_value_are_leaves() {
    assert_eq!([leaf(PhantomData::<Rc<u8>>), leaf(PhantomPinned)], ["", ""]);
    assert_eq!(leaf(PhantomData::<str>), "");
}

#[test]
fn variants_of_plain_values_are_leaves() {
    assert_eq!([leaf(Some(7)), leaf(None::<u8>)], ["7", "None"]);
    assert_eq!(
        [leaf(Ok::<u8, i8>(7)), leaf(Err::<u8, i8>(7))],
        ["Ok(7)", "Err(7)"]
    );
    assert_eq!(
        [leaf(Poll::Ready(7)), leaf(Poll::Pending::<u8>)],
        ["7", "Pending"]
    );
    assert_eq!(
        [
            leaf(ControlFlow::Break::<u8, u8>(7)),
            leaf(ControlFlow::Continue::<u8, u8>(7))
        ],
        ["Break(7)", "Continue(7)"]
    );
    assert_eq!(leaf(ManuallyDrop::new(7)), "7");
}

#[test]
fn plain_tuples_and_arrays_are_leaves() {
    assert_eq!(leaf((1,)), "(1)");
    assert_eq!(leaf((1, true, 'x')), "(1, true, 'x')");
    assert_eq!(
        leaf((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)),
        "(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)"
    );
    assert_eq!([leaf([1, 2, 3]), leaf([0_u8; 0])], ["[1, 2, 3]", "[]"]);
}

#[test]
fn functions_are_leaves() {
    fn add(one: u8, other: u8) -> u8 {
        one + other
    }
    fn first<'a>(text: &'a str, _: &str) -> &'a str {
        text
    }
    let texts = [
        leaf(add as fn(u8, u8) -> u8),
        leaf(str::len as fn(&str) -> usize),
        leaf((|| {}) as fn()),
        leaf(str::trim as fn(&str) -> &str),
        leaf((|text| text.clear()) as fn(&mut String)),
    ];
    assert_eq!(texts, ["fn"; 5]);
    assert_eq!(first("a", "b"), "a");
}

#[test]
fn a_fn_pointer_that_takes_a_pointer_says_nothing_of_its_own() {
    struct Handler(fn(&Rc<u8>));
    impl Trace for Handler {
        fn trace<'a>(&'a self, tracer: &mut objgraph::Tracer<'a>) {
            tracer.field("0", &self.0);
        }
    }
    assert_eq!(seen(&Handler(|_| {})), "Handler");
}

#[test]
fn texts_own_their_bytes_and_nothing_else() {
    let mut string = String::with_capacity(100);
    string.push_str("näh");
    assert_eq!(
        (text(&string), owned_bytes(&string)),
        ("\"näh\"".into(), (4, 100))
    );
    let c_string = CString::new("abc").unwrap();
    assert_eq!(
        (text(&c_string), owned_bytes(&c_string)),
        ("\"abc\"".into(), (4, 4))
    );
    let os_string = OsString::from("abc");
    assert_eq!(
        (text(&os_string), owned_bytes(&os_string)),
        ("\"abc\"".into(), (3, os_string.capacity() as u64))
    );
    let path = PathBuf::from("a/b");
    assert_eq!(
        (text(&path), owned_bytes(&path)),
        ("\"a/b\"".into(), (3, path.capacity() as u64))
    );
    assert_eq!(
        seen(&(string, c_string, os_string, path))
            .matches('|')
            .count(),
        0
    );
}

#[test]
fn borrowed_texts_are_shown_where_they_are() {
    let c_str: &CStr = c"abc";
    assert_eq!(
        [
            text(&"abc"),
            text(&c_str),
            text(&OsStr::new("abc")),
            text(&Path::new("abc"))
        ],
        ["\"abc\""; 4]
    );
    assert_eq!(
        seen(&("abc", c_str, Path::new("x"))),
        "(&str, &CStr, &Path) = (\"abc\", \"abc\", \"x\")"
    );
    let words = ["a", "b"];
    assert_eq!(seen(&words), "[&str; 2] = 2 items");
}

#[test]
fn bytes_in_a_text_that_are_no_text_are_escaped() {
    assert_eq!(
        text(&String::from("a\"b\\c\n\t\u{7f}\u{202e}")),
        "\"a\\\"b\\\\c\\n\\t\\u{7f}\\u{202e}\""
    );
    let c_string = CString::new(vec![0xff, b'a']).unwrap();
    assert!(!text(&c_string).contains('\u{ff}'));
}

#[test]
fn a_range_of_pointers_names_its_ends() {
    let range = Range {
        start: Rc::new(1),
        end: Rc::new(2),
    };
    assert_eq!(
        seen(&range),
        "Range<Rc<i32>> = .. {.start strong 1, .end strong 2} | i32 = 1 | i32 = 2"
    );
    let until = ..=Rc::new(2);
    assert_eq!(
        seen(&until),
        "RangeToInclusive<Rc<i32>> = ..= {.end strong 1} | i32 = 2"
    );
}
