use objgraph::Trace;

#[derive(Trace)]
#[trace(leaf, break_with = clear)]
struct Leaf {
    #[trace(breakable)]
    id: u32,
}

#[derive(Trace)]
struct Widget {
    #[trace(skip, breakable)]
    skipped: u32,
    #[trace(breakable, with = trace)]
    by_hand: u32,
    #[trace(node, breakable)]
    node: u32,
    #[trace(transparent, break_with = clear)]
    part: u32,
    #[trace(breakable, break_with = clear)]
    twice: u32,
    #[trace(break_with)]
    nothing: u32,
}

#[derive(Trace)]
#[trace(breakable)]
enum Shape {
    #[trace(break_with = clear)]
    Circle(u32),
}

fn main() {}
