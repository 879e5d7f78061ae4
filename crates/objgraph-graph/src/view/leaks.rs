//! Views of what is leaked: an example of each kind of cycle.

use super::model::View;
use super::options::ViewOptions;
use super::selection::{Folded, Selection};
use crate::analysis::{Amount, LeakKind, Leaks};
use crate::graph::{NodeId, ObjectGraph};
use crate::grouped::grouped;

/// How many kinds of cycles are shown.
const MAX_KINDS: usize = 6;

/// How many objects of a long cycle are shown at its beginning, and how many at its end.
const MAX_BEFORE: usize = 5;
const MAX_BEHIND: usize = 3;

/// How many objects are shown that hang on one object of a cycle.
const MAX_HANGING: usize = 3;

/// Shows an example of each of the first few kinds of leaked cycles, with the references to make weak marked, and some of
/// what hangs on it.
///
/// Around each cycle is a frame with how many there are of its kind, and what these keep.
///
/// # Complexity
/// O(objects + references) of the whole graph, for its cycles.
///
/// # Examples
///
/// ```
/// use objgraph_graph::{GraphBuilder, LeaksOptions, NewNode, ViewOptions, leaks, view_leaks};
/// use objgraph_trace::EdgeKind::Strong;
///
/// let mut builder = GraphBuilder::default();
/// let [list, item, text] = ["List", "Item", "Text"].map(|name| builder.add_node(NewNode::new(name).counts(1, 0)));
/// builder.add_edge(list, item, Strong, "[0]");
/// builder.add_edge(item, list, Strong, ".owner");
/// builder.add_edge(item, text, Strong, ".text");
/// let graph = builder.finish();
/// let view = view_leaks(&graph, &leaks(&graph, &LeaksOptions::default()), &ViewOptions::default());
/// assert_eq!(view.frames[0].title, "1 cycle keeps 3 objects, 48 B");
/// assert_eq!((view.frames[0].nodes.as_slice(), view.nodes.len()), (&[0, 1][..], 3));
/// assert!(view.edges.iter().any(|edge| edge.to_weaken && edge.label == ".owner"));
/// ```
#[must_use]
pub fn view_leaks(graph: &ObjectGraph, leaks: &Leaks, options: &ViewOptions<'_>) -> View {
    let mut selection = Selection::new(graph);
    for kind in leaks.kinds.iter().take(MAX_KINDS) {
        add_kind(&mut selection, kind, options);
        selection.to_weaken.extend(&kind.fixes);
    }
    selection.link();
    selection.notes.extend(left_out(leaks));
    selection.view(options)
}

fn add_kind(selection: &mut Selection<'_>, kind: &LeakKind, options: &ViewOptions<'_>) {
    let cycle = kind.cycle(selection.graph);
    let shown = add_cycle(selection, &cycle.nodes);
    selection.frame(cycle.nodes[0], title(kind));
    let mut on_cycle = cycle.nodes;
    on_cycle.sort_unstable();
    for node in shown {
        add_hanging(
            selection,
            node,
            &on_cycle,
            options.too_many.min(MAX_HANGING),
        );
    }
}

/// Adds the objects of a cycle, without the middle of a long one; gives those that are shown.
fn add_cycle(selection: &mut Selection<'_>, nodes: &[NodeId]) -> Vec<NodeId> {
    let is_long = nodes.len() > MAX_BEFORE + MAX_BEHIND + 1;
    if !is_long {
        nodes.iter().for_each(|node| _ = selection.show(*node, 0));
        return nodes.to_vec();
    }
    let (before, behind) = (&nodes[..MAX_BEFORE], &nodes[nodes.len() - MAX_BEHIND..]);
    let shown = [before, behind].concat();
    let places: Vec<usize> = shown.iter().map(|node| selection.show(*node, 0)).collect();
    selection.fold(Folded {
        source: places[MAX_BEFORE - 1],
        target: Some(places[MAX_BEFORE]),
        of: nodes[MAX_BEFORE],
        count: nodes.len() - shown.len(),
        noun: "objects",
    });
    shown
}

/// Adds a few of the objects that an object keeps alive and that are neither shown yet nor on its cycle.
fn add_hanging(selection: &mut Selection<'_>, node: NodeId, on_cycle: &[NodeId], max_shown: usize) {
    let Some(source) = selection.place_of(node) else {
        return;
    };
    let (mut n_shown, mut n_folded) = (0, 0);
    let edges = selection.graph.edges_from(node);
    for edge in edges.filter(|edge| edge.kind.keeps_alive()) {
        let is_known = selection.place_of(edge.target).is_some();
        if is_known || on_cycle.binary_search(&edge.target).is_ok() {
            continue;
        }
        if n_shown < max_shown {
            selection.show(edge.target, 100);
            n_shown += 1;
        } else {
            n_folded += 1;
        }
    }
    if n_folded > 0 {
        selection.fold(Folded {
            source,
            target: None,
            of: node,
            count: n_folded,
            noun: "references",
        });
    }
}

