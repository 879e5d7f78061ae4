//! Nodes of a DOT graph: measured, and dressed once they have their place.

use super::record::{Looks, Record, record};
use super::shapes::{Form, form};
use super::text::dressed;
use crate::arrange::block::TextBlock;
use crate::arrange::compose::{classes, safe_link};
use crate::dot::{DotAttributes, DotGraph, DotNode, DotValue, colour, label};
use crate::paint::{Colour, Dash, Fill, Outline, Paint};
use crate::printable;
use crate::scene::SceneBox;
use objgraph_graph::{Roles, Shape};
use objgraph_layout::{Point, Rect, Size};

/// Graphviz counts in inches of 72 points; a point is a pixel here.
pub(super) const POINTS: f64 = 72.0;
/// The largest side of a box that anybody may ask for, in points.
const MAX_SIDE: f64 = 20_000.0;

/// A node that has a size but no place yet.
pub(super) struct Measured {
    contents: Contents,
    pub(super) paint: Paint,
    pub(super) is_visible: bool,
}

/// What stands in a node.
enum Contents {
    Text(TextBlock),
    Cells(Record),
}

impl Measured {
    pub(super) fn size(&self) -> Size {
        self.contents.size()
    }

    /// The cells, if it is a record.
    pub(super) fn record(&self) -> Option<&Record> {
        match &self.contents {
            Contents::Text(_) => None,
            Contents::Cells(record) => Some(record),
        }
    }
}

impl Contents {
    fn size(&self) -> Size {
        match self {
            Self::Text(block) => block.size,
            Self::Cells(record) => record.size(),
        }
    }

    fn resize(&mut self, size: Size) {
        match self {
            Self::Text(block) => block.resize(size),
            Self::Cells(record) => record.resize(size),
        }
    }
}

pub(super) fn names<'a>(graph: &'a DotGraph, node: &'a DotNode) -> label::Names<'a> {
    label::Names {
        graph: &graph.name,
        node: &node.name,
        is_directed: graph.is_directed,
        ..label::Names::default()
    }
}

pub(super) fn measured(graph: &DotGraph, node: &DotNode, is_sideways: bool) -> Measured {
    let attributes = &node.attributes;
    let shape = attributes.text("shape").unwrap_or("ellipse");
    let form = form(shape).or_else(|| form("box")).expect("a box is known");
    let paint = paint(attributes, form);
    let looks = Looks {
        attributes,
        ink: ink_on(paint.fill),
        padding: margin(attributes, shape),
    };
    let mut contents = contents(graph, node, &looks, is_sideways);
    contents.resize(size(attributes, shape, form, contents.size()));
    Measured {
        contents,
        paint,
        is_visible: !has_style(attributes, "invis"),
    }
}

fn contents(graph: &DotGraph, node: &DotNode, looks: &Looks<'_>, is_sideways: bool) -> Contents {
    let names = names(graph, node);
    let shape = node.attributes.text("shape").unwrap_or_default();
    let name = DotValue::Text("\\N".into());
    let label = node.attributes.value("label").unwrap_or(&name);
    let lines = match label {
        _ if shape == "point" => Vec::new(),
        DotValue::Text(text) if ["record", "Mrecord"].contains(&shape) => {
            return Contents::Cells(record(text, names, looks, is_sideways));
        }
        label => label::lines(label, names),
    };
    let lines = dressed(lines, &node.attributes, looks.ink);
    Contents::Text(TextBlock::new(lines, looks.padding))
}

/// The room around a text: `margin`, in inches.
fn margin(attributes: &DotAttributes, shape: &str) -> Size {
    let given = attributes.text("margin").and_then(|text| {
        let mut numbers = text
            .split([',', ' '])
            .map(|word| word.trim().parse::<f64>());
        let width = numbers.next()?.ok()?;
        let height = numbers.next().and_then(Result::ok).unwrap_or(width);
        let points = |inches: f64| (inches * POINTS).clamp(0.0, 1000.0);
        Some(Size::new(points(width), points(height)))
    });
    given.unwrap_or(match shape {
        "plain" | "point" => Size::default(),
        _ => Size::new(8.0, 4.0),
    })
}

fn size(attributes: &DotAttributes, shape: &str, form: Form, text: Size) -> Size {
    let given = |name| {
        let inches = attributes.number(name)?;
        Some((inches * POINTS).clamp(1.0, MAX_SIDE))
    };
    let (width, height) = match shape {
        "plain" => (0.0, 0.0),
        "point" => (4.0, 4.0),
        _ => (54.0, 36.0),
    };
    let least = Size::new(
        given("width").unwrap_or(width),
        given("height").unwrap_or(height),
    );
    if shape == "point" || has_fixed_size(attributes) {
        return form.regular(least);
    }
    let needed = form.around(text);
    form.regular(Size::new(
        needed.width.max(least.width).min(MAX_SIDE).ceil(),
        needed.height.max(least.height).min(MAX_SIDE).ceil(),
    ))
}

