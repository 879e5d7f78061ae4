use objgraph::Trace;

struct Foreign;

#[derive(Trace)]
struct Widget {
    id: u32,
    handle: Option<Foreign>,
    #[trace(node)]
    node: Foreign,
}

#[derive(Trace)]
enum Shape {
    One(Foreign),
    Two { id: u32, foreign: Vec<Foreign> },
}

fn main() {}
