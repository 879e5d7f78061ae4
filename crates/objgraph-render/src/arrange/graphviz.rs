//! The Graphviz engine: an installed `dot` places boxes of our sizes and draws the lines.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::ArrangeError;
use objgraph_layout::{Diagram, Layout};
use objgraph_layout::{Point, Port, Rect, Sides, Size};

const PROGRAM: &str = "dot";
/// Graphviz counts in inches; its file formats show this many points in one.
const POINTS: f64 = 72.0;

/// Runs `dot` on a diagram.
pub(super) fn place(diagram: &Diagram) -> Result<Layout, ArrangeError> {
    let answer = run(&question(diagram))?;
    parse(diagram, &answer).ok_or_else(|| failed("its answer is not in the format `plain`"))
}

/// The diagram in DOT: boxes and labels are bare rectangles of fixed size.
fn question(diagram: &Diagram) -> String {
    let mut dot = String::from(
        "digraph {\nnodesep=0.35 ranksep=0.6\nnode [shape=box fixedsize=true label=\"\"]\nedge [dir=none]\n",
    );
    for (index, size) in diagram.boxes().iter().enumerate() {
        let (width, height) = (size.width / POINTS, size.height / POINTS);
        let _ = writeln!(dot, "n{index} [width={width:.4} height={height:.4}]");
    }
    for (index, arrow) in diagram.arrows().iter().enumerate() {
        // The format `plain` repeats the colour, so it serves as the arrow's name.
        let _ = write!(
            dot,
            "n{}{} -> n{}{} [color=\"{index}\"",
            arrow.source,
            compass(arrow.source_port),
            arrow.target,
            compass(arrow.target_port)
        );
        if arrow.has_label() {
            let (width, height) = (
                arrow.label.width.ceil() + 4.0,
                arrow.label.height.ceil() + 2.0,
            );
            let _ = write!(
                dot,
                " label=<<table border=\"0\" cellborder=\"0\" fixedsize=\"true\" width=\"{width}\" \
                 height=\"{height}\"><tr><td></td></tr></table>>"
            );
        }
        dot.push_str("]\n");
    }
    dot.push_str("}\n");
    dot
}

/// The side that a port asks for; where on it the line ends is set right afterwards.
fn compass(port: Option<Port>) -> &'static str {
    match port.map(|port| port.sides) {
        Some(Sides::TOP) => ":n",
        Some(Sides::RIGHT) => ":e",
        Some(Sides::BOTTOM) => ":s",
        Some(Sides::LEFT) => ":w",
        _ => "",
    }
}

fn run(question: &str) -> Result<String, ArrangeError> {
    let child = Command::new(PROGRAM)
        .arg("-Tplain")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.map_err(|source| ArrangeError::Program {
        program: PROGRAM,
        source,
    })?;
    let stdin = child.stdin.take();
    // A thread writes while this one reads, so that neither pipe can fill up and block both sides.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // If dot gives up early, its exit status tells more than the broken pipe.
            stdin.map(|mut stdin| stdin.write_all(question.as_bytes()))
        });
        child.wait_with_output()
    });
    let output = output.map_err(|source| ArrangeError::Program {
        program: PROGRAM,
        source,
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(failed(said.lines().next().unwrap_or("it said nothing")));
    }
    String::from_utf8(output.stdout).map_err(|_| failed("its answer is not UTF-8"))
}

fn failed(reason: &str) -> ArrangeError {
    ArrangeError::Failed {
        engine: PROGRAM,
        reason: reason.to_owned(),
    }
}

/// Reads the format `plain`; its y grows upwards.
fn parse(diagram: &Diagram, answer: &str) -> Option<Layout> {
    let mut plan = Layout::blank(diagram);
    let mut height = 0.0;
    for line in answer.lines() {
        let mut words = line.split_ascii_whitespace();
        match words.next()? {
            "graph" => height = numbers(&mut words, 3)?[2],
            "node" => {
                let index: usize = words.next()?.strip_prefix('n')?.parse().ok()?;
                let at = numbers(&mut words, 2)?;
                let center = Point::new(at[0] * POINTS, (height - at[1]) * POINTS);
                *plan.boxes.get_mut(index)? = Rect::around(center, *diagram.boxes().get(index)?);
            }
            "edge" => parse_edge(diagram, &mut plan, line, height)?,
            _ => {}
        }
    }
    for (arrow, curve) in diagram.arrows().iter().zip(&mut plan.curves) {
        if let [start, control, .., last_control, end] = &mut curve[..] {
            tie(
                arrow.source_port,
                plan.boxes[arrow.source],
                [start, control],
            );
            tie(
                arrow.target_port,
                plan.boxes[arrow.target],
                [end, last_control],
            );
        }
    }
    Some(plan)
}

/// Moves the end of a line with its control to the nearest place that a port allows.
fn tie(port: Option<Port>, rect: Rect, [end, control]: [&mut Point; 2]) {
    let allowed = port.map_or(Vec::new(), |port| port.ends(rect));
    let nearest = |one: &Point, other: &Point| one.distance(*end).total_cmp(&other.distance(*end));
    if let Some(place) = allowed.into_iter().min_by(nearest) {
        *control = control.shifted(place.x - end.x, place.y - end.y);
        *end = place;
    }
}

/// `edge tail head n x1 y1 … xn yn [label x y] style color`
fn parse_edge(diagram: &Diagram, plan: &mut Layout, line: &str, height: f64) -> Option<()> {
    let mut words = line.split_ascii_whitespace().skip(3);
    let n_points: usize = words.next()?.parse().ok()?;
    let at = numbers(&mut words, n_points.checked_mul(2)?)?;
    // The label is quoted by rules of its own, so what follows it is read from the end.
    let mut from_end = line.split_ascii_whitespace().rev();
    let index: usize = from_end.next()?.trim_matches('"').parse().ok()?;
    let place = |x: f64, y: f64| Point::new(x * POINTS, (height - y) * POINTS);
    let curve = plan.curves.get_mut(index)?;
    *curve = at
        .chunks_exact(2)
        .map(|pair| place(pair[0], pair[1]))
        .collect();
    let label: Size = diagram.arrows().get(index)?.label;
    if label.width > 0.0 {
        let y: f64 = from_end.nth(1)?.parse().ok()?;
        let x: f64 = from_end.next()?.parse().ok()?;
        plan.labels[index] = Rect::around(place(x, y), label);
    }
    Some(())
}

fn numbers<'a>(words: &mut impl Iterator<Item = &'a str>, n: usize) -> Option<Vec<f64>> {
    words
        .take(n)
        .map(|word| word.parse().ok())
        .collect::<Option<Vec<f64>>>()
        .filter(|v| v.len() == n)
}
