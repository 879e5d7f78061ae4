//! Breadth-first search: the shortest ways.

use super::follow::Follow;

/// A search that can be run again and again without being made anew.
///
/// It takes 4 bytes an object, and 4 for each that is reached.
pub(crate) struct Breadth {
    /// The object from which each was reached; a start is its own.
    came_from: Vec<u32>,
    /// What was reached, in this order.
    reached: Vec<u32>,
    /// The references of the objects that are looked at now: referrer and referent.
    steps: Vec<(u32, u32)>,
}

/// Stands for an object that was not reached.
pub(crate) const UNSEEN: u32 = u32::MAX;

impl Breadth {
    pub(crate) fn new(n_nodes: usize) -> Self {
        Self {
            came_from: vec![UNSEEN; n_nodes],
            reached: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// The objects on a shortest way from any start to the first object that matches, both ends included.
    pub(crate) fn way(
        &mut self,
        rows: &impl Follow,
        starts: impl IntoIterator<Item = u32>,
        mut matches: impl FnMut(u32) -> bool,
    ) -> Option<Vec<u32>> {
        if let Some(start) = self.start(starts, &mut matches) {
            return Some(vec![start]);
        }
        let end = self.spread(rows, matches)?;
        let mut way = vec![end];
        let mut node = end;
        while self.came_from[node as usize] != node {
            node = self.came_from[node as usize];
            way.push(node);
        }
        way.reverse();
        Some(way)
    }

    /// The objects on a shortest way from an object back to itself, each once, itself first.
    pub(crate) fn way_around(&mut self, rows: &impl Follow, start: u32) -> Option<Vec<u32>> {
        self.forget();
        // Not marked as reached, so that the search ends when it comes back.
        self.reached.push(start);
        self.spread(rows, |node| node == start)?;
        let mut way = vec![start];
        let mut node = self.came_from[start as usize];
        while node != start {
            way.push(node);
            node = self.came_from[node as usize];
        }
        way[1..].reverse();
        Some(way)
    }

    /// How many references each object is away from the nearest start; [`UNSEEN`] if there is no way.
    pub(crate) fn distances(
        mut self,
        rows: &impl Follow,
        starts: impl IntoIterator<Item = u32>,
    ) -> Vec<u32> {
        self.start(starts, &mut |_| false);
        let n_starts = self.reached.len();
        self.spread(rows, |_| false);
        // In the order in which they were reached, so that where an object came from has its distance by then.
        for (place, node) in self.reached.iter().enumerate() {
            let before = self.came_from[*node as usize];
            let is_start = place < n_starts;
            self.came_from[*node as usize] = if is_start {
                0
            } else {
                self.came_from[before as usize] + 1
            };
        }
        self.came_from
    }

    /// Begins a search; gives the first start that matches, which ends it.
    fn start(
        &mut self,
        starts: impl IntoIterator<Item = u32>,
        matches: &mut impl FnMut(u32) -> bool,
    ) -> Option<u32> {
        self.forget();
        for start in starts {
            let came_from = &mut self.came_from[start as usize];
            if *came_from == UNSEEN {
                *came_from = start;
                self.reached.push(start);
                if matches(start) {
                    return Some(start);
                }
            }
        }
        None
    }

    fn spread(&mut self, rows: &impl Follow, mut matches: impl FnMut(u32) -> bool) -> Option<u32> {
        let mut next = 0;
        self.steps.clear();
        while next < self.reached.len() {
            let end = self.reached.len().min(next + BLOCK);
            steps_from(rows, &self.reached[next..end], &mut self.steps);
            next = end;
            for (node, target) in self.steps.drain(..) {
                let came_from = &mut self.came_from[target as usize];
                if *came_from != UNSEEN {
                    continue;
                }
                *came_from = node;
                self.reached.push(target);
                if matches(target) {
                    return Some(target);
                }
            }
        }
        None
    }

    /// Forgets the last search, in as many steps as it reached objects.
    fn forget(&mut self) {
        for node in self.reached.drain(..) {
            self.came_from[node as usize] = UNSEEN;
        }
    }
}

/// How many objects are looked at together.
///
/// Their rows lie anywhere in memory. Asked for one after the other, with nothing decided in between, they come at the
/// same time, which takes half as long.
const BLOCK: usize = 64;

fn steps_from(rows: &impl Follow, nodes: &[u32], steps: &mut Vec<(u32, u32)>) {
    let mut ranges = [const { 0..0 }; BLOCK];
    for (range, node) in ranges.iter_mut().zip(nodes) {
        *range = rows.row(*node);
    }
    for (range, node) in ranges.into_iter().zip(nodes) {
        steps.extend(range.filter_map(|edge| Some((*node, rows.follow(edge)?))));
    }
}
