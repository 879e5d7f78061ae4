use objgraph::Trace;

struct Foreign;

#[derive(Trace)]
struct Widget {
    #[trace(leaf, debug)]
    handle: Foreign,
}

#[derive(Trace)]
#[trace(display)]
struct Silent {
    id: u32,
}

fn main() {}
