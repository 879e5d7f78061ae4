//! What is no diagram, and why.

use super::Arrow;
use crate::geometry::{Point, Size};
use std::fmt;

/// Why something is no diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum DiagramError {
    /// A box, label or title is not finite, negative, or larger than a million pixels.
    Size {
        /// What has the size: `box`, `label` or `title`.
        of: &'static str,
        /// Its position among the boxes, arrows or clusters.
        index: usize,
        /// The size.
        size: Size,
    },
    /// A port is not finite, or further than a million pixels from the middle of its box.
    Port {
        /// The position of the arrow.
        arrow: usize,
        /// Where the port is, from the middle of the box.
        place: Point,
    },
    /// An arrow begins or ends at a box that is not there.
    End {
        /// The position of the arrow.
        arrow: usize,
        /// The box that it names.
        end: usize,
        /// How many boxes there are.
        n_boxes: usize,
    },
    /// A cluster has a box that is not there or that is in another cluster too, or is in a cluster after it.
    Cluster {
        /// The position of the cluster.
        cluster: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A group has a box that is not there.
    Group {
        /// The position of the group.
        group: usize,
        /// The box that it names.
        member: usize,
    },
}

impl fmt::Display for DiagramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size { of, index, size } => write!(
                f,
                "{of} {index} is {} by {} pixels, not between 0 and {MAX_SIZE}",
                size.width, size.height
            ),
            Self::Port { arrow, place } => write!(
                f,
                "arrow {arrow} has a port {} right of and {} below the middle of its box, not at most {MAX_SIZE} pixels",
                place.x, place.y
            ),
            Self::End {
                arrow,
                end,
                n_boxes,
            } => {
                write!(
                    f,
                    "arrow {arrow} ends at box {end}, but there are {n_boxes} boxes"
                )
            }
            Self::Cluster { cluster, reason } => write!(f, "cluster {cluster} {reason}"),
            Self::Group { group, member } => {
                write!(f, "group {group} has box {member}, which is not there")
            }
        }
    }
}

impl std::error::Error for DiagramError {}

/// The largest width and height of a box, in pixels.
const MAX_SIZE: f64 = 1e6;

pub(super) fn check_sizes(
    of: &'static str,
    sizes: impl Iterator<Item = Size>,
) -> Result<(), DiagramError> {
    let fits = |length: f64| (0.0..=MAX_SIZE).contains(&length);
    let mut wrong = sizes
        .enumerate()
        .filter(|(_, size)| !fits(size.width) || !fits(size.height));
    match wrong.next() {
        Some((index, size)) => Err(DiagramError::Size { of, index, size }),
        None => Ok(()),
    }
}

pub(super) fn check_ports(arrows: &[Arrow]) -> Result<(), DiagramError> {
    let fits = |length: f64| length.abs() <= MAX_SIZE;
    for (arrow, ends) in arrows.iter().enumerate() {
        for place in ends.ports().map(|port| port.place) {
            if !fits(place.x) || !fits(place.y) {
                return Err(DiagramError::Port { arrow, place });
            }
        }
    }
    Ok(())
}
