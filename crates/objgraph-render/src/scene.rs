//! A picture with coordinates: everything is placed and measured, so that writing it out is dull.

use objgraph_graph::{ArrowKind, FrameKind, Roles, Shape};

use crate::font::{Font, text_width};
use crate::paint::{Colour, Paint};
use objgraph_layout::{Point, Rect, Size};

/// A picture whose every part has its place, made by [`arrange`](crate::arrange()).
///
/// Texts carry the width they were measured with, curves their control points. What a part looks like
/// follows from its kind, roles and emphasis alone.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Scene {
    /// The whole picture, margins included.
    pub size: Size,
    /// What is behind everything, if it is not the theme's paper.
    pub background: Option<Colour>,
    /// One sentence on what is drawn, for readers who cannot see it.
    pub summary: String,
    /// The headline.
    pub title: Option<SceneText>,
    /// Frames around boxes that belong together, those around others first.
    pub frames: Vec<SceneFrame>,
    /// The boxes, in the order of the view.
    pub boxes: Vec<SceneBox>,
    /// The arrows, in the order of the view.
    pub arrows: Vec<SceneArrow>,
    /// What the picture leaves out, line by line, below the graph.
    pub captions: Vec<SceneText>,
    /// What the looks mean.
    pub legend: Option<Legend>,
}

/// A line of text at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneText {
    /// The text, unescaped; holds no control characters.
    pub text: String,
    /// The left or middle end of the base line, see [`anchor`](Self::anchor).
    pub at: Point,
    /// What [`at`](Self::at) is.
    pub anchor: Anchor,
    /// The measured width in pixels.
    pub width: f64,
    /// Font, size and colour by purpose.
    pub style: TextStyle,
    /// The height of an em in pixels, if it is not that of the style.
    pub em: Option<f64>,
    /// The colour, if it is not that of the style.
    pub colour: Option<Colour>,
}

/// Which point of a text its coordinates name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The left end of the base line.
    Start,
    /// The middle of the base line.
    Middle,
    /// The right end of the base line.
    End,
}

/// What a text is for, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextStyle {
    /// The headline of the picture.
    Title,
    /// The type of an object.
    Name,
    /// The value of an object.
    Value,
    /// Sizes, counts and states.
    Detail,
    /// The field path on an arrow.
    Label,
    /// A sign on an arrow: "→ Weak".
    Sign,
    /// A sentence below the graph or in the legend.
    Caption,
    /// The title of a frame.
    Heading,
    /// Whatever a DOT file says.
    Plain,
}

/// A box at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneBox {
    /// Unique in the picture; letters, digits and `_`. Empty in the legend.
    pub id: String,
    /// The border.
    pub rect: Rect,
    /// What the box stands for.
    pub shape: Shape,
    /// What is special about the object.
    pub roles: Roles,
    /// How deep the object lies, in steps from 0 (a root) to 4.
    pub shade: u8,
    /// The label.
    pub lines: Vec<SceneText>,
    /// A label beside it.
    pub beside: Option<SceneLabel>,
    /// Lines between the cells of a record.
    pub dividers: Vec<[Point; 2]>,
    /// Small signs on the left border, from top to bottom.
    pub marks: Vec<Mark>,
    /// The text shown while the pointer rests on the box.
    pub tooltip: String,
    /// Where a click leads; never a script.
    pub link: Option<String>,
    /// Classes that the caller added.
    pub classes: Vec<String>,
    /// Looks that its author chose.
    pub paint: Paint,
}

/// A frame around boxes that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneFrame {
    /// Unique in the picture; letters, digits and `_`. Empty in the legend.
    pub id: String,
    /// The border.
    pub rect: Rect,
    /// What its boxes have in common, if it is the frame of a view.
    pub kind: Option<FrameKind>,
    /// Its title, line by line.
    pub lines: Vec<SceneText>,
    /// The text shown while the pointer rests on the frame.
    pub tooltip: String,
    /// Looks that its author chose.
    pub paint: Paint,
}

/// A small sign on the border of a box: the second sign of a role beside its colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// What it says.
    pub sign: Sign,
    /// Where its middle is.
    pub center: Point,
}

/// What a [`Mark`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sign {
    /// A disc in a ring: what the search was for.
    Target,
    /// A circular arrow: in a cycle.
    Cycle,
    /// A padlock: busy.
    Busy,
    /// A question mark: cannot be looked into.
    Opaque,
    /// A drop: has a `Drop` impl.
    Drop,
    /// A cross: dropped already.
    Dropped,
}