fn has_fixed_size(attributes: &DotAttributes) -> bool {
    attributes.flag("fixedsize") == Some(true) || attributes.text("fixedsize") == Some("shape")
}

fn paint(attributes: &DotAttributes, form: Form) -> Paint {
    let colour = |name| attributes.text(name).and_then(colour::parse);
    let is_point = attributes.text("shape") == Some("point");
    let has = |style| has_style(attributes, style);
    let is_filled = is_point
        || ["filled", "radial", "wedged", "striped"]
            .into_iter()
            .any(has);
    let outline = match (form.outline, attributes.number("peripheries")) {
        (_, Some(n)) if n < 1.0 => Outline::None,
        (Outline::Rectangle, _) if has("rounded") => Outline::Rounded,
        (outline, _) => outline,
    };
    let point_fill = Colour::new(0x55, 0x67, 0x7c);
    Paint {
        outline,
        n_rings: attributes
            .number("peripheries")
            .map_or(form.n_rings, n_rings),
        fill: if is_filled {
            let grey = if is_point {
                point_fill
            } else {
                Colour::new(0xd3, 0xd3, 0xd3)
            };
            fill(attributes, &["fillcolor", "color"]).unwrap_or(Fill::Colour(grey))
        } else {
            Fill::None
        },
        stroke: colour("color"),
        stroke_width: stroke_width(attributes),
        dash: dash(attributes),
    }
}

/// The fill that the first of some attributes asks for that is a colour.
pub(super) fn fill(attributes: &DotAttributes, names: &[&str]) -> Option<Fill> {
    let angle = attributes.number("gradientangle");
    let is_radial = has_style(attributes, "radial");
    let mut texts = names.iter().filter_map(|name| attributes.text(name));
    texts.find_map(|text| colour::fill(text, angle, is_radial))
}

#[expect(clippy::cast_sign_loss, reason = "held between 0 and 4")]
fn n_rings(peripheries: f64) -> u8 {
    (peripheries - 1.0).clamp(0.0, 4.0) as u8
}

pub(super) fn dash(attributes: &DotAttributes) -> Dash {
    if has_style(attributes, "dashed") {
        Dash::Dashed
    } else if has_style(attributes, "dotted") {
        Dash::Dotted
    } else {
        Dash::Theme
    }
}

pub(super) fn stroke_width(attributes: &DotAttributes) -> Option<f64> {
    let bold = || has_style(attributes, "bold").then_some(2.2);
    let width = attributes
        .number("penwidth")
        .map(|width| width.clamp(0.0, 40.0));
    width.or_else(bold)
}

/// Whether a word is in the list that `style` is.
pub(super) fn has_style(attributes: &DotAttributes, style: &str) -> bool {
    let list = attributes.text("style").unwrap_or_default();
    list.split(',').any(|word| word.trim() == style)
}

/// The colour in which text can be read on a fill of its own; on none, the theme has one.
fn ink_on(fill: Fill) -> Option<Colour> {
    let behind = match fill {
        Fill::Colour(colour) => colour,
        Fill::Gradient(gradient) => gradient.middle(),
        Fill::Theme | Fill::None => return None,
    };
    match behind {
        colour if colour.alpha < 64 => None,
        colour if colour.is_dark() => Some(Colour::new(0xff, 0xff, 0xff)),
        _ => Some(Colour::new(0x15, 0x20, 0x2b)),
    }
}

pub(super) fn scene_box(
    graph: &DotGraph,
    index: usize,
    measured: Measured,
    rect: Rect,
) -> SceneBox {
    let node = &graph.nodes[index];
    let attributes = &node.attributes;
    let link = attributes.text("URL").or(attributes.text("href"));
    let corner = Point::new(rect.x, rect.y);
    SceneBox {
        id: attributes.text("id").map_or_else(
            || format!("n{index}"),
            |id| printable::line(id).into_owned(),
        ),
        rect,
        shape: Shape::Object,
        roles: Roles::default(),
        shade: 4,
        beside: None,
        dividers: measured
            .record()
            .map_or(Vec::new(), |record| record.dividers(corner)),
        lines: match measured.contents {
            Contents::Text(block) => block.into_texts(rect),
            Contents::Cells(record) => record.into_texts(corner),
        },
        marks: Vec::new(),
        tooltip: tooltip(attributes, names(graph, node))
            .unwrap_or_else(|| printable::short_line(&node.name)),
        link: link.and_then(safe_link),
        classes: attributes.text("class").map(classes).unwrap_or_default(),
        paint: measured.paint,
    }
}

pub(super) fn tooltip(attributes: &DotAttributes, names: label::Names<'_>) -> Option<String> {
    let value = attributes.value("tooltip")?;
    Some(label::text(value, names)).filter(|text| !text.trim().is_empty())
}
