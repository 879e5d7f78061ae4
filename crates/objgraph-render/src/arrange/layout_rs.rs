//! The `layout-rs` engine: it decides rows and order; [`from_rows`] does the rest.
//!
//! What its source (0.1.3) asks of its caller: never an empty graph (it panics); only arrows without
//! cycles, sources first (else it searches all paths for each arrow, recursively, and its result depends
//! on the order); `set_validate(false)` (else it checks all paths again); and few boxes, since it looks
//! for each box in all rows again and again.

use std::panic::{AssertUnwindSafe, catch_unwind};

use layout::core::base::Orientation;
use layout::core::format::{ClipHandle, RenderBackend};
use layout::core::geometry::{Point as LayoutPoint, Position};
use layout::core::style::StyleAttr;
use layout::std_shapes::shapes::{Arrow, Element, ShapeKind};
use layout::topo::layout::VisualGraph;

use super::ArrangeError;
use objgraph_layout::{
    Diagram, Downwards, Layout, Rows, Strand, downwards, from_rows, join, parts, slots,
};

/// The most boxes and bends in one connected part. The time grows with the 3.4th power of them: 370 take
/// half a second, or seven in a program that is built without any optimisation; 1,240 take five.
const MAX_LOAD: usize = 400;
/// layout-rs keeps bends ten units apart; a unit is this many pixels.
const PIXELS_PER_UNIT: f64 = 1.7;
/// Pixels between two boxes of a row.
const BOX_GAP: f64 = 30.0;

/// Places the parts of a diagram side by side.
pub(super) fn place(diagram: &Diagram) -> Result<Layout, ArrangeError> {
    let parts: Vec<_> = parts(diagram)
        .into_iter()
        .map(|part| {
            let order = downwards(part.diagram.boxes().len(), part.diagram.arrows());
            (part, order)
        })
        .collect();
    let load = parts
        .iter()
        .map(|(part, order)| load(&part.diagram, order))
        .max()
        .unwrap_or(0);
    if load > MAX_LOAD {
        return Err(ArrangeError::TooLarge {
            n_boxes: diagram.boxes().len(),
            n_arrows: diagram.arrows().len(),
            load,
            limit: MAX_LOAD,
        });
    }
    let mut placed = Vec::with_capacity(parts.len());
    for (part, order) in parts {
        let rows = rows(&part.diagram, &order)?;
        let plan = from_rows(&part.diagram, rows);
        placed.push((part, plan));
    }
    Ok(join(diagram, &placed))
}

/// How many boxes and bends layout-rs will handle, if each box goes as high as it can.
fn load(diagram: &Diagram, order: &Downwards) -> usize {
    let mut by_place: Vec<(usize, usize)> = order
        .strands(diagram.arrows())
        .map(|(_, ends)| ends)
        .collect();
    by_place.sort_by_key(|&(upper, _)| order.place[upper]);
    let mut row = vec![0_usize; diagram.boxes().len()];
    for &(upper, lower) in &by_place {
        row[lower] = row[lower].max(row[upper] + 1);
    }
    let n_bends: usize = by_place
        .iter()
        .map(|&(upper, lower)| row[lower] - row[upper] - 1)
        .sum();
    diagram.boxes().len() + n_bends
}

/// Runs layout-rs on one connected part.
fn rows(diagram: &Diagram, order: &Downwards) -> Result<Rows, ArrangeError> {
    let mut graph = VisualGraph::new(Orientation::TopToBottom);
    graph.dag.set_validate(false);
    let slots = slots(diagram, &order.reversed);
    let handles: Vec<_> = slots
        .iter()
        .map(|slot| graph.add_node(element(slot.width)))
        .collect();
    let mut by_place: Vec<_> = order.strands(diagram.arrows()).collect();
    by_place.sort_by_key(|&(_, (upper, lower))| (order.place[upper], order.place[lower]));
    for &(index, (upper, lower)) in &by_place {
        let mut arrow = Arrow::simple("");
        arrow.properties = Some(index.to_string());
        graph.add_edge(arrow, handles[upper], handles[lower]);
    }
    let mut paths = Paths(vec![Vec::new(); diagram.arrows().len()]);
    catch_unwind(AssertUnwindSafe(|| {
        graph.do_it(false, false, false, &mut paths);
    }))
    .map_err(|_| ArrangeError::Failed {
        engine: "layout-rs",
        reason: "it panicked; use Engine::Graphviz for this picture".to_owned(),
    })?;
    let x_of = |x: f64| x * PIXELS_PER_UNIT;
    Ok(Rows {
        row: handles
            .iter()
            .map(|&handle| graph.dag.level(handle))
            .collect(),
        x: handles
            .iter()
            .map(|&handle| x_of(graph.pos(handle).center().x))
            .collect(),
        strands: by_place
            .iter()
            .map(|&(arrow, (upper, lower))| Strand {
                arrow,
                upper,
                lower,
                reversed: order.reversed[arrow],
                bends: paths.0[arrow].iter().map(|&x| x_of(x)).collect(),
                ..Strand::default()
            })
            .collect(),
        ..Rows::default()
    })
}

/// A box of layout-rs; the room beside it is part of its width, its height does not matter.
fn element(width: f64) -> Element {
    let size = LayoutPoint::new((width + BOX_GAP) / PIXELS_PER_UNIT, 20.0);
    let mut element = Element::create(
        ShapeKind::new_box(""),
        StyleAttr::simple(),
        Orientation::TopToBottom,
        size,
    );
    element.pos = Position::new(
        LayoutPoint::zero(),
        size,
        LayoutPoint::zero(),
        LayoutPoint::splat(1.0),
    );
    element
}

/// Keeps where each arrow passes a row, and draws nothing.
struct Paths(Vec<Vec<f64>>);

impl RenderBackend for Paths {
    fn draw_arrow(
        &mut self,
        path: &[(LayoutPoint, LayoutPoint)],
        _: bool,
        _: (bool, bool),
        _: &StyleAttr,
        properties: Option<String>,
        _: &str,
    ) {
        let index: Option<usize> = properties.and_then(|text| text.parse().ok());
        if let (Some(index), [_, bends @ .., _]) = (index, path) {
            self.0[index] = bends.iter().map(|(_, point)| point.x).collect();
        }
    }

    fn draw_rect(
        &mut self,
        _: LayoutPoint,
        _: LayoutPoint,
        _: &StyleAttr,
        _: Option<String>,
        _: Option<ClipHandle>,
    ) {
    }

    fn draw_line(&mut self, _: LayoutPoint, _: LayoutPoint, _: &StyleAttr, _: Option<String>) {}

    fn draw_circle(&mut self, _: LayoutPoint, _: LayoutPoint, _: &StyleAttr, _: Option<String>) {}

    fn draw_text(&mut self, _: LayoutPoint, _: &str, _: &StyleAttr) {}

    fn create_clip(&mut self, _: LayoutPoint, _: LayoutPoint, _: usize) -> ClipHandle {
        0
    }
}
