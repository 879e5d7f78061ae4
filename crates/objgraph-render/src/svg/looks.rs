//! Looks that somebody chose, written into the elements themselves, where they win over the style sheet.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::write::Length;
use super::{place, polyline};
use crate::arrange::RING_STEP;
use crate::paint::{Colour, Dash, Fill, Gradient, GradientCourse, Outline, Paint};
use crate::scene::{Head, Scene, SceneFrame, SceneText};
use objgraph_layout::{Point, Rect};

/// The background of the page.
pub(super) fn page(svg: &mut String, background: Option<Colour>) {
    if let Some(colour) = background {
        let _ = write!(svg, " style=\"{}\"", fill(colour));
    }
}

/// The background of a label in a frame, if its author chose one.
pub(super) fn behind(svg: &mut String, frame: Option<&SceneFrame>) {
    if let Some(Fill::Colour(colour)) = frame.map(|frame| frame.paint.fill) {
        let _ = write!(svg, " style=\"{}\"", fill(colour));
    }
}

/// The gradients of a scene, each once.
pub(super) fn gradients(svg: &mut String, scene: &Scene) {
    let of_boxes = scene.boxes.iter().map(|part| &part.paint);
    let of_frames = scene.frames.iter().map(|part| &part.paint);
    let fills = of_boxes.chain(of_frames).map(|paint| paint.fill);
    let gradients = fills.filter_map(|fill| match fill {
        Fill::Gradient(gradient) => Some(gradient),
        _ => None,
    });
    for gradient in gradients.collect::<BTreeSet<_>>() {
        define(svg, gradient);
    }
}

fn define(svg: &mut String, gradient: Gradient) {
    let id = gradient_id(gradient);
    let element = match gradient.course {
        GradientCourse::Linear(degrees) => {
            let angle = f64::from(degrees).to_radians();
            let (x, y) = (angle.cos() / 2.0, -angle.sin() / 2.0);
            let _ = write!(
                svg,
                "<defs><linearGradient id=\"{id}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\">",
                Length(0.5 - x),
                Length(0.5 - y),
                Length(0.5 + x),
                Length(0.5 + y)
            );
            "linearGradient"
        }
        GradientCourse::Radial => {
            let _ = write!(svg, "<defs><radialGradient id=\"{id}\">");
            "radialGradient"
        }
    };
    for (offset, colour) in [(0, gradient.from), (1, gradient.to)] {
        let _ = write!(svg, "<stop offset=\"{offset}\" stop-color=\"{colour}\"");
        if colour.alpha < 255 {
            let share = f64::from(colour.alpha) / 255.0;
            let _ = write!(svg, " stop-opacity=\"{}\"", Length(share));
        }
        svg.push_str("/>");
    }
    let _ = writeln!(svg, "</{element}></defs>");
}

/// A name that says what is meant, so that the same one in another picture of a page means the same.
fn gradient_id(gradient: Gradient) -> String {
    let Gradient { from, to, course } = gradient;
    let digits = |colour: Colour| {
        let Colour {
            red,
            green,
            blue,
            alpha,
        } = colour;
        format!("{red:02x}{green:02x}{blue:02x}{alpha:02x}")
    };
    let course = match course {
        GradientCourse::Linear(degrees) => degrees.to_string(),
        GradientCourse::Radial => "radial".to_owned(),
    };
    format!("objgraph-{}-{}-{course}", digits(from), digits(to))
}

/// The outline of a box, and the rings inside.
pub(super) fn frame(svg: &mut String, rect: Rect, paint: &Paint, class: &str) {
    for ring in 0..=paint.n_rings {
        let inset = f64::from(ring) * RING_STEP;
        let rect = rect.grown(-inset);
        if rect.width > 0.0 && rect.height > 0.0 {
            outline(svg, rect, paint, class);
        }
    }
}

fn outline(svg: &mut String, rect: Rect, paint: &Paint, class: &str) {
    svg.push_str(match paint.outline {
        Outline::Rounded | Outline::Rectangle | Outline::None => "<rect",
        Outline::Ellipse => "<ellipse",
        Outline::Polygon(_) => "<path",
    });
    let on_page = if paint.fill.is_chosen() {
        None
    } else {
        paint.stroke
    };
    let _ = write!(svg, " class=\"{class}{}\"", murky(on_page));
    stroke(svg, paint);
    match paint.outline {
        Outline::Rounded => place(svg, rect, 6.0),
        Outline::Rectangle | Outline::None => place(svg, rect, 0.0),
        Outline::Ellipse => {
            let center = rect.center();
            let _ = writeln!(
                svg,
                " cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\"/>",
                Length(center.x),
                Length(center.y),
                Length(rect.width / 2.0),
                Length(rect.height / 2.0),
            );
        }
        Outline::Polygon(corners) => {
            let corner = |share: &Point| {
                Point::new(
                    rect.x + share.x * rect.width,
                    rect.y + share.y * rect.height,
                )
            };
            let corners: Vec<_> = corners.iter().map(corner).collect();
            closed(svg, &corners);
        }
    }
}

