//! What every drawing promises, on random diagrams and on the extremes.

use objgraph_layout::{
    Arrow, Cluster, Diagram, DiagramError, Layout, Point, RankDirection, Rect, Size, layered,
};

/// A generator of numbers (Knuth's constants), so that this crate needs no other even in its tests.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

fn diagram(n_boxes: usize, ends: impl IntoIterator<Item = (usize, usize)>) -> Diagram {
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
fn points(curve: &[Point]) -> Vec<Point> {
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

fn touches(rect: Rect, point: Point) -> bool {
    rect.grown(0.5).contains(point)
}

/// Boxes apart, curves from border to border and through no other box, labels off the boxes.
fn check(diagram: &Diagram, layout: &Layout) {
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
            let is_own = place == arrow.source || place == arrow.target;
            let inside = rect.grown(-1.0);
            assert!(
                is_own || !points.iter().any(|point| inside.contains(*point)),
                "{arrow:?} runs through box {place}"
            );
        }
        let label = layout.labels[index];
        assert_eq!(label.width > 0.0, arrow.has_label());
        assert!((label.width - arrow.label.width).abs() < 1e-6);
    }
}

#[test]
fn random_diagrams_keep_every_promise_in_every_direction() {
    let mut numbers = Numbers(3);
    for round in 0..160 {
        let n_boxes = 1 + numbers.below(40);
        let n_arrows = numbers.below(2 * n_boxes);
        // Hubs and fans, as object graphs have.
        let ends: Vec<_> = (0..n_arrows)
            .map(|_| {
                let hub = numbers.below(1 + n_boxes / 6);
                let any = numbers.below(n_boxes);
                [(hub, any), (any, hub), (any, numbers.below(n_boxes))][numbers.below(3)]
            })
            .collect();
        let mut diagram = diagram(n_boxes, ends);
        if round % 5 > 0 {
            diagram = diagram.direction(RankDirection::ALL[round % 5 - 1]);
        }
        let layout = layered(&diagram);
        check(&diagram, &layout);
        assert_eq!(layout, layered(&diagram));
    }
}

#[test]
fn arrows_of_a_tree_point_where_the_diagram_asks() {
    for direction in RankDirection::ALL {
        let tree = diagram(30, (1..30).map(|child| ((child - 1) / 3, child))).direction(direction);
        let layout = layered(&tree);
        for arrow in tree.arrows() {
            let from = layout.boxes[arrow.source].center();
            let to = layout.boxes[arrow.target].center();
            let ahead = match direction {
                RankDirection::TopToBottom => to.y - from.y,
                RankDirection::BottomToTop => from.y - to.y,
                RankDirection::LeftToRight => to.x - from.x,
                RankDirection::RightToLeft => from.x - to.x,
            };
            assert!(ahead > 0.0, "{direction:?} {arrow:?}");
        }
        check(&tree, &layout);
    }
}

#[test]
fn fans_of_leaves_fill_a_block() {
    for is_source in [false, true] {
        let ends = (1..400).map(|leaf| if is_source { (leaf, 0) } else { (0, leaf) });
        let star = diagram(400, ends);
        let layout = layered(&star);
        check(&star, &layout);
        let bounds = layout.bounds();
        assert!(
            bounds.width < 4.0 * bounds.height && bounds.height < 4.0 * bounds.width,
            "{bounds:?}"
        );
    }
}

#[test]
fn hanging_trees_are_listed_whole() {
    // Thirty branches with two leaves each, and a cycle that keeps its boxes out of the block.
    let branches = (1..31).flat_map(|nth| [(0, nth), (nth, 30 + nth), (nth, 60 + nth)]);
    let diagram = diagram(93, branches.chain([(0, 91), (91, 92), (92, 0)]));
    check(&diagram, &layered(&diagram));
}

#[test]
fn nothing_one_box_and_a_loop_are_drawn() {
    assert_eq!(layered(&Diagram::default()), Layout::default());
    let one = diagram(1, [(0, 0), (0, 0), (0, 0)]);
    check(&one, &layered(&one));
}

