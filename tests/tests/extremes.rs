//! Deep, wide and degenerate values: through every stage on a stack of 2 MiB.

use objgraph::{ChainOptions, CycleOptions, Graph, GroupBy, NodeId, Trace, Tracer, WeakenOptions};
use objgraph_tests::{describe, on_a_small_stack, seen};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

const LONG: usize = 5_000_000;
const DEEP: usize = 1_000_000;

/// Every question and every picture of a graph whose last object is far from its first.
fn every_stage(graph: &Graph, n_nodes: usize) {
    assert_eq!(graph.n_nodes(), n_nodes);
    assert_eq!(graph.n_edges(), n_nodes - 1);
    assert_eq!(graph.components().count(), n_nodes);
    assert!(graph.cycles().is_empty());

    let last = NodeId(n_nodes as u32 - 1);
    let objgraph::WhyAlive::KeptBy(chain) = graph.why_alive_id(last) else {
        panic!("the root keeps it alive")
    };
    assert_eq!(
        (chain.nodes.len(), chain.edges.len()),
        (n_nodes, n_nodes - 1)
    );
    assert!(chain.to_string().ends_with(&format!("#{}", n_nodes - 1)));
    assert_eq!(
        graph
            .type_stats()
            .iter()
            .map(|stats| stats.count)
            .sum::<usize>(),
        n_nodes
    );

    let view = graph.draw().to_view();
    assert_eq!(
        view.nodes
            .iter()
            .filter(|node| node.key.starts_with('n'))
            .count(),
        5_000
    );
    assert!(
        view.notes
            .iter()
            .any(|note| note.contains("Only 5,000 objects are shown")),
        "{:?}",
        view.notes
    );
    assert!(graph.to_dot().contains("Only 5,000 objects are shown"));
    assert!(
        graph
            .draw()
            .max_depth(3)
            .to_dot()
            .contains("1 object has references that are not followed")
    );
    let back = graph.draw().from([last]).backrefs().to_view();
    assert_eq!(
        back.nodes
            .iter()
            .filter(|node| node.key.starts_with('n'))
            .count(),
        5_000
    );
    assert!(
        graph
            .draw()
            .max_depth(10)
            .to_svg()
            .is_ok_and(|svg| svg.starts_with("<svg"))
    );
}

#[test]
fn a_list_of_five_million_rcs_passes_every_stage() {
    #[derive(Trace)]
    struct Link {
        next: Option<Rc<Link>>,
    }
    on_a_small_stack(|| {
        let mut list = None;
        for _ in 0..LONG {
            list = Some(Rc::new(Link { next: list }));
        }
        let graph = objgraph::graph(&list);
        while let Some(link) = list {
            list = Rc::try_unwrap(link)
                .ok()
                .expect("nobody else holds it")
                .next;
        }
        // The option itself is a root of its own.
        every_stage(&graph, LONG + 1);
    });
}

#[test]
fn a_list_of_five_million_boxes_passes_every_stage() {
    #[derive(Trace)]
    struct Link {
        next: Option<Box<Link>>,
    }
    on_a_small_stack(|| {
        let mut list = None;
        for _ in 0..LONG {
            list = Some(Box::new(Link { next: list }));
        }
        let graph = objgraph::graph(&list);
        while let Some(link) = list {
            list = link.next;
        }
        every_stage(&graph, LONG + 1);
    });
}

#[test]
fn a_list_of_five_million_cells_of_boxes_passes_every_stage() {
    #[derive(Trace)]
    struct Link {
        next: RefCell<Option<Box<Link>>>,
    }
    on_a_small_stack(|| {
        let mut list = RefCell::new(None);
        for _ in 0..LONG {
            list = RefCell::new(Some(Box::new(Link { next: list })));
        }
        let graph = objgraph::graph(&list);
        assert!(list.try_borrow_mut().is_ok());
        let mut rest = list.into_inner();
        while let Some(link) = rest {
            rest = link.next.into_inner();
        }
        every_stage(&graph, LONG + 1);
    });
}

#[test]
fn a_tree_nested_a_million_deep_passes_every_stage() {
    #[derive(Trace)]
    struct Tree {
        children: Vec<Tree>,
    }
    on_a_small_stack(|| {
        let mut tree = Tree {
            children: Vec::new(),
        };
        for _ in 1..DEEP {
            tree = Tree {
                children: vec![tree],
            };
        }
        let graph = objgraph::graph(&tree);
        while let Some(child) = tree.children.pop() {
            tree = child;
        }
        every_stage(&graph, DEEP);
    });
}

