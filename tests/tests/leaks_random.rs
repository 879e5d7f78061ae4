//! Random programs: what is found to be leaked is what no search from outside reaches, and what breaking frees.

use objgraph::{LiveObject, NodeId, Trace, Tracer, tracked};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::thread;

const N_THINGS: usize = 8;

struct Thing {
    number: usize,
    holds: RefCell<Vec<Rc<Thing>>>,
    boxed: RefCell<VecDeque<Box<Parcel>>>,
    sees: RefCell<Vec<Weak<Thing>>>,
    hidden: RefCell<Vec<Rc<Thing>>>,
    dropped: Rc<RefCell<Vec<usize>>>,
}

#[derive(Trace)]
struct Parcel(Rc<Thing>);

impl Trace for Thing {
    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.breakable("holds", &self.holds);
        tracer.breakable("boxed", &self.boxed);
        tracer.field("sees", &self.sees);
        tracer.skip_field("hidden");
    }
}

impl Drop for Thing {
    fn drop(&mut self) {
        self.dropped.borrow_mut().push(self.number);
    }
}

type Pairs = Vec<(usize, usize)>;

/// Who holds whom, and what holds them from outside.
#[derive(Clone, Debug)]
struct Program {
    holds: Pairs,
    boxed: Pairs,
    sees: Pairs,
    hidden: Pairs,
    locals: Vec<usize>,
    weaks: Vec<usize>,
}

fn pairs(max: usize) -> impl Strategy<Value = Pairs> {
    prop::collection::vec((0..N_THINGS, 0..N_THINGS), 0..max)
}

prop_compose! {
    fn programs()(
        holds in pairs(10), boxed in pairs(10), sees in pairs(10), hidden in pairs(2),
        locals in prop::collection::vec(0..N_THINGS, 0..3),
        weaks in prop::collection::vec(0..N_THINGS, 0..2),
    ) -> Program {
        Program { holds, boxed, sees, hidden, locals, weaks }
    }
}

/// A program that has run: what is left is what its things and its variables hold.
struct Running {
    dropped: Rc<RefCell<Vec<usize>>>,
    locals: Vec<Rc<Thing>>,
    weaks: Vec<Weak<Thing>>,
}

fn run(program: &Program) -> Running {
    let dropped = Rc::new(RefCell::new(Vec::new()));
    let thing = |number| {
        tracked(Thing {
            number,
            holds: RefCell::default(),
            boxed: RefCell::default(),
            sees: RefCell::default(),
            hidden: RefCell::default(),
            dropped: dropped.clone(),
        })
    };
    let things: Vec<Rc<Thing>> = (0..N_THINGS).map(thing).collect();
    let of = |pairs: &Pairs, put: &dyn Fn(&Thing, Rc<Thing>)| {
        let pairs = pairs.iter();
        pairs.for_each(|(one, other)| put(&things[*one], things[*other].clone()));
    };
    of(&program.holds, &|one, other| {
        one.holds.borrow_mut().push(other);
    });
    of(&program.boxed, &|one, other| {
        one.boxed.borrow_mut().push_back(Box::new(Parcel(other)));
    });
    of(&program.sees, &|one, other| {
        one.sees.borrow_mut().push(Rc::downgrade(&other));
    });
    of(&program.hidden, &|one, other| {
        one.hidden.borrow_mut().push(other);
    });
    let locals = program.locals.iter().map(|number| things[*number].clone());
    let weaks = program
        .weaks
        .iter()
        .map(|number| Rc::downgrade(&things[*number]));
    let (locals, weaks) = (locals.collect(), weaks.collect());
    drop(things);
    Running {
        dropped,
        locals,
        weaks,
    }
}

fn reached(from: impl IntoIterator<Item = usize>, pairs: &[(usize, usize)]) -> Vec<bool> {
    let mut is_reached = vec![false; N_THINGS];
    let mut waiting: Vec<usize> = from.into_iter().collect();
    while let Some(thing) = waiting.pop() {
        if !std::mem::replace(&mut is_reached[thing], true) {
            let next = pairs.iter().filter(|pair| pair.0 == thing);
            waiting.extend(next.map(|pair| pair.1));
        }
    }
    is_reached
}

/// How many things are leaked, and how many can be reached by weak handles only.
fn expected(program: &Program, running: &Running) -> (usize, usize) {
    let dropped = running.dropped.borrow();
    let alive: Vec<usize> = (0..N_THINGS)
        .filter(|thing| !dropped.contains(thing))
        .collect();
    let of_living = |pairs: &Pairs| -> Pairs {
        let pairs = pairs.iter().copied();
        pairs.filter(|pair| alive.contains(&pair.0)).collect()
    };
    let (sees, hidden) = (of_living(&program.sees), of_living(&program.hidden));
    let owning = [of_living(&program.holds), of_living(&program.boxed)].concat();
    let hides = hidden.iter().map(|pair| pair.1);
    let is_held = reached(program.locals.iter().copied().chain(hides), &owning);
    let seen_by_held = sees
        .iter()
        .filter(|pair| is_held[pair.0])
        .map(|pair| pair.1);
    let upgraded = running.weaks.iter().filter_map(Weak::upgrade);
    let seen: Vec<usize> = upgraded
        .map(|thing| thing.number)
        .chain(seen_by_held)
        .collect();
    let mut leading = [owning, sees].concat();
    leading.retain(|pair| !is_held[pair.0]);
    let is_seen = reached(seen, &leading);
    let count = |is_seen_too: bool| {
        let unheld = alive.iter().filter(|thing| !is_held[**thing]);
        unheld
            .filter(|thing| is_seen[**thing] == is_seen_too)
            .count()
    };
    (count(false), count(true))
}

fn check(program: &Program) -> Result<(), TestCaseError> {
    let running = run(program);
    let report = objgraph::find_leaks();
    let n_things = |ids: &[NodeId]| {
        let names = ids.iter().map(|id| report.graph().node(*id).type_name());
        names.filter(|name| *name == "Thing").count()
    };
    let (n_leaked, n_weakly_held) = (n_things(report.leaked()), n_things(report.weakly_held()));
    prop_assert_eq!(
        (n_leaked, n_weakly_held),
        expected(program, &running),
        "{}",
        report
    );

    let before = running.dropped.borrow().len();
    let broken = report.break_cycles(|_| true);
    prop_assert_eq!((broken.n_left, broken.n_busy), (0, 0));
    let n_dropped = running.dropped.borrow().len() - before;
    // What they hide, or what only they keep alive for a weak handle, goes with them.
    let n_with_them = if program.hidden.is_empty() {
        n_weakly_held
    } else {
        N_THINGS
    };
    prop_assert!((n_leaked..=n_leaked + n_with_them).contains(&n_dropped));

    drop(running.locals);
    let left = objgraph::get_objects();
    for thing in left.iter().filter_map(LiveObject::handle::<Rc<Thing>>) {
        thing.holds.take();
        thing.boxed.take();
        thing.hidden.take();
    }
    Ok(())
}

proptest! {
    /// Each program has a thread of its own, where nothing is left of those before.
    #[test]
    fn what_is_found_is_what_nothing_from_outside_reaches(program in programs()) {
        thread::spawn(move || check(&program)).join().unwrap()?;
    }
}