/// An arrow at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneArrow {
    /// `e` and the position of the arrow in the view. Empty in the legend.
    pub id: String,
    /// [`SceneBox::id`] of the referrer.
    pub source: String,
    /// [`SceneBox::id`] of the referent.
    pub target: String,
    /// How the referrer holds the referent: decides line and head.
    pub kind: ArrowKind,
    /// Whether the arrow stands out.
    pub emphasis: Emphasis,
    /// The line: a start, then three points (two controls and an end) for each cubic curve.
    pub curve: Vec<Point>,
    /// The head.
    pub head: Head,
    /// The head at its other end.
    pub tail: Head,
    /// The label, if there is one.
    pub label: Option<SceneLabel>,
    /// Small labels at its ends.
    pub end_labels: Vec<SceneLabel>,
    /// The text shown while the pointer rests on the arrow.
    pub tooltip: String,
    /// Looks that its author chose.
    pub paint: Paint,
}

/// Whether an arrow stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// Like most.
    Plain,
    /// Red: on a cycle of strong references.
    Cycle,
    /// Red, thick and dashed: the reference to turn into a `Weak`.
    Weaken,
}

/// The head of an arrow.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Head {
    /// No head: the line just ends.
    #[default]
    None,
    /// A closed shape, filled: diamond for owned, triangle for strong references.
    Filled(Vec<Point>),
    /// An open line: weak and borrowed references.
    Open(Vec<Point>),
    /// A closed shape with nothing inside.
    Hollow(Vec<Point>),
    /// A small circle: raw addresses.
    Circle(Point, f64),
    /// A small circle, filled.
    Disc(Point, f64),
}

/// The label of an arrow: it hides what runs behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneLabel {
    /// What it covers.
    pub rect: Rect,
    /// Its lines.
    pub lines: Vec<SceneText>,
    /// The innermost frame that it lies in, by position in [`Scene::frames`].
    pub frame: Option<usize>,
}

/// What the looks mean: samples, each with a text beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// The border.
    pub rect: Rect,
    /// Sample boxes.
    pub boxes: Vec<SceneBox>,
    /// Sample frames.
    pub frames: Vec<SceneFrame>,
    /// Sample arrows.
    pub arrows: Vec<SceneArrow>,
    /// The meanings.
    pub texts: Vec<SceneText>,
}

impl TextStyle {
    /// Every style.
    pub(crate) const ALL: [Self; 9] = [
        Self::Title,
        Self::Name,
        Self::Value,
        Self::Detail,
        Self::Label,
        Self::Sign,
        Self::Caption,
        Self::Heading,
        Self::Plain,
    ];

    /// The style as a CSS class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Name => "name",
            Self::Value => "value",
            Self::Detail => "detail",
            Self::Label => "path",
            Self::Sign => "sign",
            Self::Caption => "caption",
            Self::Heading => "heading",
            Self::Plain => "plain",
        }
    }

    /// The height of an em in pixels.
    #[must_use]
    pub fn em(self) -> f64 {
        match self {
            Self::Title => 16.0,
            Self::Name => 13.0,
            Self::Value | Self::Plain => 12.0,
            Self::Heading => 11.5,
            Self::Detail => 10.0,
            Self::Label | Self::Sign | Self::Caption => 10.5,
        }
    }

    /// From one base line to the next.
    pub(crate) fn line_height(self) -> f64 {
        line_height(self.em())
    }

    pub(crate) fn font(self) -> Font {
        match self {
            Self::Title | Self::Name | Self::Sign | Self::Heading => Font::Bold,
            Self::Value | Self::Detail | Self::Caption | Self::Plain => Font::Sans,
            Self::Label => Font::Mono,
        }
    }

    /// The width of a text in pixels.
    pub(crate) fn width(self, text: &str) -> f64 {
        text_width(self.font(), self.em(), text)
    }
}

impl SceneText {
    /// A text in the line of the given top edge, measured.
    pub(crate) fn placed(style: TextStyle, text: String, anchor: Anchor, x: f64, top: f64) -> Self {
        let em = style.em();
        Self {
            width: style.width(&text),
            at: Point::new(x, base_line(em, top)),
            text,
            anchor,
            style,
            em: None,
            colour: None,
        }
    }
}

/// From one base line to the next, when the em is `em` pixels.
pub(crate) fn line_height(em: f64) -> f64 {
    (em * 1.32).round()
}

/// The base line of a text in the line of the given top edge.
pub(crate) fn base_line(em: f64, top: f64) -> f64 {
    // DejaVu's ascent and descent are 0.93 and 0.24 em; this centres capitals and small letters.
    top + line_height(em) / 2.0 + em * 0.36
}
