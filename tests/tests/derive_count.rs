//! `#[trace(count)]`: every value of a type is counted, wherever it is.

use self::graph::{Counted, Trace, counts};
use objgraph::Repr;
use std::mem::ManuallyDrop;
use std::rc::Rc;

/// The facade, with what the words need.
mod graph {
    pub(crate) use objgraph::*;
    pub(crate) use objgraph_watch::{Count, Counted, Counter, counts};
}

/// How many values there are, by the name of the type, or `None` if there never was one.
fn n_live(type_path: &str) -> Option<u64> {
    let counts = counts();
    let count = counts.iter().find(|count| count.type_path == type_path)?;
    Some(count.live)
}

fn repr<T: Trace>(value: &T) -> String {
    let mut text = String::new();
    value.trace_repr(&mut Repr::new(&mut text, 100));
    text
}

#[derive(Trace, Clone, Default)]
#[trace(count, crate = graph)]
struct Token {
    id: u32,
    count: Counted<Self>,
}

#[test]
fn values_are_counted_under_the_path_of_their_type() {
    let path = concat!(module_path!(), "::Token");
    assert_eq!(n_live(path), None);
    let tokens = vec![Token::default(); 3];
    assert_eq!(n_live(path), Some(3));
    assert_eq!(n_live(std::any::type_name::<Token>()), Some(3));
    let shared = Rc::new(tokens[0].clone());
    assert_eq!(n_live(path), Some(4));
    drop((tokens, shared));
    assert_eq!(n_live(path), Some(0));
}

#[derive(Trace)]
#[trace(count, crate = graph)]
struct Plain(u32, Counted<Plain>);

#[test]
fn a_counted_type_looks_as_if_it_were_not() {
    let plain = Plain(7, Counted::new());
    assert_eq!(repr(&plain), "7");
    assert!(Plain::is_leaf() && size_of::<Plain>() == size_of::<u32>());
    assert_eq!(objgraph_trace::trace(&plain).n_edges(), 0);
}

#[derive(Trace)]
#[trace(count, crate = graph)]
struct Cache<'a, T: ?Sized, const N: usize>
where
    T: 'a,
{
    count: Counted<Self>,
    entries: [Option<Rc<u32>>; N],
    last: &'a T,
}

#[test]
fn all_instances_of_a_generic_type_are_counted_together() {
    fn cache<T: ?Sized, const N: usize>(last: &T) -> Cache<'_, T, N> {
        Cache {
            count: Counted::new(),
            entries: [const { None }; N],
            last,
        }
    }
    let caches = (cache::<_, 1>("last"), cache::<_, 2>(&1_u8));
    assert_eq!(n_live(concat!(module_path!(), "::Cache")), Some(2));
    drop(caches);
}

#[derive(Trace)]
#[trace(count, rename = "A shape", crate = graph)]
enum Shape {
    Empty,
    Circle(u32, Counted<Self>),
}

#[test]
fn of_an_enum_the_variants_with_a_counter_are_counted() {
    let shapes = [Shape::Empty, Shape::Circle(1, Counted::new())];
    assert_eq!(n_live("A shape"), Some(1));
    assert_eq!(repr(&shapes[1]), "Circle(1)");
    drop(shapes);
}

struct Foreign;

#[derive(Trace)]
#[trace(count, opaque, crate = "self::graph")]
struct Opaque(ManuallyDrop<Foreign>, Counted<Self>);

#[derive(Trace)]
#[repr(C, packed)]
#[trace(count, crate = graph)]
struct Packed {
    #[trace(leaf)]
    id: u64,
    #[trace(leaf)]
    count: Counted<Self>,
}

#[test]
fn what_is_not_traced_is_counted_too() {
    let opaque = Opaque(ManuallyDrop::new(Foreign), Counted::new());
    assert_eq!(n_live(concat!(module_path!(), "::Opaque")), Some(1));
    let packed = Packed {
        id: 1,
        count: Counted::new(),
    };
    assert_eq!(n_live(concat!(module_path!(), "::Packed")), Some(1));
    drop((opaque, packed));
}
