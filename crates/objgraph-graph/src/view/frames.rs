//! Frames: which boxes belong together, and what their frame says.

use super::label::{Labeller, MAX_NAME_CHARS, MAX_TOOLTIP_CHARS, cut};
use super::model::{FrameKind, ViewFrame};
use super::module::{crate_name, module};
use super::options::GroupBy;
use crate::analysis::Components;
use crate::graph::NodeId;
use crate::grouped::grouped;
use crate::node::Node;
use std::collections::HashMap;
use std::hash::Hash;

/// The frames of a view of `objects`, in this order; `folded` has the places of an object and its folded box.
pub(super) fn frames(
    labeller: &Labeller<'_>,
    objects: &[NodeId],
    folded: &[(usize, usize)],
) -> Vec<ViewFrame> {
    let nodes = || objects.iter().map(|id| labeller.graph.node(*id));
    let mut frames = match labeller.options.group_by {
        GroupBy::Nothing => return Vec::new(),
        GroupBy::Component => return numbered(of_components(&labeller.components, objects)),
        GroupBy::Type => of_types(labeller, nodes()),
        GroupBy::Module => of_origins(FrameKind::Module, nodes(), module),
        GroupBy::Crate => of_origins(FrameKind::Crate, nodes(), crate_name),
    };
    add_folded(&mut frames, objects.len(), folded);
    numbered(frames)
}

pub(super) fn numbered(mut frames: Vec<ViewFrame>) -> Vec<ViewFrame> {
    for (index, frame) in frames.iter_mut().enumerate() {
        frame.key = format!("frame{index}");
    }
    frames
}

pub(super) fn frame(kind: FrameKind, title: &str, tooltip: String, nodes: Vec<usize>) -> ViewFrame {
    ViewFrame {
        key: String::new(),
        kind,
        title: cut(title, MAX_NAME_CHARS),
        tooltip,
        nodes,
    }
}

fn of_components(components: &Components, objects: &[NodeId]) -> Vec<ViewFrame> {
    let component = |node: &NodeId| components.around(*node).map(|_| components.of(*node));
    let groups = alike(objects.iter().map(component));
    let several = groups.into_iter().filter(|(_, nodes)| nodes.len() > 1);
    let frames = several.map(|(_, nodes)| {
        let n_members = components.around(objects[nodes[0]]).map_or(0, <[_]>::len);
        let (all, shown) = (grouped(n_members as u64), grouped(nodes.len() as u64));
        let (title, part) = if n_members == nodes.len() {
            (format!("cycle of {all} objects"), String::new())
        } else {
            (
                format!("cycle of {all} objects, {shown} shown"),
                format!("{shown} of "),
            )
        };
        let tooltip = format!("{part}{all} objects that keep each other alive");
        frame(FrameKind::Component, &title, tooltip, nodes)
    });
    frames.collect()
}

fn of_types<'g>(labeller: &Labeller<'_>, nodes: impl Iterator<Item = Node<'g>>) -> Vec<ViewFrame> {
    let name = |node: Node<'g>| {
        if labeller.options.shortnames {
            node.type_name()
        } else {
            node.type_path()
        }
    };
    let groups = alike(nodes.map(|node| Some((node.type_path(), name(node)))));
    let several = groups.into_iter().filter(|(_, nodes)| nodes.len() > 1);
    let frames = several.map(|((path, name), nodes)| {
        let tooltip = format!(
            "{} of type {}",
            counted(&nodes),
            cut(path, MAX_TOOLTIP_CHARS)
        );
        frame(FrameKind::Type, name, tooltip, nodes)
    });
    frames.collect()
}

/// By where the types come from.
fn of_origins<'g>(
    kind: FrameKind,
    nodes: impl Iterator<Item = Node<'g>>,
    origin: impl Fn(Node<'g>) -> Option<String>,
) -> Vec<ViewFrame> {
    let groups = alike(nodes.map(origin));
    let frames = groups.into_iter().map(|(origin, nodes)| {
        let whole = cut(&origin, MAX_TOOLTIP_CHARS);
        let tooltip = format!("{} with types of {whole}", counted(&nodes));
        frame(kind, &origin, tooltip, nodes)
    });
    frames.collect()
}

fn counted(nodes: &[usize]) -> String {
    let noun = if nodes.len() == 1 {
        "object"
    } else {
        "objects"
    };
    format!("{} {noun}", grouped(nodes.len() as u64))
}

/// The positions of equal keys, in the order of the first of each.
fn alike<K: Clone + Eq + Hash>(keys: impl Iterator<Item = Option<K>>) -> Vec<(K, Vec<usize>)> {
    let mut groups: Vec<(K, Vec<usize>)> = Vec::new();
    let mut places = HashMap::new();
    for (node, key) in keys.enumerate() {
        if let Some(key) = key {
            let place = *places.entry(key.clone()).or_insert(groups.len());
            if place == groups.len() {
                groups.push((key, Vec::new()));
            }
            groups[place].1.push(node);
        }
    }
    groups
}

/// Puts each folded box into the frame of its object.
fn add_folded(frames: &mut [ViewFrame], n_objects: usize, folded: &[(usize, usize)]) {
    let mut frame_of = vec![None; n_objects];
    for (index, frame) in frames.iter().enumerate() {
        frame
            .nodes
            .iter()
            .for_each(|node| frame_of[*node] = Some(index));
    }
    for (object, more) in folded {
        if let Some(frame) = frame_of[*object] {
            frames[frame].nodes.push(*more);
        }
    }
}

#[cfg(test)]
mod tests;
