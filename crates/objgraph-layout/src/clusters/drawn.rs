//! A frame around what is laid out.

use crate::diagram::Layout;
use crate::geometry::{Point, Rect, Size};
use std::collections::BTreeMap;

/// Room between a frame and what is in it.
const PADDING: f64 = 14.0;
/// From a title to the nearest line through the border.
const CLEARANCE: f64 = 4.0;

/// A level with places of its own.
pub(super) struct Drawn {
    pub(super) layout: Layout,
    /// What the frame covers.
    pub(super) frame: Rect,
    pub(super) title: Rect,
    /// How far right of the frame's middle each line passes its upper (`true`) or its lower border.
    pub(super) ports: BTreeMap<(usize, bool), f64>,
}

impl Drawn {
    /// A level with its frame: room on all sides, and for a title on top, or at the left if the drawing will be turned.
    ///
    /// No line hides the title: at the left none pass, and on top it stands between the `lines` that do.
    pub(super) fn framed(layout: Layout, size: Size, lines: Vec<f64>, is_sideways: bool) -> Self {
        let mut frame = layout.bounds().grown(PADDING);
        let mut title = Rect::default();
        if size.width > 0.0 && is_sideways {
            frame.x -= size.width;
            frame.width += size.width;
            frame.height = frame.height.max(size.height + 2.0 * PADDING);
            title = Rect::at(Point::new(frame.x + PADDING / 2.0, frame.y + PADDING), size);
        } else if size.width > 0.0 {
            frame.y -= size.height;
            frame.height += size.height;
            let x = title_x(frame, size.width, lines);
            let right = frame.right().max(x + size.width + PADDING);
            frame.x = frame.x.min(x - PADDING);
            frame.width = right - frame.x;
            title = Rect::at(Point::new(x, frame.y + PADDING / 2.0), size);
        }
        Self {
            layout,
            frame,
            title,
            ports: BTreeMap::new(),
        }
    }
}

/// Where a title begins: as far left as it is clear of the lines; left of all of them if the frame has no such place.
fn title_x(frame: Rect, width: f64, mut lines: Vec<f64>) -> f64 {
    let left = frame.x + PADDING;
    let Some(first) = lines.iter().copied().reduce(f64::min) else {
        return left;
    };
    lines.sort_by(f64::total_cmp);
    let starts = std::iter::once(left).chain(lines.iter().map(|line| line + CLEARANCE));
    let ends = lines.iter().map(|line| line - CLEARANCE);
    let ends = ends.chain([frame.right() - PADDING]);
    let mut gaps = starts.zip(ends);
    let gap = gaps.find(|(start, end)| start + width <= *end);
    gap.map_or(first - CLEARANCE - width, |(start, _)| start)
}
