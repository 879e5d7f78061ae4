//! Where the arrows point: rows run from top to bottom, and the drawing is turned at last.

use crate::diagram::{Diagram, Layout};
use crate::geometry::{Point, Rect, Size};
use crate::port::Port;
use std::borrow::Cow;

/// Where most arrows of a drawing point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RankDirection {
    /// Downwards: rows lie one below the other.
    #[default]
    TopToBottom,
    /// To the right: rows stand upright, one beside the other.
    LeftToRight,
    /// Upwards.
    BottomToTop,
    /// To the left.
    RightToLeft,
}

impl RankDirection {
    /// Every direction.
    pub const ALL: [Self; 4] = [
        Self::TopToBottom,
        Self::LeftToRight,
        Self::BottomToTop,
        Self::RightToLeft,
    ];

    /// Graphviz's name for the direction.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TopToBottom => "TB",
            Self::LeftToRight => "LR",
            Self::BottomToTop => "BT",
            Self::RightToLeft => "RL",
        }
    }

    /// Reads the names that Graphviz has for directions: `TB`, `LR`, `BT` and `RL`.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_layout::RankDirection;
    ///
    /// assert_eq!(RankDirection::parse("LR"), Some(RankDirection::LeftToRight));
    /// assert_eq!(RankDirection::parse("up"), None);
    /// ```
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|direction| direction.name().eq_ignore_ascii_case(name))
    }

    /// Whether rows stand upright, one beside the other.
    #[must_use]
    pub fn is_sideways(self) -> bool {
        matches!(self, Self::LeftToRight | Self::RightToLeft)
    }

    pub(crate) fn is_backwards(self) -> bool {
        matches!(self, Self::BottomToTop | Self::RightToLeft)
    }
}

/// Lays a diagram out in a direction, by an engine that only knows the one from top to bottom.
///
/// # Errors
/// Those of the engine.
pub fn turned<E>(
    diagram: &Diagram,
    direction: RankDirection,
    engine: impl FnOnce(&Diagram) -> Result<Layout, E>,
) -> Result<Layout, E> {
    let diagram = facing(diagram, Some(direction));
    let mut layout = if direction.is_sideways() {
        let mut layout = engine(&on_its_side(&diagram))?;
        transpose(&mut layout);
        layout
    } else {
        engine(&diagram)?
    };
    if direction.is_backwards() {
        mirror(&mut layout, direction.is_sideways());
    }
    Ok(layout)
}

/// The diagram whose drawing, [mirrored](mirror) if the direction is backwards, has the ports of the given one.
pub(crate) fn facing(diagram: &Diagram, direction: Option<RankDirection>) -> Cow<'_, Diagram> {
    let backwards = direction.filter(|direction| direction.is_backwards());
    let Some(direction) = backwards.filter(|_| diagram.has_ports()) else {
        return Cow::Borrowed(diagram);
    };
    let mut diagram = diagram.clone();
    for arrow in &mut diagram.arrows {
        *arrow = arrow.with_ports(|port| port.mirrored(direction.is_sideways()));
    }
    Cow::Owned(diagram)
}

/// The diagram whose drawing from top to bottom, [transposed](transpose), is one of the given diagram to the right.
pub(crate) fn on_its_side(diagram: &Diagram) -> Diagram {
    let mut diagram = diagram.clone();
    diagram
        .boxes
        .iter_mut()
        .for_each(|size| *size = swapped(*size));
    for arrow in &mut diagram.arrows {
        arrow.label = swapped(arrow.label);
        *arrow = arrow.with_ports(Port::transposed);
    }
    for cluster in &mut diagram.clusters {
        cluster.title = swapped(cluster.title);
    }
    diagram
}

/// Reflects a drawing at the line from the upper left to the lower right: what was below is then at the right.
pub(crate) fn transpose(layout: &mut Layout) {
    for rect in rects(layout) {
        *rect = Rect {
            x: rect.y,
            y: rect.x,
            width: rect.height,
            height: rect.width,
        };
    }
    for point in layout.curves.iter_mut().flatten() {
        *point = Point::new(point.y, point.x);
    }
}

/// Reflects a drawing so that its rows come in the opposite order.
pub(crate) fn mirror(layout: &mut Layout, is_sideways: bool) {
    for rect in rects(layout) {
        *rect = mirrored_rect(*rect, is_sideways);
    }
    for point in layout.curves.iter_mut().flatten() {
        *point = mirrored(*point, is_sideways);
    }
}

/// A point reflected at the horizontal axis, or at the upright one if rows stand sideways.
pub(crate) fn mirrored(point: Point, is_sideways: bool) -> Point {
    if is_sideways {
        Point::new(-point.x, point.y)
    } else {
        Point::new(point.x, -point.y)
    }
}

/// A rectangle reflected like a point.
pub(crate) fn mirrored_rect(rect: Rect, is_sideways: bool) -> Rect {
    let center = mirrored(rect.center(), is_sideways);
    Rect::around(center, Size::new(rect.width, rect.height))
}

fn rects(layout: &mut Layout) -> impl Iterator<Item = &mut Rect> {
    let of_clusters = layout.clusters.iter_mut().chain(&mut layout.titles);
    let of_arrows = layout.labels.iter_mut();
    layout.boxes.iter_mut().chain(of_arrows).chain(of_clusters)
}

fn swapped(size: Size) -> Size {
    Size::new(size.height, size.width)
}
