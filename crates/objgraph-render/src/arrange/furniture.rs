//! What stands around the graph: title, captions and legend.

use objgraph_graph::{ArrowKind, FrameKind, Roles, Shape, View};

use super::compose::MARGIN;
use super::heads;
use super::measure::signs;
use crate::legend::{Entry, Sample, entries};
use crate::paint::Paint;
use crate::printable::short_line;
use crate::scene::{
    Anchor, Emphasis, Head, Legend, Mark, Scene, SceneArrow, SceneBox, SceneFrame, SceneText,
    TextStyle,
};
use objgraph_layout::{Point, Rect, Size};

/// Captions and legend may be this wide even if the graph is narrow.
const LEAST_WIDTH: f64 = 380.0;
/// Room between the graph and what is above or below.
const GAP: f64 = 16.0;
/// Size of a sample in the legend.
const SAMPLE: Size = Size {
    width: 34.0,
    height: 18.0,
};
/// From one row of the legend to the next.
const LEGEND_STEP: f64 = 27.0;
/// Room inside the border of the legend.
const LEGEND_PADDING: f64 = 12.0;

/// The texts around a graph, measured but not yet placed.
pub(super) struct Frame {
    title: Option<String>,
    captions: Vec<String>,
    entries: Vec<Entry>,
    /// What the widest part needs.
    pub(super) width: f64,
    /// What the title needs above the graph.
    pub(super) title_height: f64,
    /// Entries of the legend in one row.
    n_columns: usize,
    column_width: f64,
}

/// Measures what goes around a graph of the given width.
pub(super) fn frame(view: &View, graph_width: f64) -> Frame {
    let title = view
        .title
        .as_deref()
        .filter(|text| !text.is_empty())
        .map(short_line);
    let title_width = title
        .as_deref()
        .map_or(0.0, |text| TextStyle::Title.width(text));
    let text_width = graph_width.max(title_width).max(LEAST_WIDTH);
    let captions: Vec<_> = view
        .notes
        .iter()
        .flat_map(|note| wrapped(note, text_width))
        .collect();
    let caption_width = widest(captions.iter());
    let entries = entries(view);
    let column_width = SAMPLE.width + 10.0 + widest(entries.iter().map(|entry| &entry.text)) + 22.0;
    let n_columns = columns(
        text_width - 2.0 * LEGEND_PADDING,
        column_width,
        entries.len(),
    );
    let legend_width = if entries.is_empty() {
        0.0
    } else {
        n_columns as f64 * column_width + 2.0 * LEGEND_PADDING
    };
    let title_height = if title.is_some() {
        TextStyle::Title.line_height() + GAP
    } else {
        0.0
    };
    Frame {
        title,
        captions,
        entries,
        width: title_width.max(caption_width).max(legend_width),
        title_height,
        n_columns,
        column_width,
    }
}

impl Frame {
    /// Places everything; answers where the picture ends.
    pub(super) fn place(self, scene: &mut Scene, corner: Point, width: f64, below: f64) -> f64 {
        let mut bottom = below;
        if let Some(title) = self.title {
            let middle = corner.x + width / 2.0;
            let text = SceneText::placed(TextStyle::Title, title, Anchor::Middle, middle, corner.y);
            scene.title = Some(text);
        }
        if !self.captions.is_empty() {
            bottom += GAP;
        }
        for caption in self.captions {
            let style = TextStyle::Caption;
            scene.captions.push(SceneText::placed(
                style,
                caption,
                Anchor::Start,
                corner.x,
                bottom,
            ));
            bottom += style.line_height();
        }
        if !self.entries.is_empty() {
            let n_rows = self.entries.len().div_ceil(self.n_columns);
            let rect = Rect {
                x: corner.x,
                y: bottom + GAP,
                width: self.n_columns as f64 * self.column_width + 2.0 * LEGEND_PADDING - 8.0,
                height: n_rows as f64 * LEGEND_STEP + LEGEND_PADDING,
            };
            bottom = rect.bottom();
            scene.legend = Some(legend(self.entries, rect, n_rows, self.column_width));
        }
        bottom
    }
}

impl Scene {
    /// Writes one more sentence below everything that is there, and makes room for it.
    pub fn add_caption(&mut self, sentence: &str) {
        let style = TextStyle::Caption;
        self.size.width = self.size.width.max(LEAST_WIDTH + 2.0 * MARGIN);
        let mut top = self.size.height - MARGIN + GAP / 2.0;
        for line in wrapped(sentence, self.size.width - 2.0 * MARGIN) {
            let caption = SceneText::placed(style, line, Anchor::Start, MARGIN, top);
            self.captions.push(caption);
            top += style.line_height();
        }
        self.size.height = (top + MARGIN).ceil();
    }
}