/// `40 cycles like this keep 120 objects, 9.6 KiB`
fn title(kind: &LeakKind) -> String {
    let kept = kind.kept();
    let cycles = match kind.culprits.len() {
        1 => "1 cycle keeps".to_owned(),
        count => format!("{} cycles like this keep", grouped(count as u64)),
    };
    format!("{cycles} {}, {}", objects(kept.count), kept.bytes)
}

fn objects(count: usize) -> String {
    let noun = if count == 1 { "object" } else { "objects" };
    format!("{} {noun}", grouped(count as u64))
}

/// What is not shown, a sentence each.
fn left_out(leaks: &Leaks) -> Vec<String> {
    let others = leaks.kinds.iter().skip(MAX_KINDS);
    let kinds = (leaks.kinds.len() > MAX_KINDS).then(|| {
        let n_kinds = leaks.kinds.len() - MAX_KINDS;
        let (more, keep) = if n_kinds == 1 {
            ("kind of cycles is", "it keeps")
        } else {
            ("kinds of cycles are", "they keep")
        };
        let kept = others.fold(Amount::default(), |kept, kind| kind.kept().plus(kept));
        let n_kinds = grouped(n_kinds as u64);
        format!(
            "{n_kinds} more {more} not shown; {keep} {}, {}.",
            objects(kept.count),
            kept.bytes
        )
    });
    let several = leaks.hanging_on_several;
    let several = (several.count > 0).then(|| {
        let hang = if several.count == 1 { "hangs" } else { "hang" };
        format!(
            "{} {hang} on cycles of several kinds.",
            objects(several.count)
        )
    });
    kinds.into_iter().chain(several).collect()
}

#[cfg(test)]
mod tests {
    use super::view_leaks;
    use crate::{ArrowKind, GraphBuilder, LeaksOptions, NewNode, NodeId, View, ViewOptions, leaks};
    use objgraph_trace::EdgeKind::Strong;

    /// The view of a heap in which these objects hold each other, the types of which are named by a letter each.
    fn view(types: &str, edges: &[(u32, u32)]) -> View {
        let mut builder = GraphBuilder::default();
        for (node, name) in (0..).zip(types.chars()) {
            let strong = edges.iter().filter(|edge| edge.1 == node).count();
            builder.add_node(NewNode::new(&name.to_string()).counts(strong as u64, 0));
        }
        for (source, target) in edges {
            builder.add_edge(NodeId(*source), NodeId(*target), Strong, ".x");
        }
        let graph = builder.finish();
        let found = leaks(&graph, &LeaksOptions::default());
        view_leaks(&graph, &found, &ViewOptions::default())
    }

    #[test]
    fn a_long_cycle_is_shown_without_its_middle() {
        let ring: Vec<_> = (0..20).map(|node| (node, (node + 1) % 20)).collect();
        let view = view("aaaaaaaaaaaaaaaaaaaa", &ring);
        assert_eq!(view.nodes.len(), 5 + 3 + 1);
        assert_eq!(view.nodes[8].lines[0].text, "12 more objects");
        let more: Vec<_> = view
            .edges
            .iter()
            .filter(|edge| edge.kind == ArrowKind::More)
            .collect();
        assert_eq!(
            [
                (more[0].source, more[0].target),
                (more[1].source, more[1].target)
            ],
            [(4, 8), (8, 5)]
        );
        let all: Vec<usize> = (0..9).collect();
        assert_eq!((view.frames.len(), &view.frames[0].nodes), (1, &all));
    }

    #[test]
    fn a_few_of_what_hangs_on_a_cycle_are_shown() {
        let view = view(
            "abcdefg",
            &[(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (5, 6)],
        );
        assert_eq!(view.frames[0].title, "1 cycle keeps 7 objects, 112 B");
        assert_eq!((view.nodes.len(), &view.frames[0].nodes[..]), (5, &[0][..]));
        assert_eq!(view.nodes[4].lines[0].text, "2 more references");
    }

    #[test]
    fn kinds_beyond_the_first_few_are_told_in_a_note() {
        let own: Vec<_> = (0..8)
            .map(|node| (node, node))
            .chain([(6, 8), (7, 8)])
            .collect();
        let view = view("abcdefghi", &own);
        assert_eq!(view.frames.len(), 6);
        let notes = [
            "2 more kinds of cycles are not shown; they keep 2 objects, 32 B.",
            "1 object hangs on cycles of several kinds.",
        ];
        assert_eq!(view.notes, notes);
    }

    #[test]
    fn nothing_leaked_is_an_empty_view() {
        let view = view("ab", &[]);
        assert!(view.nodes.is_empty() && view.frames.is_empty() && view.notes.is_empty());
    }
}
