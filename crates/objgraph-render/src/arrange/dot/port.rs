//! Ports of a DOT graph: the place on a node that an edge names.

use super::node::Measured;
use super::record::CellPlace;
use super::shapes::meeting;
use crate::dot::{DotGraph, DotPort, DotValue, label};
use crate::paint::Outline;
use crate::printable::short_line;
use objgraph_layout::{Point, Port, Rect, Sides, Size};
use std::collections::{BTreeMap, BTreeSet};

/// Neither a field nor a side has this name.
#[derive(Debug, PartialEq)]
struct NoSuchPort;

/// Finds the places of ports, and remembers those that are not there.
pub(super) struct Ports<'a> {
    graph: &'a DotGraph,
    nodes: &'a [Measured],
    /// The ports in the tables of nodes that were asked for, by position of the node.
    in_tables: BTreeMap<usize, BTreeSet<String>>,
    n_missing: usize,
    first_missing: Option<(usize, String)>,
}

impl<'a> Ports<'a> {
    pub(super) fn new(graph: &'a DotGraph, nodes: &'a [Measured]) -> Self {
        Self {
            graph,
            nodes,
            in_tables: BTreeMap::new(),
            n_missing: 0,
            first_missing: None,
        }
    }

    pub(super) fn nodes(&self) -> &'a [Measured] {
        self.nodes
    }

    /// The place that a port at a node stands for; none if the edge may end anywhere.
    pub(super) fn find(&mut self, node: usize, port: Option<DotPort>) -> Option<Port> {
        let port = port?;
        let measured = &self.nodes[node];
        // A single word is the name of a field, or else a side.
        let is_single = port.name.is_empty() || port.compass.is_empty();
        let (name, side) = if is_single {
            (port.name + &port.compass, "_")
        } else {
            (port.name, port.compass.as_str())
        };
        let cell = measured.record().and_then(|record| record.port(&name));
        let found = if let Some(cell) = cell {
            at(cell, side, Outline::Rectangle)
        } else if self.is_in_table(node, &name) {
            // What is not known of a table is where its cells are.
            at(whole(measured), side, measured.paint.outline)
        } else if is_single {
            at(whole(measured), &name, measured.paint.outline)
        } else {
            Err(NoSuchPort)
        };
        found.unwrap_or_else(|NoSuchPort| {
            self.n_missing += 1;
            self.first_missing.get_or_insert((node, name));
            None
        })
    }

    fn is_in_table(&mut self, node: usize, name: &str) -> bool {
        let label = self.graph.nodes[node].attributes.value("label");
        let Some(DotValue::Html(html)) = label else {
            return false;
        };
        let known = self.in_tables.entry(node);
        known.or_insert_with(|| label::ports(html)).contains(name)
    }

    /// A sentence on the ports that are not there.
    pub(super) fn warning(self) -> Option<String> {
        let (node, name) = self.first_missing?;
        let (node, name) = (short_line(&self.graph.nodes[node].name), short_line(&name));
        Some(match self.n_missing {
            1 => format!("node {node} has no port {name}, so the edge ends anywhere at it"),
            n => format!(
                "{n} edges name ports that are not there, the first port {name} of node {node}; they end anywhere"
            ),
        })
    }
}

/// A node without fields: a cell that touches all sides.
fn whole(measured: &Measured) -> CellPlace {
    let Size { width, height } = measured.size();
    let corner = Point::new(-width / 2.0, -height / 2.0);
    CellPlace {
        rect: Rect::at(corner, Size::new(width, height)),
        sides: Sides::ALL,
    }
}

/// The place of a compass point at a cell; none if that is anywhere.
fn at(cell: CellPlace, compass: &str, outline: Outline) -> Result<Option<Port>, NoSuchPort> {
    let (right, down, sides) = match compass {
        "" | "_" | "c" => (0.0, 0.0, Sides::default()),
        "n" => (0.0, -1.0, Sides::TOP),
        "ne" => (1.0, -1.0, Sides::TOP | Sides::RIGHT),
        "e" => (1.0, 0.0, Sides::RIGHT),
        "se" => (1.0, 1.0, Sides::BOTTOM | Sides::RIGHT),
        "s" => (0.0, 1.0, Sides::BOTTOM),
        "sw" => (-1.0, 1.0, Sides::BOTTOM | Sides::LEFT),
        "w" => (-1.0, 0.0, Sides::LEFT),
        "nw" => (-1.0, -1.0, Sides::TOP | Sides::LEFT),
        _ => return Err(NoSuchPort),
    };
    let center = cell.rect.center();
    let reach = if right != 0.0 && down != 0.0 {
        diagonal(outline, cell.rect)
    } else {
        1.0
    };
    let place = center.shifted(
        right * reach * cell.rect.width / 2.0,
        down * reach * cell.rect.height / 2.0,
    );
    let is_anywhere = sides.is_empty() && cell.sides == Sides::ALL;
    // Where the cell does not touch the side that is asked for, a line has to leave by one that it touches.
    let asked = common(cell.sides, sides);
    let sides = if asked.is_empty() { cell.sides } else { asked };
    Ok((!is_anywhere).then_some(Port { place, sides }))
}

fn common(some: Sides, others: Sides) -> Sides {
    let all = [Sides::TOP, Sides::RIGHT, Sides::BOTTOM, Sides::LEFT];
    let common = all
        .into_iter()
        .filter(|side| some.contains(*side) && others.contains(*side));
    common.fold(Sides::default(), |sides, side| sides | side)
}

/// How far on the way to the corner of a rectangle its outline is.
fn diagonal(outline: Outline, rect: Rect) -> f64 {
    let center = rect.center();
    let (mut inside, mut outside) = (0.0, 1.0);
    for _ in 0..24 {
        let share = f64::midpoint(inside, outside);
        let point = Point::new(center.x + share * rect.width / 2.0, rect.y);
        let met = meeting(outline, rect, point);
        if center.y - met.y > share * rect.height / 2.0 {
            inside = share;
        } else {
            outside = share;
        }
    }
    outside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(sides: Sides) -> CellPlace {
        CellPlace {
            rect: Rect {
                x: -50.0,
                y: -20.0,
                width: 100.0,
                height: 40.0,
            },
            sides,
        }
    }

    #[test]
    fn compass_points_lie_on_the_outline() {
        let place = |compass, outline| {
            let port = at(cell(Sides::ALL), compass, outline)
                .ok()
                .flatten()
                .expect("it is a place");
            (port.place.x.round(), port.place.y.round())
        };
        assert_eq!(place("ne", Outline::Rectangle), (50.0, -20.0));
        assert_eq!(place("sw", Outline::Ellipse), (-35.0, 14.0));
        assert_eq!(place("s", Outline::Ellipse), (0.0, 20.0));
    }

    #[test]
    fn a_cell_inside_is_left_by_a_side_that_it_touches() {
        let sides = |of_cell, compass| {
            at(cell(of_cell), compass, Outline::Rectangle)
                .ok()
                .flatten()
                .map(|port| port.sides)
        };
        let upright = Sides::LEFT | Sides::RIGHT;
        assert_eq!(sides(upright, "n"), Some(upright));
        assert_eq!(sides(upright, "ne"), Some(Sides::RIGHT));
        assert_eq!(sides(upright, "_"), Some(upright));
        assert_eq!(sides(Sides::ALL, "c"), None);
        assert_eq!(
            at(cell(Sides::ALL), "north", Outline::Rectangle),
            Err(NoSuchPort)
        );
    }
}
