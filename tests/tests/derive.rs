//! `#[derive(Trace)]` on every shape of type that Rust has.

#![expect(
    dead_code,
    reason = "what is skipped is not read, and unsized types are hard to make"
)]

use objgraph::{Nesting, Repr, Trace, Tracer};
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::{Rc, Weak};

/// `leaf`, `node`, `edges`: the static facts of a type that hold, in this order.
fn facts<T: Trace>() -> String {
    let facts = [
        ("leaf", T::is_leaf()),
        ("node", T::is_node()),
        ("edges", T::has_edges(Nesting::OUTERMOST)),
    ];
    let holding: Vec<_> = facts
        .iter()
        .filter(|(_, holds)| *holds)
        .map(|(name, _)| *name)
        .collect();
    holding.join(" ")
}

fn repr<T: Trace + ?Sized>(value: &T) -> String {
    let mut text = String::new();
    value.trace_repr(&mut Repr::new(&mut text, 200));
    text
}

/// The labels of the edges that leave the value itself, in the order in which they were reported.
fn edges<T: Trace + ?Sized>(value: &T) -> String {
    let records = objgraph_trace::trace(value);
    let own = records.edges.iter().take(records.nodes[0].n_edges as usize);
    let labels: Vec<_> = own.map(|edge| records.paths.text(edge.label())).collect();
    labels.join(" ")
}

fn type_name<T: Trace + ?Sized>(value: &T) -> &'static str {
    let name = value.trace_type().name();
    name.rsplit("::").next().unwrap_or(name)
}

#[derive(Trace)]
struct Point {
    x: u32,
    y: u32,
}

#[derive(Trace)]
struct Pair(u32, Rc<u32>);

#[derive(Trace)]
struct Unit;

#[derive(Trace)]
struct Empty {}

#[derive(Trace)]
struct EmptyTuple();

#[derive(Trace)]
enum Shape {
    Nothing,
    Circle(u32),
    Rectangle(u32, u32),
    Named {
        name: String,
        inner: Option<Rc<Shape>>,
    },
    r#Raw {
        r#type: u32,
    },
}

#[derive(Trace)]
enum Never {}

#[derive(Trace)]
struct Tree {
    id: u32,
    children: Vec<Tree>,
    parent: RefCell<Weak<Tree>>,
}

#[derive(Trace)]
enum List<T> {
    End,
    Cons(T, Box<Self>),
}

#[derive(Trace)]
struct Generic<'a, T: 'a = u8, U = u8, const N: usize = 2>
where
    T: Clone,
{
    borrowed: &'a T,
    owned: [T; N],
    marker: PhantomData<U>,
    function: fn(&U) -> U,
}

#[derive(Trace)]
struct Projected<I: Iterator> {
    last: Option<I::Item>,
    first: Option<<I as Iterator>::Item>,
    #[trace(skip)]
    iterator: I,
}

#[derive(Trace)]
struct Tail<T: ?Sized> {
    id: u32,
    tail: T,
}

#[derive(Trace)]
struct WhereTail<T>(u32, T)
where
    T: ?Sized;

#[derive(Trace)]
struct Text {
    length: u32,
    text: str,
}

#[derive(Trace)]
struct Slice<T>(u32, [T]);

#[derive(Trace)]
struct Object {
    id: u32,
    object: dyn Trace,
}

#[derive(Trace)]
struct TypedId<T: ?Sized> {
    id: u32,
    of: PhantomData<T>,
}

trait Animal: Trace {}
#[derive(Trace)]
struct Cat(u32);
impl Animal for Cat {}

#[derive(Trace)]
struct Zoo {
    animals: Vec<Box<dyn Animal>>,
    first: Option<Rc<dyn Animal>>,
}

struct Foreign(u32);

fn foreign<'a>(value: &'a Foreign, tracer: &mut Tracer<'a>) {
    tracer.at_field("inside", |tracer| tracer.node(&value.0));
}

