use objgraph::Trace;

#[derive(Trace)]
struct Widget {
    #[trace(label)]
    id: u32,
    #[trace(label)]
    name: String,
}

#[derive(Trace)]
struct Silent {
    #[trace(label, skip)]
    id: u32,
}

#[derive(Trace)]
enum Shape {
    Circle(#[trace(label)] u32),
    Line(#[trace(label)] u32, #[trace(label)] u32),
}

fn main() {}
