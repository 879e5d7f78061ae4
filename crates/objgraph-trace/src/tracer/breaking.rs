//! Reports: what can let go of references, and the letting go.

use super::Tracer;
use crate::{Breakable, Records, Trace};
use std::ops::Range;

/// Something that can let go of the references of an object, or of a part of it.
pub(super) struct Breaker<'a> {
    node: u32,
    references: Range<u32>,
    release: Box<dyn Fn() -> Option<Box<dyn Kept + 'a>> + 'a>,
}

/// What was let go, of any type.
trait Kept {}

impl<T> Kept for T {}

/// Reports: what can let go of references.
impl<'a> Tracer<'a> {
    /// Reports a field as [`field`](Self::field) does, and that it can be emptied, should its references keep a leaked cycle
    /// together.
    pub fn breakable<C: Trace + Breakable>(&mut self, name: &'static str, cell: &'a C)
    where
        C::Content: 'a,
    {
        let first_edge = self.records.edges.len();
        self.field(name, cell);
        self.add_breaker(first_edge, move || {
            let content = cell.take_content()?;
            Some(Box::new(content))
        });
    }

    /// Reports a function that lets go of the references that the value at this place holds, which were reported before.
    ///
    /// It is called only for what is proven leaked, and only if that is asked for. What it returns is dropped when all
    /// cycles are broken: let it return what it takes out, so that nothing is dropped from within the value.
    pub fn break_with<T: ?Sized, R: 'a>(&mut self, value: &'a T, release: fn(&T) -> R) {
        self.add_breaker(self.visit.first_edge_here, move || {
            Some(Box::new(release(value)))
        });
    }

    /// Notes that the references of a part of the object begin here, and where those of the part around it do: only who lets
    /// go of them wants to know.
    ///
    /// To be given back by [`end_part`](Self::end_part); after a panic the visit is over, or lets go of less.
    #[inline]
    pub(super) fn begin_part(&mut self) -> usize {
        let outer = self.visit.first_edge_here;
        if self.has_extras {
            self.visit.first_edge_here = self.records.edges.len();
        }
        outer
    }

    #[inline]
    pub(super) fn end_part(&mut self, outer: usize) {
        if self.has_extras {
            self.visit.first_edge_here = outer;
        }
    }

    fn add_breaker(
        &mut self,
        first_edge: usize,
        release: impl Fn() -> Option<Box<dyn Kept + 'a>> + 'a,
    ) {
        // What lies behind a guard that will be released is not there any more when it is its turn.
        if self.breakers.is_none() || self.visit.is_at_once || !self.is_lent() {
            return;
        }
        let n_owning = |from, to: usize| {
            let edges = self.records.edges.range(from, to - from);
            edges.filter(|edge| edge.kind().keeps_alive()).count() as u32
        };
        let start = n_owning(self.visit.first_edge, first_edge);
        let end = start + n_owning(first_edge, self.records.edges.len());
        let breaker = Breaker {
            node: self.visit.node,
            references: start..end,
            release: Box::new(release),
        };
        self.breakers.get_or_insert_default().push(breaker);
    }

    pub(crate) fn run_to_break(mut self) -> (Records, Breakers<'a>) {
        self.breakers = Some(Vec::new());
        self.has_extras = true;
        let records = self.run();
        let breakers = Breakers {
            all: self.breakers.take().unwrap_or_default(),
            tracer: self,
            kept: Vec::new(),
        };
        (records, breakers)
    }
}

/// What could let go of references, at the end of a walk that keeps all objects alive.
///
/// Nothing is dropped before this is: first the walk's own handles, then what was let go, one after the other, so that a
/// chain of a million objects is dropped without recursion if every link was let go.
pub struct Breakers<'a> {
    // Declared first, so that they are dropped before what they refer to.
    all: Vec<Breaker<'a>>,
    #[expect(
        dead_code,
        reason = "its pins keep objects alive, and are dropped before what was let go"
    )]
    tracer: Tracer<'a>,
    kept: Vec<Box<dyn Kept + 'a>>,
}

