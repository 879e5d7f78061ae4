//! Lines of text that belong together, before and after they have their place.

use crate::font::text_width;
use crate::paint::Colour;
use crate::scene::{Anchor, SceneText, TextStyle, base_line, line_height};
use objgraph_layout::{Rect, Size};

/// Lines of text under each other, and the room that they need.
#[derive(Default)]
pub(super) struct TextBlock {
    pub(super) lines: Vec<TextLine>,
    pub(super) size: Size,
    /// From the top of the block to the top of the first line.
    pub(super) top: f64,
}

/// A line of a block.
pub(super) struct TextLine {
    pub(super) style: TextStyle,
    /// The height of an em in pixels.
    pub(super) em: f64,
    /// The side at which it is aligned with the others.
    pub(super) side: Anchor,
    pub(super) colour: Option<Colour>,
    pub(super) text: String,
}

impl TextLine {
    /// A line in the middle, in the size and colour of its style.
    pub(super) fn new(style: TextStyle, text: String) -> Self {
        Self {
            style,
            em: style.em(),
            side: Anchor::Middle,
            colour: None,
            text,
        }
    }

    fn width(&self) -> f64 {
        text_width(self.style.font(), self.em, &self.text)
    }
}

impl TextBlock {
    pub(super) fn new(lines: Vec<TextLine>, padding: Size) -> Self {
        let width = widest(&lines);
        let height: f64 = lines.iter().map(|line| line_height(line.em)).sum();
        Self {
            lines,
            size: Size::new(width + 2.0 * padding.width, height + 2.0 * padding.height),
            top: padding.height,
        }
    }

    /// Gives the block another size; the text stays in the middle.
    pub(super) fn resize(&mut self, size: Size) {
        self.top += (size.height - self.size.height) / 2.0;
        self.size = size;
    }

    /// The lines, centred as one in a rectangle.
    pub(super) fn into_texts(self, rect: Rect) -> Vec<SceneText> {
        let half_width = widest(&self.lines) / 2.0;
        self.placed(rect, half_width)
    }

    /// The lines in a rectangle, those at a side as near to its border as `padding` lets them.
    pub(super) fn into_texts_across(self, rect: Rect, padding: f64) -> Vec<SceneText> {
        let half_width = (rect.width / 2.0 - padding).max(widest(&self.lines) / 2.0);
        self.placed(rect, half_width)
    }

    fn placed(self, rect: Rect, half_width: f64) -> Vec<SceneText> {
        let middle = rect.center().x;
        let mut top = rect.y + self.top;
        let placed = self.lines.into_iter().map(|line| {
            let x = match line.side {
                Anchor::Start => middle - half_width,
                Anchor::Middle => middle,
                Anchor::End => middle + half_width,
            };
            let mut text = SceneText::placed(line.style, line.text, line.side, x, top);
            if (line.em - line.style.em()).abs() > 1e-9 {
                text.em = Some(line.em);
                text.width = text_width(line.style.font(), line.em, &text.text);
                text.at.y = base_line(line.em, top);
            }
            text.colour = line.colour;
            top += line_height(line.em);
            text
        });
        placed.collect()
    }
}

fn widest(lines: &[TextLine]) -> f64 {
    lines.iter().map(TextLine::width).fold(0.0, f64::max)
}
