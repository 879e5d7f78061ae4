use objgraph::Trace;

#[derive(Trace)]
#[trace]
enum Shape {
    #[trace()]
    Circle {
        #[trace = "skip"]
        radius: u32,
    },
}

fn main() {}
