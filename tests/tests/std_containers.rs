//! Containers and inline values of `std`: their labels, their bytes, and which elements are objects.

#![expect(clippy::zero_sized_map_values, reason = "keys are what is looked at")]

use objgraph::Trace;
use objgraph_tests::{owned_bytes, seen, text};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::mem::ManuallyDrop;
use std::num::Wrapping;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;

/// An element that asks to be an object of its own.
#[derive(Trace, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Item {
    of: Rc<u8>,
}

fn item(number: u8) -> Item {
    Item {
        of: Rc::new(number),
    }
}

/// An element that holds nothing, so that it is no object in spite of its derive.
#[derive(Trace)]
struct Point {
    x: u8,
    name: String,
}

#[test]
fn inline_values_extend_the_label() {
    assert_eq!(
        seen(&Some(Rc::new(1_u8))),
        "Option<Rc<u8>> { strong 1} | u8 = 1"
    );
    assert_eq!(seen(&None::<Rc<u8>>), "Option<Rc<u8>> = None");
    let result: Result<Rc<u8>, Rc<u8>> = Ok(Rc::new(1));
    assert_eq!(
        seen(&result),
        "Result<Rc<u8>, Rc<u8>> = Ok {::Ok strong 1} | u8 = 1"
    );
    let result: Result<Rc<u8>, Rc<u8>> = Err(Rc::new(1));
    assert_eq!(
        seen(&(result,)),
        "(Result<Rc<u8>, Rc<u8>>,) = (Err) {.0::Err strong 1} | u8 = 1"
    );
    assert_eq!(
        seen(&[Rc::new(1_u8)]),
        "[Rc<u8>; 1] = 1 item {[0] strong 1} | u8 = 1"
    );
    assert_eq!(
        seen(&(1, [(2, Rc::new(3_u8))])),
        "(i32, [(i32, Rc<u8>); 1]) = (1, 1 item) {.1[0].1 strong 1} | u8 = 3"
    );
}

#[test]
fn a_tuple_of_twelve_numbers_its_fields() {
    let one = || Rc::new(());
    let tuple = (
        one(),
        one(),
        one(),
        one(),
        one(),
        one(),
        one(),
        one(),
        one(),
        one(),
        one(),
        one(),
    );
    let graph = objgraph::graph(&tuple);
    let labels: Vec<_> = graph
        .edges_from(graph.roots()[0].node)
        .map(|edge| edge.label())
        .collect();
    assert_eq!(labels.join(""), ".0.1.2.3.4.5.6.7.8.9.10.11");
    assert_eq!(graph.n_nodes(), 13);
}

#[test]
fn wrappers_are_drawn_as_what_they_wrap() {
    let labels = [
        seen(&(Wrapping(Rc::new(1_u8)),)),
        seen(&(Reverse(Rc::new(1_u8)),)),
        seen(&(AssertUnwindSafe(Rc::new(1_u8)),)),
    ];
    assert!(
        labels
            .iter()
            .all(|label| label.ends_with("{.0 strong 1} | u8 = 1")),
        "{labels:?}"
    );
    let kept = (ManuallyDrop::new(Rc::new(1_u8)),);
    assert!(seen(&kept).ends_with("{.0 strong 1} | u8 = 1"));
    drop(ManuallyDrop::into_inner(kept.0));
}

#[test]
fn sequences_number_their_elements() {
    let expected = "[0] strong 1, [1] strong 2} | u8 = 1 | u8 = 2";
    let two = || [Rc::new(1_u8), Rc::new(2)];
    let slice: &[Rc<u8>] = &two();
    let texts = [
        seen(&two().to_vec()),
        seen(&VecDeque::from(two())),
        seen(&LinkedList::from(two())),
        seen(slice),
        seen(&two()),
        seen(&BinaryHeap::from([
            Reverse(Rc::new(1_u8)),
            Reverse(Rc::new(2)),
        ])),
    ];
    for text in texts {
        assert!(
            text.ends_with(expected) && text.contains(" = 2 items {"),
            "{text}"
        );
    }
}

#[test]
fn a_ring_buffer_that_wraps_around_keeps_its_order() {
    let mut ring = VecDeque::with_capacity(4);
    ring.extend([0, 1, 2, 3].map(Rc::new));
    for number in 4..6 {
        ring.pop_front();
        ring.push_back(Rc::new(number));
    }
    assert!(seen(&ring).ends_with("| i32 = 2 | i32 = 3 | i32 = 4 | i32 = 5"));
}