/// A tree whose elements do not ask to be nodes.
struct Plain {
    children: Vec<Plain>,
}

impl Trace for Plain {
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.field("children", &self.children);
    }
}

#[test]
fn a_tree_nested_a_million_deep_without_nodes_gets_some_nodes() {
    on_a_small_stack(|| {
        let mut tree = Plain {
            children: Vec::new(),
        };
        for _ in 1..DEEP {
            tree = Plain {
                children: vec![tree],
            };
        }
        let graph = objgraph::graph(&tree);
        while let Some(child) = tree.children.pop() {
            tree = child;
        }
        let n_nodes = graph.n_nodes();
        assert!(
            (DEEP / 100..=DEEP / 10).contains(&n_nodes),
            "{n_nodes} nodes"
        );
        every_stage(&graph, n_nodes);
        let label = graph.edges_from(NodeId(0)).next().unwrap().label();
        assert!(label.starts_with(".children[0].children[0]"), "{label}");
    });
}

#[test]
fn a_cell_of_cells_a_million_deep_releases_every_guard() {
    #[derive(Trace)]
    struct Link {
        next: Option<Rc<RefCell<Link>>>,
    }
    on_a_small_stack(|| {
        let mut links = vec![Rc::new(RefCell::new(Link { next: None }))];
        for place in 1..DEEP {
            let next = Some(links[place - 1].clone());
            links.push(Rc::new(RefCell::new(Link { next })));
        }
        let graph = objgraph::graph(&links[DEEP - 1]);
        assert_eq!(graph.n_nodes(), DEEP);
        assert!(links.iter().all(|link| link.try_borrow_mut().is_ok()));
        assert!(
            links
                .iter()
                .rev()
                .skip(1)
                .all(|link| Rc::strong_count(link) == 2)
        );
        // From the end that nothing refers to, so that nothing is dropped within a drop.
        while links.pop().is_some() {}
    });
}

#[test]
fn a_ring_of_a_million_is_one_cycle() {
    #[derive(Trace)]
    struct Link {
        next: RefCell<Option<Rc<Link>>>,
    }
    on_a_small_stack(|| {
        let last = Rc::new(Link {
            next: RefCell::default(),
        });
        let mut first = last.clone();
        for _ in 1..DEEP {
            first = Rc::new(Link {
                next: RefCell::new(Some(first)),
            });
        }
        *last.next.borrow_mut() = Some(first.clone());
        let graph = objgraph::graph(&first);
        *last.next.borrow_mut() = None;
        let mut rest = Some(first);
        while let Some(link) = rest {
            rest = link.next.take();
        }
        let cycles = graph.cycles();
        assert_eq!(
            (graph.n_nodes(), graph.n_edges(), cycles.len()),
            (DEEP, DEEP, 1)
        );
        assert_eq!(
            (cycles[0].nodes.len(), cycles[0].component_size),
            (DEEP, DEEP)
        );
        assert!(cycles[0].to_string().ends_with("Link.next → Link"));
        let short = graph.short_cycles(&CycleOptions::default());
        assert_eq!((short.n_cycles, short.shapes[0].steps.len()), (1, DEEP));
        let best = &graph.edges_to_weaken(&WeakenOptions::default()).suggestions[0];
        assert_eq!((best.leaves_acyclic, best.n_edges), (true, DEEP));
        let last = graph.node_ids().last().unwrap();
        let chains = graph
            .chains_from_roots(last, &ChainOptions::default())
            .chains;
        assert_eq!((chains.len(), chains[0].nodes.len()), (1, DEEP));
        assert!(graph.draw().max_depth(2).to_dot().contains("cycle"));
        let drawing = graph.draw().group_by(GroupBy::Component).max_nodes(30);
        let title = "cycle of 1,000,000 objects, 30 shown";
        assert_eq!(drawing.to_view().frames[0].title, title);
        assert!(drawing.to_svg().is_ok_and(|svg| svg.contains(title)));
    });
}

#[test]
fn five_thousand_objects_of_one_type_fit_into_one_frame() {
    on_a_small_stack(|| {
        let all: Vec<Rc<u32>> = (0..4_999).map(Rc::new).collect();
        let graph = objgraph::graph(&all);
        let drawing = graph.draw().too_many(5_000).group_by(GroupBy::Type);
        let frames = drawing.to_view().frames;
        assert_eq!((frames.len(), frames[0].nodes.len()), (1, 4_999));
        assert!(drawing.to_svg().is_ok_and(|svg| svg.contains("frame0")));
        assert!(drawing.to_dot().contains("cluster_frame0"));
        assert!(drawing.to_mermaid().contains("subgraph frame0"));
    });
}

