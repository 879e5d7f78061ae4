//! What every drawing promises, on random diagrams and on the extremes.

mod checks;

use checks::{Numbers, check, check_clusters, diagram};
use objgraph_layout::{
    Arrow, Cluster, Diagram, DiagramError, Layout, RankDirection, Size, layered,
};

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
