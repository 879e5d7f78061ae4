//! The proof beside programs that do what it says: objects of real counted pointers, that are held, let go, and dropped.

use super::judged;
use crate::{Edge, NodeId, ObjectGraph, freed_by_counting};
use objgraph_trace::{Trace, TraceOptions, Tracer, Walk};
use proptest::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::{Rc, Weak};

/// Says when it is dropped.
struct Item {
    number: usize,
    x: RefCell<Vec<Rc<Item>>>,
    y: RefCell<Vec<Rc<Item>>>,
    /// Not told of to the trace.
    hidden: RefCell<Vec<Rc<Item>>>,
    seen: RefCell<Vec<Weak<Item>>>,
    drops: Rc<RefCell<BTreeSet<usize>>>,
}

impl Trace for Item {
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.field("x", &self.x);
        tracer.field("y", &self.y);
        tracer.field("seen", &self.seen);
        tracer.skip_field("hidden");
    }
}

impl Drop for Item {
    fn drop(&mut self) {
        self.drops.borrow_mut().insert(self.number);
    }
}

const N_ITEMS: usize = 10;

/// Which object refers to which, and by which field; and which handles stay outside.
#[derive(Clone, Debug)]
struct Program {
    references: Vec<(usize, usize, u8)>,
    held: Vec<usize>,
    seen: Vec<usize>,
}

fn program() -> impl Strategy<Value = Program> {
    let field = prop::sample::select(&[0, 0, 0, 1, 1, 1, 2, 3][..]);
    let references = prop::collection::vec((0..N_ITEMS, 0..N_ITEMS, field), 0..24);
    let some = |most| prop::collection::vec(0..N_ITEMS, 0..most);
    (references, some(3), some(2)).prop_map(|(references, held, seen)| Program {
        references,
        held,
        seen,
    })
}

/// A program that has run: what it lost is only known by weak handles.
struct Run {
    watched: Vec<Weak<Item>>,
    held: Vec<Rc<Item>>,
    _seen: Vec<Weak<Item>>,
    drops: Rc<RefCell<BTreeSet<usize>>>,
}

impl Program {
    fn run(&self) -> Run {
        let drops = Rc::default();
        let item = |number| {
            Rc::new(Item {
                number,
                x: RefCell::default(),
                y: RefCell::default(),
                hidden: RefCell::default(),
                seen: RefCell::default(),
                drops: Rc::clone(&drops),
            })
        };
        let items: Vec<Rc<Item>> = (0..N_ITEMS).map(item).collect();
        for (source, target, field) in &self.references {
            let (source, target) = (&items[*source], &items[*target]);
            match field {
                0 => source.x.borrow_mut().push(target.clone()),
                1 => source.y.borrow_mut().push(target.clone()),
                2 => source.hidden.borrow_mut().push(target.clone()),
                _ => source.seen.borrow_mut().push(Rc::downgrade(target)),
            }
        }
        Run {
            watched: items.iter().map(Rc::downgrade).collect(),
            held: self.held.iter().map(|held| items[*held].clone()).collect(),
            _seen: self
                .seen
                .iter()
                .map(|seen| Rc::downgrade(&items[*seen]))
                .collect(),
            drops,
        }
    }
}

impl Run {
    fn traced(items: &[Rc<Item>]) -> ObjectGraph {
        let mut walk = Walk::new(TraceOptions::default().handles(true));
        for item in items {
            walk.add_object(item, 1);
        }
        let graph = ObjectGraph::from(walk.finish());
        let site = std::panic::Location::caller();
        let births = (0..items.len() as u32).map(|node| crate::Birth {
            node: NodeId(node),
            serial: node.into(),
            site,
            n_handles: 1,
        });
        graph.with_births(births.collect())
    }

    /// Objects that live, one handle each.
    fn items(&self) -> Vec<Rc<Item>> {
        self.watched.iter().filter_map(Weak::upgrade).collect()
    }

    /// Breaks every cycle, so that the test itself does not leak.
    fn clean_up(mut self) -> usize {
        self.held.clear();
        for item in self.items() {
            _ = [item.x.take(), item.y.take(), item.hidden.take()];
        }
        self.drops.borrow().len()
    }
}

