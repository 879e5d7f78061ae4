//! The whole way: parts, fans, direction, rows, order, columns, lines.

use crate::clusters::clustered;
use crate::columns;
use crate::core::Core;
use crate::diagram::{Diagram, Layout};
use crate::direction::{RankDirection, facing, mirror, on_its_side, transpose};
use crate::fold::fans;
use crate::geometry::Size;
use crate::lanes;
use crate::pack::{join, parts};
use crate::plan::{Plan, plans};
use crate::route::{self, Rows};
use crate::rows::rows;
use crate::wrap::{SCREEN, scale};

/// Lays a diagram out in rows.
///
/// Parts that are not connected are laid out apart and packed. What would not fit on a screen is made to fit better:
/// fans of leaves are listed in blocks, wide rows are dealt out to several, and rows are turned to stand upright,
/// unless the diagram asks for a direction.
///
/// # Complexity
/// About O((boxes + arrows · rows they pass) · log boxes): the work of ordering is bounded.
#[must_use]
pub fn layered(diagram: &Diagram) -> Layout {
    let whole = facing(diagram, diagram.direction);
    if !diagram.clusters.is_empty() || !diagram.groups.is_empty() {
        return framed(&whole);
    }
    let placed: Vec<_> = parts(&whole)
        .into_iter()
        .map(|part| {
            let layout = connected(&part.diagram);
            (part, layout)
        })
        .collect();
    join(diagram, &placed)
}

/// Lays a diagram out whose rows, and whose order in them, another engine has found.
#[must_use]
pub fn from_rows(diagram: &Diagram, mut rows: Rows) -> Layout {
    let hooks = route::hooked(diagram, &mut rows);
    let slots = route::slots_with(diagram, &hooks);
    columns::straighten(diagram, (&slots, &hooks), &mut rows);
    lanes::assign(&mut rows, &slots);
    route::draw(diagram, &rows, &hooks)
}

/// Lays a connected diagram out in the ways that promise to fit best on a screen, and takes the best.
fn connected(diagram: &Diagram) -> Layout {
    let whole = Core::new(diagram, Vec::new());
    let fans = fans(diagram.boxes.len(), &diagram.arrows);
    let folded = (!fans.is_empty()).then(|| Core::new(diagram, fans));
    let drawn = plans(diagram, &whole, folded.as_ref())
        .into_iter()
        .map(|plan| {
            let layout = draw(diagram, &plan);
            let bounds = layout.bounds();
            let merit = plan.merit(Size::new(bounds.width, bounds.height));
            (merit, layout)
        });
    let best = drawn.reduce(|best, other| if other.0 > best.0 { other } else { best });
    best.map(|(_, layout)| layout).unwrap_or_default()
}

/// Lays out a diagram with clusters, downwards or to the right, whichever fits better on a screen.
fn framed(diagram: &Diagram) -> Layout {
    let draw = |is_sideways: bool| {
        if !is_sideways {
            return clustered(diagram, false);
        }
        let mut layout = clustered(&on_its_side(diagram), true);
        transpose(&mut layout);
        layout
    };
    let Some(direction) = diagram.direction else {
        let (down, right) = (draw(false), draw(true));
        return if fit(&right) > fit(&down) {
            right
        } else {
            down
        };
    };
    let mut layout = draw(direction.is_sideways());
    if direction.is_backwards() {
        mirror(&mut layout, direction.is_sideways());
    }
    layout
}

fn fit(layout: &Layout) -> f64 {
    let bounds = layout.bounds();
    scale(Size::new(bounds.width, bounds.height), SCREEN)
}

fn draw(diagram: &Diagram, plan: &Plan) -> Layout {
    let mut layout = from_rows(&plan.diagram, rows(plan));
    if plan.is_sideways {
        transpose(&mut layout);
    }
    let mut layout = plan.core.unfold(diagram, layout, &plan.blocks);
    if diagram.direction.is_some_and(RankDirection::is_backwards) {
        mirror(&mut layout, plan.is_sideways);
    }
    layout
}