#[test]
fn sizes_that_are_none_are_refused() {
    for bad in [f64::NAN, f64::INFINITY, -1.0, 1e9] {
        let size = Size::new(bad, 10.0);
        let of_box = Diagram::new(vec![size], Vec::new());
        assert!(matches!(
            of_box,
            Err(DiagramError::Size {
                of: "box",
                index: 0,
                ..
            })
        ));
        let boxes = vec![Size::new(10.0, 10.0); 2];
        let of_label = Diagram::new(boxes, vec![Arrow::new(0, 1, size)]);
        assert!(matches!(
            of_label,
            Err(DiagramError::Size {
                of: "label",
                index: 0,
                ..
            })
        ));
    }
}

/// Whether a box is in a cluster, or in one inside of it.
fn is_in(clusters: &[Cluster], cluster: usize, member: usize) -> bool {
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
fn check_clusters(diagram: &Diagram, clusters: &[Cluster], layout: &Layout) {
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

#[test]
fn clusters_frame_what_is_theirs_in_every_direction() {
    let mut numbers = Numbers(17);
    for round in 0..120 {
        let n_boxes = 2 + numbers.below(30);
        let n_clusters = 1 + numbers.below(6);
        let mut clusters: Vec<Cluster> = (0..n_clusters)
            .map(|index| Cluster {
                parent: (index > 0 && numbers.below(2) == 0).then(|| numbers.below(index)),
                title: [0.0, 60.0, 400.0].map(|width| Size::new(width, 15.0))[numbers.below(3)],
                ..Cluster::default()
            })
            .collect();
        for member in 0..n_boxes {
            if let Some(cluster) = clusters.get_mut(numbers.below(n_clusters + 2)) {
                cluster.boxes.push(member);
            }
        }
        let n_arrows = numbers.below(2 * n_boxes);
        let ends: Vec<_> = (0..n_arrows)
            .map(|_| (numbers.below(n_boxes), numbers.below(n_boxes)))
            .collect();
        let mut diagram = diagram(n_boxes, ends)
            .clusters(clusters.clone())
            .expect("each box is in one cluster");
        if round % 5 > 0 {
            diagram = diagram.direction(RankDirection::ALL[round % 5 - 1]);
        }
        let layout = layered(&diagram);
        check(&diagram, &layout);
        check_clusters(&diagram, &clusters, &layout);
    }
}

#[test]
fn clusters_that_are_none_are_refused() {
    let boxes = || Diagram::new(vec![Size::new(10.0, 10.0); 3], Vec::new()).expect("three boxes");
    let cluster = |boxes: &[usize], parent| Cluster {
        boxes: boxes.to_vec(),
        parent,
        ..Cluster::default()
    };
    for bad in [
        vec![cluster(&[3], None)],
        vec![cluster(&[0, 0], None)],
        vec![cluster(&[0], None), cluster(&[0], None)],
        vec![cluster(&[0], Some(0))],
        vec![cluster(&[0], Some(1)), cluster(&[1], None)],
    ] {
        let index = bad.len() - 1;
        let refused = boxes().clusters(bad);
        let is_named =
            matches!(refused, Err(DiagramError::Cluster { cluster, .. }) if cluster <= index);
        assert!(is_named, "{refused:?}");
    }
}

/// Runs on a stack on which one call for each box would not fit.
fn on_a_small_stack(draw: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(draw);
    thread
        .expect("a thread starts")
        .join()
        .expect("no overflow");
}

#[test]
fn extremes_are_drawn_on_a_small_stack() {
    on_a_small_stack(|| {
        let path = diagram(1_000_000, (1..1_000_000).map(|nth| (nth - 1, nth)));
        assert!(layered(&path).bounds().height > 1e7);
    });
    on_a_small_stack(|| {
        let star = diagram(100_001, (1..100_001).map(|leaf| (0, leaf)));
        assert!(layered(&star).bounds().width < 1e5);
    });
    on_a_small_stack(|| {
        let apart = layered(&diagram(100_000, [])).bounds();
        assert!(apart.width < 3.0 * apart.height && apart.height < 3.0 * apart.width);
    });
}

#[test]
fn lines_by_lanes_run_through_no_box() {
    let column = (1..400).flat_map(|nth| [(nth - 1, nth), (nth, 400)]);
    let diagram = diagram(401, column);
    check(&diagram, &layered(&diagram));
}

#[test]
fn a_complete_graph_is_drawn_without_a_line_through_a_box() {
    let complete = diagram(
        60,
        (0..60).flat_map(|one| (one + 1..60).map(move |other| (one, other))),
    );
    check(&complete, &layered(&complete));
}
