//! Objects that were found and wait for their visit.

use crate::target::Target;
use std::collections::VecDeque;

/// The order of visits.
///
/// Without a depth limit, depth first: memory is read roughly in the order in which it was allocated.
/// With one, the shallowest first, so that nothing is visited that will not be shown.
pub(crate) enum Frontier<'a> {
    /// Depth first.
    Unlimited { waiting: Vec<(u32, Target<'a>)> },
    /// Breadth first.
    Limited(Levels<'a>),
}

/// Objects by their distance from the roots.
pub(crate) struct Levels<'a> {
    max_depth: u32,
    waiting: Vec<VecDeque<(u32, Target<'a>)>>,
    /// The level below which nothing waits.
    lowest: usize,
    /// The distance of each node, the smallest known so far.
    depths: Vec<u32>,
    /// The distance of what is found now.
    found_depth: u32,
}

impl<'a> Frontier<'a> {
    pub(crate) fn new(max_depth: Option<u32>) -> Self {
        match max_depth {
            None => Self::Unlimited {
                waiting: Vec::new(),
            },
            Some(max_depth) => Self::Limited(Levels {
                max_depth,
                waiting: Vec::new(),
                lowest: 0,
                depths: Vec::new(),
                found_depth: 0,
            }),
        }
    }

    /// What is found from now on are roots.
    pub(crate) fn at_roots(&mut self) {
        if let Self::Limited(levels) = self {
            levels.found_depth = 0;
        }
    }

    /// What is found from now on, `node` refers to. Returns whether it is to be followed.
    #[inline]
    pub(crate) fn enter(&mut self, node: u32) -> bool {
        match self {
            Self::Unlimited { .. } => true,
            Self::Limited(levels) => {
                levels.found_depth = levels.depths[node as usize] + 1;
                levels.found_depth <= levels.max_depth
            }
        }
    }

    /// Notes that a node was made.
    #[inline]
    pub(crate) fn found(&mut self) {
        if let Self::Limited(levels) = self {
            levels.depths.push(levels.found_depth);
        }
    }

    /// Takes back the last [`found`](Self::found).
    pub(crate) fn unfound(&mut self) {
        if let Self::Limited(levels) = self {
            levels.depths.pop();
        }
    }

    /// Notes that a known node was found again; true if this way to it is shorter.
    #[inline]
    pub(crate) fn shortens(&mut self, node: u32) -> bool {
        let Self::Limited(levels) = self else {
            return false;
        };
        let depth = &mut levels.depths[node as usize];
        let shorter = levels.found_depth < *depth;
        *depth = levels.found_depth.min(*depth);
        shorter
    }

    #[inline]
    pub(crate) fn push(&mut self, node: u32, target: Target<'a>) {
        match self {
            Self::Unlimited { waiting } => waiting.push((node, target)),
            Self::Limited(levels) => levels.push(node, target),
        }
    }

    #[inline]
    pub(crate) fn pop(&mut self) -> Option<(u32, Target<'a>)> {
        match self {
            Self::Unlimited { waiting } => waiting.pop(),
            Self::Limited(levels) => levels.pop(),
        }
    }

    /// How much is waiting, to be handed to [`in_order_since`](Self::in_order_since).
    #[inline]
    pub(crate) fn mark(&self) -> usize {
        match self {
            Self::Unlimited { waiting } => waiting.len(),
            Self::Limited(_) => 0,
        }
    }

    /// Turns what was pushed since a mark around, so that the first field is visited first.
    #[inline]
    pub(crate) fn in_order_since(&mut self, mark: usize) {
        if let Self::Unlimited { waiting } = self
            && waiting.len() > mark + 1
        {
            waiting[mark..].reverse();
        }
    }
}

impl<'a> Levels<'a> {
    fn push(&mut self, node: u32, target: Target<'a>) {
        let depth = self.depths[node as usize] as usize;
        if self.waiting.len() <= depth {
            self.waiting.resize_with(depth + 1, VecDeque::new);
        }
        self.waiting[depth].push_back((node, target));
        self.lowest = self.lowest.min(depth);
    }

    fn pop(&mut self) -> Option<(u32, Target<'a>)> {
        while self.waiting.get(self.lowest)?.is_empty() {
            self.lowest += 1;
        }
        self.waiting[self.lowest].pop_front()
    }
}
