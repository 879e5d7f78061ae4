use objgraph::{Repr, Trace, Tracer};

fn number<'a>(_: &'a u32, _: &mut Tracer<'a>) {}

fn label(_: &u32, _: &mut Repr<'_>) {}

#[derive(Trace)]
#[trace(label = label)]
struct Widget {
    #[trace(with = number)]
    name: String,
    #[trace(with = missing)]
    id: u32,
}

fn main() {}
