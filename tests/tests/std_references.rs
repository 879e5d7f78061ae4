//! References and raw addresses: they lead to whatever object lies where they point.

use objgraph::{Graph, NodeId, State, Trace};
use objgraph_tests::{describe, seen, seen_from};
use std::cell::{Cell, RefCell};
use std::ptr::{self, NonNull};
use std::rc::Rc;
use std::sync::atomic::AtomicPtr;

#[derive(Trace)]
struct Square {
    side: Rc<u32>,
}

fn counts(graph: &Graph, id: u32) -> (usize, usize) {
    (graph.strong_count(NodeId(id)), graph.weak_count(NodeId(id)))
}

#[test]
fn a_reference_leads_to_the_object_that_it_points_into() {
    #[derive(Trace)]
    struct Owner {
        value: Square,
    }
    let owner = Rc::new(Owner {
        value: Square { side: Rc::new(3) },
    });
    let into = (owner.clone(), &owner.value.side, &owner.value);
    let seen = seen(&into);
    assert!(
        seen.contains(
            ".0 strong 1, .1 borrowed 1, .2 borrowed 1} | Owner {.value.side strong 2} | u32"
        ),
        "{seen}"
    );
}

#[derive(Trace)]
struct Ring {
    next: RefCell<Option<Rc<Ring>>>,
}

#[test]
fn a_root_is_one_object_with_what_a_cycle_leads_back_to() {
    let ring = Rc::new(Ring {
        next: RefCell::default(),
    });
    let other = Rc::new(Ring {
        next: RefCell::new(Some(ring.clone())),
    });
    *ring.next.borrow_mut() = Some(other);
    // The root is the ring itself and not a pointer to it.
    let (root, graph) = seen_from(&*ring, &ring);
    assert_eq!((graph.n_nodes(), graph.n_edges()), (2, 2), "{root}");
    assert_eq!(graph.cycles().len(), 1);
    let (_, pointer_first) = seen_from(&ring, &*ring);
    assert_eq!((pointer_first.n_nodes(), pointer_first.n_edges()), (2, 2));
    ring.next.borrow_mut().take();
}

#[test]
fn a_root_that_another_root_holds_is_one_object() {
    #[derive(Trace)]
    struct App {
        cache: Rc<Square>,
        spare: Box<Square>,
    }
    let square = || Square { side: Rc::new(1) };
    let app = App {
        cache: Rc::new(square()),
        spare: Box::new(square()),
    };
    for graph in [
        objgraph::refs(&app).root("cache", &app.cache).graph(),
        objgraph::refs(&app.cache).root("app", &app).graph(),
        objgraph::refs(&app).root("spare", &app.spare).graph(),
        objgraph::refs(&app.spare).root("app", &app).graph(),
    ] {
        assert_eq!((graph.n_nodes(), graph.n_edges()), (5, 4));
        assert_eq!(graph.roots().len(), 2);
    }
}

#[test]
fn a_root_that_is_a_reference_to_a_number_is_the_number() {
    let graph = objgraph::graph(&&7);
    assert_eq!((graph.n_nodes(), graph.roots().len()), (1, 1));
    assert_eq!(graph.node(NodeId(0)).value(), "7");
}

#[test]
fn a_reference_leads_to_its_owner_in_either_order() {
    let owner = vec![Box::new(String::from("a")), Box::new(String::from("b"))];
    let borrower = (&*owner[1],);
    let (owner_first, _) = seen_from(&owner, &borrower);
    assert_eq!(
        owner_first,
        "Vec<Box<String>> = 2 items {[0] owned 2, [1] owned 3} | (&String,) {.0 borrowed 3} | String = \"a\" | String = \"b\""
    );
    let (borrower_first, graph) = seen_from(&borrower, &owner);
    assert_eq!(graph.n_nodes(), 4, "{borrower_first}");
    assert!(
        borrower_first.starts_with("(&String,) {.0 borrowed 3} | Vec"),
        "{borrower_first}"
    );
}

#[test]
fn a_reference_to_a_root_leads_to_the_root() {
    let owner = Square { side: Rc::new(3) };
    let borrower = vec![&owner, &owner];
    for (text, graph) in [seen_from(&owner, &borrower), seen_from(&borrower, &owner)] {
        assert_eq!((graph.n_nodes(), graph.n_edges()), (3, 3), "{text}");
    }
}

#[test]
fn a_reference_to_a_shared_value_leads_to_it_in_either_order() {
    let shared = Rc::new(Square { side: Rc::new(3) });
    let (owner, borrower) = ((shared.clone(), 1_u8), (&*shared, 2_u8));
    for (text, graph) in [seen_from(&owner, &borrower), seen_from(&borrower, &owner)] {
        assert_eq!((graph.n_nodes(), graph.n_edges()), (4, 3), "{text}");
        let square = graph
            .nodes()
            .find(|node| node.type_name() == "Square")
            .unwrap();
        assert_eq!(
            (square.strong_count(), square.is_shared()),
            (2, true),
            "{text}"
        );
    }
}