/// The lines between the cells of a box, drawn like its border.
pub(super) fn dividers(svg: &mut String, dividers: &[[Point; 2]], paint: &Paint) {
    if dividers.is_empty() {
        return;
    }
    let paint = Paint {
        fill: Fill::None,
        ..paint.clone()
    };
    let _ = write!(svg, "<path class=\"frame{}\"", murky(paint.stroke));
    stroke(svg, &paint);
    svg.push_str(" d=\"");
    dividers.iter().for_each(|line| polyline(svg, line));
    svg.push_str("\"/>\n");
}

/// The `style` of a border or line; nothing when everything is left to the theme.
pub(super) fn stroke(svg: &mut String, paint: &Paint) {
    let mut style = match paint.fill {
        Fill::Theme => String::new(),
        Fill::None => "fill:none;".to_owned(),
        Fill::Colour(colour) => fill(colour),
        Fill::Gradient(gradient) => format!("fill:url(#{});", gradient_id(gradient)),
    };
    match (paint.outline, paint.stroke) {
        (Outline::None, _) => style.push_str("stroke:none;"),
        (_, Some(colour)) => {
            let _ = write!(style, "stroke:{colour};");
            opacity(&mut style, "stroke", colour);
        }
        _ => {}
    }
    if let Some(width) = paint.stroke_width {
        let _ = write!(style, "stroke-width:{};", Length(width));
    }
    style.push_str(match paint.dash {
        Dash::Theme => "",
        Dash::Dashed => "stroke-dasharray:5 3.5;",
        Dash::Dotted => "stroke-dasharray:.1 3.6;stroke-linecap:round;",
    });
    if !style.is_empty() {
        let _ = write!(svg, " style=\"{}\"", style.trim_end_matches(';'));
    }
}

fn fill(colour: Colour) -> String {
    let mut style = format!("fill:{colour};");
    opacity(&mut style, "fill", colour);
    style
}

fn opacity(style: &mut String, of: &str, colour: Colour) {
    if colour.alpha < 255 {
        let _ = write!(
            style,
            "{of}-opacity:{};",
            Length(f64::from(colour.alpha) / 255.0)
        );
    }
}

/// The class of what can hardly be seen on a dark page, so that the dark theme can help.
pub(super) fn murky(colour: Option<Colour>) -> &'static str {
    if colour.is_some_and(Colour::is_murky) {
        " murky"
    } else {
        ""
    }
}

/// The `style` of a text.
pub(super) fn lettering(text: &SceneText) -> String {
    let mut style = text.colour.map(fill).unwrap_or_default();
    if let Some(em) = text.em {
        let _ = write!(style, "font-size:{}px", Length(em));
    }
    if style.is_empty() {
        style
    } else {
        format!(" style=\"{}\"", style.trim_end_matches(';'))
    }
}

/// A head in the colour of its line.
pub(super) fn head(svg: &mut String, head: &Head, paint: &Paint) {
    let (element, is_filled) = match head {
        Head::None => return,
        Head::Filled(_) => ("path", true),
        Head::Open(_) | Head::Hollow(_) => ("path", false),
        Head::Circle(..) => ("circle", false),
        Head::Disc(..) => ("circle", true),
    };
    let open = if is_filled { "" } else { " open" };
    let _ = write!(
        svg,
        "<{element} class=\"head{open}{}\"",
        murky(paint.stroke)
    );
    if let Some(colour) = paint.stroke {
        let inside = if is_filled {
            fill(colour)
        } else {
            String::new()
        };
        let _ = write!(svg, " style=\"stroke:{colour};{inside}\"");
    }
    match head {
        Head::None => {}
        Head::Filled(points) | Head::Hollow(points) => closed(svg, points),
        Head::Open(points) => {
            svg.push_str(" d=\"");
            polyline(svg, points);
            svg.push_str("\"/>\n");
        }
        Head::Circle(center, radius) | Head::Disc(center, radius) => {
            let _ = writeln!(
                svg,
                " cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
                Length(center.x),
                Length(center.y),
                Length(*radius),
            );
        }
    }
}

fn closed(svg: &mut String, points: &[Point]) {
    svg.push_str(" d=\"");
    polyline(svg, points);
    svg.push_str("Z\"/>\n");
}