impl Breakers<'_> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether nothing can let go of anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Which object's references a breaker lets go, and which of them: positions among its references that keep alive.
    #[must_use]
    pub fn references(&self, breaker: usize) -> (u32, Range<u32>) {
        let breaker = &self.all[breaker];
        (breaker.node, breaker.references.clone())
    }

    /// Lets a breaker do its work, and keeps what was let go; false if a cell was busy.
    pub fn release(&mut self, breaker: usize) -> bool {
        let released = (self.all[breaker].release)();
        let is_released = released.is_some();
        self.kept.extend(released);
        is_released
    }
}

#[cfg(test)]
mod tests {
    use crate::{Trace, TraceOptions, Tracer, Walk};
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;

    struct Node {
        next: RefCell<Option<Rc<Node>>>,
        others: RefCell<Vec<Rc<Node>>>,
        n_dropped: Rc<Cell<usize>>,
    }

    impl Trace for Node {
        fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
            tracer.breakable("next", &self.next);
            tracer.at_field("others", |tracer| {
                self.others.trace(tracer);
                tracer.break_with(&self.others, RefCell::take);
            });
        }
    }

    impl Drop for Node {
        fn drop(&mut self) {
            self.n_dropped.set(self.n_dropped.get() + 1);
        }
    }

    fn ring(n_nodes: usize) -> (Vec<Rc<Node>>, Rc<Cell<usize>>) {
        let n_dropped = Rc::new(Cell::new(0));
        let node = |_| {
            Rc::new(Node {
                next: RefCell::default(),
                others: RefCell::default(),
                n_dropped: n_dropped.clone(),
            })
        };
        let nodes: Vec<_> = (0..n_nodes).map(node).collect();
        for (place, node) in nodes.iter().enumerate() {
            let next = nodes[(place + 1) % n_nodes].clone();
            node.next.replace(Some(next));
        }
        (nodes, n_dropped)
    }

    fn walk(nodes: &[Rc<Node>]) -> Walk<'_> {
        let mut walk = Walk::new(TraceOptions::default());
        for node in nodes {
            walk.add_object(node, 1);
        }
        walk
    }

    #[test]
    fn what_is_let_go_is_dropped_at_the_end() {
        let (nodes, n_dropped) = ring(3);
        nodes[0].others.borrow_mut().push(nodes[2].clone());
        let (records, mut breakers) = walk(&nodes).finish_to_break();
        assert_eq!((records.n_edges(), breakers.len()), (4, 6));
        assert_eq!(
            (breakers.references(0), breakers.references(1)),
            ((0, 0..1), (0, 1..2))
        );
        for breaker in 0..breakers.len() {
            assert!(breakers.release(breaker));
        }
        assert!(nodes[0].next.borrow().is_none() && nodes[0].others.borrow().is_empty());
        assert_eq!((Rc::strong_count(&nodes[2]), n_dropped.get()), (3, 0));
        drop(breakers);
        assert_eq!((Rc::strong_count(&nodes[2]), n_dropped.get()), (1, 0));
        drop(nodes);
        assert_eq!(n_dropped.get(), 3);
    }

    #[test]
    fn a_cell_in_use_is_not_emptied() {
        let (nodes, _) = ring(1);
        let reader = nodes[0].next.borrow();
        let (_, mut breakers) = walk(&nodes).finish_to_break();
        assert!(!breakers.release(0));
        drop((reader, breakers));
        nodes[0].next.take();
    }

    #[test]
    fn a_ring_of_a_million_is_dropped_without_recursion() {
        let (nodes, n_dropped) = ring(1_000_000);
        let (_, mut breakers) = walk(&nodes).finish_to_break();
        for breaker in 0..breakers.len() {
            breakers.release(breaker);
        }
        drop(breakers);
        drop(nodes);
        assert_eq!(n_dropped.get(), 1_000_000);
    }
}
