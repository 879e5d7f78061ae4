//! Unconnected parts of a picture, laid out apart and set side by side.

use crate::diagram::{Arrow, Diagram, Layout};

/// The room between two parts.
const GAP: f64 = 44.0;

/// A connected part of a diagram.
pub struct Part {
    /// The boxes of the part by their position in the whole.
    boxes: Vec<usize>,
    /// The arrows of the part by their position in the whole.
    arrows: Vec<usize>,
    /// The part alone.
    pub diagram: Diagram,
}

/// The connected parts, in the order of their first boxes.
#[must_use]
pub fn parts(diagram: &Diagram) -> Vec<Part> {
    let part_of = part_of_boxes(diagram);
    let n_parts = part_of.iter().max().map_or(0, |last| last + 1);
    let mut parts: Vec<Part> = (0..n_parts)
        .map(|_| Part {
            boxes: Vec::new(),
            arrows: Vec::new(),
            diagram: Diagram {
                direction: diagram.direction,
                ..Diagram::default()
            },
        })
        .collect();
    let mut place_in_part = Vec::with_capacity(diagram.boxes.len());
    for (index, size) in diagram.boxes.iter().enumerate() {
        let part = &mut parts[part_of[index]];
        place_in_part.push(part.boxes.len());
        part.boxes.push(index);
        part.diagram.boxes.push(*size);
    }
    for (index, arrow) in diagram.arrows.iter().enumerate() {
        let part = &mut parts[part_of[arrow.source]];
        part.arrows.push(index);
        part.diagram.arrows.push(Arrow {
            source: place_in_part[arrow.source],
            target: place_in_part[arrow.target],
            ..*arrow
        });
    }
    parts
}

/// Sets the plans of the parts on shelves and puts their pieces in the order of the whole.
#[must_use]
pub fn join(diagram: &Diagram, parts: &[(Part, Layout)]) -> Layout {
    let bounds: Vec<_> = parts.iter().map(|(_, layout)| layout.bounds()).collect();
    let area: f64 = bounds
        .iter()
        .map(|b| (b.width + GAP) * (b.height + GAP))
        .sum();
    let widest = bounds.iter().map(|b| b.width).fold(0.0, f64::max);
    let shelf_width = widest.max((area * 1.6).sqrt());
    let mut whole = Layout::blank(diagram);
    let (mut x, mut y, mut shelf_height) = (0.0, 0.0, 0.0_f64);
    for ((part, layout), bounds) in parts.iter().zip(&bounds) {
        if x > 0.0 && x + bounds.width > shelf_width {
            (x, y, shelf_height) = (0.0, y + shelf_height + GAP, 0.0);
        }
        insert(&mut whole, part, layout, x - bounds.x, y - bounds.y);
        x += bounds.width + GAP;
        shelf_height = shelf_height.max(bounds.height);
    }
    whole
}

fn insert(whole: &mut Layout, part: &Part, layout: &Layout, dx: f64, dy: f64) {
    for (&index, rect) in part.boxes.iter().zip(&layout.boxes) {
        whole.boxes[index] = rect.shifted(dx, dy);
    }
    for (place, &index) in part.arrows.iter().enumerate() {
        let curve = layout.curves[place].iter();
        whole.curves[index] = curve.map(|point| point.shifted(dx, dy)).collect();
        whole.labels[index] = layout.labels[place].shifted(dx, dy);
    }
}

/// The number of the part of each box.
fn part_of_boxes(diagram: &Diagram) -> Vec<usize> {
    let mut neighbours = vec![Vec::new(); diagram.boxes.len()];
    for arrow in &diagram.arrows {
        neighbours[arrow.source].push(arrow.target);
        neighbours[arrow.target].push(arrow.source);
    }
    let mut part_of = vec![usize::MAX; diagram.boxes.len()];
    let mut n_parts = 0;
    let mut to_visit = Vec::new();
    for start in 0..diagram.boxes.len() {
        if part_of[start] != usize::MAX {
            continue;
        }
        to_visit.push(start);
        while let Some(index) = to_visit.pop() {
            if part_of[index] == usize::MAX {
                part_of[index] = n_parts;
                to_visit.extend(&neighbours[index]);
            }
        }
        n_parts += 1;
    }
    part_of
}
