//! What goes in and what comes out: sizes and ties, places and curves.

mod error;

use crate::direction::RankDirection;
use crate::geometry::{Point, Rect, Size};
use crate::port::Port;
use error::{check_ports, check_sizes};

pub use error::DiagramError;

/// Boxes and the arrows between them, without places.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    pub(crate) boxes: Vec<Size>,
    pub(crate) arrows: Vec<Arrow>,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) groups: Vec<RankGroup>,
    pub(crate) direction: Option<RankDirection>,
}

/// An arrow between two boxes.
#[derive(Clone, Copy, Debug)]
pub struct Arrow {
    /// The box that it leaves, by position.
    pub source: usize,
    /// The box that it points at, by position.
    pub target: usize,
    /// How much it counts: one without weight has no say in what is above and what below.
    pub weight: u32,
    /// The size of its label; zero when there is none.
    pub label: Size,
    /// Where at its source it has to begin; anywhere if there is none.
    pub source_port: Option<Port>,
    /// Where at its target it has to end; anywhere if there is none.
    pub target_port: Option<Port>,
}

/// Boxes that are drawn together, in a frame with a title.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cluster {
    /// The boxes directly inside, by position.
    pub boxes: Vec<usize>,
    /// The cluster around this one, by position; it comes before this one.
    pub parent: Option<usize>,
    /// The size of the title; zero when there is none.
    pub title: Size,
}

/// Boxes that stand in one row, or beside each other where rows stand upright.
///
/// Where arrows tie them together, they are neighbours, and the arrows point to the right or downwards. Of boxes in
/// different clusters, only those of the same cluster stand in one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RankGroup {
    /// The boxes, by position.
    pub boxes: Vec<usize>,
    /// Which row it is.
    pub kind: RankKind,
}

/// Which row a [`RankGroup`] stands in, in Graphviz's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RankKind {
    /// Any.
    #[default]
    Same,
    /// The first, where others may be too.
    Min,
    /// The first, alone.
    Source,
    /// The last, where others may be too.
    Max,
    /// The last, alone.
    Sink,
}

impl Diagram {
    /// A diagram of these boxes and arrows.
    ///
    /// # Errors
    /// [`DiagramError`] if a size is not finite, negative or beyond a million pixels, a port is not finite or
    /// beyond them, or an arrow ends nowhere.
    pub fn new(boxes: Vec<Size>, arrows: Vec<Arrow>) -> Result<Self, DiagramError> {
        let labels = arrows.iter().map(|arrow| arrow.label);
        check_sizes("box", boxes.iter().copied())?;
        check_sizes("label", labels)?;
        check_ports(&arrows)?;
        let n_boxes = boxes.len();
        for (arrow, ends) in arrows.iter().enumerate() {
            if let Some(end) = [ends.source, ends.target]
                .into_iter()
                .find(|end| *end >= n_boxes)
            {
                return Err(DiagramError::End {
                    arrow,
                    end,
                    n_boxes,
                });
            }
        }
        Ok(Self {
            boxes,
            arrows,
            ..Self::default()
        })
    }

    /// Draws boxes together. A box is in one cluster at most; clusters inside of another come after it.
    ///
    /// # Errors
    /// [`DiagramError::Cluster`] if that is not so, [`DiagramError::Size`] for the size of a title.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_layout::{Cluster, Diagram, Size, layered};
    ///
    /// let inner = Cluster { boxes: vec![1, 2], ..Cluster::default() };
    /// let diagram = Diagram::new(vec![Size::new(80.0, 40.0); 3], Vec::new())?.clusters(vec![inner])?;
    /// let layout = layered(&diagram);
    /// assert!(layout.clusters[0].contains(layout.boxes[1].center()));
    /// assert!(!layout.clusters[0].overlaps(layout.boxes[0]));
    /// # Ok::<(), objgraph_layout::DiagramError>(())
    /// ```
    pub fn clusters(mut self, clusters: Vec<Cluster>) -> Result<Self, DiagramError> {
        check_sizes("title", clusters.iter().map(|cluster| cluster.title))?;
        let mut is_inside = vec![false; self.boxes.len()];
        for (index, cluster) in clusters.iter().enumerate() {
            let wrong = |reason| DiagramError::Cluster {
                cluster: index,
                reason,
            };
            if cluster.parent.is_some_and(|parent| parent >= index) {
                return Err(wrong("lies in one that does not come before it"));
            }
            for &member in &cluster.boxes {
                match is_inside.get_mut(member) {
                    None => return Err(wrong("has a box that is not there")),
                    Some(true) => return Err(wrong("has a box that is in a cluster already")),
                    Some(is_inside) => *is_inside = true,
                }
            }
        }
        self.clusters = clusters;
        Ok(self)
    }

