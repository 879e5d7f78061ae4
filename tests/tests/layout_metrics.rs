//! The measures of `tests/benches/layout` against versions that are too slow to be wrong.

#[path = "../benches/layout/measure/mod.rs"]
mod measure;

use measure::{Drawing, length, n_bends, n_crossings, n_overlaps, n_overlaps_between, n_through};
use objgraph_layout::{Point, Rect, Size};
use proptest::prelude::*;

/// A point at `x,y`.
fn point(text: &str) -> Point {
    let (x, y) = text.split_once(',').expect("a point has two coordinates");
    let number = |text: &str| text.parse().expect("coordinates are numbers");
    Point::new(number(x), number(y))
}

/// The line through some points, in words `x,y`.
fn line(text: &str) -> Vec<Point> {
    text.split_whitespace().map(point).collect()
}

/// Boxes of 20 by 20 around some points, and lines between some of them.
fn drawing(boxes: &str, lines: &[((usize, usize), &str)]) -> (Drawing, Vec<Vec<Point>>) {
    let boxes = line(boxes)
        .into_iter()
        .map(|center| Rect::around(center, Size::new(20.0, 20.0)));
    let drawing = Drawing {
        boxes: boxes.collect(),
        ends: lines.iter().map(|(ends, _)| *ends).collect(),
        ..Drawing::default()
    };
    (drawing, lines.iter().map(|(_, text)| line(text)).collect())
}

fn crossings(boxes: &str, lines: &[((usize, usize), &str)]) -> usize {
    let (drawing, lines) = drawing(boxes, lines);
    n_crossings(&drawing, &lines)
}

#[test]
fn two_lines_that_cross_twice_have_two_crossings() {
    let boxes = "0,0 300,0 0,100 300,100";
    let zigzag = "10,90 100,-50 290,90";
    assert_eq!(
        crossings(boxes, &[((0, 1), "10,0 290,0"), ((2, 3), zigzag)]),
        2
    );
}

#[test]
fn a_crossing_at_a_joint_is_one() {
    let boxes = "0,0 200,0 100,-100 100,100";
    let joined = "10,0 100,0 190,0";
    let also_joined = "100,-90 100,0 100,90";
    assert_eq!(
        crossings(boxes, &[((0, 1), joined), ((2, 3), also_joined)]),
        1
    );
}

#[test]
fn lines_on_top_of_each_other_do_not_cross() {
    let boxes = "0,0 200,0 400,0";
    assert_eq!(
        crossings(boxes, &[((0, 1), "10,0 190,0"), ((0, 2), "10,0 390,0")]),
        0
    );
}

#[test]
fn lines_that_meet_at_their_common_box_do_not_cross() {
    let boxes = "0,0 200,0 200,100";
    let (straight, from_above) = ("10,0 190,0", "10,-5 12,1 190,100");
    assert_eq!(
        crossings(boxes, &[((0, 1), straight), ((0, 2), from_above)]),
        0
    );
    assert_eq!(
        crossings(boxes, &[((0, 1), straight), ((1, 2), from_above)]),
        1
    );
}

#[test]
fn a_line_may_run_along_a_box_and_through_its_ends() {
    let boxes = "0,0 100,0 200,0";
    let through = |text| {
        let (drawing, lines) = drawing(boxes, &[((0, 2), text)]);
        n_through(&drawing, &lines)
    };
    assert_eq!(through("0,0 200,0"), 1);
    assert_eq!(through("0,10 200,10"), 0);
    assert_eq!(through("0,0 0,50 200,50 200,0"), 0);
}

#[test]
fn bends_are_turns_and_not_pieces() {
    for (text, expected) in [
        ("0,0 10,0 20,0", 0),
        ("0,0 10,0 20,1", 0),
        ("0,0 10,0 20,10", 1),
        ("0,0 10,0 10,10 0,10", 2),
        ("0,0 10,0 10,10 20,10", 2),
        ("0,0 10,1 19,4 27,9 33,16", 1),
    ] {
        assert_eq!(n_bends(&line(text)), expected, "{text}");
    }
}

#[test]
fn straight_curves_are_one_piece_and_bows_keep_their_length() {
    // A quarter of a circle of radius 1,000, but for 0.03 %.
    let bow = line("1000,0 1000,552.2847 552.2847,1000 0,1000");
    let drawing = Drawing {
        curves: vec![line("0,0 100,0 200,0 900,0"), bow],
        ..Drawing::default()
    };
    let lines = drawing.lines();
    assert_eq!(lines[0].len(), 2);
    let quarter = 500.0 * std::f64::consts::PI;
    assert!((length(&lines[1]) - quarter).abs() < quarter * 0.001);
}