#[derive(Trace)]
struct Attributes {
    #[trace(skip)]
    skipped: Foreign,
    #[trace(opaque, rename = "hidden")]
    opaque: Foreign,
    #[trace(with = foreign)]
    with: Foreign,
    #[trace(with = foreign, transparent)]
    inline: Foreign,
    #[trace(leaf)]
    leaf: Foreign,
    #[trace(node)]
    node: Point,
    #[trace(transparent)]
    transparent: Pair,
    #[trace(rename = "new", debug)]
    old: Option<u32>,
    #[trace(skip, display)]
    #[trace(rename = "shown")]
    display: std::net::Ipv4Addr,
}

fn attributes() -> Attributes {
    Attributes {
        skipped: Foreign(0),
        opaque: Foreign(1),
        with: Foreign(2),
        inline: Foreign(3),
        leaf: Foreign(4),
        node: Point { x: 0, y: 0 },
        transparent: Pair(5, Rc::new(6)),
        old: Some(6),
        display: std::net::Ipv4Addr::LOCALHOST,
    }
}

#[derive(Trace)]
#[trace(transparent)]
struct Transparent(Rc<u32>);

#[derive(Trace)]
#[trace(leaf)]
struct Leaf<T> {
    value: T,
    #[trace(display)]
    shown: u32,
}

#[derive(Trace)]
#[trace(opaque, rename = "Box of secrets")]
struct Opaque<T>(Option<T>, Foreign);

#[derive(Trace)]
struct SkipsOnly {
    #[trace(skip)]
    skipped: Foreign,
}

#[derive(Trace)]
struct Labelled {
    other: u32,
    #[trace(label)]
    name: String,
}