#[test]
fn diamonds_have_as_many_edges_as_pointers_and_not_as_paths() {
    #[derive(Trace)]
    struct Level {
        left: Option<Rc<Level>>,
        right: Option<Rc<Level>>,
    }
    const N_LEVELS: usize = 10_000;
    on_a_small_stack(|| {
        let mut top = Rc::new(Level {
            left: None,
            right: None,
        });
        for _ in 1..N_LEVELS {
            top = Rc::new(Level {
                left: Some(top.clone()),
                right: Some(top),
            });
        }
        let graph = objgraph::graph(&top);
        assert_eq!(
            (graph.n_nodes(), graph.n_edges()),
            (N_LEVELS, 2 * (N_LEVELS - 1))
        );
        assert_eq!(
            (graph.components().count(), graph.cycles().len()),
            (N_LEVELS, 0)
        );
        assert!((1..N_LEVELS as u32).all(|id| graph.strong_count(NodeId(id)) == 2));
        let last = NodeId(N_LEVELS as u32 - 1);
        let objgraph::WhyAlive::KeptBy(chain) = graph.why_alive_id(last) else {
            panic!("the root keeps it alive")
        };
        assert_eq!(chain.edges.len(), N_LEVELS - 1);
        let view = graph.draw().to_view();
        assert_eq!(
            (view.nodes[4_999].depth_percent, view.notes.len()),
            (100, 1)
        );
        assert!(
            objgraph::refs(&top)
                .max_depth(usize::MAX)
                .to_dot()
                .is_ok_and(|dot| dot.contains("Only 5,000"))
        );
        let mut rest = Some(top);
        while let Some(level) = rest {
            let mut level = Rc::try_unwrap(level)
                .ok()
                .expect("the other handle is gone");
            level.left = None;
            rest = level.right;
        }
    });
}

#[test]
fn a_million_children_pass_every_stage() {
    on_a_small_stack(|| {
        let leaves: Vec<Rc<u32>> = (0..DEEP as u32).map(Rc::new).collect();
        let graph = objgraph::graph(&leaves);
        assert_eq!((graph.n_nodes(), graph.n_edges()), (DEEP + 1, DEEP));
        assert_eq!(
            (graph.components().count(), graph.cycles().len()),
            (DEEP + 1, 0)
        );
        assert_eq!(
            graph.why_alive(&leaves[DEEP - 1]).to_string(),
            format!("Vec<Rc<u32>>[999999] → u32#{DEEP}")
        );
        let dot = objgraph::refs(&leaves).to_dot().unwrap();
        assert!(dot.contains("999,990 more references"), "{dot}");
        assert!(graph.to_dot().contains("999,950 more references"));
        assert!(
            graph
                .draw()
                .too_many(usize::MAX)
                .to_dot()
                .contains("Only 5,000 objects are shown")
        );
        assert_eq!(
            graph
                .draw()
                .from([NodeId(9)])
                .backrefs()
                .to_view()
                .nodes
                .len(),
            2
        );
        drop(leaves);

        let inner: Vec<Rc<Vec<Rc<u8>>>> = (0..DEEP).map(|_| Rc::default()).collect();
        let graph = objgraph::graph(&inner);
        assert_eq!((graph.n_nodes(), graph.n_edges()), (DEEP + 1, DEEP));
    });
}

#[test]
fn a_hub_that_a_million_point_at_passes_every_stage() {
    #[derive(Trace)]
    struct Spoke(Rc<u8>);
    on_a_small_stack(|| {
        let hub = Rc::new(7);
        let spokes: Vec<Spoke> = (0..DEEP).map(|_| Spoke(hub.clone())).collect();
        let graph = objgraph::graph(&spokes);
        assert_eq!((graph.n_nodes(), graph.n_edges()), (DEEP + 2, 2 * DEEP));
        let found = graph.find(&hub).unwrap();
        assert_eq!(
            (graph.strong_count(found), graph.referrers(found).len()),
            (DEEP + 1, DEEP)
        );
        let dot = objgraph::backrefs(&hub, &spokes).to_dot().unwrap();
        assert!(dot.contains("999,990 more backreferences"), "{dot}");

        let pointers = vec![hub; DEEP];
        let graph = objgraph::graph(&pointers);
        assert_eq!((graph.n_nodes(), graph.n_edges()), (2, DEEP));
        let view = graph
            .draw()
            .from([NodeId(1)])
            .backrefs()
            .too_many(DEEP)
            .to_view();
        assert_eq!((view.nodes.len(), view.edges.len()), (2, DEEP));
    });
}

