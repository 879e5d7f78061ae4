//! Records: cells measured from their texts, and put in their places once the size of the whole is known.

use super::text::dressed;
use crate::arrange::block::TextBlock;
use crate::dot::label::{self, Names};
use crate::dot::record::{Field, fields};
use crate::dot::{DotAttributes, DotValue};
use crate::paint::Colour;
use crate::scene::SceneText;
use objgraph_layout::{Point, Rect, Sides, Size};
use std::collections::BTreeMap;

/// A record whose cells have their sizes.
pub(super) struct Record {
    cells: Vec<Cell>,
    ports: BTreeMap<String, usize>,
    padding: f64,
}

/// A field, or a table of fields.
struct Cell {
    block: TextBlock,
    /// The cells in it; they come after it.
    inside: Vec<usize>,
    /// Whether these stand side by side.
    is_across: bool,
    size: Size,
    /// Its upper left corner, from that of the record.
    corner: Point,
    /// The sides of the record that it touches.
    sides: Sides,
}

/// A cell of a record: what it covers from the middle of the record, and the sides of that it touches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CellPlace {
    pub(super) rect: Rect,
    pub(super) sides: Sides,
}

/// How the texts of a record look.
pub(super) struct Looks<'a> {
    pub(super) attributes: &'a DotAttributes,
    pub(super) ink: Option<Colour>,
    /// Room around the text of a cell.
    pub(super) padding: Size,
}

/// The record of a label; one that cannot be read is that of the name, as in Graphviz.
pub(super) fn record(
    label: &str,
    names: Names<'_>,
    looks: &Looks<'_>,
    is_sideways: bool,
) -> Record {
    let read = fields(label).or_else(|| fields("\\N")).unwrap_or_default();
    let mut record = Record {
        cells: Vec::with_capacity(read.len()),
        ports: BTreeMap::new(),
        padding: looks.padding.width,
    };
    for (index, field) in read.into_iter().enumerate() {
        record.add(index, field, names, looks, is_sideways);
    }
    record.measure();
    record
}

impl Record {
    fn add(
        &mut self,
        index: usize,
        field: Field,
        names: Names<'_>,
        looks: &Looks<'_>,
        is_sideways: bool,
    ) {
        if !field.port.is_empty() {
            // Of two fields with one name, Graphviz takes the first.
            self.ports.entry(field.port).or_insert(index);
        }
        let block = if field.fields.is_empty() {
            let lines = label::lines(&DotValue::Text(field.text.into()), names);
            TextBlock::new(dressed(lines, looks.attributes, looks.ink), looks.padding)
        } else {
            TextBlock::default()
        };
        self.cells.push(Cell {
            size: block.size,
            block,
            inside: field.fields,
            is_across: !is_sideways,
            corner: Point::default(),
            sides: Sides::ALL,
        });
    }

    /// Sizes from the inside out: cells come after those around them. Directions from the outside in.
    fn measure(&mut self) {
        for index in 0..self.cells.len() {
            let is_across = !self.cells[index].is_across;
            for inner in self.cells[index].inside.clone() {
                self.cells[inner].is_across = is_across;
            }
        }
        for index in (0..self.cells.len()).rev() {
            let sizes = self.cells[index]
                .inside
                .iter()
                .map(|&inner| self.cells[inner].size);
            let whole = sizes.reduce(|all, size| {
                if self.cells[index].is_across {
                    Size::new(all.width + size.width, all.height.max(size.height))
                } else {
                    Size::new(all.width.max(size.width), all.height + size.height)
                }
            });
            self.cells[index].size = whole.unwrap_or(self.cells[index].size);
        }
    }

    pub(super) fn size(&self) -> Size {
        self.cells.first().map_or(Size::default(), |cell| cell.size)
    }

    /// Gives the record another size: room to spare goes to all cells alike, and missing room is taken from the large.
    pub(super) fn resize(&mut self, size: Size) {
        if let Some(whole) = self.cells.first_mut() {
            whole.size = size;
        }
        for index in 0..self.cells.len() {
            self.fill(index);
        }
    }

    /// Deals the size of a table out to its cells.
    fn fill(&mut self, index: usize) {
        let cell = &self.cells[index];
        let (outer, is_across, sides) = (cell.size, cell.is_across, cell.sides);
        let length = |size: Size| if is_across { size.width } else { size.height };
        let inside = cell.inside.clone();
        let needed: f64 = inside
            .iter()
            .map(|&inner| length(self.cells[inner].size))
            .sum();
        let n_cells = inside.len() as f64;
        let spare = length(outer) - needed;
        let mut corner = cell.corner;
        for (nth, &inner) in inside.iter().enumerate() {
            let own = length(self.cells[inner].size);
            let share = if spare >= 0.0 {
                own + spare / n_cells
            } else {
                own * length(outer) / needed
            };
            let is_last = nth + 1 == inside.len();
            let inner = &mut self.cells[inner];
            inner.corner = corner;
            inner.sides = touched(sides, is_across, (nth == 0, is_last));
            if is_across {
                inner.size = Size::new(share, outer.height);
                corner.x += share;
            } else {
                inner.size = Size::new(outer.width, share);
                corner.y += share;
            }
        }
    }

    /// The cell of a port.
    pub(super) fn port(&self, name: &str) -> Option<CellPlace> {
        let cell = &self.cells[*self.ports.get(name)?];
        let whole = self.size();
        let from_middle = cell.corner.shifted(-whole.width / 2.0, -whole.height / 2.0);
        Some(CellPlace {
            rect: Rect::at(from_middle, cell.size),
            sides: cell.sides,
        })
    }

    /// The lines between cells, in a record at this place.
    pub(super) fn dividers(&self, corner: Point) -> Vec<[Point; 2]> {
        let tables = self.cells.iter().flat_map(|table| {
            let later = table.inside.iter().skip(1);
            later.map(move |&inner| (table, self.cells[inner].corner))
        });
        let lines = tables.map(|(table, start)| {
            let end = if table.is_across {
                start.shifted(0.0, table.size.height)
            } else {
                start.shifted(table.size.width, 0.0)
            };
            [start, end].map(|point| point.shifted(corner.x, corner.y))
        });
        lines.collect()
    }

    /// The texts of all cells, in a record at this place.
    pub(super) fn into_texts(self, corner: Point) -> Vec<SceneText> {
        let padding = self.padding;
        let texts = self.cells.into_iter().flat_map(|cell| {
            let mut block = cell.block;
            block.resize(cell.size);
            let at = cell.corner.shifted(corner.x, corner.y);
            block.into_texts_across(Rect::at(at, cell.size), padding)
        });
        texts.collect()
    }
}

/// The sides that a cell of a table touches, which itself touches some.
fn touched(sides: Sides, is_across: bool, (is_first, is_last): (bool, bool)) -> Sides {
    let (begin, end) = if is_across {
        (Sides::LEFT, Sides::RIGHT)
    } else {
        (Sides::TOP, Sides::BOTTOM)
    };
    let all = [Sides::TOP, Sides::RIGHT, Sides::BOTTOM, Sides::LEFT];
    let stays = |side: &Sides| (*side != begin || is_first) && (*side != end || is_last);
    let kept = all
        .into_iter()
        .filter(|side| sides.contains(*side) && stays(side));
    kept.fold(Sides::default(), |kept, side| kept | side)
}
