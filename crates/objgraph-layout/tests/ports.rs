//! Ports are kept, in every direction, in frames, by lines that point up, and by loops.

mod checks;

use checks::{Numbers, check, check_clusters, diagram};
use objgraph_layout::{
    Arrow, Cluster, Diagram, DiagramError, Layout, Point, Port, RankDirection, Sides, Size, layered,
};

const SIDES: [Sides; 4] = [Sides::TOP, Sides::RIGHT, Sides::BOTTOM, Sides::LEFT];

fn check_ports(diagram: &Diagram, layout: &Layout) {
    for (arrow, curve) in diagram.arrows().iter().zip(&layout.curves) {
        let ends = [
            (arrow.source_port, arrow.source, curve[0]),
            (arrow.target_port, arrow.target, curve[curve.len() - 1]),
        ];
        for (port, node, end) in ends {
            if let Some(port) = port {
                let allowed = port.ends(layout.boxes[node]);
                assert!(
                    allowed.iter().any(|point| point.distance(end) < 1e-6),
                    "{arrow:?} ends at {end:?}, not at {allowed:?}"
                );
            }
        }
    }
}

fn port(numbers: &mut Numbers) -> Option<Port> {
    let share = |numbers: &mut Numbers| numbers.below(9) as f64 / 4.0 - 1.0;
    let sides = [
        Sides::TOP,
        Sides::RIGHT,
        Sides::BOTTOM,
        Sides::LEFT,
        Sides::TOP | Sides::RIGHT,
        Sides::LEFT | Sides::RIGHT,
        Sides::ALL,
        Sides::default(),
    ][numbers.below(8)];
    let place = Point::new(share(numbers) * 60.0, share(numbers) * 25.0);
    (numbers.below(3) > 0).then_some(Port { place, sides })
}

/// A random diagram with ports, and where its arrows point.
fn tied(numbers: &mut Numbers, round: usize, clusters: &[Cluster]) -> Diagram {
    let n_boxes = 1 + clusters
        .iter()
        .flat_map(|cluster| &cluster.boxes)
        .max()
        .unwrap_or(&24);
    let n_arrows = numbers.below(2 * n_boxes + 1);
    let ends: Vec<_> = (0..n_arrows)
        .map(|_| (numbers.below(n_boxes), numbers.below(1 + n_boxes / 2)))
        .collect();
    let plain = diagram(n_boxes, ends);
    let arrows = plain.arrows().iter().map(|arrow| Arrow {
        source_port: port(numbers),
        target_port: port(numbers),
        ..*arrow
    });
    let arrows = arrows.collect();
    let tied = Diagram::new(plain.boxes().to_vec(), arrows).expect("ports are finite");
    let tied = tied
        .clusters(clusters.to_vec())
        .expect("each box is in one cluster");
    match RankDirection::ALL.get(round % 5) {
        Some(direction) => tied.direction(*direction),
        None => tied,
    }
}

#[test]
fn ports_are_kept_in_every_direction() {
    let mut numbers = Numbers(5);
    for round in 0..200 {
        let diagram = tied(&mut numbers, round, &[]);
        let layout = layered(&diagram);
        check(&diagram, &layout);
        check_ports(&diagram, &layout);
        assert_eq!(layout, layered(&diagram));
    }
}

#[test]
fn ports_are_kept_in_frames() {
    let mut numbers = Numbers(23);
    for round in 0..120 {
        let mut clusters = vec![Cluster::default(); 1 + numbers.below(5)];
        for (index, cluster) in clusters.iter_mut().enumerate() {
            cluster.parent = (index > 0 && numbers.below(2) == 0).then(|| numbers.below(index));
            cluster.title = [Size::default(), Size::new(60.0, 15.0)][numbers.below(2)];
        }
        for member in 0..20 {
            let home = numbers.below(clusters.len() + 1);
            if let Some(cluster) = clusters.get_mut(home) {
                cluster.boxes.push(member);
            }
        }
        let diagram = tied(&mut numbers, round, &clusters);
        let layout = layered(&diagram);
        check(&diagram, &layout);
        check_ports(&diagram, &layout);
        check_clusters(&diagram, &clusters, &layout);
    }
}

#[test]
fn a_fan_with_ports_is_drawn_line_by_line() {
    let boxes = vec![Size::new(60.0, 30.0); 20];
    let arrows = (1..20).map(|leaf| Arrow {
        source_port: Some(Port {
            place: Point::new(leaf as f64 * 2.0 - 20.0, 15.0),
            sides: Sides::BOTTOM,
        }),
        ..Arrow::new(0, leaf, Size::default())
    });
    let diagram = Diagram::new(boxes, arrows.collect()).expect("ports are finite");
    let layout = layered(&diagram.clone().direction(RankDirection::TopToBottom));
    check(&diagram, &layout);
    check_ports(&diagram, &layout);
    assert!(
        (2..20).all(|leaf| layout.boxes[leaf - 1].x < layout.boxes[leaf].x),
        "in the order of the ports"
    );
}

#[test]
fn every_pair_of_sides_is_joined_around_the_box() {
    let boxes = || vec![Size::new(60.0, 30.0); 2];
    for (from, to) in SIDES.iter().flat_map(|from| SIDES.map(|to| (*from, to))) {
        for target in [0, 1] {
            let arrow = Arrow {
                source_port: Some(Port::on(from)),
                target_port: Some(Port::on(to)),
                ..Arrow::new(0, target, Size::new(20.0, 10.0))
            };
            let diagram = Diagram::new(boxes(), vec![arrow]).expect("ports are finite");
            let layout = layered(&diagram);
            check(&diagram, &layout);
            check_ports(&diagram, &layout);
        }
    }
}

#[test]
fn places_that_are_none_are_refused() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e9] {
        let place = Point::new(0.0, bad);
        let arrow = Arrow {
            target_port: Some(Port {
                place,
                sides: Sides::TOP,
            }),
            ..Arrow::new(0, 0, Size::default())
        };
        let refused = Diagram::new(vec![Size::new(10.0, 10.0)], vec![arrow]);
        assert!(matches!(refused, Err(DiagramError::Port { arrow: 0, .. })));
    }
}