/// Lets references go that match, all at once, as a change of the program would.
fn cut(
    graph: &ObjectGraph,
    items: &[Rc<Item>],
    leaked: &[NodeId],
    is_cut: impl Fn(&Edge<'_>) -> bool,
) {
    let mut let_go = Vec::new();
    for node in leaked.iter().filter(|node| (node.0 as usize) < items.len()) {
        let item = &items[node.0 as usize];
        for (name, field) in [(".x", &item.x), (".y", &item.y)] {
            let edges = graph
                .edges_from(*node)
                .filter(|edge| edge.label().starts_with(name));
            let cuts: Vec<bool> = edges.map(|edge| is_cut(&edge)).collect();
            let nth = Cell::new(0);
            field.borrow_mut().retain(|handle| {
                let is_cut = cuts[nth.replace(nth.get() + 1)];
                if is_cut {
                    let_go.push(handle.clone());
                }
                !is_cut
            });
        }
    }
}

/// The numbers of some objects and of all that they keep alive.
fn kept(items: impl Iterator<Item = Rc<Item>>) -> BTreeSet<usize> {
    let mut waiting: Vec<Rc<Item>> = items.collect();
    let mut kept = BTreeSet::new();
    while let Some(item) = waiting.pop() {
        if kept.insert(item.number) {
            waiting.extend(item.x.borrow().iter().cloned());
            waiting.extend(item.y.borrow().iter().cloned());
        }
    }
    kept
}

proptest! {
    /// Who holds something can empty all that it leads to; what is leaked stays.
    #[test]
    fn what_is_left_when_all_holders_have_let_go_is_leaked(program in program()) {
        let mut run = program.run();
        let items = run.items();
        let found = judged(&Run::traced(&items));
        prop_assert!(found.withheld.is_empty());
        let unheld = found.leaked.iter().chain(&found.weakly_held);
        let unheld: Vec<_> = unheld.map(|node| items[node.0 as usize].number).collect();
        let mut waiting: Vec<Rc<Item>> = run.held.drain(..).collect();
        waiting.extend(items.iter().flat_map(|item| item.hidden.take()));
        drop(items);
        while let Some(item) = waiting.pop() {
            waiting.extend(item.x.take());
            waiting.extend(item.y.take());
        }
        let left = run.items();
        let is_unheld = |item: &&Rc<Item>| unheld.contains(&item.number);
        let expected = kept(left.iter().filter(is_unheld).cloned());
        prop_assert_eq!(left.iter().map(|item| item.number).collect::<BTreeSet<_>>(), expected.clone());
        prop_assert!(unheld.iter().all(|number| expected.contains(number)));
        drop(left);
        prop_assert_eq!(run.clean_up(), N_ITEMS);
    }

    /// As many destructors run as were counted: for a random cut, and then for all fixes.
    #[test]
    fn as_many_are_dropped_as_is_said(program in program(), cut_at in 1..4_u64) {
        let run = program.run();
        let items = run.items();
        let graph = Run::traced(&items);
        let found = judged(&graph);
        let is_fix = |edge: &Edge<'_>| {
            let mut fixes = found.kinds.iter().flat_map(|kind| &kind.fixes);
            fixes.any(|fix| fix.applies_to(edge))
        };
        let is_cut: &dyn Fn(&Edge<'_>) -> bool = if cut_at == 1 {
            &is_fix
        } else {
            &|edge| edge.id.0 % cut_at == 0
        };
        let freed = freed_by_counting(&graph, &found.leaked, is_cut);
        let expected: BTreeSet<usize> = freed.nodes.iter().map(|node| items[node.0 as usize].number).collect();
        let _hidden: Vec<_> = items.iter().map(|item| item.hidden.take()).collect();
        cut(&graph, &items, &found.leaked, is_cut);
        run.drops.borrow_mut().clear();
        drop(items);
        prop_assert_eq!(&*run.drops.borrow(), &expected);
        if cut_at == 1 {
            let is_leaked = |node: &&NodeId| found.leaked.contains(node);
            prop_assert_eq!(freed.nodes.iter().filter(is_leaked).count(), found.n_freed);
        }
        run.clean_up();
    }
}