#[test]
fn an_object_that_refers_to_itself_is_one_node_and_one_cycle() {
    #[derive(Trace)]
    struct Me {
        me: RefCell<Option<Rc<Me>>>,
    }
    let me = Rc::new(Me {
        me: RefCell::default(),
    });
    *me.me.borrow_mut() = Some(me.clone());
    let graph = objgraph::graph(&me);
    assert_eq!(describe(&graph), "Me {.me strong 0}");
    assert_eq!(graph.strong_count(NodeId(0)), 2);
    assert_eq!(graph.cycles()[0].to_string(), "Me.me → Me");
    assert!(graph.to_svg().unwrap().starts_with("<svg"));
    assert!(graph.to_png().unwrap().starts_with(b"\x89PNG"));
    me.me.take();
}

#[test]
fn empty_things_have_pictures() {
    assert_eq!(seen::<Vec<Rc<u8>>>(&vec![]), "Vec<Rc<u8>> = 0 items");
    assert_eq!(seen(&()), "()");
    assert_eq!(seen(&Rc::new(())), "()");
    let empty: [Rc<u8>; 0] = [];
    assert_eq!(seen(&empty), "[Rc<u8>; 0] = 0 items");
    for graph in [
        objgraph::graph(&()),
        objgraph::graph(&empty),
        objgraph::graph(&Box::new(())),
    ] {
        assert_eq!((graph.n_nodes(), graph.cycles().len()), (1, 0));
        assert!(graph.to_dot().starts_with("digraph"));
        assert!(graph.to_svg().unwrap().starts_with("<svg"));
        assert!(graph.to_png().unwrap().starts_with(b"\x89PNG"));
    }
}

#[test]
fn a_graph_without_any_object_has_pictures() {
    let weak: std::rc::Weak<u8> = std::rc::Weak::new();
    let nothing = Graph::from(objgraph_graph::GraphBuilder::default().finish());
    assert_eq!(
        (nothing.n_nodes(), nothing.n_edges(), nothing.cycles().len()),
        (0, 0, 0)
    );
    assert_eq!(nothing.components().count(), 0);
    assert!(
        nothing
            .why_alive(&weak)
            .to_string()
            .contains("not reachable")
    );
    assert!(nothing.type_stats().is_empty());
    assert!(nothing.to_dot().starts_with("digraph"));
    assert!(nothing.to_mermaid().starts_with("flowchart"));
    assert!(nothing.to_svg().unwrap().starts_with("<svg"));
    assert!(nothing.to_png().unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn neighbours_of_no_size_are_still_different_objects() {
    let units: Vec<Rc<()>> = (0..1_000).map(|_| Rc::new(())).collect();
    let graph = objgraph::graph(&units);
    assert_eq!((graph.n_nodes(), graph.n_edges()), (1_001, 1_000));
    // Rc<()> beside others: the address of its value is the start of its neighbour.
    let mixed: Vec<(Rc<()>, Rc<u64>)> = (0..1_000)
        .map(|number| (Rc::new(()), Rc::new(number)))
        .collect();
    let graph = objgraph::graph(&mixed);
    assert_eq!((graph.n_nodes(), graph.n_edges()), (2_001, 2_000));
    assert_eq!(
        graph
            .type_stats()
            .iter()
            .filter(|stats| stats.count == 1_000)
            .count(),
        2
    );
}

#[test]
fn work_at_a_limited_depth_does_not_grow_with_the_tree() {
    struct Counted<'c> {
        n_visits: &'c Cell<usize>,
        children: Vec<Counted<'c>>,
    }
    impl Trace for Counted<'_> {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            self.n_visits.set(self.n_visits.get() + 1);
            tracer.field("children", &self.children);
        }
        fn is_node() -> bool {
            true
        }
    }
    fn tree(n_visits: &Cell<usize>, depth: usize) -> Counted<'_> {
        let children = if depth == 0 {
            Vec::new()
        } else {
            (0..10).map(|_| tree(n_visits, depth - 1)).collect()
        };
        Counted { n_visits, children }
    }
    fn n_visited(depth: usize) -> usize {
        let n_visits = Cell::new(0);
        let tree = tree(&n_visits, depth);
        let dot = objgraph::refs(&tree)
            .max_depth(2)
            .too_many(10)
            .to_dot()
            .unwrap();
        assert!(dot.contains("n110"));
        n_visits.get()
    }
    let small = n_visited(3);
    assert!((111..=223).contains(&small), "{small} visits");
    assert_eq!(n_visited(6), small);
}
