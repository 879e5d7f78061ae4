//! Sizes, compared with what was asked of the allocator.

use objgraph::{Trace, deep_size};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet, LinkedList, VecDeque};
use std::rc::{Rc, Weak};
use std::sync::{Arc, Mutex};

/// The system's allocator, counting what each thread asks of it.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static ALLOCATED: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    // A thread that ends has nothing to count any more.
    let _ = ALLOCATED.try_with(|allocated| allocated.set(allocated.get() + bytes));
}

// SAFETY: hands every call on to the system's allocator, unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size().cast_signed());
        // SAFETY: guaranteed by the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-layout.size().cast_signed());
        // SAFETY: guaranteed by the caller.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// The bytes of a value and of what was allocated while it was made, and what `deep_size` says of it.
fn sizes<T: Trace>(make: impl FnOnce() -> T) -> (u64, u64) {
    let before = ALLOCATED.get();
    let value = make();
    let allocated = (ALLOCATED.get() - before).cast_unsigned() as u64;
    (size_of::<T>() as u64 + allocated, deep_size(&value).0)
}

macro_rules! assert_size {
    ($make:expr) => {
        let (allocated, said) = sizes(|| $make);
        assert_eq!(said, allocated, "of {}", stringify!($make));
    };
}

#[derive(Trace, Default)]
struct Tree {
    name: String,
    children: Vec<Tree>,
    shared: Option<Rc<Vec<u16>>>,
    cell: RefCell<VecDeque<Box<u64>>>,
    parent: Weak<Tree>,
}

fn tree(depth: usize, shared: &Rc<Vec<u16>>) -> Tree {
    Tree {
        name: "n".repeat(depth),
        children: (0..depth).map(|_| tree(depth - 1, shared)).collect(),
        shared: Some(shared.clone()),
        cell: RefCell::new((1..depth as u64).map(Box::new).collect()),
        parent: Weak::new(),
    }
}

#[test]
fn plain_values_take_their_size() {
    assert_size!(7_u32);
    assert_size!((1_u8, [2_u64; 3]));
    assert_size!(String::with_capacity(100));
    assert_size!(Box::new([0_u8; 1000]));
}

#[test]
fn containers_take_what_they_reserve() {
    assert_size!(Vec::<u64>::with_capacity(33));
    assert_size!((0..50).map(Rc::new).collect::<VecDeque<_>>());
    assert_size!((0..50).map(|n| n.to_string()).collect::<LinkedList<_>>());
    for n in [0_u32, 1, 3, 4, 7, 8, 14, 15, 28, 29, 1000, 5000] {
        assert_size!(
            (0..n)
                .map(|n| (n, n.to_string()))
                .collect::<HashMap<_, _>>()
        );
        assert_size!((0..n).map(|n| n as u8).collect::<HashSet<_>>());
        assert_size!((0..n).map(u64::from).collect::<HashSet<_>>());
    }
}

#[test]
fn trees_and_shared_parts_count_once() {
    assert_size!(tree(5, &Rc::new(vec![1, 2, 3])));
    assert_size!(Rc::new(Arc::new(Mutex::new(vec![Arc::new(1_u64)]))));
    assert_size!({
        let text: Rc<str> = "shared".into();
        [text.clone(), text.clone(), text]
    });
}

#[test]
fn what_is_held_weakly_does_not_count() {
    let large = Rc::new([0_u8; 10_000]);
    let (allocated, said) = sizes(|| vec![Rc::downgrade(&large)]);
    assert_eq!((said, said), (allocated, 24 + 8));
}

#[test]
fn a_cycle_counts_once() {
    #[derive(Trace)]
    struct Link(RefCell<Option<Rc<Link>>>, [u8; 100]);
    let link = Rc::new(Link(RefCell::default(), [0; 100]));
    link.0.replace(Some(link.clone()));
    let said = deep_size(&link).0;
    link.0.take();
    assert_eq!(said, 8 + 16 + size_of::<Link>() as u64);
}

#[test]
fn a_list_of_a_million_is_no_problem() {
    #[derive(Trace)]
    struct Link(Option<Box<Link>>, u64);

    impl Drop for Link {
        fn drop(&mut self) {
            let mut next = self.0.take();
            while let Some(mut link) = next {
                next = link.0.take();
            }
        }
    }

    assert_size!((0..1_000_000).fold(None, |next, n| Some(Box::new(Link(next, n)))));
}
