use objgraph::Trace;

#[derive(Trace)]
#[trace(skip, node, with = f)]
struct Widget<#[trace(skip)] T> {
    #[trace(bound = "T: Trace", crate = objgraph)]
    id: T,
}

#[derive(Trace)]
enum Shape {
    #[trace(opaque, leaf)]
    Circle(u32),
    #[trace(skip)]
    Nothing,
}

fn main() {}
