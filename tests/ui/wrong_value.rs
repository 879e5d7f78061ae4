use objgraph::Trace;

#[derive(Trace)]
#[trace(crate = "my objgraph", label, debug = true, rename = "")]
struct Widget {
    #[trace(rename = 3, skip(now))]
    id: u32,
    #[trace(rename, with = "trace_name()")]
    name: String,
    #[trace(with = |name, tracer| (), label = path)]
    other: String,
    #[trace(with)]
    last: String,
}

#[derive(Trace)]
#[trace(bound = "T Trace")]
struct Generic<T>(T);

#[derive(Trace)]
#[trace(bound = T)]
struct Unquoted<T>(T);

fn main() {}
