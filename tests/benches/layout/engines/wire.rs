//! Diagrams and drawings as lines of words, to hand them from process to process.

use crate::measure::Drawing;
use objgraph_layout::{Arrow, Diagram, Point, Rect, Size};
use std::fmt::Write as _;

/// `box width height` and `arrow source target weight label-width label-height`.
pub(super) fn of_diagram(diagram: &Diagram) -> String {
    let mut text = String::new();
    for size in diagram.boxes() {
        let _ = writeln!(text, "box {} {}", size.width, size.height);
    }
    for arrow in diagram.arrows() {
        let Arrow {
            source,
            target,
            weight,
            label,
            ..
        } = arrow;
        let _ = writeln!(
            text,
            "arrow {source} {target} {weight} {} {}",
            label.width, label.height
        );
    }
    text
}

pub(super) fn to_diagram(text: &str) -> Option<Diagram> {
    let (mut boxes, mut arrows) = (Vec::new(), Vec::new());
    for line in text.lines() {
        match *line.split(' ').collect::<Vec<_>>() {
            ["box", width, height] => boxes.push(size(width, height)?),
            ["arrow", source, target, weight, width, height] => arrows.push(Arrow {
                weight: weight.parse().ok()?,
                ..Arrow::new(
                    source.parse().ok()?,
                    target.parse().ok()?,
                    size(width, height)?,
                )
            }),
            _ => return None,
        }
    }
    Diagram::new(boxes, arrows).ok()
}

/// `box x y`, `label x y` and `curve x y …`; sizes and ends are those of the diagram.
pub(super) fn of_drawing(drawing: &Drawing) -> String {
    let mut text = String::new();
    for (word, rects) in [("box", &drawing.boxes), ("label", &drawing.labels)] {
        for rect in rects {
            let _ = writeln!(text, "{word} {} {}", rect.x, rect.y);
        }
    }
    for curve in &drawing.curves {
        text.push_str("curve");
        for point in curve {
            let _ = write!(text, " {} {}", point.x, point.y);
        }
        text.push('\n');
    }
    text
}

pub(super) fn to_drawing<'t>(
    diagram: &Diagram,
    lines: impl Iterator<Item = &'t str>,
) -> Option<Drawing> {
    let (mut boxes, mut labels, mut curves) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        let (word, numbers) = line.split_once(' ').unwrap_or((line, ""));
        let points = points(numbers)?;
        match word {
            "box" => boxes.push(*points.first()?),
            "label" => labels.push(*points.first()?),
            "curve" => curves.push(points),
            _ => return None,
        }
    }
    let sizes = diagram.arrows().iter().map(|arrow| arrow.label);
    let drawing = Drawing {
        boxes: rects(&boxes, diagram.boxes().iter().copied()),
        ends: ends(diagram),
        labels: rects(&labels, sizes),
        curves,
    };
    let is_whole = drawing.boxes.len() == diagram.boxes().len()
        && drawing.curves.len() == diagram.arrows().len()
        && drawing.labels.len() == diagram.arrows().len();
    is_whole.then_some(drawing)
}

/// The ends of the arrows, as drawings have them.
pub(super) fn ends(diagram: &Diagram) -> Vec<(usize, usize)> {
    let arrows = diagram.arrows().iter();
    arrows.map(|arrow| (arrow.source, arrow.target)).collect()
}

/// Numbers in pairs, with anything between them that is none.
pub(super) fn points(text: &str) -> Option<Vec<Point>> {
    let words = text.split(|c: char| c != '.' && c != '-' && c != 'e' && !c.is_ascii_digit());
    let numbers: Option<Vec<f64>> = words
        .filter(|word| !word.is_empty())
        .map(|word| word.parse().ok())
        .collect();
    let numbers = numbers.filter(|numbers| numbers.len() % 2 == 0)?;
    Some(
        numbers
            .chunks_exact(2)
            .map(|pair| Point::new(pair[0], pair[1]))
            .collect(),
    )
}

fn rects(corners: &[Point], sizes: impl Iterator<Item = Size>) -> Vec<Rect> {
    let rect = |(corner, size): (&Point, Size)| Rect {
        x: corner.x,
        y: corner.y,
        width: size.width,
        height: size.height,
    };
    corners.iter().zip(sizes).map(rect).collect()
}

fn size(width: &str, height: &str) -> Option<Size> {
    Some(Size::new(width.parse().ok()?, height.parse().ok()?))
}