    /// Puts boxes into one row. Groups that share a box are one.
    ///
    /// # Errors
    /// [`DiagramError::Group`] if a group has a box that is not there.
    ///
    /// # Examples
    ///
    /// ```
    /// use objgraph_layout::{Arrow, Diagram, RankDirection, RankGroup, Size, layered};
    ///
    /// let arrows = vec![Arrow::new(0, 1, Size::default()), Arrow::new(0, 2, Size::default())];
    /// let group = RankGroup { boxes: vec![0, 2], ..RankGroup::default() };
    /// let diagram = Diagram::new(vec![Size::new(80.0, 40.0); 3], arrows)?.groups(vec![group])?;
    /// let layout = layered(&diagram.direction(RankDirection::TopToBottom));
    /// assert!(layout.boxes[0].right() < layout.boxes[2].x && layout.boxes[2].bottom() < layout.boxes[1].y);
    /// # Ok::<(), objgraph_layout::DiagramError>(())
    /// ```
    pub fn groups(mut self, groups: Vec<RankGroup>) -> Result<Self, DiagramError> {
        for (index, group) in groups.iter().enumerate() {
            let is_there = |member: &&usize| **member < self.boxes.len();
            if let Some(&member) = group.boxes.iter().find(|member| !is_there(member)) {
                return Err(DiagramError::Group {
                    group: index,
                    member,
                });
            }
        }
        self.groups = groups;
        Ok(self)
    }

    /// Where most arrows shall point. Default: downwards or to the right, whichever is easier to read on a screen.
    #[must_use]
    pub fn direction(mut self, direction: RankDirection) -> Self {
        self.direction = Some(direction);
        self
    }

    /// The sizes of the boxes.
    #[must_use]
    pub fn boxes(&self) -> &[Size] {
        &self.boxes
    }

    /// The arrows.
    #[must_use]
    pub fn arrows(&self) -> &[Arrow] {
        &self.arrows
    }

    pub(crate) fn has_ports(&self) -> bool {
        self.arrows.iter().any(|arrow| arrow.has_port())
    }
}

/// Where everything of a [`Diagram`] is drawn, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The boxes.
    pub boxes: Vec<Rect>,
    /// The arrows from border to border: a start, then three points for each cubic curve.
    pub curves: Vec<Vec<Point>>,
    /// The labels of the arrows; empty rectangles where there is none.
    pub labels: Vec<Rect>,
    /// The frames of the clusters.
    pub clusters: Vec<Rect>,
    /// The titles of the clusters, inside their frames; empty rectangles where there is none.
    pub titles: Vec<Rect>,
}

impl Arrow {
    /// An arrow of weight one without ports.
    #[must_use]
    pub fn new(source: usize, target: usize, label: Size) -> Self {
        Self {
            source,
            target,
            weight: 1,
            label,
            source_port: None,
            target_port: None,
        }
    }

    /// Whether it points at the box that it leaves.
    #[must_use]
    pub fn is_loop(self) -> bool {
        self.source == self.target
    }

    /// Whether it has a label.
    #[must_use]
    pub fn has_label(self) -> bool {
        self.label.width > 0.0
    }

    /// The ports that it has.
    pub(crate) fn ports(self) -> impl Iterator<Item = Port> {
        [self.source_port, self.target_port].into_iter().flatten()
    }

    pub(crate) fn has_port(self) -> bool {
        self.source_port.is_some() || self.target_port.is_some()
    }

    /// The arrow with each of its ports changed.
    pub(crate) fn with_ports(self, change: impl Fn(Port) -> Port) -> Self {
        Self {
            source_port: self.source_port.map(&change),
            target_port: self.target_port.map(&change),
            ..self
        }
    }
}

impl Layout {
    /// A layout in which everything is still at the origin.
    #[must_use]
    pub fn blank(diagram: &Diagram) -> Self {
        Self {
            boxes: vec![Rect::default(); diagram.boxes.len()],
            curves: vec![Vec::new(); diagram.arrows.len()],
            labels: vec![Rect::default(); diagram.arrows.len()],
            clusters: vec![Rect::default(); diagram.clusters.len()],
            titles: vec![Rect::default(); diagram.clusters.len()],
        }
    }

    /// What the layout covers; boxes, labels and the control points of every curve are inside.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        let rects = self
            .boxes
            .iter()
            .chain(&self.labels)
            .chain(&self.clusters)
            .filter(|r| r.width > 0.0);
        let corners = rects.flat_map(|r| [Point::new(r.x, r.y), Point::new(r.right(), r.bottom())]);
        let mut points = corners.chain(self.curves.iter().flatten().copied());
        let Some(first) = points.next() else {
            return Rect::default();
        };
        let (mut low, mut high) = (first, first);
        for point in points {
            low = Point::new(low.x.min(point.x), low.y.min(point.y));
            high = Point::new(high.x.max(point.x), high.y.max(point.y));
        }
        Rect {
            x: low.x,
            y: low.y,
            width: high.x - low.x,
            height: high.y - low.y,
        }
    }
}