#[derive(Trace)]
enum LabelledVariants {
    A {
        #[trace(label, skip, debug)]
        name: &'static str,
        other: u32,
    },
    #[trace(rename = "Bee")]
    B(u32, #[trace(label, rename = "two")] u32),
    #[trace(skip)]
    C(Foreign),
}

#[derive(Trace)]
#[trace(label = Self::label)]
struct Written {
    id: u32,
}

impl Written {
    fn label(&self, out: &mut Repr<'_>) {
        out.text(&format!("no. {}", self.id));
    }
}

#[derive(Trace, Debug)]
#[trace(debug)]
struct Debugged<T> {
    value: Option<T>,
}

#[derive(Trace)]
#[trace(bound = "T: Clone + Trace")]
struct Bounded<T> {
    value: T,
}

trait Kind {
    type Node: Trace;
}

struct Numbers;

impl Kind for Numbers {
    type Node = u32;
}

#[derive(Trace)]
#[trace(bound = "")]
struct Unbounded<K: Kind> {
    node: K::Node,
}

#[derive(Trace)]
struct NotSend<T>(#[trace(skip)] T, #[trace(leaf)] T, #[trace(opaque)] T);

#[derive(Trace)]
#[repr(C, packed(2))]
struct Packed {
    #[trace(leaf)]
    id: u64,
    #[trace(skip)]
    other: u64,
}

#[derive(Trace)]
#[trace(leaf)]
union Bits {
    float: f32,
    bits: u32,
}

#[derive(Trace)]
struct Dropped;
impl Drop for Dropped {
    fn drop(&mut self) {}
}

#[derive(Trace)]
struct DroppedGeneric<T>(T);
impl<T> Drop for DroppedGeneric<T> {
    fn drop(&mut self) {}
}

#[derive(Trace)]
struct Shadows {
    __tracer: Rc<u32>,
    __out: Rc<u32>,
    __field_0: Rc<u32>,
    tracer: Rc<u32>,
}

#[derive(Trace)]
enum ShadowsInEnum {
    Variant {
        __tracer: u32,
        __out: u32,
        tracer: u32,
    },
}

macro_rules! declare {
    ($name:ident, $field:ident: $type:ty, $($variant:ident($inner:ty)),*) => {
        #[derive(Trace)]
        struct $name<T> { $field: $type, hygienic: Option<T> }
        mod from_macro {
            #[derive(objgraph::Trace)]
            pub(super) enum $name { $($variant($inner)),* }
        }
    };
}
declare!(FromMacro, field: Vec<Box<u32>>, One(u32), Two(std::rc::Rc<u32>));

macro_rules! type_of {
    ($type:ident) => { Option<$type> };
}

#[derive(Trace)]
struct MacroType<T> {
    field: type_of!(T),
}

mod renamed {
    pub(crate) mod deep {
        pub(crate) use objgraph as graph;
    }
    #[derive(graph::Trace)]
    #[trace(crate = self::deep::graph)]
    pub(crate) struct Renamed(pub(crate) u32);
    use self::deep::graph;
}

#[test]
fn facts_follow_from_the_fields() {
    assert_eq!(facts::<Point>(), "leaf node");
    assert_eq!(facts::<Pair>(), "node edges");
    assert_eq!(facts::<Unit>(), "leaf node");
    assert_eq!(facts::<Empty>(), "leaf node");
    assert_eq!(facts::<EmptyTuple>(), "leaf node");
    assert_eq!(facts::<Never>(), "leaf node");
    assert_eq!(facts::<Shape>(), "node edges");
    assert_eq!(facts::<Tree>(), "node edges");
    assert_eq!(facts::<List<u32>>(), "node edges");
    assert_eq!(facts::<Labelled>(), "node", "heap bytes, but no edge");
}

#[test]
fn facts_follow_from_the_attributes() {
    assert_eq!(facts::<Attributes>(), "node edges");
    assert_eq!(facts::<Transparent>(), "edges");
    assert_eq!(facts::<Leaf<Foreign>>(), "leaf");
    assert_eq!(facts::<Opaque<Foreign>>(), "node edges");
    assert_eq!(
        facts::<SkipsOnly>(),
        "node",
        "what was skipped is remembered"
    );
    assert_eq!(facts::<Packed>(), "node");
    assert_eq!(facts::<Bits>(), "leaf");
}

#[test]
fn a_phantom_parameter_holds_nothing() {
    assert_eq!(facts::<TypedId<str>>(), "leaf node");
    assert_eq!(facts::<TypedId<Foreign>>(), "leaf node");
}

#[test]
fn an_unsized_tail_may_hold_anything() {
    assert_eq!(facts::<Tail<u32>>(), "node edges");
    let tail: &Tail<[u32]> = &Tail {
        id: 7,
        tail: [1, 2],
    };
    assert_eq!(repr(tail), "id: 7, tail: [1, 2]");
    let tail: &WhereTail<dyn Trace> = &WhereTail(7, Point { x: 1, y: 2 });
    assert_eq!(repr(tail), "7, {x: 1, y: 2}");
    assert!(!tail.trace_type().is_leaf());
}

#[test]
fn bounds_are_on_what_is_traced_only() {
    fn traced<T: Trace>() {}
    traced::<NotSend<Foreign>>();
    traced::<Projected<std::vec::IntoIter<u32>>>();
    traced::<Generic<'static, u8, Foreign, 3>>();
    traced::<Bounded<u8>>();
    traced::<MacroType<u8>>();
    traced::<DroppedGeneric<u8>>();
    assert_eq!(repr(&Unbounded::<Numbers> { node: 3 }), "node: 3");
}

#[test]
fn structs_write_their_fields() {
    assert_eq!(repr(&Point { x: 1, y: 2 }), "x: 1, y: 2");
    assert_eq!(repr(&Pair(1, Rc::new(2))), "1");
    assert_eq!(repr(&Unit), "");
    assert_eq!(repr(&renamed::Renamed(4)), "4");
    assert_eq!(
        repr(&Shadows {
            __tracer: Rc::new(1),
            __out: Rc::new(2),
            __field_0: Rc::new(3),
            tracer: Rc::new(4)
        }),
        ""
    );
}

#[test]
fn enums_write_the_variant() {
    assert_eq!(repr(&Shape::Nothing), "Nothing");
    assert_eq!(repr(&Shape::Circle(2)), "Circle(2)");
    assert_eq!(repr(&Shape::Rectangle(2, 3)), "Rectangle(2, 3)");
    let named = Shape::Named {
        name: "a".into(),
        inner: None,
    };
    assert!(
        repr(&named).starts_with("Named(name: \"a\""),
        "{}",
        repr(&named)
    );
    assert_eq!(repr(&Shape::Raw { r#type: 1 }), "Raw(type: 1)");
    assert_eq!(
        repr(&ShadowsInEnum::Variant {
            __tracer: 1,
            __out: 2,
            tracer: 3
        }),
        "Variant(__tracer: 1, __out: 2, tracer: 3)"
    );
}

#[test]
fn attributes_choose_what_is_written() {
    assert_eq!(repr(&attributes()), "{5}, new: Some(6), shown: 127.0.0.1");
    assert_eq!(
        repr(&Leaf {
            value: Foreign(1),
            shown: 2
        }),
        "shown: 2"
    );
    assert_eq!(
        repr(&Labelled {
            other: 1,
            name: "b".into()
        }),
        "\"b\""
    );
    assert_eq!(repr(&Written { id: 3 }), "no. 3");
    assert_eq!(
        repr(&Debugged { value: Some('c') }),
        "Debugged { value: Some('c') }"
    );
    assert_eq!(
        repr(&LabelledVariants::A {
            name: "d",
            other: 1
        }),
        "A(\"d\")"
    );
    assert_eq!(repr(&LabelledVariants::B(1, 2)), "Bee(2)");
    assert_eq!(repr(&LabelledVariants::C(Foreign(1))), "C");
}

#[test]
fn the_type_says_its_name_and_what_it_is() {
    assert_eq!(type_name(&Point { x: 0, y: 0 }), "Point");
    let opaque = Opaque(None::<u32>, Foreign(0));
    assert_eq!(type_name(&opaque), "Box of secrets");
    assert!(opaque.trace_type().is_opaque() && !opaque.trace_type().is_leaf());
    assert!(Unit.trace_type().is_leaf());
    assert!(Bits { bits: 1 }.trace_type().is_leaf());
}

#[test]
fn only_an_own_drop_impl_counts() {
    assert!(Dropped.trace_type().has_drop_impl());
    assert!(DroppedGeneric(1u8).trace_type().has_drop_impl());
    assert!(!Pair(1, Rc::new(2)).trace_type().has_drop_impl());
    assert!(
        !List::Cons(Dropped, Box::new(List::End))
            .trace_type()
            .has_drop_impl()
    );
}

#[test]
fn the_type_behind_a_dyn_says_its_own_name() {
    let zoo = Zoo {
        animals: vec![Box::new(Cat(1))],
        first: None,
    };
    assert_eq!(type_name(&*zoo.animals[0]), "Cat");
}

#[test]
fn every_edge_is_labelled_with_its_path() {
    let rc = || Rc::new(1);
    assert_eq!(edges(&Pair(1, rc())), ".1");
    assert_eq!(edges(&Shape::Circle(1)), "");
    let inner = Some(Rc::new(Shape::Nothing));
    assert_eq!(
        edges(&Shape::Named {
            name: "a".into(),
            inner
        }),
        "::Named.inner"
    );
    assert_eq!(
        edges(&List::Cons(rc(), Box::new(List::End))),
        "::Cons.0 ::Cons.1"
    );
    assert_eq!(edges(&from_macro::FromMacro::Two(rc())), "::Two");
    let shadows = Shadows {
        __tracer: rc(),
        __out: rc(),
        __field_0: rc(),
        tracer: rc(),
    };
    assert_eq!(edges(&shadows), ".__tracer .__out .__field_0 .tracer");
}

#[test]
fn attributes_choose_how_a_field_is_traced() {
    assert_eq!(
        edges(&attributes()),
        ".hidden .with.inside .inside .node .1"
    );
}

#[test]
fn the_tail_of_an_unsized_type_is_traced() {
    let tail: &Tail<[Rc<u32>]> = &Tail {
        id: 1,
        tail: [Rc::new(2), Rc::new(3)],
    };
    assert_eq!(edges(tail), ".tail[0] .tail[1]");
    let tail: &WhereTail<dyn Trace> = &WhereTail(1, Pair(2, Rc::new(3)));
    assert_eq!(edges(tail), ".1.1");
}

#[test]
fn elements_that_are_trees_are_nodes() {
    let leaf = || Tree {
        id: 1,
        children: Vec::new(),
        parent: RefCell::default(),
    };
    let tree = Tree {
        id: 0,
        children: vec![leaf(), leaf()],
        parent: RefCell::default(),
    };
    assert_eq!(edges(&tree), ".children[0] .children[1]");
}
