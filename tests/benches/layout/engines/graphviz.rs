//! Graphviz: `dot` with boxes and labels of our sizes, and everything else as it likes.

use super::{Failure, Run, rounds, wire};
use crate::measure::Drawing;
use objgraph_benches::watch::{Finished, watch};
use objgraph_layout::{Diagram, Point, Rect};
use std::fmt::Write as _;
use std::process::Command;
use std::time::Duration;

const PROGRAM: &str = "dot";
/// Graphviz counts in inches; its pictures show this many points in one.
const POINTS: f64 = 72.0;

/// Runs `dot`; the time that it takes for an empty graph is taken off.
pub(super) fn run(diagram: &Diagram, limit: Duration) -> Result<Run, Failure> {
    let question = question(diagram);
    let finished = ask(&question, limit)?;
    let drawing = drawing(diagram, &finished.output).ok_or(Failure::Failed)?;
    let time_of = |question: &str| rounds(|| ask(question, limit).ok().map(|run| run.time));
    let time = match finished.time {
        // Long enough that another run would tell nothing new.
        time if time > Duration::from_secs(1) => Some(time),
        _ => time_of(&question),
    };
    let start = time_of("digraph {}");
    let (time, start) = time.zip(start).ok_or(Failure::Failed)?;
    Ok(Run {
        drawing,
        time: time.saturating_sub(start),
        peak_kib: finished.peak_kib,
    })
}

fn ask(question: &str, limit: Duration) -> Result<Finished, Failure> {
    // Not the format `plain`: it has five digits, which is seven pixels in a wide drawing.
    watch(Command::new(PROGRAM).arg("-Tsvg"), question, limit)
}

/// The diagram in DOT. Labels are tables with a border, since the picture shows nothing else of a bare one.
fn question(diagram: &Diagram) -> String {
    let mut dot =
        String::from("digraph {\nnode [shape=box fixedsize=true label=\"\"]\nedge [dir=none]\n");
    for (index, size) in diagram.boxes().iter().enumerate() {
        let (width, height) = (size.width / POINTS, size.height / POINTS);
        let _ = writeln!(
            dot,
            "n{index} [id=\"n{index}\" width={width:.4} height={height:.4}]"
        );
    }
    for (index, arrow) in diagram.arrows().iter().enumerate() {
        let (source, target, weight) = (arrow.source, arrow.target, arrow.weight);
        let _ = write!(
            dot,
            "n{source} -> n{target} [id=\"e{index}\" weight={weight}"
        );
        if arrow.has_label() {
            let (width, height) = (arrow.label.width.ceil(), arrow.label.height.ceil());
            let _ = write!(
                dot,
                " label=<<table border=\"1\" cellborder=\"0\" fixedsize=\"true\" width=\"{width}\" \
                 height=\"{height}\"><tr><td></td></tr></table>>"
            );
        }
        dot.push_str("]\n");
    }
    dot.push_str("}\n");
    dot
}

/// Which part of the picture a line of it belongs to.
enum Part {
    Box(usize),
    Arrow(usize),
}

/// Reads a picture, line by line as Graphviz writes it.
fn drawing(diagram: &Diagram, svg: &str) -> Option<Drawing> {
    let (n_boxes, n_arrows) = (diagram.boxes().len(), diagram.arrows().len());
    let mut drawing = Drawing {
        boxes: vec![Rect::default(); n_boxes],
        ends: wire::ends(diagram),
        curves: vec![Vec::new(); n_arrows],
        labels: vec![Rect::default(); n_arrows],
    };
    let mut part = None;
    for line in svg.lines() {
        if let Some(id) = line.strip_prefix("<g id=\"") {
            part = part_of(id);
        } else if line.starts_with("<polygon") {
            let points = wire::points(attribute(line, " points=\"")?)?;
            match part {
                Some(Part::Box(index)) => {
                    *drawing.boxes.get_mut(index)? =
                        Rect::around(middle(&points)?, diagram.boxes()[index]);
                }
                Some(Part::Arrow(index)) => {
                    *drawing.labels.get_mut(index)? =
                        Rect::around(middle(&points)?, diagram.arrows()[index].label);
                }
                None => {}
            }
        } else if let (true, Some(Part::Arrow(index))) = (line.starts_with("<path"), &part) {
            *drawing.curves.get_mut(*index)? = wire::points(attribute(line, " d=\"")?)?;
        }
    }
    drawing
        .curves
        .iter()
        .all(|curve| !curve.is_empty())
        .then_some(drawing)
}

fn part_of(id: &str) -> Option<Part> {
    let (id, _) = id.split_once('"')?;
    let index = id.get(1..)?.parse().ok()?;
    match id.as_bytes()[0] {
        b'n' => Some(Part::Box(index)),
        b'e' => Some(Part::Arrow(index)),
        _ => None,
    }
}

fn attribute<'t>(line: &'t str, start: &str) -> Option<&'t str> {
    let (_, rest) = line.split_once(start)?;
    rest.split_once('"').map(|(value, _)| value)
}

fn middle(points: &[Point]) -> Option<Point> {
    let first = *points.first()?;
    let (low, high) = points.iter().fold((first, first), |(low, high), point| {
        (
            Point::new(low.x.min(point.x), low.y.min(point.y)),
            Point::new(high.x.max(point.x), high.y.max(point.y)),
        )
    });
    Some(low.towards(high, 0.5))
}
