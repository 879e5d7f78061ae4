//! Scene to SVG: writes down what the scene says, in one pass.

mod looks;
mod marks;
mod style;
#[cfg(test)]
mod tests;
mod write;

use std::fmt::Write as _;

use objgraph_graph::{ArrowKind, Role, Shape};
use objgraph_trace::EdgeKind;

use crate::scene::{
    Anchor, Emphasis, Scene, SceneArrow, SceneBox, SceneFrame, SceneLabel, SceneText, TextStyle,
};
use crate::theme::Theme;
use objgraph_layout::{Point, Rect};
use write::{Attribute, Content, Length};

/// How a scene is written as SVG.
#[derive(Clone, Debug)]
pub struct SvgOptions {
    scale: f64,
    theme: Theme,
}

impl Default for SvgOptions {
    fn default() -> Self {
        Self {
            scale: 1.0,
            theme: Theme::Auto,
        }
    }
}

impl SvgOptions {
    /// Multiplies the width and height that the file asks for. Default: `1.0`.
    #[must_use]
    pub fn scale(mut self, scale: f64) -> Self {
        self.scale = scale;
        self
    }

    /// The colours. Default: [`Theme::Auto`].
    #[must_use]
    pub fn theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }
}

/// Writes a scene as an SVG document that needs nothing but itself.
///
/// Boxes carry the key of the view as `id`, arrows `e` and their position; roles and kinds are classes,
/// types are in `data-type`. Boxes and arrows have a `<title>` that browsers show on hovering. Texts
/// name `DejaVu` Sans and carry the length they were measured with, so that they fit in other fonts too.
///
/// # Complexity
///
/// Linear in the size of the scene.
#[must_use]
pub fn to_svg(scene: &Scene, options: &SvgOptions) -> String {
    let mut svg = String::with_capacity(4096 + 900 * (scene.boxes.len() + scene.arrows.len()));
    open(&mut svg, scene, options);
    if let Some(title) = &scene.title {
        text(&mut svg, title, true);
    }
    if !scene.frames.is_empty() {
        svg.push_str("<g class=\"clusters\">\n");
        scene.frames.iter().for_each(|part| cluster(&mut svg, part));
        svg.push_str("</g>\n");
    }
    svg.push_str("<g class=\"edges\">\n");
    scene.arrows.iter().for_each(|part| arrow(&mut svg, part));
    svg.push_str("</g>\n<g class=\"nodes\">\n");
    scene.boxes.iter().for_each(|part| node(&mut svg, part));
    svg.push_str("</g>\n<g class=\"labels\">\n");
    for part in &scene.arrows {
        if let Some(found) = &part.label {
            let frame = found.frame.and_then(|frame| scene.frames.get(frame));
            label(&mut svg, part, found, frame);
        }
        part.end_labels
            .iter()
            .for_each(|part| beside(&mut svg, part));
    }
    let of_boxes = scene.boxes.iter().filter_map(|part| part.beside.as_ref());
    of_boxes.for_each(|part| beside(&mut svg, part));
    svg.push_str("</g>\n");
    scene
        .captions
        .iter()
        .for_each(|caption| text(&mut svg, caption, true));
    if let Some(legend) = &scene.legend {
        svg.push_str("<g class=\"legend\">\n");
        rect(&mut svg, "panel", legend.rect, 8.0);
        legend.boxes.iter().for_each(|part| node(&mut svg, part));
        (legend.frames.iter()).for_each(|part| cluster(&mut svg, part));
        legend.arrows.iter().for_each(|part| arrow(&mut svg, part));
        legend
            .texts
            .iter()
            .for_each(|part| text(&mut svg, part, true));
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

fn open(svg: &mut String, scene: &Scene, options: &SvgOptions) {
    // On a page of its own colour, the theme is the one that can be read there.
    let theme = match scene.background {
        None => options.theme,
        Some(page) if page.is_dark() => Theme::Dark,
        Some(_) => Theme::Light,
    };
    let (width, height) = (scene.size.width, scene.size.height);
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"objgraph\" role=\"img\" \
         aria-label=\"{}\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\">",
        Attribute(&scene.summary),
        Length(width * options.scale),
        Length(height * options.scale),
        Length(width),
        Length(height),
    );
    style::sheet(svg, theme);
    // Hatching for boxes that cannot be looked into; the same in every picture of a page.
    svg.push_str(
        "<defs><pattern id=\"objgraph-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><path class=\"stripe\" d=\"M0 0V6\"/></pattern></defs>\n",
    );
    looks::gradients(svg, scene);
    let whole = Rect {
        x: 0.0,
        y: 0.0,
        width,
        height,
    };
    svg.push_str("<rect class=\"paper\"");
    looks::page(svg, scene.background);
    place(svg, whole, 0.0);
}

fn cluster(svg: &mut String, frame: &SceneFrame) {
    svg.push_str("<g");
    if !frame.id.is_empty() {
        let _ = write!(svg, " id=\"{}\"", Attribute(&frame.id));
    }
    svg.push_str(" class=\"");
    frame_classes(svg, frame);
    svg.push_str("\">\n");
    title(svg, &frame.tooltip);
    looks::frame(svg, frame.rect, &frame.paint, "frame");
    let is_on_page = !frame.paint.fill.is_chosen();
    (frame.lines.iter()).for_each(|line| text(svg, line, is_on_page));
    svg.push_str("</g>\n");
}

fn frame_classes(svg: &mut String, frame: &SceneFrame) {
    svg.push_str("cluster");
    if let Some(kind) = frame.kind {
        let _ = write!(svg, " {}", kind.class());
    }
}

fn node(svg: &mut String, node: &SceneBox) {
    if let Some(link) = &node.link {
        let _ = writeln!(svg, "<a href=\"{}\">", Attribute(link));
    }
    svg.push_str("<g");
    if !node.id.is_empty() {
        let _ = write!(svg, " id=\"{}\"", Attribute(&node.id));
    }
    svg.push_str(" class=\"node");
    if node.shape == Shape::Folded {
        svg.push_str(" folded");
    }
    for role in node.roles.iter() {
        let _ = write!(svg, " {}", role.class());
    }
    for class in &node.classes {
        let _ = write!(svg, " {}", Attribute(class));
    }
    svg.push('"');
    let mut names = node
        .lines
        .iter()
        .filter(|line| line.style == TextStyle::Name);
    if let Some(name) = names.next() {
        let _ = write!(svg, " data-type=\"{}\"", Attribute(&name.text));
    }
    svg.push_str(">\n");
    title(svg, &node.tooltip);
    if node.roles.contains(Role::Highlighted) {
        rect(svg, "ring", node.rect.grown(3.5), 9.5);
    }
    let class = format!("frame d{}", node.shade.min(4));
    looks::frame(svg, node.rect, &node.paint, &class);
    looks::dividers(svg, &node.dividers, &node.paint);
    if node.roles.contains(Role::Opaque) {
        rect(svg, "hatch", node.rect.grown(-1.0), 5.0);
    }
    if node.roles.contains(Role::Root) || node.roles.contains(Role::Target) {
        rect(svg, "inset", node.rect.grown(-1.5), 4.5);
    }
    let is_on_page = !node.paint.fill.is_chosen();
    (node.lines.iter()).for_each(|line| text(svg, line, is_on_page));
    node.marks.iter().for_each(|mark| marks::draw(svg, *mark));
    svg.push_str(if node.link.is_some() {
        "</g>\n</a>\n"
    } else {
        "</g>\n"
    });
}

fn arrow(svg: &mut String, arrow: &SceneArrow) {
    svg.push_str("<g");
    if !arrow.id.is_empty() {
        let _ = write!(
            svg,
            " id=\"{}\" data-source=\"{}\" data-target=\"{}\"",
            Attribute(&arrow.id),
            Attribute(&arrow.source),
            Attribute(&arrow.target),
        );
    }
    let _ = writeln!(
        svg,
        " class=\"edge {}{}\">",
        kind_class(arrow.kind),
        emphasis_class(arrow.emphasis)
    );
    title(svg, &arrow.tooltip);
    let start = svg.len();
    curve(svg, &arrow.curve);
    let path = svg.split_off(start);
    if !arrow.id.is_empty() {
        // A thin line is hard to point at.
        let _ = writeln!(svg, "<path class=\"reach\" d=\"{path}\"/>");
    }
    let _ = write!(
        svg,
        "<path class=\"line{}\"",
        looks::murky(arrow.paint.stroke)
    );
    looks::stroke(svg, &arrow.paint);
    let _ = writeln!(svg, " d=\"{path}\"/>");
    looks::head(svg, &arrow.head, &arrow.paint);
    looks::head(svg, &arrow.tail, &arrow.paint);
    svg.push_str("</g>\n");
}

fn label(svg: &mut String, arrow: &SceneArrow, label: &SceneLabel, frame: Option<&SceneFrame>) {
    let _ = writeln!(svg, "<g class=\"label{}\">", emphasis_class(arrow.emphasis));
    title(svg, &arrow.tooltip);
    svg.push_str("<rect class=\"halo");
    if let Some(frame) = frame {
        svg.push(' ');
        frame_classes(svg, frame);
    }
    svg.push('"');
    looks::behind(svg, frame);
    place(svg, label.rect, 3.0);
    label.lines.iter().for_each(|line| text(svg, line, true));
    svg.push_str("</g>\n");
}

/// A label that hides nothing.
fn beside(svg: &mut String, label: &SceneLabel) {
    svg.push_str("<g class=\"label\">\n");
    label.lines.iter().for_each(|line| text(svg, line, true));
    svg.push_str("</g>\n");
}

fn text(svg: &mut String, text: &SceneText, is_on_page: bool) {
    if text.text.trim().is_empty() || text.width <= 0.0 {
        return;
    }
    let _ = writeln!(
        svg,
        "<text class=\"{}{}{}\"{} x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" \
         xml:space=\"preserve\">{}</text>",
        text.style.class(),
        match text.anchor {
            Anchor::Start => "",
            Anchor::Middle => " mid",
            Anchor::End => " end",
        },
        if is_on_page {
            looks::murky(text.colour)
        } else {
            ""
        },
        looks::lettering(text),
        Length(text.at.x),
        Length(text.at.y),
        Length(text.width),
        Content(&text.text),
    );
}

fn title(svg: &mut String, tooltip: &str) {
    if !tooltip.is_empty() {
        let _ = writeln!(svg, "<title>{}</title>", Content(tooltip));
    }
}

fn rect(svg: &mut String, class: &str, rect: Rect, radius: f64) {
    let _ = write!(svg, "<rect class=\"{class}\"");
    place(svg, rect, radius);
}

fn place(svg: &mut String, rect: Rect, radius: f64) {
    let _ = write!(
        svg,
        " x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        Length(rect.x),
        Length(rect.y),
        Length(rect.width),
        Length(rect.height),
    );
    if radius > 0.0 {
        let _ = write!(svg, " rx=\"{}\"", Length(radius));
    }
    svg.push_str("/>\n");
}

fn curve(svg: &mut String, points: &[Point]) {
    let Some(start) = points.first() else {
        return;
    };
    let _ = write!(svg, "M{} {}", Length(start.x), Length(start.y));
    for piece in points[1..].chunks_exact(3) {
        svg.push('C');
        for (index, point) in piece.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            let _ = write!(svg, "{space}{} {}", Length(point.x), Length(point.y));
        }
    }
}

fn polyline(svg: &mut String, points: &[Point]) {
    for (index, point) in points.iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        let _ = write!(svg, "{command}{} {}", Length(point.x), Length(point.y));
    }
}

fn kind_class(kind: ArrowKind) -> &'static str {
    match kind {
        ArrowKind::More => "more",
        ArrowKind::Reference(EdgeKind::Owned) => "owned",
        ArrowKind::Reference(EdgeKind::Strong) => "strong",
        ArrowKind::Reference(EdgeKind::Weak) => "weak",
        ArrowKind::Reference(EdgeKind::Borrowed) => "borrowed",
        ArrowKind::Reference(EdgeKind::Raw) => "raw",
    }
}

fn emphasis_class(emphasis: Emphasis) -> &'static str {
    match emphasis {
        Emphasis::Plain => "",
        Emphasis::Cycle => " cycle",
        Emphasis::Weaken => " cycle weaken",
    }
}
