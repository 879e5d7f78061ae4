use objgraph::Trace;
use objgraph_watch::Counted;

mod graph {
    pub use objgraph::*;
    pub use objgraph_watch::{Count, Counter};
}

#[derive(Trace)]
#[trace(count, crate = graph)]
struct Uncounted {
    id: u32,
}

#[derive(Trace)]
#[trace(count, crate = graph)]
struct CountsAnother {
    count: Counted<Uncounted>,
}

#[derive(Trace)]
#[trace(count, crate = graph)]
enum Shape {
    Circle(u32),
}

#[derive(Trace)]
#[trace(leaf, count, crate = graph)]
union Bits {
    float: f32,
}

#[derive(Trace)]
struct Widget {
    #[trace(count)]
    count: u32,
}

fn main() {}
