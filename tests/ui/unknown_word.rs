use objgraph::Trace;

#[derive(Trace)]
#[trace(opaqe, shiny)]
struct Widget {
    #[trace(skipp)]
    id: u32,
    #[trace(ignore, 3)]
    name: String,
}

#[derive(Trace)]
enum Shape {
    #[trace(renamed = "x")]
    Circle(#[trace(flatten)] u32),
}

fn main() {}
