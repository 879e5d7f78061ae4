//! What a legend explains: the looks that occur in a view, each with its meaning.

use objgraph_graph::{ArrowKind, FrameKind, Role, Roles, Shape, View, ViewEdge};
use objgraph_trace::EdgeKind;

use crate::scene::Emphasis;

/// A sample and its meaning.
pub(crate) struct Entry {
    pub(crate) sample: Sample,
    pub(crate) text: String,
}

/// What looks like something in the picture.
#[derive(Clone, Copy)]
pub(crate) enum Sample {
    Box(Shape, Roles),
    Frame(FrameKind),
    Arrow(ArrowKind, Emphasis),
}

/// The legend of a view, boxes first; nothing if it shall have none.
pub(crate) fn entries(view: &View) -> Vec<Entry> {
    if !view.legend {
        return Vec::new();
    }
    let entries = boxes(view).chain(frames(view)).chain(arrows(view));
    entries.collect()
}

/// Whether an arrow stands out.
pub(crate) fn emphasis(edge: &ViewEdge) -> Emphasis {
    if edge.to_weaken {
        Emphasis::Weaken
    } else if edge.in_cycle {
        Emphasis::Cycle
    } else {
        Emphasis::Plain
    }
}

/// Roles, and folded boxes.
fn boxes(view: &View) -> impl Iterator<Item = Entry> {
    let has_role = |role: &Role| view.nodes.iter().any(|node| node.roles.contains(*role));
    let roles = Role::ALL.into_iter().filter(has_role).map(|role| Entry {
        sample: Sample::Box(Shape::Object, Roles::from_iter([role])),
        text: role.label().to_owned(),
    });
    let has_folded = view.nodes.iter().any(|node| node.shape == Shape::Folded);
    let folded = has_folded.then(|| Entry {
        sample: Sample::Box(Shape::Folded, Roles::default()),
        text: "more that is not drawn".to_owned(),
    });
    roles.chain(folded)
}

fn frames(view: &View) -> impl Iterator<Item = Entry> {
    let occurs = |kind: &FrameKind| view.frames.iter().any(|frame| frame.kind == *kind);
    let kinds = FrameKind::ALL.into_iter().filter(occurs);
    kinds.map(|kind| Entry {
        sample: Sample::Frame(kind),
        text: kind.label().to_owned(),
    })
}

/// Kinds of arrows as they are drawn.
fn arrows(view: &View) -> impl Iterator<Item = Entry> {
    let looks = EdgeKind::ALL.into_iter().flat_map(|kind| {
        [Emphasis::Plain, Emphasis::Cycle, Emphasis::Weaken].map(|emphasis| (kind, emphasis))
    });
    let occurs = |(kind, how): &(EdgeKind, Emphasis)| {
        let looks_so =
            |edge: &ViewEdge| edge.kind == ArrowKind::Reference(*kind) && emphasis(edge) == *how;
        view.edges.iter().any(looks_so)
    };
    looks.filter(occurs).map(|(kind, emphasis)| Entry {
        sample: Sample::Arrow(ArrowKind::Reference(kind), emphasis),
        text: match emphasis {
            Emphasis::Plain => meaning(kind).to_owned(),
            Emphasis::Cycle => format!("{}, on a cycle", kind.label()),
            Emphasis::Weaken => format!("{}, better a Weak", kind.label()),
        },
    })
}

fn meaning(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Owned => "owned: the only owner",
        EdgeKind::Strong => "strong: one of the owners",
        EdgeKind::Weak => "weak: keeps nothing alive",
        EdgeKind::Borrowed => "borrowed",
        EdgeKind::Raw => "raw address",
    }
}
