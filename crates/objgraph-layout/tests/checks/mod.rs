//! What every drawing promises, and diagrams to draw.

#![allow(dead_code, reason = "each test uses a part of it")]

use objgraph_layout::{Arrow, Cluster, Diagram, Layout, Point, Rect, Size};

/// A generator of numbers (Knuth's constants), so that this crate needs no other even in its tests.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

pub(crate) fn diagram(n_boxes: usize, ends: impl IntoIterator<Item = (usize, usize)>) -> Diagram {
    let arrows = ends.into_iter().enumerate().map(|(nth, (source, target))| {
        let label = [
            Size::default(),
            Size::new(30.0 + (nth % 7) as f64 * 9.0, 13.0),
        ][nth % 2];
        Arrow::new(source, target, label)
    });
    let boxes = (0..n_boxes).map(|nth| {
        Size::new(
            50.0 + (nth % 5) as f64 * 30.0,
            30.0 + (nth % 3) as f64 * 14.0,
        )
    });
    Diagram::new(boxes.collect(), arrows.collect()).expect("sizes and ends are valid")
}

/// Points on a curve, close enough to notice whatever is as large as a box.
pub(crate) fn points(curve: &[Point]) -> Vec<Point> {
    let mut points = Vec::new();
    let mut start = curve[0];
    for piece in curve[1..].chunks_exact(3) {
        for step in 0..=20 {
            let share = f64::from(step) / 20.0;
            let (ab, bc, cd) = (
                start.towards(piece[0], share),
                piece[0].towards(piece[1], share),
                piece[1].towards(piece[2], share),
            );
            let (abc, bcd) = (ab.towards(bc, share), bc.towards(cd, share));
            points.push(abc.towards(bcd, share));
        }
        start = piece[2];
    }
    points
}

pub(crate) fn touches(rect: Rect, point: Point) -> bool {
    rect.grown(0.5).contains(point)
}

/// Boxes apart, curves from border to border and through no other box, labels off the boxes.
pub(crate) fn check(diagram: &Diagram, layout: &Layout) {
    for (index, rect) in layout.boxes.iter().enumerate() {
        let size = diagram.boxes()[index];
        assert!((rect.width - size.width).abs() + (rect.height - size.height).abs() < 1e-6);
        assert!(rect.x.is_finite() && rect.y.is_finite());
        for other in &layout.boxes[..index] {
            assert!(!rect.overlaps(*other), "{rect:?} {other:?}");
        }
    }
    for (index, arrow) in diagram.arrows().iter().enumerate() {
        let curve = &layout.curves[index];
        let ends = (curve[0], curve[curve.len() - 1]);
        assert!(
            touches(layout.boxes[arrow.source], ends.0),
            "{arrow:?} starts at {:?}",
            ends.0
        );
        assert!(
            touches(layout.boxes[arrow.target], ends.1),
            "{arrow:?} ends at {:?}",
            ends.1
        );
        let points = points(curve);
        for (place, rect) in layout.boxes.iter().enumerate() {
            let inside = rect.grown(-1.0);
            assert!(
                !points.iter().any(|point| inside.contains(*point)),
                "{arrow:?} runs through box {place}"
            );
        }
        let label = layout.labels[index];
        assert_eq!(label.width > 0.0, arrow.has_label());
        assert!((label.width - arrow.label.width).abs() < 1e-6);
    }
}

/// Whether a box is in a cluster, or in one inside of it.
pub(crate) fn is_in(clusters: &[Cluster], cluster: usize, member: usize) -> bool {
    let mut home = clusters
        .iter()
        .position(|cluster| cluster.boxes.contains(&member));
    while let Some(inner) = home {
        if inner == cluster {
            return true;
        }
        home = clusters[inner].parent;
    }
    false
}

/// Frames hold their own and nothing else, and no line crosses a title, or a frame that it has nothing to do with.
pub(crate) fn check_clusters(diagram: &Diagram, clusters: &[Cluster], layout: &Layout) {
    for (index, frame) in layout.clusters.iter().enumerate() {
        let title = layout.titles[index];
        assert!(title.width == 0.0 || frame.contains(title.center()));
        for (place, rect) in layout.boxes.iter().enumerate() {
            if is_in(clusters, index, place) {
                assert!(frame.contains(Point::new(rect.x, rect.y)));
                assert!(frame.contains(Point::new(rect.right(), rect.bottom())));
            } else {
                assert!(!frame.overlaps(*rect), "box {place} in frame {index}");
            }
            assert!(title.width == 0.0 || !title.overlaps(*rect));
        }
        for curve in &layout.curves {
            let crosses = points(curve).iter().any(|point| title.contains(*point));
            assert!(title.width == 0.0 || !crosses, "title {index}");
        }
        let inside = frame.grown(-1.0);
        for (arrow, curve) in diagram.arrows().iter().zip(&layout.curves) {
            let ends = [arrow.source, arrow.target];
            if !ends.iter().any(|&end| is_in(clusters, index, end)) {
                assert!(
                    !points(curve).iter().any(|point| inside.contains(*point)),
                    "{arrow:?} in {index}"
                );
            }
        }
    }
}
