//! `ArcSwap` and its kin: what they hold now.

use crate::{Repr, Trace, Tracer};
use arc_swap::strategy::Strategy;
use arc_swap::{ArcSwapAny, Guard, RefCnt};
use std::ops::Deref;

/// A pointer that somebody may swap is a strong edge to what it was when it was looked at.
///
/// Looking is wait-free, and takes no count unless the thread holds many guards already; then the
/// pointee's strong count is seen as one too high, which makes it look held and never leaked.
impl<T: RefCnt + Trace, S: Strategy<T>> Trace for ArcSwapAny<T, S> {
    honest!();

    fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
        tracer.unsteady();
        tracer.guarded(Loaded(Box::new(self.load())));
    }

    fn trace_repr(&self, out: &mut Repr<'_>) {
        self.load().trace_repr(out);
    }
}

/// A guard in a box: the pointer lies inside the guard, and must not move with it.
struct Loaded<T: RefCnt, S: Strategy<T>>(Box<Guard<T, S>>);

impl<T: RefCnt, S: Strategy<T>> Deref for Loaded<T, S> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::observe::{labels, node};
    use super::*;
    use crate::{EdgeKind, trace};
    use arc_swap::{ArcSwap, ArcSwapOption};
    use std::sync::Arc;

    #[test]
    fn what_is_held_now_is_a_strong_edge() {
        let shared = Arc::new(vec![Box::new(1)]);
        let swap = ArcSwap::new(shared.clone());
        let records = trace(&swap);
        assert_eq!(
            (records.n_nodes(), records.edges[0].kind()),
            (3, EdgeKind::Strong)
        );
        assert_eq!(
            (records.nodes[1].strong, Arc::strong_count(&shared)),
            (2, 2)
        );
        swap.store(Arc::default());
        assert_eq!((trace(&swap).n_nodes(), Arc::strong_count(&shared)), (2, 1));
    }

    #[test]
    fn nothing_is_no_edge() {
        let swap: ArcSwapOption<i32> = ArcSwapOption::empty();
        assert!(labels(&swap).is_empty());
        swap.store(Some(Arc::new(7)));
        assert_eq!(
            (labels(&swap), node(&swap, 1).strong),
            (vec![String::new()], 1)
        );
    }

    #[test]
    fn two_swaps_of_one_value_share_a_node() {
        let shared = Arc::new(7);
        let swaps = [ArcSwap::new(shared.clone()), ArcSwap::new(shared.clone())];
        assert_eq!(
            (labels(&swaps), trace(&swaps).n_nodes()),
            (vec!["[0]".into(), "[1]".into()], 2)
        );
        assert_eq!((node(&swaps, 1).strong, Arc::strong_count(&shared)), (3, 3));
    }

    #[test]
    fn a_cycle_through_a_swap_ends() {
        struct Node(ArcSwapOption<Node>);
        impl Trace for Node {
            fn trace<'a>(&'a self, tracer: &mut Tracer<'a>) {
                tracer.field("next", &self.0);
            }
        }
        let node = Arc::new(Node(ArcSwapOption::empty()));
        node.0.store(Some(node.clone()));
        let records = trace(&node);
        assert_eq!(
            (
                records.n_nodes(),
                records.n_edges(),
                records.nodes[0].strong
            ),
            (1, 1, 2)
        );
        node.0.store(None);
        assert_eq!(Arc::strong_count(&node), 1);
    }

    #[test]
    fn guards_of_the_caller_do_not_stop_a_trace() {
        let shared = Arc::new(7);
        let swap = ArcSwap::new(shared.clone());
        let held: Vec<_> = (0..20).map(|_| swap.load()).collect();
        let count = Arc::strong_count(&shared);
        assert!((count..=count + 1).contains(&(node(&swap, 1).strong as usize)));
        assert_eq!(Arc::strong_count(&shared), count);
        drop(held);
        assert_eq!(Arc::strong_count(&shared), 2);
    }

    #[test]
    fn values_that_are_swapped_away_during_a_trace_stay_alive_for_it() {
        let swap = ArcSwap::from_pointee(vec![Box::new(0)]);
        std::thread::scope(|scope| {
            let writer =
                scope.spawn(|| (0..10_000).for_each(|n| swap.store(Arc::new(vec![Box::new(n)]))));
            while !writer.is_finished() {
                assert_eq!(trace(&swap).n_nodes(), 3);
            }
        });
        assert_eq!(Arc::strong_count(&swap.into_inner()), 1);
    }
}