/// Column by column, boxes before arrows.
fn legend(entries: Vec<Entry>, rect: Rect, n_rows: usize, column_width: f64) -> Legend {
    let mut legend = Legend {
        rect,
        ..Legend::default()
    };
    for (index, entry) in entries.into_iter().enumerate() {
        let (column, row) = (index / n_rows, index % n_rows);
        let x = rect.x + LEGEND_PADDING + 6.0 + column as f64 * column_width;
        let middle = rect.y + LEGEND_PADDING / 2.0 + (row as f64 + 0.5) * LEGEND_STEP;
        match entry.sample {
            Sample::Box(shape, roles) => legend.boxes.push(sample_box(shape, roles, x, middle)),
            Sample::Frame(kind) => legend.frames.push(sample_frame(kind, x, middle)),
            Sample::Arrow(kind, emphasis) => {
                legend.arrows.push(sample_arrow(kind, emphasis, x, middle));
            }
        }
        let style = TextStyle::Caption;
        let (left, top) = (x + SAMPLE.width + 10.0, middle - style.line_height() / 2.0);
        legend.texts.push(SceneText::placed(
            style,
            entry.text,
            Anchor::Start,
            left,
            top,
        ));
    }
    legend
}

/// Where the sample of a box or frame is.
fn sample_rect(x: f64, middle: f64) -> Rect {
    Rect::at(Point::new(x, middle - SAMPLE.height / 2.0), SAMPLE)
}

fn sample_frame(kind: FrameKind, x: f64, middle: f64) -> SceneFrame {
    SceneFrame {
        id: String::new(),
        rect: sample_rect(x, middle),
        kind: Some(kind),
        lines: Vec::new(),
        tooltip: String::new(),
        paint: Paint::default(),
    }
}

fn sample_box(shape: Shape, roles: Roles, x: f64, middle: f64) -> SceneBox {
    let marks = signs(roles).into_iter();
    SceneBox {
        id: String::new(),
        rect: sample_rect(x, middle),
        shape,
        roles,
        shade: 1,
        lines: Vec::new(),
        beside: None,
        dividers: Vec::new(),
        marks: marks
            .map(|sign| Mark {
                sign,
                center: Point::new(x, middle),
            })
            .collect(),
        tooltip: String::new(),
        link: None,
        classes: Vec::new(),
        paint: Paint::default(),
    }
}

fn sample_arrow(kind: ArrowKind, emphasis: Emphasis, x: f64, middle: f64) -> SceneArrow {
    let start = Point::new(x - 6.0, middle);
    let end = start.shifted(SAMPLE.width + 6.0, 0.0);
    let mut curve = vec![
        start,
        start.towards(end, 1.0 / 3.0),
        start.towards(end, 2.0 / 3.0),
        end,
    ];
    SceneArrow {
        id: String::new(),
        source: String::new(),
        target: String::new(),
        kind,
        emphasis,
        head: heads::finish(&mut curve, kind, 1.0),
        curve,
        label: None,
        end_labels: Vec::new(),
        tooltip: String::new(),
        tail: Head::None,
        paint: Paint::default(),
    }
}

/// As many columns as fit, and no more than make the rows equally long.
fn columns(width: f64, column_width: f64, n_entries: usize) -> usize {
    let mut n_columns = 1;
    while n_columns < n_entries.min(4) && (n_columns + 1) as f64 * column_width <= width {
        n_columns += 1;
    }
    n_entries
        .div_ceil(n_entries.div_ceil(n_columns).max(1))
        .max(1)
}

fn widest<'a>(texts: impl Iterator<Item = &'a String>) -> f64 {
    texts
        .map(|text| TextStyle::Caption.width(text))
        .fold(0.0, f64::max)
}

/// A sentence in lines that are not wider than `width`, if its words allow.
fn wrapped(sentence: &str, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut current, mut current_width) = (String::new(), 0.0);
    for word in sentence.split_whitespace() {
        let word = short_line(word);
        let word_width = TextStyle::Caption.width(&word) + TextStyle::Caption.width(" ");
        if !current.is_empty() && current_width + word_width > width {
            lines.push(std::mem::take(&mut current));
            current_width = 0.0;
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(&word);
        current_width += word_width;
    }
    if !current.is_empty() {
        lines.push(current);
    }
    lines
}
