//! The text of boxes and arrows.

use super::found::Found;
use super::model::{ArrowKind, Line, Role, Roles, Shape, Tone, ViewEdge, ViewNode};
use super::options::ViewOptions;
use super::roots::Roots;
use crate::analysis::{Components, components};
use crate::graph::{Edge, NodeId, ObjectGraph};
use crate::grouped::grouped;
use crate::node::Node;
use objgraph_trace::State;

/// Longer type names are cut in the label; the tooltip has the whole.
pub(super) const MAX_NAME_CHARS: usize = 60;

/// Longer paths of fields are cut on the arrow; the tooltip has the whole.
const MAX_PATH_CHARS: usize = 100;

/// More lines than this of the caller's are left out.
const MAX_EXTRA_LINES: usize = 30;

/// Longer headlines are cut, and there is nowhere else to look them up.
const MAX_TITLE_CHARS: usize = 300;

/// Longer names, paths and values are cut in the tooltip, and there is nowhere else to look them up.
pub(super) const MAX_TOOLTIP_CHARS: usize = 1_000;

/// Where strong handles are that no trace finds.
const UNFOUND: &str =
    "handles not found are on the stack, in statics, in what was not read, or leaked";

/// Writes the boxes and arrows of one view.
pub(super) struct Labeller<'v> {
    pub(super) graph: &'v ObjectGraph,
    pub(super) components: Components,
    roots: Roots<'v>,
    found: Found,
    pub(super) options: &'v ViewOptions<'v>,
}

impl<'v> Labeller<'v> {
    pub(super) fn new(graph: &'v ObjectGraph, options: &'v ViewOptions<'v>) -> Self {
        Self {
            graph,
            components: components(graph),
            roots: Roots::of(graph),
            found: Found::of(graph),
            options,
        }
    }

    pub(super) fn title(&self) -> Option<String> {
        self.options
            .title
            .as_ref()
            .map(|title| cut(title, MAX_TITLE_CHARS))
    }

    /// The box of an object, with the role that its place in the view gives it.
    pub(super) fn node(&self, id: NodeId, place: Option<Role>, depth_percent: u8) -> ViewNode {
        let node = self.graph.node(id);
        ViewNode {
            key: format!("n{}", id.0),
            shape: Shape::Object,
            lines: self.lines(node),
            tooltip: self.tooltip(node),
            roles: self.roles(node, place),
            depth_percent,
            attributes: self
                .options
                .extra_node_attrs
                .as_ref()
                .map_or_else(Vec::new, |attributes| attributes(node)),
        }
    }

    pub(super) fn folded(
        &self,
        of: NodeId,
        count: usize,
        noun: &str,
        depth_percent: u8,
    ) -> ViewNode {
        let noun = if count == 1 {
            noun.strip_suffix('s').unwrap_or(noun)
        } else {
            noun
        };
        let text = format!("{} more {noun}", grouped(count as u64));
        ViewNode {
            key: format!("more{}", of.0),
            shape: Shape::Folded,
            tooltip: format!("{text} of {}", short(self.graph.node(of))),
            lines: vec![Line {
                text,
                tone: Tone::Detail,
            }],
            roles: Roles::default(),
            depth_percent,
            attributes: Vec::new(),
        }
    }

    pub(super) fn edge(&self, edge: &Edge<'_>, source: usize, target: usize) -> ViewEdge {
        let label = edge.label();
        let (from, to) = (self.graph.node(edge.source), self.graph.node(edge.target));
        ViewEdge {
            source,
            target,
            kind: ArrowKind::Reference(edge.kind),
            tooltip: format!(
                "{}{} → {}\n{}",
                short(from),
                cut(&label, MAX_TOOLTIP_CHARS),
                short(to),
                edge.kind.label()
            ),
            in_cycle: edge.kind.keeps_alive()
                && self.components.is_in_cycle(edge.source)
                && self.components.are_together(edge.source, edge.target),
            label: cut(&label, MAX_PATH_CHARS),
            to_weaken: false,
        }
    }

