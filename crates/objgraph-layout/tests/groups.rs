//! Boxes of a group stand in one row, in every direction and in frames, and lines within a row keep every promise.

mod checks;

use checks::{Numbers, check, check_clusters, diagram};
use objgraph_layout::{
    Arrow, Cluster, Diagram, DiagramError, Layout, Point, Port, RankDirection, RankGroup, RankKind,
    Sides, Size, layered,
};

/// Whether two boxes stand in one row: rows are apart, and a box is inside of its row.
fn is_level(layout: &Layout, one: usize, other: usize, is_sideways: bool) -> bool {
    let (one, other) = (layout.boxes[one], layout.boxes[other]);
    if is_sideways {
        one.x <= other.right() && other.x <= one.right()
    } else {
        one.y <= other.bottom() && other.y <= one.bottom()
    }
}

fn with_groups(diagram: Diagram, groups: &[RankGroup]) -> Diagram {
    diagram
        .groups(groups.to_vec())
        .expect("the boxes are there")
}

fn group(boxes: &[usize], kind: RankKind) -> RankGroup {
    RankGroup {
        boxes: boxes.to_vec(),
        kind,
    }
}

#[test]
fn random_groups_stand_in_rows_in_every_direction() {
    let mut numbers = Numbers(11);
    for round in 0..160 {
        let n_boxes = 4 + numbers.below(24);
        let n_arrows = numbers.below(2 * n_boxes);
        let ends: Vec<_> = (0..n_arrows)
            .map(|_| (numbers.below(n_boxes), numbers.below(n_boxes)))
            .collect();
        let plain = diagram(n_boxes, ends);
        let arrows = plain.arrows().iter().map(|arrow| {
            let side = [Sides::TOP, Sides::RIGHT, Sides::BOTTOM, Sides::LEFT][numbers.below(4)];
            Arrow {
                source_port: (numbers.below(4) == 0).then(|| Port::on(side)),
                ..*arrow
            }
        });
        let arrows = arrows.collect();
        let diagram = Diagram::new(plain.boxes().to_vec(), arrows).expect("ports are finite");
        let kinds = [
            RankKind::Same,
            RankKind::Min,
            RankKind::Max,
            RankKind::Source,
            RankKind::Sink,
        ];
        // Each box is in one group, or in none.
        let groups: Vec<RankGroup> = (0..=numbers.below(3))
            .map(|nth| {
                let members = (nth..n_boxes).step_by(4).filter(|_| numbers.below(2) == 0);
                group(&members.collect::<Vec<_>>(), kinds[(round + nth) % 5])
            })
            .collect();
        let direction = RankDirection::ALL[round % 4];
        let diagram = with_groups(diagram.direction(direction), &groups);
        let layout = layered(&diagram);
        check(&diagram, &layout);
        for group in &groups {
            for pair in group.boxes.windows(2) {
                assert!(is_level(&layout, pair[0], pair[1], direction.is_sideways()));
            }
        }
        assert_eq!(layout, layered(&diagram));
    }
}

#[test]
fn groups_in_frames_stand_in_rows() {
    let mut numbers = Numbers(29);
    for round in 0..60 {
        let clusters = [0, 1].map(|nth| Cluster {
            boxes: (nth * 6..nth * 6 + 6).collect(),
            ..Cluster::default()
        });
        let ends: Vec<_> = (0..20)
            .map(|_| (numbers.below(16), numbers.below(16)))
            .collect();
        let diagram = diagram(16, ends)
            .clusters(clusters.to_vec())
            .expect("each box is in one");
        let direction = RankDirection::ALL[round % 4];
        let groups = [
            group(&[0, 2, 4], RankKind::Same),
            group(&[7, 8], RankKind::Max),
            group(&[12, 13, 1], RankKind::Same),
        ];
        let diagram = with_groups(diagram.direction(direction), &groups);
        let layout = layered(&diagram);
        check(&diagram, &layout);
        check_clusters(&diagram, &clusters, &layout);
        for (one, other) in [(0, 2), (2, 4), (7, 8), (12, 13)] {
            assert!(is_level(&layout, one, other, direction.is_sideways()));
        }
    }
}

#[test]
fn lines_between_neighbours_are_straight_and_others_pass_above() {
    let arrows = [(0, 1), (1, 2), (0, 2)]
        .map(|(source, target)| Arrow::new(source, target, Size::new(30.0, 10.0)));
    let plain = Diagram::new(vec![Size::new(60.0, 30.0); 3], arrows.to_vec()).expect("small");
    let diagram = with_groups(
        plain.direction(RankDirection::TopToBottom),
        &[group(&[0, 1, 2], RankKind::Same)],
    );
    let layout = layered(&diagram);
    check(&diagram, &layout);
    let [first, second, third] = [0, 1, 2].map(|index| layout.boxes[index]);
    assert!(first.right() + 30.0 < second.x && second.right() + 30.0 < third.x);
    assert_eq!(
        layout.curves[0][0],
        Point::new(first.right(), first.center().y)
    );
    assert_eq!(layout.curves[0][3], Point::new(second.x, second.center().y));
    assert!(layout.curves[2].iter().all(|point| point.y <= first.y));
}

#[test]
fn boxes_that_are_not_there_are_refused() {
    let diagram = Diagram::new(vec![Size::new(10.0, 10.0)], Vec::new()).expect("one box");
    let refused = diagram.groups(vec![RankGroup::default(), group(&[0, 1], RankKind::Same)]);
    assert!(matches!(
        refused,
        Err(DiagramError::Group {
            group: 1,
            member: 1
        })
    ));
}
