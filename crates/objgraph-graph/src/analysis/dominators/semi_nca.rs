//! Semi-NCA: semidominators first, and from them the dominators as nearest common ancestors.

use super::SUPER_ROOT;
use super::search::Search;
use std::ops::Range;

/// The objects of the search, and by number the immediate dominators.
pub(super) fn immediate_dominators(search: Search) -> (Vec<u32>, Vec<u32>) {
    let Search {
        nodes,
        parents,
        mut semis,
        late,
    } = search;
    let late = LateReferrers::new(nodes.len(), late);
    lower_to_semidominators(&mut semis, &parents, &late);
    drop(late);
    let mut tree = Tree::with_capacity(nodes.len());
    for number in 1..nodes.len() {
        let dominator = tree.ancestor_up_to(parents[number], semis[number]);
        tree.push(dominator);
    }
    (nodes, tree.parents)
}

/// The referrers of each number that have higher numbers, in compressed rows.
struct LateReferrers {
    /// Where each row begins; one more than there are numbers.
    starts: Vec<u64>,
    referrers: Vec<u32>,
}

impl LateReferrers {
    /// Two passes over the references: count, then place.
    fn new(n_numbers: usize, references: Vec<(u32, u32)>) -> Self {
        let mut starts = vec![0; n_numbers + 1];
        for (target, _) in &references {
            starts[*target as usize] += 1;
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        // Filled from their ends, rows end up with their starts where their ends were.
        let mut referrers = vec![0; references.len()];
        for (target, referrer) in references {
            let start = &mut starts[target as usize];
            *start -= 1;
            referrers[*start as usize] = referrer;
        }
        Self { starts, referrers }
    }

    fn of(&self, number: u32) -> &[u32] {
        let Range { start, end } = self.starts[number as usize]..self.starts[number as usize + 1];
        &self.referrers[start as usize..end as usize]
    }
}

/// Considers the late referrers too. What lies above a late referrer may be entered from further up.
fn lower_to_semidominators(semis: &mut [u32], parents: &[u32], late: &LateReferrers) {
    let mut forest = Forest::new(parents, semis);
    for number in (1..semis.len() as u32).rev() {
        let mut semi = semis[number as usize];
        if semi != SUPER_ROOT {
            for referrer in late.of(number) {
                semi = semi.min(forest.lowest_semi(*referrer, number));
            }
        }
        semis[number as usize] = semi;
        forest.links[number as usize].lowest = semi;
    }
}

/// The numbers whose semidominators are known, each linked to its parent: those above the one that is in turn.
struct Forest {
    links: Vec<Link>,
    /// The way that is being shortened.
    way: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Link {
    ancestor: u32,
    /// The lowest semidominator from the number itself up to below its ancestor.
    lowest: u32,
}

impl Forest {
    fn new(parents: &[u32], semis: &[u32]) -> Self {
        let link = |(&ancestor, &lowest)| Link { ancestor, lowest };
        Self {
            links: parents.iter().zip(semis).map(link).collect(),
            way: Vec::new(),
        }
    }

    /// The lowest semidominator on the way from a number up to the end of its tree.
    ///
    /// Shortens the way for those who come after, with a stack instead of recursion: ways are as long as lists.
    fn lowest_semi(&mut self, from: u32, in_turn: u32) -> u32 {
        let mut top = self.links[from as usize];
        let mut number = from;
        while top.ancestor > in_turn {
            self.way.push(number);
            number = top.ancestor;
            top = self.links[number as usize];
        }
        while let Some(below) = self.way.pop() {
            let link = &mut self.links[below as usize];
            link.lowest = link.lowest.min(top.lowest);
            link.ancestor = top.ancestor;
            top = *link;
        }
        top.lowest
    }
}

/// The dominator tree as far as it is known: numbers are added from the lowest.
struct Tree {
    parents: Vec<u32>,
    jumps: Vec<Jump>,
}

/// A short cut to an ancestor further up.
#[derive(Clone, Copy)]
struct Jump {
    ancestor: u32,
    depth: u32,
}

impl Tree {
    /// The super-root, with room for others.
    fn with_capacity(n_numbers: usize) -> Self {
        let mut tree = Self {
            parents: Vec::with_capacity(n_numbers),
            jumps: Vec::with_capacity(n_numbers),
        };
        tree.parents.push(SUPER_ROOT);
        tree.jumps.push(Jump {
            ancestor: SUPER_ROOT,
            depth: 0,
        });
        tree
    }

    fn push(&mut self, parent: u32) {
        let near = self.jumps[parent as usize];
        let middle = self.jumps[near.ancestor as usize];
        let far = self.jumps[middle.ancestor as usize];
        // Two jumps of equal length become one of twice the length.
        let is_pair = near.depth - middle.depth == middle.depth - far.depth;
        self.parents.push(parent);
        self.jumps.push(Jump {
            ancestor: if is_pair { middle.ancestor } else { parent },
            depth: near.depth + 1,
        });
    }

    /// The nearest ancestor of a number, or itself, whose number is no higher than `limit`.
    fn ancestor_up_to(&self, number: u32, limit: u32) -> u32 {
        let mut ancestor = number;
        while ancestor > limit {
            let jump = self.jumps[ancestor as usize].ancestor;
            let is_too_far = jump <= limit;
            ancestor = if is_too_far {
                self.parents[ancestor as usize]
            } else {
                jump
            };
        }
        ancestor
    }
}