    fn lines(&self, node: Node<'_>) -> Vec<Line> {
        let name = if self.options.shortnames {
            node.type_name()
        } else {
            node.type_path()
        };
        let mut lines = vec![
            Line {
                text: cut(&self.roots.names(node.id()), MAX_NAME_CHARS),
                tone: Tone::Detail,
            },
            Line {
                text: cut(name, MAX_NAME_CHARS),
                tone: Tone::Name,
            },
            Line {
                text: cut(node.value(), MAX_TOOLTIP_CHARS),
                tone: Tone::Value,
            },
            Line {
                text: node.state().label().to_owned(),
                tone: Tone::Detail,
            },
        ];
        let extra = self
            .options
            .extra_info
            .as_ref()
            .and_then(|extra_info| extra_info(node));
        let mut extra = extra.iter().flat_map(|extra| extra.lines());
        let value = |text: String| Line {
            text,
            tone: Tone::Value,
        };
        lines.extend(
            (extra.by_ref().take(MAX_EXTRA_LINES)).map(|text| value(cut(text, MAX_NAME_CHARS))),
        );
        lines.extend(extra.next().map(|_| value("…".to_owned())));
        if self.options.refcounts && node.is_shared() {
            lines.push(Line {
                text: self.counts(node),
                tone: Tone::Detail,
            });
        }
        if self.options.sizes {
            lines.push(Line {
                text: sizes(node),
                tone: Tone::Detail,
            });
        }
        lines.retain(|line| !line.text.is_empty());
        lines
    }

    fn roles(&self, node: Node<'_>, place: Option<Role>) -> Roles {
        let state_role = match node.state() {
            State::MutablyBorrowed | State::Locked | State::Poisoned | State::Uninitialised => {
                Some(Role::Busy)
            }
            State::Opaque | State::AddressOnly => Some(Role::Opaque),
            State::Dropped => Some(Role::Dropped),
            _ => None,
        };
        let highlighted = self
            .options
            .highlight
            .as_ref()
            .is_some_and(|highlight| highlight(node));
        let roles = [
            place,
            self.roots.contain(node.id()).then_some(Role::Root),
            highlighted.then_some(Role::Highlighted),
            self.components
                .is_in_cycle(node.id())
                .then_some(Role::InCycle),
            node.has_drop_impl().then_some(Role::HasDrop),
            state_role,
        ];
        roles.into_iter().flatten().collect()
    }
    fn tooltip(&self, node: Node<'_>) -> String {
        let mut text = short(node);
        let mut line = |part: &str| {
            if !part.is_empty() {
                text += "\n";
                text += &cut(part, MAX_TOOLTIP_CHARS);
            }
        };
        line(node.type_path());
        line(node.value());
        line(node.state().label());
        line(&sizes(node));
        if node.is_shared() {
            line(&self.counts(node));
            if self.found.too_few(node).is_some() {
                line(UNFOUND);
            }
        }
        if node.has_skipped_field() {
            line("a field of it is skipped, so it may hold more");
        }
        if node.has_drop_impl() {
            line("implements Drop");
        }
        text
    }

    /// `strong 3, 1 found · weak 1`
    fn counts(&self, node: Node<'_>) -> String {
        let found = self.found.too_few(node);
        let found = found.map_or_else(String::new, |n_found| format!(", {n_found} found"));
        let weak = match node.weak_count() {
            0 => String::new(),
            weak => format!(" · weak {weak}"),
        };
        format!("strong {}{found}{weak}", node.strong_count())
    }
}

/// `Widget#12`, with a long name cut.
fn short(node: Node<'_>) -> String {
    format!(
        "{}#{}",
        cut(node.type_name(), MAX_TOOLTIP_CHARS),
        node.shown_id()
    )
}

fn sizes(node: Node<'_>) -> String {
    let (owned, reserved) = (node.owned_size(), node.owned_capacity());
    if reserved.0 == 0 {
        node.shallow_size().to_string()
    } else if owned == reserved {
        format!("{} + {owned} owned", node.shallow_size())
    } else {
        format!("{} + {owned} of {reserved} owned", node.shallow_size())
    }
}

/// Cuts a text to a number of characters, with an ellipsis.
pub(super) fn cut(text: &str, max_chars: usize) -> String {
    match text.char_indices().nth(max_chars) {
        None => text.to_owned(),
        Some(_) => text.chars().take(max_chars - 1).chain(['…']).collect(),
    }
}
