use objgraph::Trace;

#[derive(Trace)]
union Bits {
    #[trace(skip)]
    float: f32,
    bits: u32,
}

#[derive(Trace)]
#[repr(C, packed)]
struct Packed {
    id: u64,
}

fn main() {}