#[test]
fn a_reference_in_a_cell_leads_to_its_owner_in_either_order() {
    let owner = vec![
        Box::new(Square { side: Rc::new(1) }),
        Box::new(Square { side: Rc::new(2) }),
    ];
    let borrower = (Rc::new(RefCell::new(vec![
        &*owner[1], &*owner[1], &*owner[0],
    ])),);
    for (text, graph) in [seen_from(&owner, &borrower), seen_from(&borrower, &owner)] {
        // Two roots, the cell, two squares with a side each; two boxes, one pointer, three references.
        assert_eq!(
            (graph.n_nodes(), graph.n_edges()),
            (2 + 1 + 4, 2 + 1 + 3 + 2),
            "{text}"
        );
    }
}

#[test]
fn a_reference_in_a_cell_leads_to_a_shared_owner_in_either_order() {
    let shared = Rc::new(Square { side: Rc::new(3) });
    let owner = (shared.clone(), 1_u8);
    let borrower = RefCell::new(vec![&*shared, &*shared]);
    for (text, graph) in [seen_from(&owner, &borrower), seen_from(&borrower, &owner)] {
        assert_eq!((graph.n_nodes(), graph.n_edges()), (4, 4), "{text}");
        assert_eq!(
            counts(&graph, graph.find(&shared).unwrap().0),
            (2, 0),
            "{text}"
        );
    }
}

#[test]
fn references_to_each_other_in_an_arena_end() {
    #[derive(Trace)]
    struct Member<'a> {
        id: u32,
        next: Cell<Option<&'a Member<'a>>>,
    }
    let arena: Vec<Member<'_>> = (0..3)
        .map(|id| Member {
            id,
            next: Cell::new(None),
        })
        .collect();
    for place in 0..3 {
        arena[place].next.set(Some(&arena[(place + 1) % 3]));
    }
    let from_inside = objgraph::graph(&&arena[0]);
    assert_eq!(
        (from_inside.n_nodes(), from_inside.n_edges()),
        (3, 3),
        "{}",
        describe(&from_inside)
    );
    let from_the_arena = objgraph::graph(&arena);
    assert_eq!(
        (from_the_arena.n_nodes(), from_the_arena.n_edges()),
        (4, 6),
        "{}",
        describe(&from_the_arena)
    );
    assert!(
        from_the_arena.cycles().is_empty(),
        "references keep nothing alive"
    );
}

#[test]
fn references_in_a_long_arena_end() {
    #[derive(Trace)]
    struct Member<'a> {
        next: RefCell<Vec<&'a Member<'a>>>,
    }
    const MANY: usize = 100_000;
    objgraph_tests::on_a_small_stack(|| {
        let arena: Vec<Member<'_>> = (0..MANY)
            .map(|_| Member {
                next: RefCell::default(),
            })
            .collect();
        for (place, member) in arena.iter().enumerate() {
            member.next.borrow_mut().push(&arena[(place + 1) % MANY]);
        }
        let graph = objgraph::graph(&&arena[0]);
        assert_eq!((graph.n_nodes(), graph.n_edges()), (MANY, MANY));
        assert!(
            arena
                .iter()
                .all(|member| member.next.try_borrow_mut().is_ok())
        );
    });
}

#[test]
fn raw_addresses_lead_to_the_object_around_them_or_to_one_that_is_not_followed() {
    let owner = Box::new(Square { side: Rc::new(3) });
    let inside = ptr::from_ref(&*owner);
    let outside = Rc::new(5_u64);
    let pointers = (
        owner,
        inside,
        Rc::as_ptr(&outside),
        NonNull::from(&*outside),
        ptr::null::<u8>(),
    );
    let text = seen(&pointers);
    assert!(
        text.contains("{.0 owned 1, .1 raw 1, .2 raw 3, .3 raw 3} | Square"),
        "{text}"
    );
    assert!(
        text.ends_with("| u64 (raw address, not followed)"),
        "{text}"
    );
    let mut target = 7_u8;
    let atomic = (AtomicPtr::new(&raw mut target), AtomicPtr::<u8>::default());
    assert!(seen(&atomic).ends_with("{.0 raw 1} | u8 (raw address, not followed)"));
}

#[test]
fn dangling_addresses_are_never_read() {
    let dangling = (
        NonNull::<String>::dangling(),
        ptr::without_provenance::<Vec<u8>>(0x10),
        ptr::dangling::<Rc<u8>>(),
    );
    let graph = objgraph::graph(&dangling);
    assert!(
        graph
            .nodes()
            .skip(1)
            .all(|node| node.state() == State::AddressOnly),
        "{}",
        describe(&graph)
    );
}

#[test]
fn mutable_references_are_borrows() {
    let mut square = Square { side: Rc::new(3) };
    assert!(seen(&(&mut square,)).ends_with("{.0 borrowed 1} | Square {.side strong 2} | u32 = 3"));
    let mut number = 7;
    assert_eq!(seen(&(&mut number,)), "(&mut i32,) = (7)");
}

#[test]
fn references_in_an_arena_without_cells_lead_to_its_members() {
    #[derive(Trace)]
    struct Member<'a> {
        id: u32,
        previous: Option<&'a Member<'a>>,
    }
    let first = [Member {
        id: 0,
        previous: None,
    }];
    let arena: Vec<Member<'_>> = (1..4)
        .map(|id| Member {
            id,
            previous: first.first(),
        })
        .collect();
    let graph = objgraph::graph(&(&first[0], &arena));
    assert_eq!(
        graph
            .nodes()
            .filter(|node| node.type_name() == "Member")
            .count(),
        4,
        "{}",
        describe(&graph)
    );
}