#[test]
fn sequences_own_their_buffers() {
    let mut vec: Vec<u32> = Vec::with_capacity(10);
    vec.extend([1, 2, 3]);
    assert_eq!(
        (owned_bytes(&vec), text(&vec)),
        ((12, 40), "[1, 2, 3]".into())
    );
    let deque: VecDeque<u32> = VecDeque::from(vec);
    assert_eq!(owned_bytes(&deque), (12, 4 * deque.capacity() as u64));
    let heap: BinaryHeap<u64> = BinaryHeap::from([1, 2]);
    assert_eq!(owned_bytes(&heap), (16, 8 * heap.capacity() as u64));
    let list: LinkedList<u64> = LinkedList::from([1, 2]);
    assert_eq!(owned_bytes(&list), (2 * (8 + 16), 2 * (8 + 16)));
    assert_eq!(
        (
            owned_bytes(&vec![(); 1_000]),
            owned_bytes(&Vec::<u8>::new())
        ),
        ((0, 0), (0, 0))
    );
}

#[test]
fn bytes_of_inner_buffers_belong_to_the_object_around_them() {
    let names: Vec<String> = ["ab", "cde"].map(String::from).into();
    let (used, reserved) = owned_bytes(&names);
    assert_eq!((used, reserved), (48 + 5, 48 + 5));
    let points = vec![
        Point {
            x: 1,
            name: "ab".into(),
        },
        Point {
            x: 2,
            name: "c".into(),
        },
    ];
    assert_eq!(owned_bytes(&points).0, 2 * size_of::<Point>() as u64 + 3);
    assert_eq!(seen(&points), "Vec<Point> = 2 items");
    assert_eq!(points[0].x, 1);
}

#[test]
fn elements_that_derive_and_hold_something_are_objects_in_every_container() {
    let expected = "owned 1} | Item {.of strong 2} | u8 = 1";
    let texts = [
        seen(&vec![item(1)]),
        seen(&VecDeque::from([item(1)])),
        seen(&LinkedList::from([item(1)])),
        seen(&BinaryHeap::from([item(1)])),
        seen(&BTreeSet::from([item(1)])),
        seen(&HashSet::from([item(1)])),
        seen(&BTreeMap::from([("k", item(1))])),
        seen(&HashMap::from([("k", item(1))])),
        seen(&BTreeMap::from([(item(1), ())])),
        seen(&Some(vec![item(1)])),
    ];
    for text in texts {
        assert!(text.ends_with(expected), "{text}");
    }
    // In an array or an option they lie inside the object.
    assert!(seen(&[item(1)]).ends_with("{[0].of strong 1} | u8 = 1"));
    assert!(seen(&(Some(item(1)),)).ends_with("{.0.of strong 1} | u8 = 1"));
}

#[test]
fn maps_label_values_by_key_and_keys_by_place() {
    let tree = BTreeMap::from([("b", Rc::new(2_u8)), ("a", Rc::new(1))]);
    let expected = "= 2 entries {[\"a\"] strong 1, [\"b\"] strong 2} | u8 = 1 | u8 = 2";
    assert_eq!(seen(&tree), format!("BTreeMap<&str, Rc<u8>> {expected}"));
    let hashed: HashMap<_, _> = tree.into_iter().collect();
    assert!(seen(&hashed).ends_with(expected), "{}", seen(&hashed));

    let numbers = BTreeMap::from([(7_u64, Some(Rc::new(1_u8)))]);
    assert!(seen(&numbers).ends_with("{[7] strong 1} | u8 = 1"));
    let pairs = BTreeMap::from([((1, 'x'), Rc::new(1_u8))]);
    assert!(seen(&pairs).ends_with("{[(1, 'x')] strong 1} | u8 = 1"));
    let by_pointer = BTreeMap::from([(Rc::new(1_u8), Rc::new(2_u8))]);
    assert!(
        seen(&by_pointer).ends_with("{.key(0) strong 1, [] strong 2} | u8 = 1 | u8 = 2"),
        "{}",
        seen(&by_pointer)
    );
}

