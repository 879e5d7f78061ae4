//! Unconnected parts of a picture, laid out apart and set side by side.

use super::plan::{Plan, Sketch, SketchArrow};

/// The room between two parts.
const GAP: f64 = 44.0;

/// A connected part of a sketch.
pub(super) struct Part {
    /// The boxes of the part by their position in the whole.
    boxes: Vec<usize>,
    /// The arrows of the part by their position in the whole.
    arrows: Vec<usize>,
    /// The part alone.
    pub(super) sketch: Sketch,
}

/// The connected parts, in the order of their first boxes.
pub(super) fn parts(sketch: &Sketch) -> Vec<Part> {
    let part_of = part_of_boxes(sketch);
    let n_parts = part_of.iter().max().map_or(0, |last| last + 1);
    let mut parts: Vec<Part> = (0..n_parts)
        .map(|_| Part {
            boxes: Vec::new(),
            arrows: Vec::new(),
            sketch: Sketch::default(),
        })
        .collect();
    let mut place_in_part = Vec::with_capacity(sketch.boxes.len());
    for (index, size) in sketch.boxes.iter().enumerate() {
        let part = &mut parts[part_of[index]];
        place_in_part.push(part.boxes.len());
        part.boxes.push(index);
        part.sketch.boxes.push(*size);
    }
    for (index, arrow) in sketch.arrows.iter().enumerate() {
        let part = &mut parts[part_of[arrow.source]];
        part.arrows.push(index);
        part.sketch.arrows.push(SketchArrow {
            source: place_in_part[arrow.source],
            target: place_in_part[arrow.target],
            label: arrow.label,
        });
    }
    parts
}

/// Sets the plans of the parts on shelves and puts their pieces in the order of the whole.
pub(super) fn join(sketch: &Sketch, parts: &[(Part, Plan)]) -> Plan {
    let bounds: Vec<_> = parts.iter().map(|(_, plan)| plan.bounds()).collect();
    let area: f64 = bounds
        .iter()
        .map(|b| (b.width + GAP) * (b.height + GAP))
        .sum();
    let widest = bounds.iter().map(|b| b.width).fold(0.0, f64::max);
    let shelf_width = widest.max((area * 1.6).sqrt());
    let mut whole = Plan::blank(sketch);
    let (mut x, mut y, mut shelf_height) = (0.0, 0.0, 0.0_f64);
    for ((part, plan), bounds) in parts.iter().zip(&bounds) {
        if x > 0.0 && x + bounds.width > shelf_width {
            (x, y, shelf_height) = (0.0, y + shelf_height + GAP, 0.0);
        }
        insert(&mut whole, part, plan, x - bounds.x, y - bounds.y);
        x += bounds.width + GAP;
        shelf_height = shelf_height.max(bounds.height);
    }
    whole
}

fn insert(whole: &mut Plan, part: &Part, plan: &Plan, dx: f64, dy: f64) {
    for (&index, rect) in part.boxes.iter().zip(&plan.boxes) {
        whole.boxes[index] = rect.shifted(dx, dy);
    }
    for (place, &index) in part.arrows.iter().enumerate() {
        let curve = plan.curves[place].iter();
        whole.curves[index] = curve.map(|point| point.shifted(dx, dy)).collect();
        whole.labels[index] = plan.labels[place].shifted(dx, dy);
    }
}

/// The number of the part of each box.
fn part_of_boxes(sketch: &Sketch) -> Vec<usize> {
    let mut neighbours = vec![Vec::new(); sketch.boxes.len()];
    for arrow in &sketch.arrows {
        neighbours[arrow.source].push(arrow.target);
        neighbours[arrow.target].push(arrow.source);
    }
    let mut part_of = vec![usize::MAX; sketch.boxes.len()];
    let mut n_parts = 0;
    let mut to_visit = Vec::new();
    for start in 0..sketch.boxes.len() {
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
