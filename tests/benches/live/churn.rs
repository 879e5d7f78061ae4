//! Objects that are dropped as soon as they are made, while many others live.

use crate::Effort;
use crate::programs::{Countme, Known, Node, Ours, Unknown, build};
use objgraph_benches::asked::Verdict;
use objgraph_benches::rounds::{Contender, medians};
use objgraph_watch::{tracked, tracked_arc};
use std::hint::black_box;
use std::rc::Rc;
use std::sync::Arc;

fn local<K: Known>(number: usize) -> Rc<Node<K>> {
    Rc::new(Node::new(number))
}

fn text(number: usize) -> String {
    format!("node {number}")
}

/// Makes objects and drops them; none is left out, as anybody may look at it.
fn churn<'h, R>(name: &'static str, n_objects: usize, make: fn(usize) -> R) -> Contender<'h>
where
    R: 'h,
{
    Contender::new(name, move || {
        (0..n_objects).for_each(|number| drop(black_box(make(number))));
    })
}

/// Each with the place of the contender that does the same without.
fn contenders<'h>(n_objects: usize) -> [(Contender<'h>, usize); 6] {
    let (plain, plain_arc) = (0, 4);
    [
        (churn("as it is", n_objects, local::<Unknown>), plain),
        (churn("counted", n_objects, local::<Ours>), plain),
        (
            churn("counted by countme", n_objects, local::<Countme>),
            plain,
        ),
        (
            churn("tracked", n_objects, |number| {
                tracked(Node::<Unknown>::new(number))
            }),
            plain,
        ),
        (
            churn("an Arc of a text", n_objects, |number| {
                Arc::new(text(number))
            }),
            plain_arc,
        ),
        (
            churn("an Arc of a text, tracked", n_objects, |number| {
                tracked_arc(text(number))
            }),
            plain_arc,
        ),
    ]
}

pub(crate) fn measure(effort: Effort) -> Vec<Verdict> {
    let others = build::<Unknown>(effort.n_objects, tracked);
    let (contenders, bases): (Vec<Contender<'_>>, Vec<usize>) =
        contenders(effort.n_objects).into_iter().unzip();
    let times = medians(&contenders, effort.n_rounds);
    drop(others);

    let title = "objects are dropped at once";
    println!("\n| {title:<28} | ns an object | times that without |");
    println!("|{0:-<30}|{0:->13}:|{0:->19}:|", "");
    for ((contender, time), base) in contenders.iter().zip(&times).zip(bases) {
        let (each, ratio) = (time / effort.n_objects as f64, time / times[base]);
        println!("| {:<28} | {each:>12.1} | {ratio:>18.2} |", contender.name);
    }
    // Nothing is asked of the `Arc`: all threads see it from then on, which is five locked instructions.
    let ratio = times[3] / times[0];
    vec![Verdict::most(
        "tracking objects that are dropped at once, times that without",
        ratio,
        1.6,
    )]
}
