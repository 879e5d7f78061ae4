use objgraph::Trace;

#[derive(Trace)]
#[trace(opaque, leaf)]
struct Hidden {
    #[trace(skip)]
    id: u32,
}

#[derive(Trace)]
#[trace(debug, display)]
struct Widget {
    #[trace(skip, node)]
    id: u32,
    #[trace(opaque)]
    #[trace(leaf)]
    name: String,
    #[trace(transparent, rename = "x", debug, display)]
    other: String,
    #[trace(label)]
    label: String,
}

#[derive(Trace)]
enum Shape {
    #[trace(skip)]
    Circle(#[trace(node)] u32),
}

fn main() {}
