use objgraph::Trace;

#[derive(Trace)]
#[trace(rename = "A", rename = "B")]
struct Widget {
    #[trace(skip)]
    #[trace(skip)]
    id: u32,
}

fn main() {}
