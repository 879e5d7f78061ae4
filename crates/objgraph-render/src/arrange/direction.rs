//! Layout in any of four directions, by an engine that knows only one.
//!
//! Everything is transposed before and after: what lies above the diagonal then lies below it.

use super::{ArrangeError, Engine, graphviz, layout_rs};
use objgraph_layout::{Arrow, Diagram, Layout, Point, Rect, Size, layered};

/// Where the arrows of a picture point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RankDirection {
    /// Down.
    #[default]
    TopToBottom,
    /// To the right.
    LeftToRight,
    /// Up.
    BottomToTop,
    /// To the left.
    RightToLeft,
}

impl RankDirection {
    /// Reads `TB`, `LR`, `BT` or `RL`.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_render::RankDirection;
    ///
    /// assert_eq!(RankDirection::parse("LR"), Some(RankDirection::LeftToRight));
    /// assert_eq!(RankDirection::parse("up"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_uppercase().as_str() {
            "TB" => Some(Self::TopToBottom),
            "LR" => Some(Self::LeftToRight),
            "BT" => Some(Self::BottomToTop),
            "RL" => Some(Self::RightToLeft),
            _ => None,
        }
    }

    pub(super) fn is_sideways(self) -> bool {
        matches!(self, Self::LeftToRight | Self::RightToLeft)
    }

    /// Where a point of the layout from top to bottom goes.
    fn turned(self, point: Point) -> Point {
        match self {
            Self::TopToBottom => point,
            Self::LeftToRight => Point::new(point.y, point.x),
            Self::BottomToTop => Point::new(point.x, -point.y),
            Self::RightToLeft => Point::new(-point.y, point.x),
        }
    }
}

/// Lets an engine place a diagram.
pub(super) fn place(
    diagram: Diagram,
    engine: Engine,
    direction: RankDirection,
) -> Result<Layout, ArrangeError> {
    if diagram.boxes().is_empty() {
        return Ok(Layout::default());
    }
    let diagram = if direction.is_sideways() {
        transposed(&diagram)
    } else {
        diagram
    };
    let mut layout = match engine {
        Engine::Layered => layered(&diagram),
        Engine::LayoutRs => layout_rs::place(&diagram)?,
        Engine::Graphviz => graphviz::place(&diagram)?,
    };
    let rects = layout.boxes.iter_mut().chain(&mut layout.labels);
    rects.for_each(|rect| *rect = turned_rect(*rect, direction));
    let points = layout.curves.iter_mut().flatten();
    points.for_each(|point| *point = direction.turned(*point));
    Ok(layout)
}

fn transposed(diagram: &Diagram) -> Diagram {
    let turned = |size: Size| Size::new(size.height, size.width);
    let boxes = diagram.boxes().iter().map(|size| turned(*size));
    let arrows = diagram.arrows().iter().map(|arrow| Arrow {
        label: turned(arrow.label),
        ..*arrow
    });
    Diagram::new(boxes.collect(), arrows.collect()).expect("turned sizes are as good as before")
}

fn turned_rect(rect: Rect, direction: RankDirection) -> Rect {
    let size = if direction.is_sideways() {
        Size::new(rect.height, rect.width)
    } else {
        Size::new(rect.width, rect.height)
    };
    Rect::around(direction.turned(rect.center()), size)
}