#[test]
fn a_drawing_reaches_as_far_as_its_lines() {
    let (drawing, lines) = drawing("0,0 100,0", &[((0, 1), "0,10 50,60 100,10")]);
    assert_eq!(drawing.size(&lines), Size::new(120.0, 70.0));
    assert_eq!(Drawing::default().size(&[]), Size::default());
}

prop_compose! {
    fn place()(x in 0.0..400.0, y in 0.0..400.0) -> Point {
        Point::new(x, y)
    }
}

prop_compose! {
    fn rect()(x in 0.0..400.0, y in 0.0..400.0, width in 0.0..90.0, height in 0.0..90.0) -> Rect {
        Rect { x, y, width, height }
    }
}

proptest! {
    #[test]
    fn crossings_are_those_of_all_pairs_of_pieces(
        lines in prop::collection::vec(prop::collection::vec(place(), 2..5), 2..12),
    ) {
        // No two arrows share a box, and all boxes are far away.
        let drawing = Drawing {
            boxes: vec![Rect::default(); 2 * lines.len()],
            ends: (0..lines.len()).map(|index| (2 * index, 2 * index + 1)).collect(),
            ..Drawing::default()
        };
        let mut expected = 0;
        for (index, one) in lines.iter().enumerate() {
            for other in &lines[..index] {
                for (a, b) in one.windows(2).flat_map(|a| other.windows(2).map(move |b| (a, b))) {
                    expected += usize::from(cross(a, b));
                }
            }
        }
        prop_assert_eq!(n_crossings(&drawing, &lines), expected);
    }

    #[test]
    fn boxes_on_the_way_are_those_of_all_pairs(
        boxes in prop::collection::vec(rect(), 2..12),
        lines in prop::collection::vec(prop::collection::vec(place(), 2..5), 1..8),
    ) {
        let drawing = Drawing {
            ends: vec![(0, 1); lines.len()],
            boxes,
            ..Drawing::default()
        };
        let inner = drawing.boxes[2..].iter().map(|rect| rect.grown(-1.0));
        let inner: Vec<Rect> = inner.filter(|rect| rect.width > 0.0 && rect.height > 0.0).collect();
        let is_through = |line: &[Point], rect: &Rect| line.windows(2).any(|ends| passes(ends, *rect));
        let through = lines
            .iter()
            .map(|line| inner.iter().filter(|rect| is_through(line, rect)).count());
        let expected: usize = through.sum();
        prop_assert_eq!(n_through(&drawing, &lines), expected);
    }

    #[test]
    fn overlaps_are_those_of_all_pairs(
        rects in prop::collection::vec(rect(), 0..30),
        others in prop::collection::vec(rect(), 0..30),
    ) {
        let inner = |rects: &[Rect]| -> Vec<Rect> {
            let inner = rects.iter().map(|rect| rect.grown(-0.5));
            inner.filter(|rect| rect.width > 0.0 && rect.height > 0.0).collect()
        };
        let (ones, others_inside) = (inner(&rects), inner(&others));
        let count = |rect: &Rect, list: &[Rect]| list.iter().filter(|it| it.overlaps(*rect)).count();
        let between: usize = ones.iter().map(|rect| count(rect, &others_inside)).sum();
        let within: usize = (0..ones.len()).map(|place| count(&ones[place], &ones[..place])).sum();
        prop_assert_eq!(n_overlaps_between(&rects, &others), between);
        prop_assert_eq!(n_overlaps(&rects), within);
    }
}

/// Whether two pieces cross: the ends of each lie on different sides of the other.
fn cross(one: &[Point], other: &[Point]) -> bool {
    let side = |of: &[Point], point: Point| {
        let (dx, dy) = (of[1].x - of[0].x, of[1].y - of[0].y);
        dx * (point.y - of[0].y) > dy * (point.x - of[0].x)
    };
    side(one, other[0]) != side(one, other[1]) && side(other, one[0]) != side(other, one[1])
}

/// Whether a piece has a point in a rectangle: an end, or a crossing with a diagonal.
fn passes(ends: &[Point], rect: Rect) -> bool {
    let (left, right, top, bottom) = (rect.x, rect.right(), rect.y, rect.bottom());
    let falling = [Point::new(left, top), Point::new(right, bottom)];
    let rising = [Point::new(left, bottom), Point::new(right, top)];
    rect.contains(ends[0])
        || rect.contains(ends[1])
        || cross(ends, &falling)
        || cross(ends, &rising)
}
