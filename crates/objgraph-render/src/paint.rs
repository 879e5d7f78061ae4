//! Looks that an author chose, beside those that follow from roles.

use std::fmt::{Display, Formatter};

use objgraph_layout::Point;

/// How a box or a line is drawn where its author has a say. The default leaves everything to the theme.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Paint {
    /// The form of a box.
    pub outline: Outline,
    /// How many further outlines are inside that of a box.
    pub n_rings: u8,
    /// What is inside a box.
    pub fill: Fill,
    /// The colour of the border or line.
    pub stroke: Option<Colour>,
    /// The width of the border or line in pixels.
    pub stroke_width: Option<f64>,
    /// Whether the border or line is broken.
    pub dash: Dash,
}

/// The form of a box; it fills the rectangle of the box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Outline {
    /// A rectangle with round corners.
    #[default]
    Rounded,
    /// A rectangle.
    Rectangle,
    /// An ellipse.
    Ellipse,
    /// Corners, in shares of width and height from the upper left.
    Polygon(&'static [Point]),
    /// No line at all.
    None,
}

/// What is inside a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// What the theme has for its roles.
    #[default]
    Theme,
    /// Nothing: what is behind shows through.
    None,
    /// A colour.
    Colour(Colour),
    /// A colour that turns into another one.
    Gradient(Gradient),
}

/// A colour that turns into another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gradient {
    /// The colour at the beginning, or in the middle.
    pub from: Colour,
    /// The colour at the end, or at the border.
    pub to: Colour,
    /// Where it turns.
    pub course: GradientCourse,
}

/// The way along which a [`Gradient`] turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GradientCourse {
    /// Along a line: to the right at 0 degrees, upwards at 90.
    Linear(u16),
    /// From the middle outwards.
    Radial,
}

impl Fill {
    /// Whether it hides the page behind it.
    pub(crate) fn is_chosen(self) -> bool {
        matches!(self, Self::Colour(_) | Self::Gradient(_))
    }
}

impl Gradient {
    /// The colour half way.
    pub(crate) fn middle(self) -> Colour {
        let mean = |from: u8, to: u8| from.midpoint(to);
        Colour {
            red: mean(self.from.red, self.to.red),
            green: mean(self.from.green, self.to.green),
            blue: mean(self.from.blue, self.to.blue),
            alpha: mean(self.from.alpha, self.to.alpha),
        }
    }
}

/// Whether a line is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    /// As the theme has it.
    #[default]
    Theme,
    /// Into dashes.
    Dashed,
    /// Into dots.
    Dotted,
}

/// A colour, in 256 steps for each part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
    /// 255 hides what is behind, 0 shows it.
    pub alpha: u8,
}

impl Colour {
    /// A colour that hides what is behind.
    #[must_use]
    pub fn new(red: u8, green: u8, blue: u8) -> Self {
        Self {
            red,
            green,
            blue,
            alpha: 255,
        }
    }

    /// How bright it looks, from 0 to 1: the relative luminance of WCAG 2.
    pub(crate) fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Whether light text can be read on it better than dark text.
    pub(crate) fn is_dark(self) -> bool {
        // Where the contrasts to black and to white are the same.
        self.luminance() < 0.179 && self.alpha > 127
    }

    /// Whether it can hardly be seen on a dark page: a contrast below 2.5.
    pub(crate) fn is_murky(self) -> bool {
        self.luminance() < 0.1
    }
}

/// As in style sheets, opacity left out: `#rrggbb`.
impl Display for Colour {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}