#[test]
fn maps_in_maps_nest_their_labels() {
    let inner = BTreeMap::from([("b", vec![Rc::new(1_u8)])]);
    let outer = (BTreeMap::from([("a", inner)]),);
    assert!(
        seen(&outer).ends_with("{.0[\"a\"][\"b\"][0] strong 1} | u8 = 1"),
        "{}",
        seen(&outer)
    );
}

#[test]
fn maps_and_sets_take_any_hasher() {
    type Hasher = BuildHasherDefault<DefaultHasher>;
    let map: HashMap<u8, Rc<u8>, Hasher> = [(1, Rc::new(2))].into_iter().collect();
    assert!(seen(&map).ends_with("{[1] strong 1} | u8 = 2"));
    let set: HashSet<Rc<u8>, Hasher> = [Rc::new(2)].into_iter().collect();
    assert!(
        seen(&set).ends_with("= 1 item {{0} strong 1} | u8 = 2"),
        "{}",
        seen(&set)
    );
}

#[test]
fn sets_number_their_members() {
    let tree = BTreeSet::from([Rc::new(2_u8), Rc::new(1)]);
    assert!(seen(&tree).ends_with("= 2 items {{0} strong 1, {1} strong 2} | u8 = 1 | u8 = 2"));
    assert_eq!(text(&BTreeSet::from([2, 1])), "[1, 2]");
    assert_eq!(text(&HashSet::from([2, 1, 3])), "[1, 2, 3]");
    let many: HashSet<u32> = (0..2_000).collect();
    assert_eq!(text(&many), "2000 items");
}

#[test]
fn hashed_containers_are_seen_in_the_same_order_every_time() {
    let map =
        || -> HashMap<u32, Rc<u32>> { (0..500).map(|number| (number, Rc::new(number))).collect() };
    assert_eq!(seen(&map()), seen(&map()));
    let set = || -> HashSet<Vec<Box<u8>>> {
        [vec![], vec![Box::new(1)], vec![Box::new(1), Box::new(2)]].into()
    };
    assert_eq!(seen(&set()), seen(&set()));
}

#[test]
fn members_with_one_text_are_seen_in_the_same_order_every_time() {
    // The text of a pointer is empty, so it tells nothing apart; hash order would.
    let set = || -> HashSet<Rc<u32>> { (0..200).map(Rc::new).collect() };
    assert_eq!(seen(&set()), seen(&set()));
}

#[test]
fn maps_and_sets_own_their_tables() {
    let map: HashMap<u64, u64> = (0..100).map(|number| (number, number)).collect();
    let group = if cfg!(target_feature = "sse2") { 16 } else { 8 };
    assert_eq!(owned_bytes(&map), (100 * 17, 128 * 17 + group));
    let set: HashSet<u64> = (0..100).collect();
    assert_eq!(owned_bytes(&set), (100 * 9, 128 * 9 + group));
    let tree: BTreeMap<u64, u64> = (0..100).map(|number| (number, number)).collect();
    let (used, reserved) = owned_bytes(&tree);
    assert!(used == 1_600 && reserved > used, "{used} of {reserved}");
    let tree: BTreeSet<u64> = (0..100).collect();
    let (used, reserved) = owned_bytes(&tree);
    assert!(used == 800 && reserved > used, "{used} of {reserved}");
    assert_eq!(owned_bytes(&BTreeMap::<u64, u64>::new()), (0, 0));
}

#[test]
fn keys_of_a_map_count_their_bytes() {
    let map = HashMap::from([(String::from("abcdef"), 1_u8)]);
    assert_eq!(
        owned_bytes(&map).0,
        (size_of::<(String, u8)>() + 1 + 6) as u64
    );
}

#[test]
fn cows_are_what_they_hold() {
    let owned: Cow<'_, str> = Cow::Owned("abc".into());
    assert_eq!(
        (text(&owned), owned_bytes(&owned)),
        ("\"abc\"".into(), (3, 3))
    );
    let borrowed: Cow<'_, str> = Cow::Borrowed("abc");
    assert_eq!(
        (text(&borrowed), owned_bytes(&borrowed)),
        ("\"abc\"".into(), (0, 0))
    );
    let items = [Rc::new(1_u8)];
    let borrowed: Cow<'_, [Rc<u8>]> = Cow::Borrowed(&items);
    assert!(
        seen(&(borrowed,)).contains(".0"),
        "{}",
        seen(&(Cow::Borrowed(&items[..]),))
    );
}
