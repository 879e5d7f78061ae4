//! The crate layout-rs: rows, columns, lines and labels are all its own.
//!
//! It is helped in two ways, as `objgraph-render` does, or it would not come to an end even on small graphs: arrows
//! come without cycles and sources first, and it does not check its graph after each of them.

use super::wire;
use crate::measure::Drawing;
use layout::core::base::Orientation;
use layout::core::format::{ClipHandle, RenderBackend};
use layout::core::geometry::Point as LayoutPoint;
use layout::core::style::StyleAttr;
use layout::std_shapes::shapes::{Arrow, Element, ShapeKind};
use layout::topo::layout::VisualGraph;
use objgraph_layout::{Diagram, Point, Rect, Size, downwards};

/// What layout-rs adds to the size of a text.
const PADDING: f64 = 10.0;
/// The first character of a label says whose it is; there are 65,534 for private use from here on.
const FIRST_NAME: u32 = 0xF_0000;

/// Draws a diagram; panics where layout-rs does.
pub(super) fn draw(diagram: &Diagram) -> Drawing {
    let mut graph = VisualGraph::new(Orientation::TopToBottom);
    graph.dag.set_validate(false);
    let boxes = diagram.boxes().iter();
    let handles: Vec<_> = boxes.map(|size| graph.add_node(element(*size))).collect();
    for (index, (upper, lower)) in downwards_first(diagram) {
        let line = line(index, diagram.arrows()[index].label);
        graph.add_edge(line, handles[upper], handles[lower]);
    }
    let mut canvas = Canvas(Drawing {
        boxes: Vec::new(),
        ends: wire::ends(diagram),
        curves: vec![Vec::new(); diagram.arrows().len()],
        labels: vec![Rect::default(); diagram.arrows().len()],
    });
    graph.do_it(false, false, false, &mut canvas);
    let mut drawing = canvas.0;
    let placed = handles.iter().zip(diagram.boxes());
    drawing.boxes = placed
        .map(|(handle, size)| Rect::around(point(graph.pos(*handle).center()), *size))
        .collect();
    for (label, arrow) in drawing.labels.iter_mut().zip(diagram.arrows()) {
        let center = Point::new(label.x, label.y);
        *label = Rect::around(center, arrow.label);
    }
    drawing
}

/// The arrows with their upper and lower ends, highest first; a loop has one box for both.
fn downwards_first(diagram: &Diagram) -> Vec<(usize, (usize, usize))> {
    let order = downwards(diagram.boxes().len(), diagram.arrows());
    let ends = wire::ends(diagram).into_iter().enumerate();
    let mut arrows: Vec<_> = ends
        .map(|(index, (source, target))| {
            let is_down = order.place[source] <= order.place[target];
            let turned = if is_down {
                (source, target)
            } else {
                (target, source)
            };
            (index, turned)
        })
        .collect();
    arrows.sort_by_key(|&(_, (upper, lower))| (order.place[upper], order.place[lower]));
    arrows
}

fn element(size: Size) -> Element {
    Element::create(
        ShapeKind::new_box(""),
        StyleAttr::simple(),
        Orientation::TopToBottom,
        LayoutPoint::new(size.width, size.height),
    )
}

/// An arrow with a text of the size of its label: in a font of one pixel, a character is a pixel.
fn line(index: usize, label: Size) -> Arrow {
    let mut text = String::new();
    if label.width > 0.0 {
        #[expect(clippy::cast_sign_loss, reason = "at least zero")]
        let beyond = |length: f64| (length - PADDING - 1.0).round().max(0.0) as u32;
        let name = char::from_u32(FIRST_NAME + index as u32);
        text.push(name.expect("no graph here has more arrows than names"));
        text.extend((0..beyond(label.width)).map(|_| 'x'));
        (0..beyond(label.height)).for_each(|_| text.push_str("\nx"));
    }
    let mut arrow = Arrow::simple(&text);
    arrow.look.font_size = 1;
    arrow.properties = Some(index.to_string());
    arrow
}

fn point(point: LayoutPoint) -> Point {
    Point::new(point.x, point.y)
}

/// Keeps lines and the middles of labels.
struct Canvas(Drawing);

impl RenderBackend for Canvas {
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
        if let Some(index) = index {
            self.0.curves[index] = curve(path);
        }
    }

    fn draw_text(&mut self, at: LayoutPoint, text: &str, _: &StyleAttr) {
        let name = text.chars().next().map(u32::from);
        if let Some(index) = name.and_then(|name| name.checked_sub(FIRST_NAME)) {
            self.0.labels[index as usize] = Rect::around(point(at), Size::default());
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

    fn create_clip(&mut self, _: LayoutPoint, _: LayoutPoint, _: usize) -> ClipHandle {
        0
    }
}

/// A path of layout-rs: the first pair is a start and the control point after it, each other one the control point before
/// a point and that point; the control points between are mirrored, as by `S` in SVG.
fn curve(path: &[(LayoutPoint, LayoutPoint)]) -> Vec<Point> {
    let Some((&(start, mut after), rest)) = path.split_first() else {
        return Vec::new();
    };
    let mut curve = vec![point(start)];
    for &(before, end) in rest {
        curve.extend([after, before, end].map(point));
        after = LayoutPoint::new(2.0 * end.x - before.x, 2.0 * end.y - before.y);
    }
    curve
}
