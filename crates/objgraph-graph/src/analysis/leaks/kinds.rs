//! Leaked cycles by kind: by the shape of the shortest cycle of each.

use crate::analysis::components::{Components, components_of};
use crate::analysis::walk::{
    Breadth, Collect, Enumeration, Follow as _, Inside, Part, Ring, Shapes, least_rotation,
};
use crate::graph::NodeId;
use std::ops::Range;

/// The kinds of leaked cycles, and which objects belong to each.
pub(super) struct Kinds {
    /// The components that no other leaked object leads to, component after component.
    pub(super) culprits: Inside,
    /// The kind of each of these.
    pub(super) of_culprits: Vec<u32>,
    /// The first cycle of each kind.
    pub(super) examples: Vec<Ring>,
    /// The kind of each object of the part, [`SEVERAL`] if those of several lead to it.
    pub(super) of_objects: Vec<u32>,
    /// Whether each object of the part is in a culprit.
    pub(super) is_culprit: Vec<bool>,
}

/// Stands for more than one kind.
pub(super) const SEVERAL: u32 = u32::MAX;

/// Stands for an object that was not reached.
const NONE: u32 = u32::MAX - 1;

/// Groups the culprits of leaked objects.
///
/// # Complexity
/// O(objects + references log references).
pub(super) fn kinds(part: &Part) -> Kinds {
    let components = components_of(part, part.n_nodes());
    let members = culprits(part, &components);
    let mut culprits = Inside::new(part, &components, &members, |_| false);
    let (of_culprits, examples) = shapes(&culprits);
    let mut of_objects = vec![NONE; part.n_nodes()];
    let mut is_culprit = vec![false; part.n_nodes()];
    for (members, kind) in members.iter().zip(&of_culprits) {
        for member in *members {
            of_objects[member.index()] = *kind;
            is_culprit[member.index()] = true;
        }
    }
    spread(part, &mut of_objects);
    culprits.rename(|number| part.nodes[number.index()]);
    Kinds {
        culprits,
        of_culprits,
        examples,
        of_objects,
        is_culprit,
    }
}

/// The members of the components that no other leads to. Nothing else holds what is leaked, so each has a cycle.
fn culprits<'c>(part: &Part, components: &'c Components) -> Vec<&'c [NodeId]> {
    let mut is_led_to = vec![false; components.count()];
    for node in part.numbers() {
        let component = components.of(NodeId(node));
        for edge in part.row(node) {
            let target = components.of(NodeId(part.target(edge)));
            is_led_to[target.0 as usize] |= target != component;
        }
    }
    let cyclic = components.cyclic();
    let is_culprit = |members: &&[NodeId]| !is_led_to[components.of(members[0]).0 as usize];
    cyclic.filter(is_culprit).collect()
}

/// Hands each kind on to what it leads to.
fn spread(part: &Part, kinds: &mut [u32]) {
    let mut waiting: Vec<u32> = part
        .numbers()
        .filter(|node| kinds[*node as usize] != NONE)
        .collect();
    while let Some(node) = waiting.pop() {
        let kind = kinds[node as usize];
        for edge in part.row(node) {
            let target = part.target(edge);
            let known = &mut kinds[target as usize];
            let both = if [NONE, kind].contains(known) {
                kind
            } else {
                SEVERAL
            };
            if *known != both {
                *known = both;
                waiting.push(target);
            }
        }
    }
}

/// The kind of each component, and an example of each kind.
fn shapes(inside: &Inside) -> (Vec<u32>, Vec<Ring>) {
    let mut search = Search {
        inside,
        numbers: (0..inside.n_nodes() as u32).collect(),
        enumeration: Enumeration::new(inside, Least(None), 0),
        breadth: Breadth::new(inside.n_nodes()),
    };
    let mut shapes = Shapes::default();
    let members = inside.components.windows(2).map(|ends| ends[0]..ends[1]);
    let kinds = members.map(|members| shapes.number(search.shortest(members)) as u32);
    (kinds.collect(), shapes.firsts)
}

/// Longer cycles are not told from others in their component.
const MAX_LENGTH: usize = 8;

/// How often each object and reference of a component is looked at, at most, to find its shortest cycle.
const MAX_LOOKS: u64 = 50;

struct Search<'i> {
    inside: &'i Inside,
    numbers: Vec<u32>,
    enumeration: Enumeration<'i, Least>,
    breadth: Breadth,
}

impl Search<'_> {
    /// A shortest cycle of a component, of several the one with the least steps, so that alike components give the same.
    ///
    /// Of a component in which no cycle is short, or too many are, it is the shortest through one of its objects.
    fn shortest(&mut self, members: Range<u32>) -> Ring {
        let rows = self.inside.row(members.start).start..self.inside.row(members.end - 1).end;
        let (n_nodes, n_edges) = (members.len() as u64, rows.end - rows.start);
        self.enumeration.budget = MAX_LOOKS * (n_nodes + n_edges);
        let starts = &self.numbers[members.start as usize..members.end as usize];
        // With one reference for each object it is one cycle, however long.
        let max_length = if n_nodes == n_edges { 0 } else { MAX_LENGTH };
        for length in 1..=max_length.min(members.len()) {
            let searched = self.enumeration.run(starts, length);
            if let Some(ring) = self.enumeration.found.0.take() {
                return ring;
            }
            if searched.is_err() {
                break;
            }
        }
        Ring::around(self.inside, &mut self.breadth, members.start)
            .expect("an object of a component leads back to itself")
    }
}

/// Keeps the cycle with the least steps.
struct Least(Option<Ring>);

impl Collect for Least {
    fn add(&mut self, mut ring: Ring) -> bool {
        ring.rotate(least_rotation(&ring.steps));
        let is_less = (self.0.as_ref()).is_none_or(|known| ring.steps < known.steps);
        if is_less {
            self.0 = Some(ring);
        }
        false
    }
}
