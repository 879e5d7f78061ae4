//! Texts of a DOT graph in the fonts that are at hand.

use crate::arrange::block::TextLine;
use crate::dot::label::LabelLine;
use crate::dot::{DotAttributes, colour};
use crate::paint::Colour;
use crate::scene::TextStyle;

/// `DejaVu`'s letters are as large at 12 pixels as those of Times, Graphviz's default, at 14.
const PIXELS_PER_POINT: f64 = 12.0 / 14.0;
/// Graphviz's default `fontsize`.
const FONT_SIZE: f64 = 14.0;

/// Lines in the font, size and colour that the attributes ask for; else in the colour given.
pub(super) fn dressed(
    lines: Vec<LabelLine>,
    attributes: &DotAttributes,
    colour: Option<Colour>,
) -> Vec<TextLine> {
    let points = attributes.number("fontsize");
    let font = attributes.text("fontname");
    let colour = font_colour(attributes).or(colour);
    in_font(lines, (points, font), colour)
}

/// Lines of a label at the end of an edge, which has a font of its own if the attributes say so.
pub(super) fn small(lines: Vec<LabelLine>, attributes: &DotAttributes) -> Vec<TextLine> {
    let points = attributes.number("labelfontsize");
    let points = points.or(attributes.number("fontsize"));
    let font = attributes.text("labelfontname");
    let font = font.or(attributes.text("fontname"));
    let colour = attributes.text("labelfontcolor").and_then(colour::parse);
    in_font(lines, (points, font), colour.or(font_colour(attributes)))
}

fn in_font(
    lines: Vec<LabelLine>,
    (points, font): (Option<f64>, Option<&str>),
    colour: Option<Colour>,
) -> Vec<TextLine> {
    let em = points.unwrap_or(FONT_SIZE).clamp(1.0, 200.0) * PIXELS_PER_POINT;
    let style = style(font.unwrap_or_default());
    let lines = lines.into_iter().map(|line| TextLine {
        em,
        side: line.side,
        colour,
        ..TextLine::new(style, line.text)
    });
    lines.collect()
}

pub(super) fn font_colour(attributes: &DotAttributes) -> Option<Colour> {
    attributes.text("fontcolor").and_then(colour::parse)
}

fn style(font: &str) -> TextStyle {
    let font = font.to_ascii_lowercase();
    let is_any = |words: &[&str]| words.iter().any(|word| font.contains(word));
    if is_any(&["mono", "courier", "consolas", "menlo"]) {
        TextStyle::Label
    } else if is_any(&["bold", "black", "heavy"]) {
        TextStyle::Name
    } else {
        TextStyle::Plain
    }
}
